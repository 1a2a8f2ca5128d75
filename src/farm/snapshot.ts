/** Copies of the farm's state: what a window begins with (design.md#d5). */
import type { Numbers } from "./numbers.ts";
import {
  type Assignment,
  type Batch,
  copyMemory,
  type Farm,
  type Instant,
  type Lot,
  type Store,
  type Transition,
} from "./state.ts";

function copyInstant({ day, hour }: Instant): Instant {
  return { day, hour };
}

/**
 * A copy of an assignment, name by name in the order of those that open one (`creation.ts`): so it is
 * laid out as they are, wherever it comes from, and not as a thread was sent it.
 */
export function copyAssignment(one: Assignment): Assignment {
  return {
    id: one.id,
    batch: one.batch,
    stage: one.stage,
    ordinal: one.ordinal,
    position: one.position,
    source: one.source,
    fromDay: one.fromDay,
    filledDay: one.filledDay,
    population: one.population,
    weight: one.weight,
    active: one.active,
    departureDay: one.departureDay,
    weighedDay: one.weighedDay,
    eaten: one.eaten,
    memory: copyMemory(one.memory),
    updated: copyInstant(one.updated),
  };
}

function copyTransition(transition: Transition): Transition {
  return { ...transition, room: transition.room.slice() };
}

function copyBatch(batch: Batch): Batch {
  return {
    ...batch,
    transition: batch.transition === null ? null : copyTransition(batch.transition),
    assignments: batch.assignments.map(copyAssignment),
    memory: copyMemory(batch.memory),
    updated: { ...batch.updated },
  };
}

function copyLot(lot: Lot): Lot {
  return { ...lot, received: { ...lot.received }, updated: { ...lot.updated } };
}

function copyStore({ total, lots }: Store): Store {
  return { total, lots: lots.map(copyLot) };
}

/** A store whose total and newest lot are those of an earlier copy has not been touched since. */
function sameStore(store: Store, earlier: Store | undefined): earlier is Store {
  return earlier !== undefined && earlier.total === store.total &&
    earlier.lots.at(-1)?.stockId === store.lots.at(-1)?.stockId;
}

/**
 * A copy of the farm, a tenth of structuredClone's time.
 *
 * @param earlier A snapshot of the same farm: untouched stores are shared with it, so a farm that
 *   is to be lived on must be copied without.
 */
export function snapshotOf<Own extends Numbers>(farm: Farm<Own>, earlier?: Farm): Farm<Own> {
  return {
    ...farm,
    batches: farm.batches.map(copyBatch),
    stores: farm.stores.map((store, i) => {
      const before = earlier?.stores[i];
      return sameStore(store, before) ? before : copyStore(store);
    }),
    sites: farm.sites.map(copyMemory),
    numbers: { ...farm.numbers },
  };
}
