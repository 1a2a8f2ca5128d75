/** When the batches of a plan start, and where (schedule.md section 3). */
import { ReddError } from "../errors.ts";
import { dayOf, isoOf } from "../farm/days.ts";
import { GEOGRAPHIES, type GeographyName } from "./format.ts";

/** Age in days of the youngest batch on the as-of date. */
export const YOUNGEST = 50;

/** No plan goes back further than this day. */
const EARLIEST = dayOf({ year: 1900, month: 1, day: 1 });

/** The start of a batch. */
export interface BatchStart {
  readonly geography: GeographyName;
  /** Index of the batch in its geography, from 0. */
  readonly k: number;
  readonly day: number;
}

/**
 * The starts of a plan, in order: a batch every `stagger` days, the geographies in turn, the last
 * one 50 days before the as-of day.
 *
 * @throws {ReddError} input, when the first would start before 1900.
 */
export function batchStarts(perGeography: number, stagger: number, asOf: number): BatchStart[] {
  const total = perGeography * GEOGRAPHIES.length;
  const first = asOf - ((total - 1) * stagger + YOUNGEST);
  if (first < EARLIEST) {
    throw new ReddError("input", "PLAN_TOO_LONG", {
      cannot: `plan ${perGeography} batches per geography`,
      because: `with a stagger of ${stagger} days up to ${isoOf(asOf)} the first would start ` +
        "before 1900",
      remedy: "Take fewer batches or a shorter stagger",
    });
  }
  return startsFrom(first, total, stagger);
}

/** `total` starts from a first day on. */
export function startsFrom(first: number, total: number, stagger: number): BatchStart[] {
  return Array.from({ length: total }, (_, i) => ({
    geography: GEOGRAPHIES[i % GEOGRAPHIES.length]!,
    k: Math.floor(i / GEOGRAPHIES.length),
    day: first + i * stagger,
  }));
}
