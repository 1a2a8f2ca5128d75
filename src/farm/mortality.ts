/** Deaths (domain.md#8). */
import type { Events } from "./events.ts";
import type { Farm } from "./state.ts";
import { fishOf, newToll } from "./toll.ts";
import type { World } from "./world.ts";

/** Takes the day's dead out of every container. */
export function applyMortality(farm: Farm, world: World, events: Events): void {
  const hour = world.rates.mortalityHour;
  const { mortality } = world.biology;
  const toll = newToll();
  for (const batch of farm.batches) {
    for (const assignment of batch.assignments) {
      toll.records = 0;
      mortality.take(toll, farm, assignment);
      if (toll.records === 0) continue;
      const deaths = fishOf(toll);
      assignment.population -= deaths;
      assignment.updated.day = farm.day;
      assignment.updated.hour = hour;
      events.died(assignment, deaths, toll);
    }
  }
}
