/** The pass over all days, without a row, that prepares the windows (design.md#d5). */
import { type Window, windowsOf } from "../dataset/windows.ts";
import { newFarm } from "../farm/day.ts";
import { joined, type Listener } from "../farm/events.ts";
import { liveTo } from "../farm/live.ts";
import { snapshotOf } from "../farm/snapshot.ts";
import type { Assignment, Lot, Transition } from "../farm/state.ts";
import type { World } from "../farm/world.ts";
import { type BatchLog, logBatches } from "../render/batch_log.ts";
import { countingListeners, type DayFarm, dayNumbersFrom } from "../render/day_rows.ts";

/** What the pass over all days leaves behind. */
export interface Pass {
  readonly windows: readonly Window[];
  /** The farm at the beginning of each window; copy one before living on from it. */
  readonly snapshots: readonly DayFarm[];
  /** The farm after the last day. */
  readonly end: DayFarm;
  /** Every assignment that ever was, in its last state, in id order. */
  readonly assignments: readonly Assignment[];
  /** Every transition that ever was, in its last state, in id order. */
  readonly transitions: readonly Transition[];
  /** Every lot that ever was, in its last state, in id order. */
  readonly lots: readonly Lot[];
  /** The log of every batch. */
  readonly logs: readonly BatchLog[];
}

/**
 * Lives all days of a world without rendering a row.
 *
 * @param onWindow Is told how many windows have been lived through, and of how many.
 */
export function passOver(
  world: World,
  firstId = 1,
  onWindow: (lived: number, windows: number) => void = () => {},
): Pass {
  const windows = windowsOf(world.firstDay, world.asOf);
  const farm = newFarm(world, dayNumbersFrom(firstId));
  const assignments: Assignment[] = [];
  const transitions: Transition[] = [];
  const lots: Lot[] = [];
  const logged = logBatches(farm, world);
  const gathered: Listener = {
    received(lot) {
      lots.push(lot);
    },
    created(batch) {
      assignments.push(...batch.assignments);
    },
    moved(_batch, { transition, first, destinations }) {
      if (first) transitions.push(transition);
      assignments.push(...destinations);
    },
  };
  const events = joined([gathered, logged.events, ...countingListeners(farm, world)]);
  const snapshots: DayFarm[] = [];
  for (const window of windows) {
    snapshots.push(snapshotOf(farm, snapshots.at(-1)));
    liveTo(farm, world, window.to, events);
    onWindow(snapshots.length, windows.length);
  }
  const logs = logged.finish();
  return { windows, snapshots, end: farm, assignments, transitions, lots, logs };
}
