/** Scenarios of a batch (domain.md#13): the baseline from day 1, pinned, and two later ones. */
import type { Events } from "./events.ts";
import type { Scenario } from "./projection.ts";
import type { Batch, Farm } from "./state.ts";
import type { World } from "./world.ts";

/** The two scenarios of discrepancy D-09: the stage they begin with, and their days. */
const LATER = [
  { stage: 3, name: "From Batch (Parr)", supplier: "Internal Broodstock" },
  { stage: "last", name: "Sea Growth Forecast", supplier: "Internal" },
] as const;

/** The baseline scenario of a batch that is being created. */
export function baseline(farm: Farm, batch: Batch, world: World): Scenario {
  const { projection } = world.rates;
  return {
    id: farm.numbers.scenario++,
    name: "Baseline Projection",
    supplier: "External",
    fromIndex: 0,
    day: farm.day,
    days: projection.days,
    fish: world.batches[batch.index]!.eggs,
    weight: projection.initialWeight,
  };
}

/** Creates the later scenarios of batches that have just entered their stage. */
export function addLaterScenarios(farm: Farm, world: World, events: Events): void {
  if (!world.laterScenarios) return;
  const { stages } = world.rates;
  const sea = stages.at(-1)!;
  for (const batch of farm.batches) {
    const later = LATER.find(({ stage }) => batch.stage === (stage === "last" ? sea.order : stage));
    if (later === undefined || batch.stageDay !== farm.day) continue;
    const { fromIndex } = stages[batch.stage]!;
    const fish = batch.assignments.reduce((sum, assignment) => sum + assignment.population, 0);
    if (fish === 0) continue;
    const mass = batch.assignments.reduce((sum, one) => sum + one.population * one.weight, 0);
    events.planned(batch, {
      id: farm.numbers.scenario++,
      name: later.name,
      supplier: later.supplier,
      fromIndex,
      day: farm.day,
      days: sea.fromIndex + sea.days - fromIndex,
      fish,
      weight: Math.round(mass / fish) / 100,
    });
  }
}
