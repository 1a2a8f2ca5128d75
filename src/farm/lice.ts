/** Lice counts at sea (domain.md#10). */
import type { Events } from "./events.ts";
import type { Farm } from "./state.ts";
import type { World } from "./world.ts";

/** Counts lice in every ring whose batch is due. */
export function countLiceAll(farm: Farm, world: World, events: Events): void {
  const sea = world.rates.stages.length - 1;
  for (const batch of farm.batches) {
    const rings = batch.assignments.filter(({ stage }) => stage === sea);
    if (rings.length === 0 || !world.biology.lice.counted(farm, batch)) continue;
    const index = farm.day - world.batches[batch.index]!.startDay;
    for (const assignment of rings) events.liceCounted(assignment, index);
  }
}
