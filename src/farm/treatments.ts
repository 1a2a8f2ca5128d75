/** Vaccinations in fresh water and lice treatments at sea (domain.md#11), on fixed days of a life. */
import type { Events } from "./events.ts";
import type { Farm } from "./state.ts";
import type { World } from "./world.ts";

/** Vaccinates every container of the batches that are due; vaccines are taken in rotation. */
export function vaccinateAll(farm: Farm, world: World, events: Events): void {
  const { indices, vaccines } = world.rates.treatments.vaccination;
  const sea = world.rates.stages.length - 1;
  for (const batch of farm.batches) {
    if (batch.stage === sea || batch.assignments.length === 0) continue;
    const index = farm.day - world.batches[batch.index]!.startDay;
    const turn = indices.indexOf(index);
    if (turn < 0) continue;
    for (const assignment of batch.assignments) {
      events.vaccinated(assignment, turn % vaccines.length, index);
    }
  }
}

/** Treats every ring of the batches that are due against lice. */
export function treatLiceAll(farm: Farm, world: World, events: Events): void {
  const { indices } = world.rates.treatments.lice;
  const sea = world.rates.stages.length - 1;
  for (const batch of farm.batches) {
    if (batch.stage !== sea) continue;
    const index = farm.day - world.batches[batch.index]!.startDay;
    if (!indices.includes(index)) continue;
    for (const assignment of batch.assignments) events.liceTreated(assignment, index);
  }
}
