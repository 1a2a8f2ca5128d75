/** Windows: the months of a dataset, and the pass over all days that prepares them (design D5). */
import { countRows } from "../farm/count.ts";
import { liveDay, newFarm } from "../farm/day.ts";
import { isoOf, nextMonth } from "../farm/days.ts";
import type { Events } from "../farm/events.ts";
import { snapshotOf } from "../farm/snapshot.ts";
import type { Assignment, Farm, Lot } from "../farm/state.ts";
import type { World } from "../farm/world.ts";
import { type BatchLog, logBatches } from "../render/batch_log.ts";
import { summaryStart } from "../render/summaries.ts";

/** The days of one month that are simulated: `from` up to, not including, `to`. */
export interface Window {
  /** `2025-01`: the name of its files. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** The windows from the first simulated day to the as-of date. */
export function windowsOf(firstDay: number, asOf: number): Window[] {
  const windows: Window[] = [];
  for (let from = firstDay; from < asOf;) {
    const to = Math.min(nextMonth(from), asOf);
    windows.push({ name: isoOf(from).slice(0, 7), from, to });
    from = to;
  }
  return windows;
}

/** What the pass over all days leaves behind. */
export interface Pass {
  readonly windows: readonly Window[];
  /** The farm at the beginning of each window; copy one before living on from it. */
  readonly snapshots: readonly Farm[];
  /** The farm after the last day. */
  readonly end: Farm;
  /** Every assignment that ever was, in its last state, in id order. */
  readonly assignments: readonly Assignment[];
  /** Every lot that ever was, in its last state, in id order. */
  readonly lots: readonly Lot[];
  /** What assignments ate in the window of the feeding summaries, by id, in 0.0001 kg. */
  readonly recentFeed: ReadonlyMap<number, number>;
  /** The log of every batch. */
  readonly logs: readonly BatchLog[];
}

/** Lives all days of a world without rendering a row. */
export function passOver(world: World, firstId = 1): Pass {
  const windows = windowsOf(world.firstDay, world.asOf);
  const farm = newFarm(world, firstId);
  const assignments: Assignment[] = [];
  const lots: Lot[] = [];
  const recentFeed = new Map<number, number>();
  const recentFrom = summaryStart(world);
  const count = countRows(farm, world);
  const logged = logBatches(farm, world);
  const events: Events = {
    ...count,
    received(lot, order) {
      lots.push(lot);
      logged.events.received(lot, order);
      count.received(lot, order);
    },
    fed(assignment, meal) {
      if (farm.day >= recentFrom) {
        recentFeed.set(assignment.id, (recentFeed.get(assignment.id) ?? 0) + meal.amount);
      }
      logged.events.fed(assignment, meal);
      count.fed(assignment, meal);
    },
    died(assignment, deaths, biomass) {
      logged.events.died(assignment, deaths);
      count.died(assignment, deaths, biomass);
    },
    vaccinated(assignment, vaccine, index) {
      logged.events.vaccinated(assignment, vaccine);
      count.vaccinated(assignment, vaccine, index);
    },
    liceTreated(assignment, index) {
      logged.events.liceTreated(assignment);
      count.liceTreated(assignment, index);
    },
    harvested(batch, rings) {
      logged.events.harvested(batch, rings);
      count.harvested(batch, rings);
    },
    created(batch) {
      assignments.push(...batch.assignments);
      logged.events.created(batch);
      count.created(batch);
    },
    moved(batch, move) {
      assignments.push(...move.destinations);
      logged.events.moved(batch, move);
      count.moved(batch, move);
    },
  };
  const snapshots: Farm[] = [];
  for (const window of windows) {
    snapshots.push(snapshotOf(farm, snapshots.at(-1)));
    while (farm.day < window.to) liveDay(farm, world, events);
  }
  return { windows, snapshots, end: farm, assignments, lots, recentFeed, logs: logged.finish() };
}
