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
  | "mapping"
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

/** A number of days, which may have fractions or be text: the day that has begun counts. */
export function roundedDays(value: unknown): unknown {
  const number = typeof value === "string" && isDecimal(value.trim()) ? Number(value) : value;
  if (typeof number !== "number" || !Number.isFinite(number)) return number;
  return Math.ceil(withoutNoise(number));
}

/** Doubles of whole days may be off in their last digits. */
function withoutNoise(number: number): number {
  return Number(number.toFixed(6));
}

/** The same, with one remark where it is not what stands there. */
export function wholeDays(value: unknown, place: Spot): unknown {
  const days = roundedDays(value);
  if (typeof value === "string" && typeof days === "number") {
    noteAt(place, "another form", `${shown(value)}, read as ${days}`);
  } else if (typeof value === "number" && Number.isFinite(value) && days !== withoutNoise(value)) {
    noteAt(place, "fractions", `${value}, rounded up to ${days}`);
  }
  return days;
}

/** What stands in the place of a value that a file does not have, and says so. */
export function derived<Value>(value: unknown, instead: Value, place: Spot): unknown {
  if (value != null || instead === undefined) return value ?? instead;
  noteAt(place, "derived", `missing, read as ${shown(instead)}`);
  return instead;
}

/** Whether a value says nothing: null, no text, a list or mapping of nothing else. */
export function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  return typeof value === "object" && Object.values(value).every(isNothing);
}

/** Free text, cut where it is too long; a list or mapping is none and is left out. */
export function freeText(value: unknown, place: Spot, longest: number): string | undefined {
  if (value == null || value === "") return undefined;
  if (typeof value === "object") {
    noteAt(place, "wrong", `${shown(value)}, expected text: left out`);
    return undefined;
  }
  const text = String(value);
  const characters = [...text];
  if (characters.length <= longest) return text;
  noteAt(place, "too long", `longer than ${longest} characters, and cut`);
  return `${characters.slice(0, longest - 1).join("")}…`;
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
