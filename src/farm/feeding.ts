/** Feeding (domain.md#7.1): two meals a day. */
import { biomassOf, divideRounded } from "./exact.ts";
import { eat, feedAtHand } from "./feed_store.ts";
import type { Events } from "./events.ts";
import type { Meal } from "./meal.ts";
import type { Farm } from "./state.ts";
import { placeOf, type World } from "./world.ts";

/**
 * Serves every container its meal at an hour.
 *
 * @param turn 0 for the first meal of the day, 1 for the second.
 */
export function feedAll(farm: Farm, world: World, turn: 0 | 1, events: Events): void {
  const hour = world.rates.feedingHours[turn];
  const { feeding } = world.biology;
  const at = { day: farm.day, hour };
  const meal: Meal = { amount: 0, biomass: 0, cost: 0, feedId: 0, leftoverId: 0, hour, percent: 0 };
  for (const batch of farm.batches) {
    for (const assignment of batch.assignments) {
      meal.amount = 0;
      meal.leftoverId = 0;
      meal.biomass = biomassOf(assignment.population, assignment.weight);
      feeding.serve(meal, farm, assignment, turn);
      const { amount } = meal;
      if (amount === 0) continue;
      const { feedContainer } = placeOf(world, assignment);
      const store = farm.stores[feedContainer]!;
      const facts = world.feedContainers[feedContainer]!;
      const wanted = meal.feedId;
      meal.feedId = feedAtHand(store, facts, world.rates.orders, meal);
      const eatenUp = meal.feedId !== wanted;
      const cost = eat(farm, world, feedContainer, meal.feedId, amount, at, events, eatenUp);
      assignment.eaten += amount;
      batch.eaten += amount;
      meal.cost = divideRounded(cost, 10000);
      events.fed(assignment, meal);
    }
  }
}
