/** `load_duckdb.sql`: the tables of a dataset in DuckDB, written from their descriptions. */
import type { Column, Table } from "../tables/description.ts";

/** A table and the paths of its files in the dataset's folder. */
export interface TableFiles {
  readonly table: Table;
  readonly paths: readonly string[];
}

const SAME = ["bigint", "integer", "smallint", "boolean", "date", "uuid"];

const OTHERS: ReadonlyMap<string, string> = new Map([
  ["double precision", "DOUBLE"],
  ["jsonb", "JSON"],
  ["text", "VARCHAR"],
  ["time without time zone", "TIME"],
  ["timestamp with time zone", "TIMESTAMPTZ"],
]);

/**
 * A column's type in DuckDB.
 *
 * @throws {RangeError} for a type that no described table has.
 */
export function duckdbType(type: string): string {
  const numeric = /^numeric(\(\d+,\d+\))$/.exec(type)?.[1];
  if (numeric !== undefined) return `DECIMAL${numeric}`;
  if (/^character varying\(\d+\)$/.test(type)) return "VARCHAR";
  const found = SAME.includes(type) ? type.toUpperCase() : OTHERS.get(type);
  if (found === undefined) throw new RangeError(`DuckDB's type for ${type} is not known`);
  return found;
}

const HEAD = `\
-- Loads this dataset into DuckDB (1.1 or later), with the types of AquaMind's columns. From its folder:
--
--   duckdb ../farm.duckdb -f load_duckdb.sql
--
-- and from anywhere else:
--
--   duckdb farm.duckdb -cmd "SET VARIABLE redd_folder = 'out/farm'" -f out/farm/load_duckdb.sql
--
-- Empty text is '', and what is missing NULL. All tables come, or none. datapackage.json says what
-- each column means.

BEGIN;

CREATE OR REPLACE TEMP MACRO redd_file(path) AS
  coalesce(getvariable('redd_folder') || '/', '') || path;
`;

const TAIL = `
DROP MACRO redd_file;

COMMIT;
`;

/** The script that makes and fills all tables, in the order of loading. */
export function duckdbScript(tables: readonly TableFiles[]): string {
  return HEAD + tables.map(statements).join("") + TAIL;
}

function statements({ table, paths }: TableFiles): string {
  const name = identifier(table.name);
  const lines = (each: (column: Column) => string) => table.columns.map(each).join(",\n");
  const columns = lines(({ name, type, nullable }) =>
    `  ${identifier(name)} ${duckdbType(type)}${nullable ? "" : " NOT NULL"}`
  );
  const types = lines(({ name, type }) => `    ${literal(name)}: ${literal(duckdbType(type))}`);
  const files = paths.map((path) => `    redd_file(${literal(path)})`).join(",\n");
  return `
CREATE TABLE ${name} (
${columns}
);
INSERT INTO ${name} FROM read_csv(
  [
${files}
  ],
  auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
  nullstr = '', allow_quoted_nulls = false,
  columns = {
${types}
  }
);
`;
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
