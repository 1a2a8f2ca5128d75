/** Reading rows in tests: exact numbers from decimals, rows by key, sums. */
import { parseIso } from "../../src/farm/days.ts";
import type { Row } from "./dataset.ts";

/** Rows of a table by its name. */
export type Rows = (table: string) => Row[];

/** A decimal column as a whole number of 10^-places; digits beyond them are an error. */
export function units(decimal: string | undefined, places: number): number {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(decimal ?? "");
  const fraction = match?.[2] ?? "";
  if (match === null || fraction.length > places) throw new RangeError(`not a decimal: ${decimal}`);
  return Number(match[1] + fraction.padEnd(places, "0"));
}

/** Sum of a decimal column in 10^-places. */
export function total(rows: readonly Row[] | undefined, column: string, places = 0): number {
  return (rows ?? []).reduce((sum, row) => sum + units(row[column], places), 0);
}

/** The row of every value of a unique column. */
export function by(rows: readonly Row[], column: string): Map<string, Row> {
  return new Map(rows.map((row) => [row[column]!, row]));
}

/** Rows by what a function says of them. */
export function grouped(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  return Map.groupBy(rows, key);
}

/** Day number of a date or of the date of an instant. */
export function dayOf(text: string | undefined): number {
  return parseIso((text ?? "").slice(0, 10))!;
}

/** n / d rounded half up, for n >= 0, by another way than the code under test. */
export function rounded(n: number, d: number): number {
  return Number((2n * BigInt(n) + BigInt(d)) / (2n * BigInt(d)));
}
