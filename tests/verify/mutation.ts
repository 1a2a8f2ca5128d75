/** What it takes to show that a check can fail: a change of rows that breaks its law. */
import { filledHistoryOf } from "../../src/catalogue/checks/history.ts";
import { tableNamed } from "../../src/tables/catalog.ts";
import type { DatasetName } from "./loaded.ts";

/** A change of rows that breaks a check. */
export interface Mutation {
  readonly check: string;
  /** One INSERT, UPDATE, DELETE or ALTER TABLE. */
  readonly sql: string;
  /** Other checks that must see it too, besides the echoes. */
  readonly also?: readonly string[];
  /** The dataset it is tried on; `single` unless given. */
  readonly on?: DatasetName;
}

/** A condition: the row of the lowest id, of those that meet another. */
export function first(table: string, where = "true", id = "id"): string {
  return `${id} = (SELECT min(${id}) FROM ${table} WHERE ${where})`;
}

/** A condition: the row of the highest id, of those that meet another. */
export function last(table: string, where = "true", id = "id"): string {
  return `${id} = (SELECT max(${id}) FROM ${table} WHERE ${where})`;
}

/** The table that a statement changes. */
export function tableOf({ sql }: Mutation): string {
  const match = /^\s*(?:INSERT INTO|UPDATE|DELETE FROM|ALTER TABLE) (\w+)/.exec(sql);
  if (match === null) throw new Error(`a mutation begins with ${sql.slice(0, 40)}`);
  return tableNamed(match[1]!).name;
}

/**
 * Checks that see every change of a table: its history no longer ends in its state, and a row that
 * is gone is not counted.
 */
function echoes(mutation: Mutation): string[] {
  if (mutation.sql.startsWith("ALTER TABLE")) return [];
  const past = filledHistoryOf(tableOf(mutation));
  const history = past === undefined ? [] : [past.kind === "static" ? "C-24" : `C-24 ${past.name}`];
  return mutation.sql.startsWith("DELETE") ? [...history, "ROWS"] : history;
}

/** The checks that must fail by a mutation, each once. */
export function expected(mutation: Mutation): readonly string[] {
  const { check, also = [] } = mutation;
  return [...new Set([check, ...also, ...echoes(mutation)])];
}
