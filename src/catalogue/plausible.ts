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

/**
 * The condition that the day of a column of a type is one of them. It is compared as what it is: a server that had to
 * make a day of each instant first would take three times as long.
 */
export function isPlausible(column: string, type: Column["type"]): string {
  const end = type === "date" ? PLAUSIBLE.last : `${PLAUSIBLE.last}T23:59:59.999999Z`;
  return `${column} BETWEEN CAST('${PLAUSIBLE.first}' AS ${type}) AND CAST('${end}' AS ${type})`;
}
