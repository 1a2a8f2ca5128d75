/**
 * Stage transitions (domain.md#12): fish are poured from old containers into new, none lost. Which
 * containers leave on a morning is the biology's decision; a transition is over when none is left.
 */
import { openAssignments } from "./creation.ts";
import { biomassOf, splitEvenly } from "./exact.ts";
import type { Events, Move, Pour } from "./events.ts";
import type { Container } from "./facts.ts";
import { addFish, fillingOf, type PlannedPour, planPours } from "./pours.ts";
import type { Assignment, Batch, Farm, Transition } from "./state.ts";
import type { World } from "./world.ts";

/** More than the containers of any stage: how far apart the positions of two stages are. */
const SHIFT = 65_536;

/** Moves the containers of batches whose time in their stage is over. */
export function moveAll(farm: Farm, world: World, events: Events): void {
  const { husbandry, remembering } = world.biology;
  for (const batch of farm.batches) {
    if (batch.assignments.length === 0) continue;
    if (world.rates.stages[batch.stage + 1] === undefined) continue;
    const due = new Set(husbandry.leaving(farm, batch));
    const sources = batch.assignments.filter((one) => one.stage === batch.stage && due.has(one));
    if (sources.length === 0) continue;
    const move = moveFish(farm, batch, sources, world);
    const { destinations, refilled, pours } = move;
    for (const to of [...destinations, ...refilled]) {
      const origins = pours.filter((pour) => pour.to === to);
      const came = origins.reduce((sum, { count }) => sum + count, 0);
      remembering.fill(farm, to, origins, to.population - came);
    }
    events.moved(batch, move);
  }
}

/** The transition of a batch whose first containers leave this morning. */
function beginTransition(
  farm: Farm,
  batch: Batch,
  leaving: number,
  world: World,
): Transition {
  const { assignments, index, stage } = batch;
  const { places } = world.batches[index]!;
  const [fromPlaces, toPlaces] = [places[stage]!, places[stage + 1]!];
  const counts = assignments.map(({ population }) => population);
  const fish = counts.reduce((sum, count) => sum + count, 0);
  const atOnce = leaving === assignments.length;
  const near = assignments.some(({ position }) => position < SHIFT);
  return {
    id: farm.numbers.transferWorkflow++,
    batch: index,
    fromStage: stage,
    toStage: stage + 1,
    intercompany: fromPlaces[0]!.atSea !== toPlaces[0]!.atSea,
    firstDay: farm.day,
    plannedDays: world.biology.husbandry.transitionDays(farm, batch),
    sources: assignments.map(({ id }) => id),
    room: toPlaces.length === counts.length ? counts : splitEvenly(fish, toPlaces.length),
    shift: !atOnce && near ? SHIFT : 0,
    actions: 0,
    planned: 0,
    moved: 0,
    biomass: 0,
    updatedDay: farm.day,
    completedDay: null,
    transaction: null,
  };
}

/**
 * What some sources give to which destination. With as many destinations as there were sources,
 * container i empties into container i; otherwise they are filled in order, each up to its room.
 */
function planMorning({ sources, room }: Transition, leaving: readonly Assignment[]): PlannedPour[] {
  const counts = leaving.map(({ population }) => population);
  if (sources.length !== room.length) return planPours(counts, room);
  return counts.map((count, from) => (
    { from, to: sources.indexOf(leaving[from]!.id), before: count, count }
  ));
}

function moveFish(
  farm: Farm,
  batch: Batch,
  sources: readonly Assignment[],
  world: World,
): Move {
  const first = batch.transition === null;
  const transition = batch.transition ?? beginTransition(farm, batch, sources.length, world);
  const { toStage, room, shift, intercompany } = transition;
  const staying = batch.assignments.filter((one) => one.stage < toStage && !sources.includes(one));
  const last = staying.length === 0;
  const plan = planMorning(transition, sources);
  const open = batch.assignments.filter((one) => one.stage === toStage);
  const refilled = open.filter(({ ordinal }) => plan.some(({ to }) => to === ordinal));
  for (const one of refilled) addFish(one, plan, sources, farm.day);
  const toPlaces = world.batches[batch.index]!.places[toStage]!;
  const fillings = first && last
    ? toPlaces.map((_, to) => fillingOf(to, plan, sources))
    : closedPlaces(toPlaces, open, plan).map((to) => fillingOf(to, plan, sources));
  const destinations = openAssignments(
    farm,
    batch,
    fillings.map((filling) => (
      { ...filling, stage: toStage, position: filling.ordinal + shift }
    )),
  );
  const byOrdinal = new Map([...open, ...destinations].map((one) => [one.ordinal, one]));
  const pours = plan.map(({ from, to, before, count }): Pour => {
    const source = sources[from]!;
    room[to]! -= count;
    const biomass = biomassOf(count, source.weight);
    return { from: source, to: byOrdinal.get(to)!, before, count, biomass };
  });
  for (const source of sources) {
    source.active = false;
    source.departureDay = farm.day;
    source.updated.day = farm.day;
    source.updated.hour = 0;
  }
  const moved = pours.reduce((sum, pour) => sum + pour.count, 0);
  const biomass = pours.reduce((sum, pour) => sum + pour.biomass, 0);
  transition.moved += moved;
  transition.biomass += biomass;
  transition.actions += pours.length;
  if (first || last || pours.length > 0) {
    transition.planned = transition.actions + staying.length;
    transition.updatedDay = farm.day;
  }
  const arrived = [...open, ...destinations].sort((a, b) => a.ordinal - b.ordinal);
  batch.assignments = [...staying, ...arrived];
  batch.transition = transition;
  if (last) completeTransition(farm, batch, transition);
  return {
    transition,
    fromStage: transition.fromStage,
    toStage,
    first,
    last,
    sources,
    destinations,
    refilled,
    pours,
    sourceCount: sources.reduce((sum, source) => sum + source.population, 0),
    movedCount: moved,
    biomass,
    intercompany,
  };
}

/** All fish of the batch are in their new stage: it is the batch's now, and what is sold is sold. */
function completeTransition(farm: Farm, batch: Batch, transition: Transition): void {
  transition.completedDay = farm.day;
  if (transition.intercompany) transition.transaction = farm.numbers.transaction++;
  batch.stage = transition.toStage;
  batch.stageDay = farm.day;
  batch.transition = null;
  batch.updated = { day: farm.day, hour: 0 };
}

/** Ordinals of the places that fish come to and that no assignment of the batch is in yet. */
function closedPlaces(
  places: readonly Container[],
  open: readonly Assignment[],
  plan: readonly PlannedPour[],
): number[] {
  const taken = new Set(open.map(({ ordinal }) => ordinal));
  const wanted = new Set(plan.map(({ to }) => to));
  return places.flatMap((_, ordinal) => wanted.has(ordinal) && !taken.has(ordinal) ? ordinal : []);
}
