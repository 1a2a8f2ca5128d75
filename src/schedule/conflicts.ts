/** Two batches are never in one container. */
import { isoOf } from "../farm/days.ts";
import { type Finding, findingOf } from "./finding.ts";
import type { Schedule, ScheduledBatch } from "./format.ts";
import type { Life } from "./life.ts";
import { startOf, staysOf } from "./stays.ts";

/** Days of a container that belong to a batch. */
interface Claim {
  readonly container: string;
  /** Day numbers: from, up to and not including, to. */
  readonly from: number;
  readonly to: number;
  readonly batch: ScheduledBatch;
  readonly path: string;
}

/**
 * What a batch claims: the days that its file reserves, and those on which its fish are there though
 * the file has reserved less (ruling 27).
 */
function claimsOf(batch: ScheduledBatch, index: number, life: Life): Claim[] {
  const start = startOf(batch);
  return staysOf(batch, life).flatMap(({ path, containers, from, reserved, left }) =>
    containers.map((container) => ({
      container,
      from: start + from,
      to: start + Math.max(reserved, left),
      batch,
      path: `batches[${index}].${path}`,
    }))
  );
}

/** The first container, by name, that two batches claim on a day. */
export function checkConflicts(schedule: Schedule, life: Life): Finding | undefined {
  const claims = schedule.batches.flatMap((batch, i) => claimsOf(batch, i, life));
  claims.sort((a, b) =>
    a.container < b.container ? -1 : a.container > b.container ? 1 : a.from - b.from
  );
  for (let i = 1; i < claims.length; i++) {
    const one = claims[i - 1]!;
    const other = claims[i]!;
    if (one.container !== other.container || other.from >= one.to) continue;
    const because = `${other.container}, where ${one.batch.batch_id} is from ${isoOf(one.from)} ` +
      `to ${isoOf(one.to)}`;
    const start = startOf(other.batch);
    return findingOf(other.batch, other.path, because, [other.from - start, other.to - start]);
  }
  return undefined;
}
