/** What a batch may be. Nothing but values: the command line's help reads them before all else. */
import { isoOf } from "../farm/days.ts";

/** Fewest and most eggs of a batch (rulings.md#20). */
export const EGGS = { least: 100_000, most: 5_000_000 } as const;

/** The name of a geography that batches live in. */
export type GeographyName = "Faroe Islands" | "Scotland";

/** The geographies, in the order in which a plan gives them batches. */
export const GEOGRAPHIES = [
  "Faroe Islands",
  "Scotland",
] as const satisfies readonly GeographyName[];

/** The longest life of a batch in days. */
export const LONGEST_LIFE = 900;

/** Most batches per geography: their numbers have three digits. */
export const MOST_BATCHES = 999;

/** Most days from one start to the next. */
export const MOST_STAGGER = 1000;

/** Most years of a plan; with them a stagger of six days has three digits for its batches. */
export const MOST_PLANNED_YEARS = 25;

/** The number of a batch that stands alone, unless another is given: `FI-2025-001`. */
export function loneNumber(geography: GeographyName, startDay: number): string {
  return `${geography === "Scotland" ? "SCO" : "FI"}-${isoOf(startDay).slice(0, 4)}-001`;
}
