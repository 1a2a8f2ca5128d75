/** Which days of which containers belong to the batches of a schedule. */
import type { Schedule, ScheduledBatch } from "./format.ts";
import type { Life } from "./life.ts";
import { type Occupancy, reserve } from "./occupancy.ts";
import { startOf, staysOf } from "./stays.ts";

/** Days of a container that belong to a batch. */
export interface Claim {
  readonly container: string;
  /** Day numbers: from, up to and not including, to. */
  readonly from: number;
  readonly to: number;
  /** To which day number the file reserves the container. */
  readonly reserved: number;
  /** The day number on which its fish are there no more, not after `from` where they never are. */
  readonly left: number;
  /** The same, however long the batch is simulated. */
  readonly end: number;
  readonly batch: ScheduledBatch;
  /** In the schedule: `batches[3].sea.rings`. */
  readonly path: string;
}

/**
 * What the batches claim: the days that the file reserves, and those on which their fish are there
 * though the file has reserved less (rulings.md#27).
 */
export function claimsOf({ batches }: Schedule, life: Life): Claim[] {
  return batches.flatMap((batch, i) => {
    const start = startOf(batch);
    return staysOf(batch, life).flatMap(({ path, containers, from, reserved, left, end }) =>
      containers.map((container) => ({
        container,
        from: start + from,
        to: start + Math.max(reserved, left),
        reserved: start + reserved,
        left: start + left,
        end: start + end,
        batch,
        path: `batches[${i}].${path}`,
      }))
    );
  });
}

/** The reservations of a schedule whose claims are apart, as in one that has been checked. */
export function occupancyOf(schedule: Schedule, life: Life): Occupancy {
  const occupancy: Occupancy = new Map();
  for (const { container, from, to } of claimsOf(schedule, life)) {
    reserve(occupancy, container, { from, to });
  }
  return occupancy;
}
