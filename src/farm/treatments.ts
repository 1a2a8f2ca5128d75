/** Vaccinations in fresh water and treatments at sea (domain.md#11). */
import type { Events } from "./events.ts";
import type { Farm } from "./state.ts";
import type { World } from "./world.ts";

/** Vaccinates every container in fresh water that is due. */
export function vaccinateAll(farm: Farm, world: World, events: Events): void {
  const { husbandry } = world.biology;
  const sea = world.rates.stages.length - 1;
  for (const batch of farm.batches) {
    const index = farm.day - world.batches[batch.index]!.startDay;
    for (const assignment of batch.assignments) {
      if (assignment.stage === sea) continue;
      const vaccine = husbandry.vaccine(farm, assignment);
      if (vaccine >= 0) events.vaccinated(assignment, vaccine, index);
    }
  }
}

/** Treats the rings that are due. */
export function treatAll(farm: Farm, world: World, events: Events): void {
  const { husbandry } = world.biology;
  const sea = world.rates.stages.length - 1;
  for (const batch of farm.batches) {
    const index = farm.day - world.batches[batch.index]!.startDay;
    for (const assignment of batch.assignments) {
      if (assignment.stage !== sea) continue;
      const treatment = husbandry.treatment(farm, assignment);
      if (treatment !== null) events.treated(assignment, treatment, index);
    }
  }
}
