/**
 * Rows that do not go straight into their table: COPY puts them into a temporary table of the
 * dataset's columns, and a statement takes them on from there, in the same transaction.
 */
import type { Dataset } from "../../dataset/dataset.ts";
import type { DatasetPart } from "../../dataset/manifest.ts";
import type { Table } from "../../tables/description.ts";
import { requireTaken } from "../../postgres/acting.ts";
import { type CopyOptions, copyPart } from "../copy.ts";
import { qualified, quoteIdent, quoteIdents } from "../../postgres/identifier.ts";
import type { Target } from "../../postgres/target.ts";
import type { ConvertedColumn } from "../../aquamind/conversion.ts";

/** The staging table; a transaction has one at a time. */
export const STAGED = "pg_temp.redd_staged";

/** Rows that are staged, and where they go. */
export interface Staged {
  readonly table: Table;
  /** The target's columns. */
  readonly columns: readonly ConvertedColumn[];
  /** The triggers and rules of the target's table, in words. */
  readonly acting: readonly string[];
  /** How things stand in the target, where a failure does not leave it was. */
  readonly remedy?: string | undefined;
}

/** Puts a part, or what follows its beginning, into the staging table; returns how many rows. */
export async function stage(
  target: Target,
  dataset: Dataset,
  table: Table,
  part: DatasetPart,
  options: CopyOptions,
): Promise<number> {
  const columns = table.columns.map(({ name, type, nullable }) =>
    `${quoteIdent(name)} ${type}${nullable ? "" : " not null"}`
  );
  await target.query(`drop table if exists ${STAGED}`);
  await target.query(`create temporary table redd_staged (${columns.join(", ")}) on commit drop`);
  const how = { ...options, freeze: false, into: STAGED, acting: [] };
  const rows = await copyPart(target, dataset, table, part, how);
  // Without statistics the server takes a temporary table for a few rows, and loops over it.
  await target.query(`analyze ${STAGED}`);
  return rows;
}

/** @throws {ReddError} environment, when the table took fewer rows than were sent. */
function requireReached({ table, acting, remedy }: Staged, sent: number, taken: number): void {
  requireTaken({ cannot: `fill ${table.name}`, table: table.name, sent, taken, acting, remedy });
}

/** The number of staged rows `s` that a condition lets through. */
async function countStaged(target: Target, condition: string): Promise<number> {
  const [row] = await target.query<{ rows: string }>(
    `select count(*)::text as rows from ${STAGED} s ${condition}`,
  );
  return Number(row?.rows);
}

/**
 * Takes every staged row into its table.
 *
 * @param rows How many there are.
 * @throws {ReddError} environment, when a trigger or rule keeps rows out.
 */
export async function insertStaged(target: Target, staged: Staged, rows: number): Promise<void> {
  const { table, columns } = staged;
  requireReached(staged, rows, await target.run(insertion(target, table, columns, "")));
}

/**
 * Takes the staged rows into their table that a condition over `s` lets through.
 *
 * @throws {ReddError} environment, when a trigger or rule keeps rows out.
 */
export async function insertSome(
  target: Target,
  staged: Staged,
  condition: string,
): Promise<void> {
  const { table, columns } = staged;
  const sent = await countStaged(target, condition);
  requireReached(staged, sent, await target.run(insertion(target, table, columns, condition)));
}

/**
 * Sets columns of rows `t` from the staged rows `s`, where they differ.
 *
 * @param names The columns.
 * @throws {ReddError} environment, when a trigger or rule leaves rows as they were.
 */
export async function updateSome(
  target: Target,
  staged: Staged,
  names: readonly string[],
): Promise<void> {
  const { table, columns } = staged;
  const name = qualified(target.schema, table.name);
  const changed = columns.filter((column) => names.includes(column.name));
  const own = changed.map((column) => `t.${quoteIdent(column.name)}`).join(", ");
  const then = changed.map(({ value }) => value).join(", ");
  const differing = `where ${sameKey(table, columns)} and (${own}) is distinct from (${then})`;
  const sent = await countStaged(target, `join ${name} t on true ${differing}`);
  const taken = await target.run(
    `update ${name} t set (${quoteIdents(changed.map((column) => column.name))}) = row (${then})
     from ${STAGED} s ${differing}`,
  );
  requireReached(staged, sent, taken);
}

/**
 * Takes the staged rows into a table that has some of them: those that differ are updated, those
 * that are missing are inserted.
 */
export async function updateStaged(target: Target, staged: Staged): Promise<void> {
  const { table, columns } = staged;
  const names = columns.map(({ name }) => name);
  await updateSome(
    target,
    staged,
    names.filter((name) => !table.primaryKey.columns.includes(name)),
  );
  await insertSome(target, staged, isMissing(target, staged));
}

/** The condition that the table does not have a staged row `s`. */
export function isMissing(target: Target, { table, columns }: Staged): string {
  return `where not exists (select from ${qualified(target.schema, table.name)} t
    where ${sameKey(table, columns)})`;
}

/** INSERT … SELECT of the staged rows that a condition over `s` lets through, in their order. */
function insertion(
  target: Target,
  table: Table,
  columns: readonly ConvertedColumn[],
  condition: string,
): string {
  return `insert into ${qualified(target.schema, table.name)}
    (${quoteIdents(columns.map(({ name }) => name))})
    select ${columns.map(({ value }) => value).join(", ")} from ${STAGED} s ${condition}`;
}

/** The condition under which a row `t` of the table is the staged row `s`. */
export function sameKey(table: Table, columns: readonly ConvertedColumn[]): string {
  return table.primaryKey.columns.map((name) => {
    const value = columns.find((column) => column.name === name)!.value;
    return `t.${quoteIdent(name)} = ${value}`;
  }).join(" and ");
}
