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

/**
 * Adds indexes, foreign keys and views when the tables are full: a foreign key is then checked over
 * the whole table at once, many times faster than row by row.
 */
export async function completeSchema(target: Target): Promise<void> {
  const { schema } = target;
  for (const statement of createIndexes(allTables, schema)) await target.query(statement);
  for (const statement of createForeignKeys(allTables, schema)) await target.query(statement);
  for (const statement of createViews(schema)) await target.query(statement);
}
