/**
 * Stage transitions (domain.md#12): fish are poured from old containers into new, none lost. Which
 * containers leave on a morning is the biology's decision; a transition is over when none is left.
 */
import { type Filling, openAssignments } from "./creation.ts";
import { biomassOf, splitEvenly } from "./exact.ts";
import type { Events, Move, Pour } from "./events.ts";
import type { ContainerFacts } from "./facts.ts";
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
    // The plan gives no containers of a stage that a batch does not live to see.
    if ((world.batches[batch.index]!.places[batch.stage + 1]?.length ?? 0) === 0) continue;
    const leaving = husbandry.leaving(farm, batch);
    if (leaving.length === 0) continue;
    const due = new Set(leaving);
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
    dead: 0,
    updatedDay: farm.day,
    completedDay: null,
    transaction: null,
  };
}

/** A pour of which some fish die on the way: `count` arrive. */
interface CarriedPour extends PlannedPour {
  readonly dead: number;
}

/**
 * What some sources give to which destination. With as many destinations as there were sources,
 * container i empties into container i; otherwise they are filled in order, each up to its room.
 */
function planMorning(
  farm: Farm,
  { sources, room }: Transition,
  leaving: readonly Assignment[],
  { biology: { husbandry } }: World,
): CarriedPour[] {
  const counts = leaving.map(({ population }) => population);
  const pours = sources.length !== room.length
    ? planPours(counts, room)
    : counts.map((count, from) => (
      { from, to: sources.indexOf(leaving[from]!.id), before: count, count }
    ));
  return pours.map((pour) => {
    const dead = husbandry.lostInMove(farm, leaving[pour.from]!, pour.count);
    return { ...pour, count: pour.count - dead, dead };
  });
}

/** A morning of a transition: the fish of some of the batch's containers go to the next stage. */
function moveFish(
  farm: Farm,
  batch: Batch,
  sources: readonly Assignment[],
  world: World,
): Move {
  const first = batch.transition === null;
  const transition = batch.transition ?? beginTransition(farm, batch, sources.length, world);
  const { fromStage, toStage, intercompany } = transition;
  const staying = batch.assignments.filter((one) =>
    one.stage === fromStage && !sources.includes(one)
  );
  const last = staying.length === 0;
  const plan = planMorning(farm, transition, sources, world);
  const open = batch.assignments.filter((one) => one.stage === toStage);
  const refilled = open.filter(({ ordinal }) => plan.some(({ to }) => to === ordinal));
  for (const one of refilled) addFish(one, plan, sources, farm.day);
  const toPlaces = world.batches[batch.index]!.places[toStage]!;
  // What is filled in one go is opened as a whole, however few the fish.
  const opening = first && last ? toPlaces.map((_, to) => to) : closedPlaces(toPlaces, open, plan);
  const fillings = opening.map((to): Filling => ({
    ...fillingOf(to, plan, sources),
    stage: toStage,
    position: to + transition.shift,
  }));
  const destinations = openAssignments(farm, batch, fillings);
  const arrived = [...open, ...destinations].sort((a, b) => a.ordinal - b.ordinal);
  const pours = plan.map(({ from, to, before, count, dead }): Pour => ({
    from: sources[from]!,
    to: arrived.find(({ ordinal }) => ordinal === to)!,
    before,
    count,
    biomass: biomassOf(count, sources[from]!.weight),
    dead,
  }));
  for (const { to, count, dead } of plan) transition.room[to]! -= count + dead;
  for (const source of sources) closeSource(source, farm.day);
  const movedCount = pours.reduce((sum, pour) => sum + pour.count, 0);
  const biomass = pours.reduce((sum, pour) => sum + pour.biomass, 0);
  transition.dead += pours.reduce((sum, { dead }) => sum + dead, 0);
  transition.moved += movedCount;
  transition.biomass += biomass;
  transition.actions += pours.length;
  // A morning without fish is no save of the workflow, unless it begins or ends with it.
  if (first || last || pours.length > 0) {
    transition.planned = transition.actions + staying.length;
    transition.updatedDay = farm.day;
  }
  batch.assignments = [...staying, ...arrived];
  batch.transition = transition;
  if (last) completeTransition(farm, batch, transition);
  const sourceCount = sources.reduce((sum, source) => sum + source.population, 0);
  return {
    transition,
    fromStage,
    toStage,
    first,
    last,
    sources,
    destinations,
    refilled,
    pours,
    sourceCount,
    movedCount,
    biomass,
    intercompany,
  };
}

/** Fish have left a container; it keeps what they were on that day. */
function closeSource(source: Assignment, day: number): void {
  source.active = false;
  source.departureDay = day;
  source.updated.day = day;
  source.updated.hour = 0;
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
  places: readonly ContainerFacts[],
  open: readonly Assignment[],
  plan: readonly PlannedPour[],
): number[] {
  const taken = new Set(open.map(({ ordinal }) => ordinal));
  const wanted = new Set(plan.map(({ to }) => to));
  return places.flatMap((_, ordinal) => wanted.has(ordinal) && !taken.has(ordinal) ? ordinal : []);
}
