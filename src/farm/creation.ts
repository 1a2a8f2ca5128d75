/** A batch begins (domain.md#4): eggs arrive in the containers of the first stage. */
import { splitEvenly } from "./exact.ts";
import type { Events } from "./events.ts";
import { baseline } from "./scenarios.ts";
import { type Assignment, type Batch, type Farm, NO_MEMORY } from "./state.ts";
import type { World } from "./world.ts";

/** New assignments of a batch in the containers of a stage, filled with `counts` fish each. */
export function openAssignments(
  farm: Farm,
  batch: Batch,
  stage: number,
  counts: readonly number[],
  weights: readonly number[],
  sources: readonly number[],
): Assignment[] {
  return counts.map((population, ordinal) => ({
    id: farm.numbers.assignment++,
    batch: batch.index,
    stage,
    ordinal,
    source: sources[ordinal]!,
    fromDay: farm.day,
    population,
    weight: weights[ordinal]!,
    active: true,
    departureDay: null,
    weighedDay: null,
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
    batch.status = "ACTIVE";
    batch.updated = { day: farm.day, hour: 0 };
    const counts = splitEvenly(facts.eggs, facts.places[1]!.length);
    const weights = counts.map(() => world.rates.eggWeight);
    const sources = counts.map((_, ordinal) => ordinal);
    batch.assignments = openAssignments(farm, batch, 1, counts, weights, sources);
    for (const one of batch.assignments) world.biology.remembering.fill(farm, one, []);
    world.biology.remembering.begin(farm, batch);
    const scenario = baseline(farm, batch, world);
    events.created(batch);
    batch.pinnedScenario = scenario.id;
    events.planned(batch, scenario);
  }
}
