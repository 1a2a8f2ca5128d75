/** Deaths (domain.md#8). */
import { biomassOf } from "./exact.ts";
import type { Events } from "./events.ts";
import type { Farm } from "./state.ts";
import type { World } from "./world.ts";

/** Takes the day's dead out of every container. */
export function applyMortality(farm: Farm, world: World, events: Events): void {
  const hour = world.rates.mortalityHour;
  const { mortality } = world.biology;
  for (const batch of farm.batches) {
    for (const assignment of batch.assignments) {
      const deaths = mortality.deaths(farm, assignment);
      if (deaths === 0) continue;
      assignment.population -= deaths;
      assignment.updated.day = farm.day;
      assignment.updated.hour = hour;
      events.died(assignment, deaths, biomassOf(deaths, assignment.weight));
    }
  }
}
