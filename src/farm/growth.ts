/** Growth and weighing (domain.md#9). */
import type { Events } from "./events.ts";
import type { Farm } from "./state.ts";
import type { World } from "./world.ts";

/** Lets the fish of every batch grow by one day. */
export function growAll(farm: Farm, world: World, events: Events): void {
  const hour = world.rates.growthHour;
  const { growth } = world.biology;
  for (const batch of farm.batches) {
    for (const assignment of batch.assignments) {
      if (!growth.grow(farm, assignment)) continue;
      assignment.updated.day = farm.day;
      assignment.updated.hour = hour;
      events.grew(assignment);
    }
  }
}

/** Weighs fish of every container that is due (domain.md#9). */
export function weighAll(farm: Farm, world: World, events: Events): void {
  const { weighing } = world.biology;
  for (const batch of farm.batches) {
    for (const assignment of batch.assignments) {
      if (!weighing.due(farm, assignment)) continue;
      assignment.weighedDay = farm.day;
      batch.samples++;
      events.weighed(assignment);
    }
  }
}
