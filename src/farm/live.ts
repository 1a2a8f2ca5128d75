/** Days of a farm, one after the other. */
import { advanceDay } from "./day.ts";
import type { Events } from "./events.ts";
import { tellOrdersUnderWay } from "./orders_under_way.ts";
import type { Farm } from "./state.ts";
import type { World } from "./world.ts";

/**
 * Lives the days of a farm up to one that is not lived any more; what is under way when the dataset
 * ends is told with the last of them.
 *
 * @param onDay Is called on every evening.
 */
export function liveTo(
  farm: Farm,
  world: World,
  to: number,
  events: Events,
  onDay: () => void = () => {},
): void {
  while (farm.day < to) {
    advanceDay(farm, world, events);
    if (farm.day === world.asOf) tellOrdersUnderWay(farm, world, events);
    onDay();
  }
}
