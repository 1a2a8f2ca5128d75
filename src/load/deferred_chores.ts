/** What a load in the deferred way has to do. */
import type { Table } from "../tables/description.ts";
import {
  analyzeChore,
  broughtRows,
  completionChore,
  copyChore,
  countChore,
  foreignKeysOf,
  indexesOf,
  LAST_CHORES,
  lookUpChore,
} from "./chores.ts";
import type { LoadPlan } from "./plan/plan.ts";
import type { TableLoad } from "./plan/table_load.ts";
import type { Chore, CopyChore } from "./progress.ts";
import { completionsOf } from "./schema.ts";

/** A table with at least so many new rows has its foreign keys checked by itself. */
const MANY = 20_000;

/** The pieces of a load in the deferred way, in their order. */
export interface DeferredChores {
  readonly copy: readonly { readonly chore: CopyChore; readonly tableLoad: TableLoad }[];
  /** What is made of a schema over the full tables; nothing where the target had it. */
  readonly build: readonly { readonly chore: Chore; readonly sql: string }[];
  /** Tables whose foreign keys are checked by themselves. */
  readonly check: readonly { readonly chore: Chore; readonly table: Table }[];
  readonly count: readonly { readonly chore: Chore; readonly tableLoad: TableLoad }[];
  readonly analyze: readonly { readonly chore: Chore; readonly table: Table }[];
  /** All of them. */
  readonly all: readonly Chore[];
}

/** The pieces of a plan. */
export function deferredChores(plan: LoadPlan, schema: string): DeferredChores {
  const { tableLoads, mapping, empty } = plan;
  const rowsOf = new Map(tableLoads.map(({ table, entry }) => [table.name, entry.rows]));
  const rows = (table: string | undefined) => rowsOf.get(table ?? "") ?? 0;
  // A table that was just made has its keys alone.
  const entries = (table: Table) =>
    empty ? 1 + table.unique.length : indexesOf(table) + foreignKeysOf(table);
  const copy = tableLoads.map((tableLoad) => (
    { chore: copyChore(tableLoad, entries(tableLoad.table)), tableLoad }
  ));
  const build = (empty ? completionsOf(schema) : []).map((completion) => (
    { chore: completionChore(completion, rows(completion.table)), sql: completion.sql }
  ));
  const check = empty ? [] : tableLoads
    .filter((one) => broughtRows(one) >= MANY && foreignKeysOf(one.table) > 0)
    .map((one) => ({ chore: lookUpChore(one), table: one.table }));
  const count = tableLoads.map((tableLoad) => ({ chore: countChore(tableLoad), tableLoad }));
  const tables = [...tableLoads.map(({ table }) => table), ...mapping.tables];
  const analyze = tables.map((table) => ({ chore: analyzeChore(table, rows(table.name)), table }));
  const pieces = [copy, build, check, count, analyze].flat();
  const all = [...pieces.map(({ chore }) => chore), ...LAST_CHORES];
  return { copy, build, check, count, analyze, all };
}
