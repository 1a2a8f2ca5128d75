/** Vaccinations in fresh water and lice treatments at sea (domain.md#11). */
import type { Events } from "./events.ts";
import type { Farm } from "./state.ts";
import type { World } from "./world.ts";

/** Vaccinates every container of the batches that are due. */
export function vaccinateAll(farm: Farm, world: World, events: Events): void {
  const { husbandry } = world.biology;
  const sea = world.rates.stages.length - 1;
  for (const batch of farm.batches) {
    if (batch.assignments.length === 0) continue;
    const vaccine = husbandry.vaccine(farm, batch);
    if (vaccine < 0) continue;
    const tanks = batch.assignments.filter(({ stage }) => stage !== sea);
    const index = farm.day - world.batches[batch.index]!.startDay;
    for (const assignment of tanks) events.vaccinated(assignment, vaccine, index);
  }
}

/** Treats the rings that are due against lice. */
export function treatLiceAll(farm: Farm, world: World, events: Events): void {
  const { husbandry } = world.biology;
  const sea = world.rates.stages.length - 1;
  for (const batch of farm.batches) {
    const index = farm.day - world.batches[batch.index]!.startDay;
    for (const assignment of batch.assignments) {
      if (assignment.stage === sea && husbandry.treatsLice(farm, assignment)) {
        events.liceTreated(assignment, index);
      }
    }
  }
}
