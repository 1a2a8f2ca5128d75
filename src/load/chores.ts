/**
 * What a load has to do, in pieces, and what each is expected to take. The figures were measured once
 * on one machine (`bench/load.ts`): they say how long one part of a load takes beside another, and
 * the run itself shows how fast its own machine is.
 */
import type { Table } from "../tables/description.ts";
import type { TableData } from "../dataset/table_data.ts";
import type { Step } from "./ledger/steps.ts";
import { type LoadWay, partsToBring, remaining, type TableLoad } from "./plan/table_load.ts";
import type { Chore, CopyChore } from "./progress.ts";
import type { Completion } from "./schema.ts";

/** Milliseconds for a row. */
const ROW = {
  /** Sent into a table without indexes. */
  copied: 0.0019,
  /** Entered into an index that is there, or its foreign key put off until the end. */
  entered: 0.0018,
  /** Brought into order for an index that is built. */
  sorted: 0.0004,
  /** Looked up by a foreign key that was put off. */
  lookedUp: 0.0045,
  /** Checked with all others by a foreign key that is validated. */
  joined: 0.00025,
  counted: 0.00005,
} as const;

/** Milliseconds for a piece, however small it is. */
const PIECE = 2;

/** How many times as long a row takes on its way. */
const DETOUR: Readonly<Record<LoadWay, number>> = {
  straight: 1,
  converted: 2,
  merged: 8,
  updated: 4,
  replaced: 3,
};

/** Rows that ANALYZE looks at, and milliseconds for one. */
const SAMPLE = { rows: 30_000, row: 0.008 } as const;

/** What ends every load: sequences, and the commit. */
export const LAST_CHORES: readonly Chore[] = [
  { phase: "sequences", cost: 300 },
  { phase: "commit", cost: 50 },
];

/** How many indexes a table has, those of its keys included. */
export function indexesOf({ unique, indexes }: Table): number {
  return 1 + unique.length + indexes.length;
}

/** How many foreign keys a table has. */
export function foreignKeysOf({ columns }: Table): number {
  return columns.filter(({ references }) => references !== undefined).length;
}

/**
 * The copy of a table.
 *
 * @param entries How many indexes and foreign keys every row is entered into on its way.
 */
export function copyChore(tableLoad: TableLoad, entries: number): CopyChore {
  const parts = partsToBring(tableLoad);
  const rows = broughtRows(tableLoad);
  const bytes = parts.reduce((sum, part) => sum + remaining(tableLoad, part).bytes, 0);
  const row = (ROW.copied + entries * ROW.entered) * DETOUR[tableLoad.way];
  const cost = parts.length * PIECE + rows * row;
  return { phase: "copy", table: tableLoad.table.name, bytes, cost };
}

/** The rows that a table gets. */
export function broughtRows(tableLoad: TableLoad): number {
  return partsToBring(tableLoad).reduce((sum, part) => sum + remaining(tableLoad, part).rows, 0);
}

/** The check of the rows that a table gets by foreign keys that were put off. */
export function lookUpChore(tableLoad: TableLoad): Chore {
  const { table } = tableLoad;
  const cost = PIECE + broughtRows(tableLoad) * foreignKeysOf(table) * ROW.lookedUp;
  return { phase: "constraints", what: "foreign keys of table", table: table.name, cost };
}

/** What is made of a schema over the rows of full tables; a foreign key is checked as it is made. */
export function completionChore({ what, table }: Completion, rows: number): Chore {
  const phase = what === "index" ? "indexes" : "constraints";
  const row = { index: ROW.sorted, "foreign key": ROW.joined, view: 0 }[what];
  return { phase, what, ...(table === undefined ? {} : { table }), cost: PIECE + rows * row };
}

/** A step of the ledger. A foreign key is made without a look at the rows, and then validated. */
export function stepChore({ stage, relation }: Step, rowsOf: ReadonlyMap<string, number>): Chore {
  const table = relation.slice(relation.lastIndexOf(".") + 1);
  const phase = stage === "foreign key" || stage === "validation" ? "constraints" : "indexes";
  const row = stage === "index" ? ROW.sorted : stage === "validation" ? ROW.joined : 0;
  return { phase, what: stage, table, cost: PIECE + (rowsOf.get(table) ?? 0) * row };
}

/** The count of a table's rows. */
export function countChore({ table, entry }: TableData): Chore {
  const cost = PIECE + entry.rows * ROW.counted;
  return { phase: "count", what: "count", table: table.name, cost };
}

/** The statistics of a table. */
export function analyzeChore({ name }: Table, rows: number): Chore {
  const cost = PIECE + Math.min(rows, SAMPLE.rows) * SAMPLE.row;
  return { phase: "analyze", what: "analyze", table: name, cost };
}
