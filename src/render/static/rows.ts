/** Rows of the static tables as plain values, keyed by column until the table's order is known. */
import type { PlainRow } from "../plain_row.ts";

/** A row by column name: numerics as text in the column's scale, dates and instants as ISO text. */
export type Row = PlainRow;

/** The rows of one table. */
export interface TableRows {
  readonly table: string;
  readonly rows: readonly Row[];
}

/** When every static row was made (rulings.md#6). */
export const MADE_AT = "2018-01-01T00:00:00Z";

/** The columns that say when a row was made and last changed. */
export const stamps = { created_at: MADE_AT, updated_at: MADE_AT } as const;

/** A numeric value with the decimals of its column: `decimals(5000, 2)` is `5000.00`. */
export function decimals(value: number, scale: number): string {
  return value.toFixed(scale);
}

/** As `decimals`; nothing stays NULL. */
export function maybeDecimals(value: number | undefined, scale: number): string | null {
  return value === undefined ? null : decimals(value, scale);
}

/** The rows of a table whose ids are positions from 1, in column `key`. */
export function numbered<Item>(
  items: readonly Item[],
  rowOf: (item: Item, index: number) => Row,
  key = "id",
): Row[] {
  return items.map((item, i) => ({ [key]: i + 1, ...rowOf(item, i) }));
}
