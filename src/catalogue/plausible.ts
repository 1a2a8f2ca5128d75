/**
 * Days that a record may have. What lies outside is a slip of a keyboard, in rows that people or
 * other programs have written: no day of a farm is told by it.
 */
import { CALENDAR, isoOf } from "../farm/days.ts";
import type { Column } from "../tables/description.ts";

/** The first and the last of them, as `2024-01-15`. */
export const PLAUSIBLE = { first: isoOf(CALENDAR.first), last: isoOf(CALENDAR.last) } as const;

/** Whether a column holds a day, or an instant of one. */
export function isDated({ type }: Column): boolean {
  return type === "date" || type.startsWith("timestamp");
}

/** The condition that a column's day is one of them. */
export function isPlausible(column: string): string {
  const day = (text: string) => `CAST('${text}' AS date)`;
  return `CAST(${column} AS date) BETWEEN ${day(PLAUSIBLE.first)} AND ${day(PLAUSIBLE.last)}`;
}
