/** Lice counts at sea (domain.md#10). */
import type { Events } from "./events.ts";
import type { Farm } from "./state.ts";
import type { World } from "./world.ts";

/** Counts lice in every ring that is due. */
export function countLiceAll(farm: Farm, world: World, events: Events): void {
  const sea = world.rates.stages.length - 1;
  for (const batch of farm.batches) {
    const index = farm.day - world.batches[batch.index]!.startDay;
    for (const assignment of batch.assignments) {
      if (assignment.stage === sea && world.biology.lice.counted(farm, assignment)) {
        events.liceCounted(assignment, index);
      }
    }
  }
}
