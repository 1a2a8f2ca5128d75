/** The static rows with and without the documented totals, for the tests beside. */
import { buildInfrastructure } from "../../../src/farm/ground/infrastructure.ts";
import { readFixtures } from "../../../src/fixtures/read.ts";
import type { StaticRow } from "../../../src/render/static/rows.ts";
import { staticRows } from "../../../src/render/static/static_tables.ts";

export const fixtures = readFixtures();
/** By column name, the base farm alone. */
export const base = staticRows(fixtures, buildInfrastructure(fixtures.layout, fixtures.master));
/** With the extras of the documented totals. */
export const full = staticRows(
  fixtures,
  buildInfrastructure(fixtures.layout, fixtures.master, { documentedTotals: true }),
);

/** The rows of a table. */
export function rowsOf(table: string, tables = base): readonly StaticRow[] {
  return tables.find((one) => one.table === table)!.rows;
}

/** How many rows a table has. */
export function count(table: string, tables = base): number {
  return rowsOf(table, tables).length;
}
