/**
 * Days as whole numbers counted from 1970-01-01, so that simulated time is arithmetic and no clock,
 * time zone or locale can reach it.
 */

const MONTH_STARTS = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/** A civil date; `month` and `day` count from 1. */
export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function daysBeforeYear(year: number): number {
  const y = year - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
}

const EPOCH = daysBeforeYear(1970);

/** The day number of a civil date that exists. */
export function dayOf({ year, month, day }: CivilDate): number {
  const leapDay = month > 2 && isLeap(year) ? 1 : 0;
  return daysBeforeYear(year) - EPOCH + MONTH_STARTS[month - 1]! + leapDay + day - 1;
}

/**
 * The days that a dataset writes, both included: 1900-01-01 to 2199-12-31. Whoever lets dates in sees
 * to it that all that is reckoned from them stays within (`schedule/range.ts`).
 */
export const CALENDAR = {
  first: dayOf({ year: 1900, month: 1, day: 1 }),
  last: dayOf({ year: 2199, month: 12, day: 31 }),
} as const;

/** The civil date of a day number. */
export function civilOf(day: number): CivilDate {
  let year = 1970 + Math.floor(day / 365.2425);
  while (daysBeforeYear(year + 1) - EPOCH <= day) year++;
  while (daysBeforeYear(year) - EPOCH > day) year--;
  let month = 12;
  while (dayOf({ year, month, day: 1 }) > day) month--;
  return { year, month, day: day - dayOf({ year, month, day: 1 }) + 1 };
}

/** `2025-01-31` for a day number, counted from 1970-01-01. */
export function isoOf(day: number): string {
  const date = civilOf(day);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${String(date.year).padStart(4, "0")}-${two(date.month)}-${two(date.day)}`;
}

/**
 * The day number of `2025-01-31`, counted from 1970-01-01; undefined where the text is no date of the
 * calendar.
 */
export function parseIso(text: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const month = Number(match[2]);
  if (month < 1 || month > 12) return undefined;
  const day = dayOf({ year: Number(match[1]), month, day: Number(match[3]) });
  return isoOf(day) === text ? day : undefined;
}

/** Is a day a Monday? */
export function isMonday(day: number): boolean {
  // 1970-01-01, day 0, was a Thursday; days before it are negative.
  return (day + 3) % 7 === 0;
}

/** The day number of the first day of the following month. */
export function nextMonth(day: number): number {
  const { year, month } = civilOf(day);
  return month === 12
    ? dayOf({ year: year + 1, month: 1, day: 1 })
    : dayOf({ year, month: month + 1, day: 1 });
}
