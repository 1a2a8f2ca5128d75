/** Holds a schedule against the farm and against itself (schedule.md#8). */
import { meantText } from "../closest.ts";
import { isoOf, parseIso } from "../farm/days.ts";
import type { Infrastructure } from "../farm/ground/places.ts";
import type { Profile } from "../fixtures/profile.ts";
import { quoted } from "../quoted.ts";
import { checkPlaces } from "./check_places.ts";
import { checkConflicts } from "./conflicts.ts";
import { type Finding, findingOf } from "./finding.ts";
import { asOfOf, asOfPath, LONGEST_LIFE, type Schedule, type ScheduledBatch } from "./format.ts";
import { lifeIn } from "./life.ts";
import { checkOwnLimits } from "./own_limits.ts";
import { checkOutbreaks } from "./outbreaks.ts";
import { partitionsFinding } from "./partitions.ts";
import { DATE_RANGE, dateInRange, LONGEST_PLAN, MOST_YEARS } from "./range.ts";

export { type Finding, findingText } from "./finding.ts";

/**
 * The first rule that the schedule breaks, or undefined where it breaks none. It throws nothing: what
 * is wrong is what it returns.
 *
 * @param drawn Numbers of the batches whose harvest target was drawn and stands in no file, for what
 *   follows from it.
 * @param diseases Ids of the diseases that the fixtures have; not asked for unless given.
 */
export function checkSchedule(
  schedule: Schedule,
  profile: Profile,
  infrastructure: Infrastructure,
  drawn: ReadonlySet<string> = new Set(),
  diseases?: readonly string[],
): Finding | undefined {
  const finding = checkMetadata(schedule) ?? checkRange(schedule) ?? checkOrder(schedule) ??
    checkSpan(schedule);
  if (finding !== undefined) return finding;
  const life = lifeIn(schedule, profile);
  const asOf = parseIso(asOfOf(schedule))!;
  for (const [i, batch] of schedule.batches.entries()) {
    const path = `batches[${i}]`;
    const finding = checkHome(batch, path, infrastructure) ?? checkDates(batch, path, asOf) ??
      checkPlaces(batch, path, life, profile, infrastructure);
    if (finding !== undefined) return finding;
  }
  return checkConflicts(schedule, life, drawn) ??
    checkOwnLimits(schedule, life, profile, infrastructure) ??
    checkOutbreaks(schedule, diseases);
}

function checkMetadata({ metadata, batches }: Schedule): Finding | undefined {
  const { total_batches, worker_partitions } = metadata;
  if (total_batches !== batches.length) {
    const because = `${total_batches}, expected ${batches.length}, the number of batches`;
    return { path: "metadata.total_batches", because };
  }
  if (worker_partitions === undefined) return undefined;
  return partitionsFinding(worker_partitions, batches.length);
}

/** Every date is one that a dataset can be reckoned from, also of a schedule that was made in code. */
function checkRange(schedule: Schedule): Finding | undefined {
  const { batches } = schedule;
  const expected = `expected a date of the calendar from ${DATE_RANGE}`;
  for (const [i, batch] of batches.entries()) {
    if (dateInRange(batch.start_date) !== undefined) continue;
    return { path: `batches[${i}].start_date`, because: `${batch.start_date}, ${expected}` };
  }
  if (dateInRange(asOfOf(schedule)) !== undefined) return undefined;
  return { path: asOfPath(schedule), because: `${asOfOf(schedule)}, ${expected}` };
}

/** Days are lived one by one, so there is an end to them. */
function checkSpan(schedule: Schedule): Finding | undefined {
  const asOf = asOfOf(schedule);
  const { start_date: first } = schedule.batches[0]!;
  if (parseIso(asOf)! - parseIso(first)! <= LONGEST_PLAN) return undefined;
  const because = `${asOf}, expected at most ${MOST_YEARS} years after the first start, ${first}`;
  return { path: asOfPath(schedule), because };
}

/** Numbers are unique, and batches come by start date. */
function checkOrder({ batches }: Schedule): Finding | undefined {
  const numbers = new Map<string, number>();
  for (const [i, batch] of batches.entries()) {
    const path = `batches[${i}]`;
    const twin = numbers.get(batch.batch_id);
    if (twin !== undefined) {
      const because = `${batch.batch_id}, as batches[${twin}] has it`;
      return findingOf(batch, `${path}.batch_id`, because);
    }
    numbers.set(batch.batch_id, i);
    const before = batches[i - 1]?.start_date;
    if (before !== undefined && before > batch.start_date) {
      const because = `${batch.start_date}, expected a day not before ${before}`;
      return findingOf(batch, `${path}.start_date`, because);
    }
  }
  return undefined;
}

/** A batch lives in a geography that has places, and its number begins with one of the farm's. */
function checkHome(
  batch: ScheduledBatch,
  path: string,
  { homes }: Infrastructure,
): Finding | undefined {
  const names = homes.map(({ name }) => name);
  if (!names.includes(batch.geography)) {
    const meant = meantText(batch.geography, names);
    const because = `${quoted(batch.geography)}${meant}, expected one of ${names.join(", ")}`;
    return findingOf(batch, `${path}.geography`, because);
  }
  const prefixes = new Set(homes.flatMap((home) => [home.plannedPrefix, home.alonePrefix]));
  if (prefixes.has(batch.batch_id.replace(/-.*$/s, ""))) return undefined;
  const because = `${batch.batch_id}, expected one that begins with ${[...prefixes].join(", ")}`;
  return findingOf(batch, `${path}.batch_id`, because);
}

function checkDates(batch: ScheduledBatch, path: string, asOf: number): Finding | undefined {
  const age = asOf - parseIso(batch.start_date)!;
  if (age < 1) {
    const because = `${batch.start_date}, expected a day before the as-of date`;
    return findingOf(batch, `${path}.start_date`, because);
  }
  const expected = Math.min(LONGEST_LIFE, age);
  if (batch.duration !== expected) {
    const because = `${batch.duration}, expected ${expected} = ` +
      `min(${LONGEST_LIFE}, days to the as-of date, ${isoOf(asOf)})`;
    return findingOf(batch, `${path}.duration`, because);
  }
  return undefined;
}
