/** What a wipe would remove, read from the target. */
import { qualified } from "../../postgres/identifier.ts";
import { requireEveryRow } from "../../postgres/row_security.ts";
import type { Target } from "../../postgres/target.ts";
import { countOf, type Dependant, findDependants, requireEmptyDependants } from "./dependants.ts";
import { lockTables } from "../../postgres/table_locks.ts";
import { requireWipe } from "./rights.ts";
import { operationalTables } from "./tables.ts";

/** A table and its rows. */
export interface RowCount {
  /** As AquaMind has it, without its schema. */
  readonly name: string;
  /** How many rows it holds. */
  readonly rows: number;
}

/** What a wipe would remove. */
export interface WipePlan {
  /** The operational tables and histories, empty ones included; names as AquaMind has them. */
  readonly tables: readonly RowCount[];
  /** Empty tables of others that hang on these and stand in the list of TRUNCATE with them. */
  readonly dependants: readonly Dependant[];
  /** Rows of all tables together. */
  readonly rows: number;
}

/** How a plan is made. */
export interface PlanOptions {
  /**
   * Keeps others from writing to the tables until the transaction ends: what is counted is then
   * what `wipeRows` removes.
   */
  readonly hold?: boolean;
}

/**
 * Looks what there is to wipe, in the transaction that the caller has begun under the lock of loads
 * (`beginAlone`). Nothing is changed.
 *
 * @throws {ReddError} input: the target has not AquaMind's tables, or tables of others that hang on
 *   them hold rows; environment: rights are missing, a lock is not given up.
 */
export async function planWipe(
  target: Target,
  { hold = false }: PlanOptions = {},
): Promise<WipePlan> {
  const names = await operationalTables(target);
  const found = await findDependants(target, names);
  await requireWipe(target, names, found);
  await requireEveryRow(target, "wipe", names, found.map(({ oid }) => oid));
  const relationOf = (name: string) => qualified(target.schema, name);
  if (hold) await lockTables(target, names.map(relationOf), "share row exclusive");
  const dependants = await requireEmptyDependants(target, found);
  const tables: RowCount[] = [];
  for (const name of names) {
    tables.push({ name, rows: await countOf(target, relationOf(name)) });
  }
  return { tables, dependants, rows: tables.reduce((sum, { rows }) => sum + rows, 0) };
}
