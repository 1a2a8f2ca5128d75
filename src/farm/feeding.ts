/** Feeding (domain.md#7.1): half of the day's feed at each of two hours. */
import { biomassOf, divideRounded } from "./exact.ts";
import { eat } from "./feed_store.ts";
import type { Events, Meal } from "./events.ts";
import type { Farm } from "./state.ts";
import { placeOf, type World } from "./world.ts";

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

/** Feeds every container with a fed stage at an hour. */
export function feedAll(farm: Farm, world: World, hour: number, events: Events): void {
  const at = { day: farm.day, hour };
  const meal: Meal = { amount: 0, biomass: 0, cost: 0, feedId: 0, hour };
  for (const batch of farm.batches) {
    for (const assignment of batch.assignments) {
      const { feedRate, feedId } = world.rates.stages[assignment.stage]!;
      if (feedRate === 0) continue;
      const biomass = biomassOf(assignment.population, assignment.weight);
      const amount = mealOf(biomass, feedRate);
      if (amount === 0) continue;
      const { feedContainer } = placeOf(world, assignment);
      const cost = eat(farm, world, feedContainer, feedId, amount, at, events);
      assignment.eaten += amount;
      batch.eaten += amount;
      meal.amount = amount;
      meal.biomass = biomass;
      meal.cost = divideRounded(cost, 10000);
      meal.feedId = feedId;
      events.fed(assignment, meal);
    }
  }
}
