/**
 * Rows that do not go straight into their table: COPY puts them into a temporary table of the
 * dataset's columns, and a statement takes them on from there, in the same transaction.
 */
import { ReddError } from "../../errors.ts";
import type { Dataset } from "../../dataset/dataset.ts";
import type { Part } from "../../dataset/manifest.ts";
import type { Table } from "../../tables/description.ts";
import { type CopyOptions, copyPart } from "../copy.ts";
import { qualified, quoteIdent, quoteIdents } from "../../postgres/identifier.ts";
import type { Target } from "../../postgres/target.ts";
import type { ConvertedColumn } from "./conversion.ts";

/** The staging table; a transaction has one at a time. */
export const STAGED = "pg_temp.redd_staged";

/** Puts a part, or what follows its beginning, into the staging table. */
export async function stage(
  target: Target,
  dataset: Dataset,
  table: Table,
  part: Part,
  options: CopyOptions,
): Promise<void> {
  const columns = table.columns.map(({ name, type, nullable }) =>
    `${quoteIdent(name)} ${type}${nullable ? "" : " not null"}`
  );
  await target.query(`drop table if exists ${STAGED}`);
  await target.query(`create temporary table redd_staged (${columns.join(", ")}) on commit drop`);
  await copyPart(target, dataset, table, part, { ...options, freeze: false, into: STAGED });
  // Without statistics the server takes a temporary table for a few rows, and loops over it.
  await target.query(`analyze ${STAGED}`);
}

/** Takes every staged row into its table. */
export async function insertStaged(
  target: Target,
  table: Table,
  columns: readonly ConvertedColumn[],
): Promise<void> {
  await target.query(insertion(target, table, columns, ""));
}

/**
 * Takes the staged rows into a table that has some of them: those that differ are updated, those
 * that are missing are inserted.
 */
export async function updateStaged(
  target: Target,
  table: Table,
  columns: readonly ConvertedColumn[],
): Promise<void> {
  const name = qualified(target.schema, table.name);
  const key = sameKey(table, columns);
  const others = columns.filter((column) => !table.primaryKey.columns.includes(column.name));
  const now = others.map((column) => `t.${quoteIdent(column.name)}`).join(", ");
  const then = others.map(({ value }) => value).join(", ");
  await target.query(
    `update ${name} t set (${quoteIdents(others.map((column) => column.name))}) = row (${then})
     from ${STAGED} s where ${key} and (${now}) is distinct from (${then})`,
  );
  await target.query(
    insertion(target, table, columns, `where not exists (select from ${name} t where ${key})`),
  );
}

/** INSERT … SELECT of the staged rows that a condition over `s` lets through, in their order. */
export function insertion(
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

/**
 * Makes sure that the table has every staged row.
 *
 * @throws {ReddError} environment, when a trigger or rule keeps rows out.
 */
export async function requireStaged(
  target: Target,
  table: Table,
  columns: readonly ConvertedColumn[],
): Promise<void> {
  const [row] = await target.query<{ missing: string }>(
    `select count(*)::text as missing from ${STAGED} s where not exists (
       select from ${qualified(target.schema, table.name)} t where ${sameKey(table, columns)})`,
  );
  if (row?.missing === "0") return;
  throw new ReddError("environment", "COUNT_DIFFERS", {
    cannot: `fill ${table.name}`,
    because: `${row?.missing} of its rows are not there after they were inserted`,
    remedy: "Another session or a trigger writes to the table: stop it and load again",
  });
}
