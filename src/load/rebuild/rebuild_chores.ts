/** What a load in the rebuild way has to do. */
import type { Table } from "../../tables/description.ts";
import {
  analyzeChore,
  copyChore,
  countChore,
  foreignKeysOf,
  indexesOf,
  LAST_CHORES,
  stepChore,
} from "../chores.ts";
import type { LoadLine } from "../ledger/loads.ts";
import type { KnownStep, Step } from "../ledger/steps.ts";
import type { LoadPlan } from "../plan/plan.ts";
import type { TableLoad } from "../plan/table_load.ts";
import type { Chore, CopyChore } from "../progress.ts";

/** The pieces of a load in the rebuild way. */
export interface RebuildChores {
  readonly copy: readonly { readonly chore: CopyChore; readonly tableLoad: TableLoad }[];
  /** The steps that an earlier run has taken. */
  readonly taken: readonly Chore[];
  /** Those that are to be taken, in their order. */
  readonly open: ReadonlyMap<Step, Chore>;
  readonly count: readonly { readonly chore: Chore; readonly tableLoad: TableLoad }[];
  readonly analyze: readonly { readonly chore: Chore; readonly table: Table }[];
  /** All of them. */
  readonly all: readonly Chore[];
}

/**
 * The pieces of a load.
 *
 * @param steps All steps of the ledger.
 */
export function rebuildChores(
  { tableLoads, mapping }: LoadPlan,
  { rebuilt }: LoadLine,
  steps: readonly KnownStep[],
): RebuildChores {
  const rows = new Map(tableLoads.map(({ table, entry }) => [table.name, entry.rows]));
  const entries = (table: Table) =>
    rebuilt.includes(table.name) ? 0 : indexesOf(table) + foreignKeysOf(table);
  const copy = tableLoads.map((tableLoad) => (
    { chore: copyChore(tableLoad, entries(tableLoad.table)), tableLoad }
  ));
  const known = steps.map((step) => ({ step, chore: stepChore(step, rows) }));
  const count = tableLoads.map((tableLoad) => ({ chore: countChore(tableLoad), tableLoad }));
  const tables = [...tableLoads.map(({ table }) => table), ...mapping.tables];
  const analyze = tables.map((table) => (
    { chore: analyzeChore(table, rows.get(table.name) ?? 0), table }
  ));
  const pieces = [copy, known, count, analyze].flat();
  return {
    copy,
    taken: known.flatMap(({ step, chore }) => step.taken ? [chore] : []),
    open: new Map(known.flatMap(({ step, chore }) => step.taken ? [] : [[step, chore]])),
    count,
    analyze,
    all: [...pieces.map(({ chore }) => chore), ...LAST_CHORES],
  };
}
