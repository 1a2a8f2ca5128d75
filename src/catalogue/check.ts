/**
 * What a check is: a query and what it must return. The same text runs on PostgreSQL and, where it
 * asks for tables alone, on the files through DuckDB (design.md#d14).
 *
 * Queries keep to what both understand and answer alike: no correlated subquery over a large table,
 * dates and instants as text through CAST, patterns with both anchors, no division of integers, what
 * could be 0 in NULLIF where it divides, factors of products through `wide` where both are exact.
 * They run with the session's time zone at UTC.
 */
import type { ReddManifest } from "../dataset/manifest.ts";
import { ReddError } from "../errors.ts";
import type { Ability } from "./engine.ts";
import { type Days, type Known, manifestOf } from "./known.ts";
import { isEarlier } from "../version.ts";

/** A value that a column of the single row must have. */
export type ExpectedValue = number | boolean | Span;

/** A number from `least` to `most`; an end that is absent is open. */
export interface Span {
  /** The least value that passes; any where it is absent. */
  readonly least?: number;
  /** The greatest value that passes; any where it is absent. */
  readonly most?: number;
}

/** Values by the name of the column. */
export type ExpectedRow = Readonly<Record<string, ExpectedValue>>;

/** What of a dataset's manifest a check is made of. */
export type Basis = "counts" | "rates" | "layout" | "version";

/** What it is, completing "it needs …". */
export const BASES: Readonly<Record<Basis, string>> = {
  counts: "the row counts of a dataset",
  rates: "the rates of a dataset's profile",
  layout: "the layout of a dataset",
  version: "the version of Redd that made a dataset",
};

/** What must be true of a dataset for a check to apply. */
export interface Need {
  /** Completes "it needs …". */
  readonly what: string;
  /** Is it true of the dataset with this manifest? */
  readonly holds: (manifest: ReddManifest) => boolean;
}

/** The dataset is of a version of Redd, or of a later one: what an earlier one wrote was otherwise. */
export function madeSince(version: string): Need {
  return {
    what: `a dataset of Redd ${version} or later`,
    holds: (manifest) => !isEarlier(manifest.version, version),
  };
}

/** A defect of the original, as defects.md numbers them: `B-01` to `B-36`. */
export type DefectId = `B-${number}`;

/** What a check is called, and where it comes from. */
export interface CheckFacts {
  /** `A-01` to `D-02` as in the acceptance checks, `LAW-…` for a law, `ROWS`. Unique. */
  readonly id: string;
  /** What holds where the check passes, without a full stop. */
  readonly title: string;
  /** Where it is written down. */
  readonly source: string;
  /** The tables it reads; it is skipped where the dataset does not have one of them. */
  readonly tables: readonly string[];
  /** What it asks for besides tables; it is skipped where the engine cannot be asked that. */
  readonly asks?: Ability;
  /** The defects of the original that it finds (defects.md). */
  readonly defects?: readonly DefectId[];
}

/** What is common to all checks with a query. */
export interface CheckWithQuery extends CheckFacts {
  /**
   * What must be true of the dataset; where one of them is not, the check is skipped. Rows that no
   * dataset speaks for are judged as those of a dataset of which all is true.
   */
  readonly needs?: readonly Need[];
  /**
   * Holds whichever datasets stand side by side, and reads every row of a database; a check without
   * it is about one dataset and reads that one's rows. Must be so where rows of two datasets could
   * collide: in containers, silos and numbers.
   */
  readonly wholeFarm?: true;
}

/** A check that rows alone are enough for, whoever wrote them: what it says holds of any farm. */
export interface CheckOfRows extends CheckWithQuery {
  /** Nothing of a manifest. */
  readonly basis?: undefined;
  /**
   * One SELECT. `:as_of` is the last simulated day and `:first_day` the first, both of type date. A
   * function of the tables that are there, where it reads them all.
   */
  readonly sql: string | ((tables: readonly string[]) => string);
  /**
   * "no rows", since every row is an offender; the values of the single row; or "information",
   * whose rows are shown and judged by nobody.
   */
  readonly expects: "no rows" | "information" | ExpectedRow;
}

/** A check that is made of what a dataset's manifest says, and skipped where there is none. */
export interface CheckOfDataset extends CheckWithQuery {
  /** What it takes from the manifest. */
  readonly basis: Basis;
  /** As {@linkcode CheckOfRows.sql}; a function where the text depends on the manifest. */
  readonly sql: string | ((manifest: ReddManifest) => string);
  /** As {@linkcode CheckOfRows.expects}; a function where the row depends on the manifest. */
  readonly expects:
    | "no rows"
    | "information"
    | ExpectedRow
    | ((manifest: ReddManifest) => ExpectedRow);
}

/** One acceptance check or law of conservation. */
export type VerifyCheck = CheckOfRows | CheckOfDataset;

/** At least so many. */
export function atLeast(least: number): Span {
  return { least };
}

/** From `least` to `most`, both included. */
export function between(least: number, most: number): Span {
  return { least, most };
}

/** The last simulated day (rulings.md#1), as text. */
export function lastDayOf({ asOf }: Pick<Days, "asOf">): string {
  const day = new Date(`${asOf}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}

/** A query with its parameters in their places. */
export interface BoundQuery {
  readonly text: string;
  readonly args: readonly string[];
}

/**
 * Puts numbered parameters in the place of the named ones; `::` stays a cast.
 *
 * @throws {RangeError} when the query names a parameter that there is not.
 */
export function bind(sql: string, days: Days): BoundQuery {
  const values = new Map([["as_of", lastDayOf(days)], ["first_day", days.firstDay]]);
  const used: string[] = [];
  const text = sql.replace(/'[^']*'|(?<!:):([a-z_]+)/g, (found, name?: string) => {
    // What is in quotes is text, whatever it says.
    if (name === undefined) return found;
    if (!values.has(name)) throw new RangeError(`a check names no parameter ${name}`);
    if (!used.includes(name)) used.push(name);
    return `CAST($${used.indexOf(name) + 1} AS date)`;
  });
  return { text, args: used.map((name) => values.get(name)!) };
}

/** What is no number of SQL: what arithmetic leaves where a rate is missing, or leads nowhere. */
const NO_NUMBER = /\b(?:NaN|Infinity|undefined)\b/;

/** A number that a check cannot ask for, and the place where it stood. */
function refuse({ id, needs = [] }: VerifyCheck, found: string, place: string): never {
  const [rates = "the dataset"] = needs.map(({ what }) => what);
  throw new ReddError("input", "RATES_UNUSABLE", {
    cannot: `ask check ${id}`,
    because: `${rates} give ${found} in ${place}, expected a finite number`,
    remedy: "Verify by the manifest of a dataset that Redd has written",
  });
}

/**
 * The text of a check's query for some rows.
 *
 * @throws {ReddError} input, when the dataset's rates give no number where the query has one.
 * @throws {RangeError} for a check of a dataset where there is none.
 */
export function sqlOf(check: VerifyCheck, known: Known): string {
  if (check.basis === undefined) {
    return typeof check.sql === "string" ? check.sql : check.sql(Object.keys(known.tables));
  }
  if (typeof check.sql === "string") return check.sql;
  const text = check.sql(requireManifest(check, known));
  // What is in quotes is text, whatever it says.
  const bare = text.replace(/'[^']*'/g, "''");
  const found = NO_NUMBER.exec(bare);
  if (found !== null) {
    const around = bare.slice(Math.max(found.index - 60, 0), found.index + 30);
    refuse(check, found[0], `"${around.replace(/\s+/g, " ").trim()}"`);
  }
  if (/\bVALUES\s*\)/.test(bare)) refuse(check, "no row", "a list of values");
  return text;
}

function requireManifest({ id }: VerifyCheck, known: Known): ReddManifest {
  const manifest = manifestOf(known);
  if (manifest === undefined) throw new RangeError(`${id} is a check of a dataset`);
  return manifest;
}

/**
 * The row that a check expects of some rows; undefined where it expects none, or informs.
 *
 * @throws as {@linkcode sqlOf}.
 */
export function rowExpected(check: VerifyCheck, known: Known): ExpectedRow | undefined {
  const { expects } = check;
  if (typeof expects === "string") return undefined;
  const row = typeof expects === "function" ? expects(requireManifest(check, known)) : expects;
  for (const [column, wanted] of Object.entries(row)) {
    const numbers = typeof wanted === "object" ? [wanted.least, wanted.most] : [wanted];
    const wrong = numbers.find((one) => typeof one === "number" && !Number.isFinite(one));
    if (wrong !== undefined) refuse(check, String(wrong), `the column ${column}`);
  }
  return row;
}
