/** The batches with which a plan goes on when its dataset is extended (rulings.md#30). */
import { ReddError } from "../errors.ts";
import { isoOf, parseIso } from "../farm/days.ts";
import type { Home, Infrastructure } from "../farm/ground/places.ts";
import type { Profile } from "../fixtures/profile.ts";
import { allocate } from "./allocate.ts";
import { occupancyOf } from "./claims.ts";
import { type BatchStart, startsFrom, YOUNGEST } from "./dates.ts";
import { farmPlaces } from "./farm_places.ts";
import { asOfOf, LONGEST_LIFE, type Schedule } from "./format.ts";
import { lifeIn } from "./life.ts";
import { pausesOf } from "./pauses.ts";
import { seasonOf } from "./seasons.ts";
import type { Seasonal } from "./seasons.ts";
import { workerPartitions } from "./partitions.ts";
import { MOST_BATCHES } from "./limits.ts";
import { batchNumber, plannedBatches, shortageText } from "./planned_batches.ts";
import { startOf } from "./stays.ts";

/** The day number on which the first batch would start, were there no seasons. */
function plannedFrom({ metadata, batches }: Schedule): number {
  return parseIso(metadata.planned_from ?? "") ?? startOf(batches[0]!);
}

/** The day number on which the batch after the last one starts. */
export function nextStart(schedule: Schedule, profile: Profile): number {
  const { metadata, batches } = schedule;
  const season = seasonIn(schedule, profile);
  return season(plannedFrom(schedule) + batches.length * metadata.stagger_days);
}

/** The seasons of a plan that was made with some. */
function seasonIn({ metadata }: Schedule, profile: Profile): Seasonal {
  return metadata.planned_from === undefined ? (day) => day : seasonOf(profile);
}

/**
 * Moves the as-of date and adds the batches that have become due: batch i of the plan starts
 * i x stagger days after the first, as long as it is 50 days old on the as-of date. Numbers, eggs
 * and targets are those that a plan of so many batches has, and so are the places where the file
 * reserves what a plan reserves: they are found after all that is reserved.
 *
 * @param schedule In order, up to the new as-of date too.
 * @param asOf The new as-of date, ISO.
 * @param seed Decides the harvest targets.
 * @throws {ReddError} input, when the schedule is no plan that can go on, or a batch finds no place.
 */
export function appendBatches(
  schedule: Schedule,
  asOf: string,
  seed: number,
  profile: Profile,
  infrastructure: Infrastructure,
): Schedule {
  const longer = extendedSchedule(schedule, asOf);
  const until = parseIso(asOf)!;
  const { homes } = infrastructure;
  const otherwise = mismatch(schedule, homes, profile);
  if (otherwise !== undefined) throw noPlan(asOf, otherwise);
  const starts = dueStarts(schedule, until, homes, profile);
  if (starts.length === 0) return longer;
  const tooMany = starts.find(({ k }) => k >= MOST_BATCHES);
  if (tooMany !== undefined) {
    const because =
      `${tooMany.geography} would have more than ${MOST_BATCHES} batches, and their ` +
      "numbers have three digits";
    throw tooLate(schedule, asOf, tooMany, "TOO_MANY_BATCHES", because);
  }
  const saturation = schedule.metadata.target_saturation;
  const pauses = pausesOf(schedule);
  const ground = { places: farmPlaces(infrastructure), profile, saturation, pauses };
  const taken = occupancyOf(longer, lifeIn(longer, profile));
  const { allocations, shortage } = allocate(starts, ground, taken);
  if (shortage !== undefined) {
    const start = starts[allocations.length]!;
    throw tooLate(schedule, asOf, start, "NO_PLACE", shortageText(start, shortage));
  }
  const appended = plannedBatches(starts, allocations, until, seed, profile, pauses);
  return withBatches(longer, [...longer.batches, ...appended], homes.length);
}

/** What is true of so many batches; slices for workers stay left out where they are. */
function withBatches(
  { metadata }: Schedule,
  batches: Schedule["batches"],
  geographies: number,
): Schedule {
  const total = batches.length;
  return {
    metadata: {
      ...metadata,
      total_batches: total,
      batches_per_geography: Math.ceil(total / geographies),
      ...metadata.worker_partitions === undefined
        ? {}
        : { worker_partitions: workerPartitions(total) },
    },
    batches,
  };
}

/** Why a schedule is no plan that goes on by itself, or undefined where it is one. */
function mismatch(
  schedule: Schedule,
  homes: readonly Home[],
  profile: Profile,
): string | undefined {
  const { metadata, batches } = schedule;
  if (batches.length === 1) return "a schedule of one batch has no stagger";
  if (metadata.stagger_days === 0) {
    return "its stagger_days are 0, so that no date follows from them";
  }
  const withoutYear = (number: string) => number.replace(/-\d{4}-/, "-");
  for (const [i, start] of startsFrom(0, batches.length, 1, homes).entries()) {
    const batch = batches[i]!;
    const { geography } = start;
    const expected = batchNumber({ ...start, day: startOf(batch) });
    // An edited start may be in another year than the one in its number.
    const numbered = withoutYear(batch.batch_id) === withoutYear(expected);
    if (numbered && batch.geography === geography) continue;
    return `batches[${i}] is ${batch.batch_id} in ${batch.geography}, and a plan would have ` +
      `${expected} in ${geography} there`;
  }
  const next = nextStart(schedule, profile);
  const last = batches.at(-1)!;
  if (next >= startOf(last)) return undefined;
  return `with its stagger_days of ${metadata.stagger_days} the next batch would start on ` +
    `${isoOf(next)}, before ${last.batch_id} on ${last.start_date}`;
}

/** The starts after the last one that are old enough, no more than one that has no number. */
function dueStarts(
  schedule: Schedule,
  asOf: number,
  homes: readonly Home[],
  profile: Profile,
): BatchStart[] {
  const { metadata, batches } = schedule;
  const stagger = metadata.stagger_days;
  const season = seasonIn(schedule, profile);
  const first = plannedFrom(schedule);
  const most = MOST_BATCHES * homes.length + 1;
  let total = batches.length;
  while (total < most && season(first + total * stagger) <= asOf - YOUNGEST) total++;
  return startsFrom(first, total, stagger, homes, season).slice(batches.length);
}

/** The schedule cannot go on by itself, whatever the date. */
function noPlan(asOf: string, because: string): ReddError {
  return new ReddError("input", "CANNOT_APPEND", {
    cannot: `append batches up to ${asOf}`,
    because,
    remedy: "Leave --append-batches out, or write the batches into a copy of the schedule and " +
      "generate that",
  });
}

/** A batch cannot be: up to the last day on which it is too young, all is well. */
function tooLate(
  schedule: Schedule,
  asOf: string,
  { day }: BatchStart,
  code: string,
  because: string,
): ReddError {
  const latest = isoOf(day + YOUNGEST - 1);
  return new ReddError("input", code, {
    cannot: `append batches up to ${asOf}`,
    because,
    remedy: latest > asOfOf(schedule)
      ? `Give --until up to ${latest}, or leave --append-batches out`
      : "Leave --append-batches out",
  });
}

/**
 * The schedule with another as-of date: every start, egg count, target and place stays (rulings.md#29).
 *
 * @param asOf ISO date, after the last start.
 */
export function extendedSchedule(schedule: Schedule, asOf: string): Schedule {
  const until = parseIso(asOf)!;
  return {
    metadata: { ...schedule.metadata, generated_date: asOf, as_of: asOf },
    batches: schedule.batches.map((batch) => ({
      ...batch,
      duration: Math.min(LONGEST_LIFE, until - parseIso(batch.start_date)!),
    })),
  };
}
