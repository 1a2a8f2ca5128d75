/** Stage transitions (domain.md#12): fish are poured from old containers into new, none lost. */
import { openAssignments } from "./creation.ts";
import { biomassOf, divideRounded, splitEvenly } from "./exact.ts";
import type { Events, Move, Pour } from "./events.ts";
import type { Assignment, Batch, Farm } from "./state.ts";
import type { BatchFacts } from "./facts.ts";
import type { World } from "./world.ts";

/** Moves the batches whose time in their stage is over. */
export function moveAll(farm: Farm, world: World, events: Events): void {
  for (const batch of farm.batches) {
    const next = world.rates.stages[batch.stage + 1];
    if (batch.assignments.length === 0 || next === undefined) continue;
    if (!world.biology.husbandry.moves(farm, batch)) continue;
    const move = moveBatch(farm, batch, next.order, world.batches[batch.index]!);
    for (const to of move.destinations) {
      world.biology.remembering.fill(farm, to, move.pours.filter((pour) => pour.to === to));
    }
    events.moved(batch, move);
  }
}

function moveBatch(farm: Farm, batch: Batch, toStage: number, facts: BatchFacts): Move {
  const fromPlaces = facts.places[batch.stage]!;
  const toPlaces = facts.places[toStage]!;
  const sources = batch.assignments;
  const sourceCount = sources.reduce((sum, source) => sum + source.population, 0);
  const counts = toPlaces.length === sources.length
    ? sources.map((source) => source.population)
    : splitEvenly(sourceCount, toPlaces.length);
  const plan = planPours(sources.map((source) => source.population), counts);
  const weights = pouredWeights(plan, sources, counts);
  const sourceOf = counts.map((_, to) => plan.find((pour) => pour.to === to)?.from ?? 0);
  const destinations = openAssignments(farm, batch, toStage, counts, weights, sourceOf);
  const pours = plan.map(({ from, to, before, count }): Pour => {
    const source = sources[from]!;
    const biomass = biomassOf(count, source.weight);
    return { from: source, to: destinations[to]!, before, count, biomass };
  });
  for (const source of sources) {
    source.active = false;
    source.departureDay = farm.day;
    source.updated.day = farm.day;
    source.updated.hour = 0;
  }
  const fromStage = batch.stage;
  batch.stage = toStage;
  batch.assignments = destinations;
  batch.updated = { day: farm.day, hour: 0 };
  return {
    fromStage,
    toStage,
    sources,
    destinations,
    pours,
    sourceCount,
    movedCount: pours.reduce((sum, pour) => sum + pour.count, 0),
    biomass: pours.reduce((sum, pour) => sum + pour.biomass, 0),
    intercompany: fromPlaces[0]!.atSea !== toPlaces[0]!.atSea,
  };
}

/** One pour by positions: `before` fish are in the source when `count` of them leave. */
export interface PlannedPour {
  readonly from: number;
  readonly to: number;
  readonly before: number;
  readonly count: number;
}

/**
 * Pours sources into destinations in order until every destination has its count. With as many
 * destinations as sources and equal counts, container i empties into container i; in any case every
 * destination is covered (defects.md#b-01, defects.md#b-02, defects.md#b-03).
 */
export function planPours(
  sources: readonly number[],
  destinations: readonly number[],
): PlannedPour[] {
  if (sources.length === destinations.length && sources.every((n, i) => n === destinations[i])) {
    return sources.map((count, i) => ({ from: i, to: i, before: count, count }));
  }
  const pours: PlannedPour[] = [];
  let from = 0;
  let before = sources[0] ?? 0;
  destinations.forEach((target, to) => {
    let wanted = target;
    while (wanted > 0) {
      while (before === 0) before = sources[++from]!;
      const count = Math.min(before, wanted);
      pours.push({ from, to, before, count });
      before -= count;
      wanted -= count;
    }
  });
  return pours;
}

/** Mean weight of what is poured into each destination, in 0.01 g. */
function pouredWeights(
  pours: readonly PlannedPour[],
  sources: readonly Assignment[],
  counts: readonly number[],
): number[] {
  return counts.map((count, to) => {
    const into = pours.filter((pour) => pour.to === to);
    const first = sources[into[0]?.from ?? 0]!.weight;
    if (into.every((pour) => sources[pour.from]!.weight === first)) return first;
    const mass = into.reduce((sum, pour) => sum + pour.count * sources[pour.from]!.weight, 0);
    return divideRounded(mass, count);
  });
}
