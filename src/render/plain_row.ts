/**
 * Rows by column name, for the tables that hold few: the order comes from the table's description,
 * a forgotten or unknown column is an error. Large tables write bytes directly.
 */
import { isoOf } from "../farm/days.ts";
import type { Instant } from "../farm/state.ts";
import type { Table } from "../tables/description.ts";
import { csvQuoted } from "./bytes.ts";
import type { PartWriter } from "./part.ts";

/** A column's value; decimals are text in the column's scale. */
export type PlainValue = string | number | boolean | null;

/** A row by column name. */
export type PlainRow = Readonly<Record<string, PlainValue>>;

const encoder = new TextEncoder();

/** The CSV text of a value. */
export function csvOf(value: PlainValue): string {
  if (value === null) return "";
  return typeof value === "string" ? csvQuoted(value) : String(value);
}

/**
 * Writes one row whose values are in the order of the columns.
 *
 * @throws {RangeError} When the row is longer than a part's buffer allows.
 */
export function writeValues(part: PartWriter, values: readonly PlainValue[]): void {
  let line = "";
  for (const value of values) line += `${csvOf(value)},`;
  const at = part.begin();
  const target = new Uint8Array(part.out.buffer, at);
  const { read, written } = encoder.encodeInto(line, target);
  if (read < line.length) throw new RangeError(`A row of ${line.length} characters is too long`);
  part.end(at + written);
}

/**
 * The values of a row in the order of the table's columns.
 *
 * @throws {RangeError} When the row lacks a column of the table or has one that the table lacks.
 */
export function inColumnOrder(table: Table, row: PlainRow): PlainValue[] {
  const values = table.columns.map(({ name }) => {
    const value = row[name];
    if (value === undefined) throw new RangeError(`a row of ${table.name} has no ${name}`);
    return value;
  });
  if (Object.keys(row).length === values.length) return values;
  const known = new Set(table.columns.map((column) => column.name));
  const unknown = Object.keys(row).filter((name) => !known.has(name));
  throw new RangeError(`${table.name} has no column ${unknown.join(", ")}`);
}

/** Writes one row; see {@linkcode inColumnOrder}. */
export function writeRow(part: PartWriter, table: Table, row: PlainRow): void {
  writeValues(part, inColumnOrder(table, row));
}

/**
 * The columns that django-simple-history adds.
 *
 * @param user Id of who made the change.
 */
export function historyColumns(id: number, type: "+" | "~", at: string, user: number): PlainRow {
  return {
    history_id: id,
    history_date: at,
    history_change_reason: null,
    history_type: type,
    history_user_id: user,
  };
}

/** `2025-01-31T06:00:00Z`. */
export function isoInstant({ day, hour }: Instant): string {
  return `${isoOf(day)}T${String(hour).padStart(2, "0")}:00:00Z`;
}

/** n hundredths as decimal text: `12.05`, `-0.40`. */
export function hundredthsText(n: number): string {
  if (n < 0) return `-${hundredthsText(-n)}`;
  const whole = Math.floor(n / 100);
  return `${whole}.${String(n - whole * 100).padStart(2, "0")}`;
}
