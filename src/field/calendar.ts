/** Seasons: waves over the year, without libm (rulings.md#10). */
/** Days of a year, with its leap days shared out. */
const YEAR = 365.25;

/** Sine of `x` in [-π, π], to 1e-9: its series, from + − × ÷ alone. */
function sineOf(x: number): number {
  const square = x * x;
  let series = 1;
  for (let k = 21; k >= 3; k -= 2) series = 1 - series * square / (k * (k - 1));
  return x * series;
}

/**
 * A wave over a year that is 1 on its day of the year, -1 half a year from it.
 *
 * @param day Counted from 1970-01-01, so that it is the day of the year within a day.
 */
export function wave(day: number, peak: number): number {
  return waveOf(day - peak, YEAR);
}

/** A wave of a period that is 1 where `at` is a whole number of periods. */
export function waveOf(at: number, period: number): number {
  const turns = at / period + 0.25;
  const part = turns - Math.floor(turns);
  return sineOf((part < 0.5 ? part : part - 1) * 2 * Math.PI);
}

/** Is a day a Saturday or a Sunday? */
export function isWeekend(day: number): boolean {
  // 1970-01-01, day 0, was a Thursday: 0 is Monday here.
  return (day + 3) % 7 >= 5;
}

/** Is a month of the season? Seasons may go over the turn of the year. */
export function isSeason([from, to]: readonly [number, number], month: number): boolean {
  return from <= to ? month >= from && month <= to : month >= from || month <= to;
}

/** A day, or the Monday after it where it is on a weekend. */
export function weekday(day: number): number {
  // 1970-01-01, day 0, was a Thursday: 0 is Monday here.
  const turn = (day + 3) % 7;
  return turn < 5 ? day : day + 7 - turn;
}
