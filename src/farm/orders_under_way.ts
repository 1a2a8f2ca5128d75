/**
 * Orders of feed that have been placed when a dataset ends and are delivered after it: purchases
 * without stock. Which they are the meals to come decide, so those days are lived ahead, on a copy.
 */
import { advanceDay } from "./day.ts";
import { type Events, joined } from "./events.ts";
import { snapshotOf } from "./snapshot.ts";
import type { Farm, Lot } from "./state.ts";
import type { World } from "./world.ts";

/** Tells of the orders under way on the evening of the last day, in the order of their delivery. */
export function tellOrdersUnderWay(farm: Farm, world: World, events: Events): void {
  const { deliveryDays, toTheLastDay } = world.rates.orders;
  if (!toTheLastDay) return;
  const batches = world.batches.map((one) => ({ ...one, endDay: one.lastDay + 1 }));
  const later: World = { ...world, batches };
  const ahead = snapshotOf(farm);
  const placed: [Lot, number][] = [];
  const heard = joined([{
    received(lot, order) {
      if (order > 0 && lot.purchaseDay < world.asOf) placed.push([lot, order]);
    },
  }]);
  for (let day = 0; day < deliveryDays; day++) advanceDay(ahead, later, heard);
  for (const [lot, order] of placed) events.ordered(lot, order);
}
