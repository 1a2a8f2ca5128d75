/** Judges what a check's query returned, whoever ran it. */
import {
  BASES,
  type CheckFacts,
  type ExpectedRow,
  type ExpectedValue,
  rowExpected,
  type VerifyCheck,
} from "../catalogue/check.ts";
import { ABILITIES, type Ability, type ResultRow } from "../catalogue/engine.ts";
import { type Known, manifestOf } from "../catalogue/known.ts";

/**
 * How a check ended: `skipped` is one that does not apply to the dataset, `broken` one whose query was
 * refused.
 */
export type Status = "passed" | "failed" | "skipped" | "broken";

/** The end of one check. */
export interface CheckResult {
  /** The check. */
  readonly check: CheckFacts;
  /** How it ended. */
  readonly status: Status;
  /**
   * Offending rows or values of a failed check, the rows of one that informs, why one was skipped,
   * what was said of the query of a broken one.
   */
  readonly details: readonly string[];
}

/** So many offending rows are shown; a query is asked for one more. */
export const SHOWN_ROWS = 5;

/** So many rows are asked for where rows are information. */
export const INFORMATION_ROWS = 50;

/**
 * Why a check does not apply to some rows; undefined where it does.
 *
 * @param abilities What can be asked besides tables; everything unless given.
 */
export function whySkipped(
  check: VerifyCheck,
  known: Known,
  abilities: readonly Ability[] = Object.keys(ABILITIES) as Ability[],
): string | undefined {
  const { asks, basis } = check;
  if (asks !== undefined && !abilities.includes(asks)) return `it needs ${ABILITIES[asks]}`;
  const manifest = manifestOf(known);
  const what = manifest === undefined ? "database" : "dataset";
  const absent = check.tables.filter((table) => known.tables[table] === undefined);
  if (absent.length === 1) return `the ${what} has no ${absent[0]}`;
  if (absent.length > 1) return `the ${what} has no ${absent[0]} and ${absent.length - 1} more`;
  if (manifest === undefined) return basis === undefined ? undefined : `it needs ${BASES[basis]}`;
  const missing = check.needs?.find((need) => !need.holds(manifest));
  return missing === undefined ? undefined : `it needs ${missing.what}`;
}

/** How many rows are needed to judge a check. */
export function rowsNeeded({ expects }: VerifyCheck): number {
  return expects === "information" ? INFORMATION_ROWS : SHOWN_ROWS + 1;
}

/** Judges the rows of a check's query. */
export function judge(check: VerifyCheck, rows: readonly ResultRow[], known: Known): CheckResult {
  if (check.expects === "information") {
    return { check, status: "passed", details: rows.map(rowText) };
  }
  const expected = rowExpected(check, known);
  const details = expected === undefined ? offenders(rows) : differences(rows, expected);
  return { check, status: details.length === 0 ? "passed" : "failed", details };
}

function offenders(rows: readonly ResultRow[]): string[] {
  const shown = rows.slice(0, SHOWN_ROWS).map(rowText);
  return rows.length > SHOWN_ROWS ? [...shown, "and more"] : shown;
}

function differences(rows: readonly ResultRow[], expected: ExpectedRow): string[] {
  const [row] = rows;
  if (row === undefined || rows.length > 1) return [`${rows.length} rows, expected 1`];
  return Object.entries(expected).flatMap(([column, wanted]) =>
    meets(row[column], wanted)
      ? []
      : [`${column} is ${valueText(row[column])}, expected ${wantedText(wanted)}`]
  );
}

function meets(value: unknown, wanted: ExpectedValue): boolean {
  if (typeof wanted !== "object") return value === wanted;
  const { least = -Infinity, most = Infinity } = wanted;
  return typeof value === "number" && value >= least && value <= most;
}

function wantedText(wanted: ExpectedValue): string {
  if (typeof wanted !== "object") return String(wanted);
  const { least, most } = wanted;
  if (least === undefined) return `${most} at most`;
  return most === undefined ? `${least} at least` : `${least} to ${most}`;
}

function rowText(row: ResultRow): string {
  return Object.entries(row).map(([column, value]) => `${column} ${valueText(value)}`).join(", ");
}

/** So many characters of a value are shown. */
const LONGEST_VALUE = 200;

function valueText(value: unknown): string {
  if (value === undefined) return "absent";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…`;
}
