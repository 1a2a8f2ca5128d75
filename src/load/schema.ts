/** AquaMind's tables in a target that has none of them. */
import { allTables } from "../tables/catalog.ts";
import { createForeignKeys, createIndexes, createTables, createViews } from "../aquamind/ddl.ts";
import { requireCreate } from "../postgres/rights.ts";
import type { Target } from "../postgres/target.ts";

/** Makes the tables without what is faster to build when they are full. */
export async function createSchema(target: Target): Promise<void> {
  await requireCreate(target);
  for (const statement of createTables(allTables, target.schema)) await target.query(statement);
}

/** A statement that adds something to a table that is full. */
export interface Completion {
  /** What it adds. */
  readonly what: "index" | "foreign key" | "view";
  /** The table's name; a view has several. */
  readonly table?: string;
  readonly sql: string;
}

/**
 * What adds indexes, foreign keys and views when the tables are full: a foreign key is then checked
 * over the whole table at once, many times faster than row by row.
 */
export function completionsOf(schema: string): readonly Completion[] {
  const each = (what: Completion["what"], create: typeof createIndexes) =>
    allTables.flatMap((table) =>
      create([table], schema).map((sql) => ({ what, table: table.name, sql }))
    );
  return [
    ...each("index", createIndexes),
    ...each("foreign key", createForeignKeys),
    ...createViews(schema).map((sql): Completion => ({ what: "view", sql })),
  ];
}

/** Completes the schema at once, where the tables are empty. */
export async function completeSchema(target: Target): Promise<void> {
  for (const { sql } of completionsOf(target.schema)) await target.query(sql);
}
