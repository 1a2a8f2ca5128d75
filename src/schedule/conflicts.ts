/** Two batches are never in one container. */
import { isoOf } from "../farm/days.ts";
import { claimsOf } from "./claims.ts";
import { type Finding, findingOf } from "./finding.ts";
import type { Schedule } from "./format.ts";
import type { Life } from "./life.ts";
import { startOf } from "./stays.ts";

/** The first container, by name, that two batches claim on a day. */
export function checkConflicts(schedule: Schedule, life: Life): Finding | undefined {
  const claims = claimsOf(schedule, life);
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
