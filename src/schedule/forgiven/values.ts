/** Values as people and other programs write them, where they can mean one thing alone. */
import { shown } from "../../fixtures/shown.ts";
import { isDecimal } from "../../fixtures/tree.ts";
import type { Remarks } from "../remarks.ts";

/** A mapping of a YAML file, of which nothing is known yet. */
export type Tree = Readonly<Record<string, unknown>>;

/** The value as a mapping; undefined where it is none. */
export function treeOf(value: unknown): Tree | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as Tree
    : undefined;
}

/** Where in a file something is, for remarks. */
export interface Spot {
  /** `batches[3].sea`; empty at the top. */
  readonly path: string;
  /** ` (FAR-2020-001)`: the batch that it is of, if it is of one. */
  readonly of: string;
  readonly remarks: Remarks;
}

/** A place within another. */
export function atKey(place: Spot, key: string): Spot {
  return { ...place, path: place.path === "" ? key : `${place.path}.${key}` };
}

/** Why a value is not taken as it is written. */
export type Reason =
  | "another form"
  | "derived"
  | "does not matter"
  | "fractions"
  | "too long"
  | "unknown"
  | "wrong";

/**
 * Says something of a value: `batches[3].eggs is "3000000", read as 3000000 (FAR-2020-001)`. Remarks of
 * one key for one reason are of one kind, whichever batch and stage they are of.
 */
export function noteAt({ path, of, remarks }: Spot, reason: Reason, because: string): void {
  const key = path.slice(path.lastIndexOf(".") + 1);
  remarks.say(`${key} ${reason}`, `${path} is ${because}${of}`);
}

/** A number that may be written as text. */
export function numberOf(value: unknown, place: Spot): unknown {
  if (typeof value !== "string" || !isDecimal(value.trim())) return value;
  const number = Number(value);
  noteAt(place, "another form", `${shown(value)}, read as ${number}`);
  return number;
}

/** A number of days, which may have fractions: the day that has begun counts. */
export function wholeDays(value: unknown, place: Spot): unknown {
  const number = numberOf(value, place);
  if (typeof number !== "number" || !Number.isFinite(number)) return number;
  // Doubles of whole days may be off in their last digits.
  const days = Math.ceil(Number(number.toFixed(6)));
  if (days !== number) noteAt(place, "fractions", `${number}, rounded up to ${days}`);
  return days;
}

/** Year, month and day, with or without a time behind them. */
const DATE =
  /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:(?:[Tt]|\s+)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[-+]\d{1,2}(?::?\d{2})?)?)?$/;

/** A date that may be a timestamp: its day as it is written. */
export function dateOf(value: unknown, place: Spot): unknown {
  if (typeof value !== "string") return value;
  const match = DATE.exec(value.trim());
  if (match === null) return value;
  const [, year, , month, day] = match;
  const date = `${year}-${month!.padStart(2, "0")}-${day!.padStart(2, "0")}`;
  if (date !== value) noteAt(place, "another form", `${shown(value)}, read as ${date}`);
  return date;
}

/** A name that may be written in another form; `named` finds the layout's own. */
export function knownName(
  value: unknown,
  place: Spot,
  named: (name: string) => string | undefined,
): unknown {
  if (typeof value !== "string") return value;
  const name = named(value);
  if (name === undefined) return value;
  if (name !== value) noteAt(place, "another form", `${shown(value)}, read as ${name}`);
  return name;
}

/** The keys that are known, in this order; what else is there is said and left out. */
export function knownKeys(tree: Tree, known: readonly string[], place: Spot): Tree {
  for (const key of Object.keys(tree)) {
    if (known.includes(key)) continue;
    noteAt(atKey(place, shown(key).slice(1, -1)), "unknown", "unknown and left out");
  }
  return Object.fromEntries(
    known.flatMap((key) => Object.hasOwn(tree, key) ? [[key, tree[key]] as const] : []),
  );
}
