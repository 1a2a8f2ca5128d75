/** Feeding as documented (domain.md#7.1): a share of the biomass every day, half of it at a meal. */
import type { Feeding } from "../../farm/biology.ts";
import { biomassOf, divideRounded } from "../../farm/exact.ts";
import type { Facts } from "../../farm/facts.ts";
import type { Assignment, Farm } from "../../farm/state.ts";

/**
 * The feed of one meal: biomass x daily rate / 2.
 *
 * @param biomass In 0.01 kg.
 * @param feedRate Daily rate in 0.01 % of biomass.
 * @return In 0.0001 kg.
 */
export function mealOf(biomass: number, feedRate: number): number {
  return divideRounded(biomass * feedRate, 200);
}

/** Meals by the rate of the stage, and by its feed or the one of larger fish. */
export function documentedFeeding({ batches, feedContainers, rates: { stages } }: Facts): Feeding {
  /** The largest meal that fish which eat from a store today will ever have, once they are asked for. */
  const largest = new Float64Array(feedContainers.length);
  let [known, day]: [Farm | undefined, number] = [undefined, NaN];

  const storeOf = ({ batch, stage, ordinal }: Assignment) =>
    batches[batch]!.places[stage]![ordinal]!.feedContainer;

  function largestMeals(farm: Farm): Float64Array {
    if (known === farm && day === farm.day) return largest;
    [known, day] = [farm, farm.day];
    largest.fill(0);
    for (const { assignments } of farm.batches) {
      for (const one of assignments) {
        const { feedRate, weightCap } = stages[one.stage]!;
        const store = storeOf(one);
        if (store < 0) continue;
        const meal = mealOf(biomassOf(one.population, weightCap), feedRate);
        if (meal > largest[store]!) largest[store] = meal;
      }
    }
    return largest;
  }

  return {
    serve(meal, farm, one) {
      const { feedRate, feedId, laterFeed } = stages[one.stage]!;
      if (feedRate === 0) return;
      meal.amount = mealOf(meal.biomass, feedRate);
      meal.percent = divideRounded(feedRate, 2);
      meal.feedId = feedId;
      if (laterFeed === null || one.weight < laterFeed.fromWeight) return;
      // A store that does not hold two meals of the largest fish holds one feed, not two.
      const store = storeOf(one);
      const holdsTwo = 2 * largestMeals(farm)[store]! <= feedContainers[store]!.room;
      meal.feedId = holdsTwo ? laterFeed.feedId : feedId;
      meal.leftoverId = holdsTwo ? feedId : laterFeed.feedId;
    },
  };
}
