/** A dataset as one DuckDB file: its tables with types, keys and meanings, and views. */
import { createViews } from "../aquamind/ddl.ts";
import type { DatasetPart, ReddManifest } from "../dataset/manifest.ts";
import { digestOfDataset } from "../dataset/manifest_digest.ts";
import type { TableData } from "../dataset/table_data.ts";
import { duckdbType } from "../dataset/duckdb_script.ts";
import { pieces, readCsvSql } from "../duckdb/tables.ts";
import type { DuckSession } from "../duckdb/session.ts";
import { literal } from "../sql_literal.ts";
import type { Column } from "../tables/description.ts";
import { analystViews } from "./views.ts";

/**
 * The most rows of a table whose keys DuckDB enforces. It keeps the index of a key in memory whenever
 * the file is open for writing: those of all tables of `production` would take longer to build than
 * the rest, and most of the machine's memory.
 */
export const MOST_KEYED_ROWS = 250_000;

/**
 * So many bytes of CSV are read in one transaction, of which each waits for the disk. DuckDB hears no
 * interruption while it commits and brings what it has read into the file, which takes 2 s for twice
 * as many.
 */
const TOGETHER = 64_000_000;

function isKeyed({ entry }: TableData): boolean {
  return entry.rows <= MOST_KEYED_ROWS;
}

/**
 * How a column is read out of CSV: instants strictly, since DuckDB makes NULL of one with a time zone
 * that it cannot read.
 */
function readAs({ type }: Column): string {
  return type === "timestamp with time zone" ? "TIMESTAMP" : duckdbType(type);
}

/** The keys of a table that the file can hold. */
function keysOf(data: TableData, before: ReadonlyMap<string, TableData>): string[] {
  if (!isKeyed(data)) return [];
  const { table } = data;
  const primary = `PRIMARY KEY (${table.primaryKey.columns.join(", ")})`;
  const foreign = table.columns.flatMap(({ name, references }) => {
    const to = references === undefined ? undefined : before.get(references.table);
    // DuckDB wants the other table and its key first; it takes no key that is added later.
    if (to === undefined || !isKeyed(to) || !isOnlyKey(to, references!.column)) return [];
    return [`FOREIGN KEY ("${name}") REFERENCES ${to.table.name} ("${references!.column}")`];
  });
  return [primary, ...foreign];
}

function isOnlyKey({ table }: TableData, column: string): boolean {
  return table.primaryKey.columns.length === 1 && table.primaryKey.columns[0] === column;
}

/** What a column means, and what it refers to. */
function commentOf({ meaning, references }: Column): string {
  return references === undefined
    ? meaning
    : `${meaning}; refers to ${references.table}.${references.column}`;
}

/**
 * The statements that make a table without rows.
 *
 * @param before The tables that are there already, by name.
 */
export function createTable(data: TableData, before: ReadonlyMap<string, TableData>): string {
  const { name, meaning, columns } = data.table;
  const lines = [
    ...columns.map(({ name, type, nullable }) =>
      `"${name}" ${duckdbType(type)}${nullable ? "" : " NOT NULL"}`
    ),
    ...keysOf(data, before),
  ];
  const note = isKeyed(data) ? "" : "; its keys are not enforced in this file";
  return [
    `CREATE TABLE ${name} (${lines.join(", ")})`,
    `COMMENT ON TABLE ${name} IS ${literal(meaning + note)}`,
    ...columns.map((one) =>
      `COMMENT ON COLUMN ${name}."${one.name}" IS ${literal(commentOf(one))}`
    ),
  ].join(";\n");
}

/** Parts of tables that are read in one transaction. */
type Together = readonly { readonly data: TableData; readonly parts: readonly DatasetPart[] }[];

/** All parts of all tables in their order, small tables with others. */
function* together(tables: readonly TableData[]): Generator<Together> {
  let some: { data: TableData; parts: readonly DatasetPart[] }[] = [];
  let bytes = 0;
  for (const data of tables) {
    for (const parts of pieces(data.entry.parts, TOGETHER)) {
      const more = parts.reduce((sum, part) => sum + part.bytes, 0);
      if (bytes + more > TOGETHER && some.length > 0) {
        yield some;
        [some, bytes] = [[], 0];
      }
      some.push({ data, parts });
      bytes += more;
    }
  }
  if (some.length > 0) yield some;
}

/** What is asked while tables are filled. */
export interface TableFilling {
  /** The whole path of the file of a part, which is asked for when the part is next. */
  fileOf(data: TableData, part: DatasetPart): Promise<string>;
  /** Is told how many rows some parts have given. */
  wrote(data: TableData, rows: number, parts: readonly DatasetPart[]): void;
  /** Turns what the library throws into an error; of no table where it was at all of them. */
  fault(cause: unknown, data?: TableData): unknown;
}

/** Makes all tables, and fills them. */
export async function makeTables(
  session: Pick<DuckSession, "run">,
  tables: readonly TableData[],
  { fileOf, wrote, fault }: TableFilling,
): Promise<void> {
  // Every statement writes, and a commit or a checkpoint is where a full disk shows.
  const run = (sql: string, data?: TableData) =>
    session.run(sql).catch((cause) => {
      throw fault(cause, data);
    });
  const there = new Map<string, TableData>();
  await run("BEGIN");
  for (const data of tables) {
    await run(createTable(data, there), data);
    there.set(data.table.name, data);
  }
  await run("COMMIT");
  for (const some of together(tables)) {
    await run("BEGIN");
    for (const { data, parts } of some) {
      const { name, columns } = data.table;
      const files: string[] = [];
      for (const part of parts) files.push(await fileOf(data, part));
      const from = readCsvSql(columns, files, readAs);
      wrote(data, await run(`INSERT INTO ${name} SELECT * FROM ${from}`, data), parts);
    }
    await run("COMMIT; CHECKPOINT");
  }
}

/** What a file says of its origin, and the views whose tables are all there. */
export function createRest(
  manifest: ReddManifest,
  title: string,
  tables: ReadonlySet<string>,
): string {
  const { version, seed, firstDay, asOf, profile, schedule } = manifest;
  const facts = {
    digest: digestOfDataset(manifest),
    title,
    version,
    seed,
    firstDay,
    asOf,
    profile: profile.name,
    schedule: schedule.sha256,
  };
  const views = [
    ...createViews("main").map((sql) => ({ sql, comment: undefined, columns: {} })),
    ...analystViews,
  ].filter(({ sql }) => tablesIn(sql).every((name) => tables.has(name)));
  return [
    "BEGIN",
    "CREATE TABLE redd_dataset (fact VARCHAR PRIMARY KEY, value VARCHAR NOT NULL)",
    "COMMENT ON TABLE redd_dataset IS 'The dataset from which this file was made'",
    "COMMENT ON COLUMN redd_dataset.fact IS 'What is told'",
    "COMMENT ON COLUMN redd_dataset.value IS 'What it is, as text'",
    ...Object.entries(facts).map(([fact, value]) =>
      `INSERT INTO redd_dataset VALUES (${literal(fact)}, ${literal(String(value))})`
    ),
    ...views.flatMap(({ sql, comment, columns }) => {
      const view = /VIEW (\w+)/.exec(sql)?.[1];
      return [
        sql,
        ...comment === undefined ? [] : [`COMMENT ON VIEW ${view} IS ${literal(comment)}`],
        ...Object.entries(columns).map(([name, meaning]) =>
          `COMMENT ON COLUMN ${view}."${name}" IS ${literal(meaning)}`
        ),
      ];
    }),
    "COMMIT",
    "CHECKPOINT",
  ].join(";\n");
}

/** The tables that a view reads. */
function tablesIn(sql: string): string[] {
  return Array.from(
    sql.matchAll(/\b(?:FROM|JOIN) (?:"?main"?\.)?"?(\w+)"?/g),
    ([, name]) => name!,
  );
}
