/** Rows of the static tables as plain values, keyed by column until the table's order is known. */
import { civilOf } from "../../farm/days.ts";
import { tableNamed } from "../../tables/catalog.ts";
import type { PlainRow } from "../plain_row.ts";

/** A row by column name: dates and instants as ISO text, numbers as they are or as text. */
export type StaticRow = PlainRow;

/** The rows of one table. */
export interface TableRows {
  readonly table: string;
  readonly rows: readonly StaticRow[];
}

/** When static rows are made, unless a farm begins so early that they are {@linkcode madeBefore} it. */
export const MADE_AT = "2018-01-01T00:00:00Z";

/** The columns that say when a row was made and last changed. */
export const madeStamps = { created_at: MADE_AT, updated_at: MADE_AT } as const;

/**
 * When the static rows of a farm are made: in 2018, or at the beginning of the year before its first
 * batch if that is earlier (rulings.md#6). An extension begins on the same day, so they stay.
 *
 * @param firstDay The day number of the first start.
 */
export function madeBefore(firstDay: number): string {
  const year = String(civilOf(firstDay).year - 1).padStart(4, "0");
  const early = `${year}${MADE_AT.slice(4)}`;
  return early < MADE_AT ? early : MADE_AT;
}

/** The rows of a table as made at another instant than {@linkcode MADE_AT}. */
export function madeAt({ table, rows }: TableRows, instant: string): TableRows {
  if (instant === MADE_AT) return { table, rows };
  const stamps = tableNamed(table).columns.flatMap(({ name, type }) =>
    type.startsWith("timestamp") ? [name] : []
  );
  const moved = (row: StaticRow): StaticRow => ({
    ...row,
    ...Object.fromEntries(
      stamps.flatMap((name) => row[name] === MADE_AT ? [[name, instant] as const] : []),
    ),
  });
  return { table, rows: rows.map(moved) };
}

/**
 * The rows of a table with numbers as text in their column's decimals: 5000 in a `numeric(10,2)` is
 * `5000.00`.
 */
export function inDecimals({ table, rows }: TableRows): TableRows {
  const columns = tableNamed(table).columns.flatMap(({ name, decimals }) =>
    decimals === undefined ? [] : [[name, decimals] as const]
  );
  const written = (row: StaticRow): StaticRow => ({
    ...row,
    ...Object.fromEntries(columns.flatMap(([name, decimals]) => {
      const value = row[name];
      return typeof value === "number" ? [[name, value.toFixed(decimals)]] : [];
    })),
  });
  return { table, rows: columns.length === 0 ? rows : rows.map(written) };
}

/** The rows of a table whose ids are positions from 1, in column `key`. */
export function numbered<Item>(
  items: readonly Item[],
  rowOf: (item: Item, index: number) => StaticRow,
  key = "id",
): StaticRow[] {
  return items.map((item, i) => ({ [key]: i + 1, ...rowOf(item, i) }));
}
