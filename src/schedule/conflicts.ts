/** Two batches are never in one container. */
import { isoOf } from "../farm/days.ts";
import { type Claim, claimsOf } from "./claims.ts";
import { type Finding, findingOf } from "./finding.ts";
import type { Schedule } from "./format.ts";
import type { Life } from "./life.ts";
import { startOf } from "./stays.ts";

/** Two batches that claim a container on a day. */
interface Overlap {
  readonly one: Claim;
  /** Comes later, or stands later in the schedule. */
  readonly other: Claim;
}

/**
 * The claims that overlap, by the name of their container: of each the one that was there before.
 *
 * @param end Of what is asked: `left`, whether fish meet, or `end`, whether they would if they lived on.
 */
function overlapsOf(claims: readonly Claim[], end: "left" | "end"): Overlap[] {
  const sorted = claims.filter((claim) => claim.from < claim[end]).toSorted((a, b) =>
    a.container < b.container ? -1 : a.container > b.container ? 1 : a.from - b.from
  );
  const overlaps: Overlap[] = [];
  // The longest of those that have come into the container before.
  let one: Claim | undefined;
  for (const other of sorted) {
    if (one === undefined || one.container !== other.container) one = other;
    else {
      if (other.from < one[end]) overlaps.push({ one, other });
      if (other[end] > one[end]) one = other;
    }
  }
  return overlaps;
}

/** A container that one batch has when another comes. */
function overlapFinding({ one, other }: Overlap, end: "to" | "end", then = ""): Finding {
  const because = `${other.container}, where ${one.batch.batch_id} is from ` +
    `${isoOf(one.from)} to ${isoOf(one[end])}${then}`;
  const start = startOf(other.batch);
  return findingOf(other.batch, other.path, because, [other.from - start, other[end] - start]);
}

/** The first container, by name, in which fish of two batches are on a day. */
export function checkConflicts(
  schedule: Schedule,
  life: Life,
  drawn: ReadonlySet<string> = new Set(),
): Finding | undefined {
  const [first] = overlapsOf(claimsOf(schedule, life), "left");
  return first === undefined ? undefined : overlapFinding(first, "to", lifeText(first.one, drawn));
}

/** Why fish are in a container for longer than the file reserves it. */
function lifeText(
  { batch, path, reserved, left }: Claim,
  drawn: ReadonlySet<string>,
): string {
  if (left <= reserved) return "";
  const beyond = `, beyond ${isoOf(reserved)}, to which it is reserved`;
  if (!path.endsWith(".sea.rings")) return beyond;
  const { batch_id, harvest_target_kg: target } = batch;
  return drawn.has(batch_id)
    ? `${beyond}, by the harvest target that was drawn from the seed, ${target} kg`
    : `${beyond}, by its harvest target, ${target} kg`;
}

/** Places in which fish would meet that live on, though none do yet: one for each stay. */
export function laterConflicts(schedule: Schedule, life: Life): Finding[] {
  const stays = new Map<string, Finding>();
  for (const overlap of overlapsOf(claimsOf(schedule, life), "end")) {
    const { path } = overlap.other;
    const then = ", so that it cannot be extended";
    if (!stays.has(path)) stays.set(path, overlapFinding(overlap, "end", then));
  }
  return [...stays.values()];
}
