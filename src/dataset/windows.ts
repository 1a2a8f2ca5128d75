/** Windows: the months of a dataset, each with files of its own (design.md#d5). */
import { isoOf, nextMonth } from "../farm/days.ts";

/** The days of one month that are simulated: `from` up to, not including, `to`. */
export interface Window {
  /** `2025-01`: the name of its files. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** The windows from the first simulated day to the as-of date. */
export function windowsOf(firstDay: number, asOf: number): Window[] {
  const windows: Window[] = [];
  for (let from = firstDay; from < asOf;) {
    const to = Math.min(nextMonth(from), asOf);
    windows.push({ name: isoOf(from).slice(0, 7), from, to });
    from = to;
  }
  return windows;
}
