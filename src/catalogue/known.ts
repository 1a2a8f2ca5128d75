/** What is known of the rows that are checked, before the first query. */
import type { ReddManifest } from "../dataset/manifest.ts";

/** The days that rows are of, as `2024-01-15`. */
export interface Days {
  /** The first day. */
  readonly firstDay: string;
  /** The day after the last one (rulings.md#1). */
  readonly asOf: string;
}

/** Rows that no dataset speaks for: another program's, or people's. A look at them has shown this. */
export interface FoundRows extends Days {
  /** What tells them from a manifest. */
  readonly found: "database";
  /** The tables that are there, by name. */
  readonly tables: Readonly<Record<string, unknown>>;
}

/** The manifest of the dataset whose rows they are, or what was found out by looking. */
export type Known = ReddManifest | FoundRows;

/** The manifest that speaks for the rows; undefined where there is none. */
export function manifestOf(known: Known): ReddManifest | undefined {
  return "found" in known ? undefined : known;
}
