/** A batch begins (domain.md#4): eggs arrive in the containers of the first stage. */
import { splitEvenly } from "./exact.ts";
import type { Events } from "./events.ts";
import { baseline } from "./scenarios.ts";
import { type Assignment, type Batch, type Farm, NO_MEMORY } from "./state.ts";
import type { World } from "./world.ts";

/** What a container is filled with: where it is, and what its fish are. */
export type Filling = Pick<
  Assignment,
  "stage" | "ordinal" | "position" | "source" | "population" | "weight"
>;

/** New assignments of a batch, in the order of their fillings. */
export function openAssignments(
  farm: Farm,
  batch: Batch,
  fillings: readonly Filling[],
): Assignment[] {
  return fillings.map((filling) => ({
    id: farm.numbers.assignment++,
    batch: batch.index,
    stage: filling.stage,
    ordinal: filling.ordinal,
    position: filling.position,
    source: filling.source,
    fromDay: farm.day,
    filledDay: farm.day,
    population: filling.population,
    weight: filling.weight,
    active: true,
    departureDay: null,
    weighedDay: null,
    eaten: 0,
    memory: NO_MEMORY,
    updated: { day: farm.day, hour: 0 },
  }));
}

/** Creates the batches that start today. */
export function createAll(farm: Farm, world: World, events: Events): void {
  for (const batch of farm.batches) {
    const facts = world.batches[batch.index]!;
    if (facts.startDay !== farm.day) continue;
    batch.id = farm.numbers.batch++;
    batch.stage = 1;
    batch.stageDay = farm.day;
    batch.status = "ACTIVE";
    batch.updated = { day: farm.day, hour: 0 };
    const counts = splitEvenly(facts.eggs, facts.places[1]!.length);
    const weight = world.rates.eggWeight;
    const fillings = counts.map((population, ordinal): Filling => (
      { stage: 1, ordinal, position: ordinal, source: ordinal, population, weight }
    ));
    batch.assignments = openAssignments(farm, batch, fillings);
    for (const one of batch.assignments) world.biology.remembering.fill(farm, one, [], 0);
    world.biology.remembering.begin(farm, batch);
    const scenario = baseline(farm, batch, world);
    events.created(batch);
    batch.pinnedScenario = scenario.id;
    events.planned(batch, scenario);
  }
}
