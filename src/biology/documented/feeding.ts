/** Feeding as documented (domain.md#7.1): a share of the biomass every day, half of it at a meal. */
import type { Feeding } from "../../farm/biology.ts";
import { biomassOf, divideRounded } from "../../farm/exact.ts";
import type { Facts } from "../../farm/facts.ts";

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
  return {
    serve(meal, _farm, { batch, stage, ordinal, population, weight }) {
      const { feedRate, feedId, laterFeed, weightCap } = stages[stage]!;
      if (feedRate === 0) return;
      meal.amount = mealOf(meal.biomass, feedRate);
      meal.percent = divideRounded(feedRate, 2);
      meal.feedId = feedId;
      if (laterFeed === null || weight < laterFeed.fromWeight) return;
      // A store that does not hold two meals of the largest fish holds one feed, not two.
      const { room } = feedContainers[batches[batch]!.places[stage]![ordinal]!.feedContainer]!;
      if (2 * mealOf(biomassOf(population, weightCap), feedRate) > room) return;
      meal.feedId = laterFeed.feedId;
      meal.leftoverId = feedId;
    },
  };
}
