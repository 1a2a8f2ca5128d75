/**
 * The limits of a farm that keeps its own: fish in a ring and on a site, a day of rest for every
 * container, fallow for every site. Schedules say what they were planned with; a profile whose farms
 * keep to their limits asks it of every schedule.
 */
import { isoOf } from "../farm/days.ts";
import type { Infrastructure } from "../farm/ground/places.ts";
import type { Profile } from "../fixtures/profile.ts";
import { claimsOf } from "./claims.ts";
import { type Finding, findingOf } from "./finding.ts";
import type { Schedule, ScheduledBatch } from "./format.ts";
import type { Life } from "./life.ts";
import { pausesOf } from "./pauses.ts";
import { expectedFish } from "./single.ts";
import { startOf, staysOf } from "./stays.ts";

/** The first limit that a schedule does not keep. */
export function checkOwnLimits(
  schedule: Schedule,
  life: Life,
  profile: Profile,
  infrastructure: Infrastructure,
): Finding | undefined {
  const { graceDays, fallowWeeks } = pausesOf(schedule);
  return (profile.field === undefined
    ? undefined
    : checkBiomass(schedule, profile, infrastructure)) ??
    checkGrace(schedule, life, graceDays) ??
    checkFallow(
      schedule,
      life,
      profile.field === undefined ? fallowWeeks : Math.max(fallowWeeks, 1),
    );
}

function tonnes(kg: number): string {
  return `${Math.round(kg / 1000)} t`;
}

/** Fish that go to sea must find room in their rings, and all in their area, until they can be slaughtered. */
function checkBiomass(
  { batches }: Schedule,
  profile: Profile,
  { containersByName, extraRingsByName }: Infrastructure,
): Finding | undefined {
  const kg = profile.field!.plan.least_weight_kg;
  const atSea = profile.stages.slice(0, -1).reduce((sum, { days }) => sum + days, 0);
  const share = expectedFish(1, atSea, profile);
  for (const [i, batch] of batches.entries()) {
    if (batch.sea === null) continue;
    const rings = batch.sea.rings.map((name) =>
      (containersByName.get(name) ?? extraRingsByName.get(name))!
    );
    const ofRing = Math.min(...rings.map(({ maxBiomassKg }) => maxBiomassKg));
    const ofArea = rings[0]!.maxBiomassOfAreaKg!;
    const most = Math.min(ofRing * rings.length, ofArea);
    if (batch.eggs * share * kg <= most) continue;
    const eggs = Math.floor(most / kg / share);
    const all = batch.eggs * share;
    const [fish, where, holds] = most < ofRing * rings.length
      ? [all, "", `${batch.sea.area} holds ${tonnes(ofArea)}`]
      : [all / rings.length, ` in each of ${rings.length} rings`, `a ring holds ${tonnes(ofRing)}`];
    const because = `${batch.eggs}, expected at most ${eggs}: ${Math.floor(fish)} fish${where} ` +
      `weigh ${tonnes(fish * kg)} at ${kg} kg, and ${holds}`;
    return findingOf(batch, `batches[${i}].eggs`, because);
  }
  return undefined;
}

/** Days from one batch in a container to the next. */
function checkGrace(schedule: Schedule, life: Life, graceDays: number): Finding | undefined {
  if (graceDays === 0) return undefined;
  const claims = claimsOf(schedule, life).toSorted((a, b) =>
    a.container < b.container ? -1 : a.container > b.container ? 1 : a.from - b.from
  );
  for (const [i, other] of claims.entries()) {
    const one = claims[i - 1];
    if (one === undefined || one.container !== other.container) continue;
    if (other.from - one.to >= graceDays) continue;
    const because = `${other.container} from ${isoOf(other.from)} on, where ` +
      `${one.batch.batch_id} is to ${isoOf(one.to)}, expected ${graceDays} days between`;
    return findingOf(other.batch, other.path, because);
  }
  return undefined;
}

/** Weeks from the last fish of a batch on a site to the first of the next. */
function checkFallow({ batches }: Schedule, life: Life, weeks: number): Finding | undefined {
  if (weeks === 0) return undefined;
  const stays = batches.flatMap((batch: ScheduledBatch, i) => {
    if (batch.sea === null) return [];
    const { from, reserved, left } = staysOf(batch, life).at(-1)!;
    const start = startOf(batch);
    return [{
      batch,
      path: `batches[${i}].sea.area`,
      area: batch.sea.area,
      from: start + from,
      to: start + Math.max(reserved, left),
    }];
  }).toSorted((a, b) => a.area < b.area ? -1 : a.area > b.area ? 1 : a.from - b.from);
  for (const [i, other] of stays.entries()) {
    const one = stays[i - 1];
    if (one === undefined || one.area !== other.area || other.from - one.to >= 7 * weeks) continue;
    const because = `${other.area} from ${isoOf(other.from)} on, where ${one.batch.batch_id} is ` +
      `to ${isoOf(one.to)}, expected ${weeks === 1 ? "a week" : `${weeks} weeks`} without fish ` +
      "between";
    return findingOf(other.batch, other.path, because);
  }
  return undefined;
}
