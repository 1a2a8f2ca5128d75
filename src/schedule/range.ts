/** Which dates a schedule may have, and how far apart: checked wherever dates enter. */
import { CALENDAR, isoOf, parseIso } from "../farm/days.ts";

/**
 * How much further than a schedule's own dates those reach that are reckoned from them: feed is
 * bought before the first batch, projections and shelf lives go on behind the as-of date. Each lasts
 * 3,000 days at most, by the schema of profiles, and comes a delivery of 365 days early at most.
 */
const BEYOND = 3652;

/** The dates that a schedule may have, both included. */
export const FIRST_DATE = isoOf(CALENDAR.first + BEYOND);
export const LAST_DATE = isoOf(CALENDAR.last - BEYOND);

/** `1910-01-01 to 2189-12-31`. */
export const DATE_RANGE = `${FIRST_DATE} to ${LAST_DATE}`;

/** The most years from the first start to the as-of date, and as days. */
export const MOST_YEARS = 100;
export const LONGEST_PLAN = 36_525;

/** Days without a living fish after which an as-of date may be a mistake. */
export const LONGEST_QUIET = 366;

/** The day number of an ISO date in the range; undefined for what is none, or out of it. */
export function dateInRange(text: string): number | undefined {
  const inRange = text >= FIRST_DATE && text <= LAST_DATE;
  return inRange ? parseIso(text) : undefined;
}
