/** When the batches of a plan start, and where (schedule.md#3). */
import { ReddError } from "../errors.ts";
import { isoOf, parseIso } from "../farm/days.ts";
import type { Home } from "../farm/ground/places.ts";
import type { Seasonal } from "./seasons.ts";
import { FIRST_DATE, LONGEST_PLAN, MOST_YEARS } from "./range.ts";

/** Age in days of the youngest batch on the as-of date. */
export const YOUNGEST = 50;

/** The start of a batch. */
export interface BatchStart {
  readonly geography: string;
  /** With what its number begins. */
  readonly prefix: string;
  /** Index of the batch in its geography, from 0. */
  readonly k: number;
  readonly day: number;
  /** The day number on which it would start, were there no seasons. */
  readonly planned: number;
}

/**
 * The day number on which the first batch of a plan would start, were there no seasons; so early that
 * its last batch is old enough on the as-of day.
 */
export function firstPlanned(
  total: number,
  stagger: number,
  asOf: number,
  season: Seasonal = (day) => day,
): number {
  const span = (total - 1) * stagger;
  let first = asOf - span - YOUNGEST;
  // A season moves the last start too, which is old enough all the same.
  while (season(first + span) > asOf - YOUNGEST) first--;
  return first;
}

/**
 * The starts of a plan, in order: a batch every `stagger` days, the geographies in turn, the last
 * one 50 days before the as-of day.
 *
 * @throws {ReddError} input, when the first would start too long before, or before all dates.
 */
export function batchStarts(
  perGeography: number,
  stagger: number,
  asOf: number,
  homes: readonly Home[],
  season: Seasonal = (day) => day,
): BatchStart[] {
  const total = perGeography * homes.length;
  const first = firstPlanned(total, stagger, asOf, season);
  const days = asOf - first;
  if (days > LONGEST_PLAN || first < parseIso(FIRST_DATE)!) {
    throw new ReddError("input", "PLAN_TOO_LONG", {
      cannot: `plan ${perGeography} batches per geography`,
      because: `with a stagger of ${stagger} days up to ${isoOf(asOf)} the first would start ` +
        (days > LONGEST_PLAN ? `more than ${MOST_YEARS} years before` : `before ${FIRST_DATE}`),
      remedy: days > LONGEST_PLAN
        ? "Take fewer batches or a shorter stagger"
        : `Take an as-of date from ${isoOf(parseIso(FIRST_DATE)! + days)} on, fewer batches or a ` +
          "shorter stagger",
    });
  }
  return startsFrom(first, total, stagger, homes, season);
}

/** `total` starts from a first day on, the geographies in turn. */
export function startsFrom(
  first: number,
  total: number,
  stagger: number,
  homes: readonly Home[],
  season: Seasonal = (day) => day,
): BatchStart[] {
  return Array.from({ length: total }, (_, i) => {
    const { name, plannedPrefix } = homes[i % homes.length]!;
    return {
      geography: name,
      prefix: plannedPrefix,
      k: Math.floor(i / homes.length),
      day: season(first + i * stagger),
      planned: first + i * stagger,
    };
  });
}
