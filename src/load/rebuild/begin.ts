/** The beginning of a load in the rebuild way: one transaction that judges, records and drops. */
import { ReddError } from "../../errors.ts";
import { lineOf } from "../finished.ts";
import { type LoadLine, recordLoad } from "../ledger/loads.ts";
import { createLedger } from "../ledger/tables.ts";
import type { TableLoad } from "../plan/table_load.ts";
import { type LoadPlan, planLoad } from "../plan/plan.ts";
import type { Beside, DatasetToLoad } from "../plan/inspect_target.ts";
import { refuseOwnRules } from "../own_rules.ts";
import { completeSchema, createSchema } from "../schema.ts";
import type { Target } from "../../postgres/target.ts";
import { redactUrl } from "../../postgres/url.ts";
import { wipeRows } from "../wipe/rows.ts";
import { refuseAltered, refuseDependants, requireOwner } from "./admission.ts";
import { readDefinitions, rebuildable } from "./definitions.ts";
import type { Worker } from "./pool.ts";

/** A table with at least so many rows is rebuilt; smaller ones are copied with their keys in place. */
export const LARGE = 50_000;

/** A load that has begun, and what it is going to do. */
export interface Begun {
  readonly line: LoadLine;
  readonly plan: LoadPlan;
}

/**
 * Judges the target, creates AquaMind's tables where there are none, wipes what is to be replaced,
 * records what the large tables have of indexes and keys, and drops it. Until the commit nothing has
 * changed.
 *
 * @throws {ReddError} input: tables that differ, hold rows, have rules of their own, whose keys
 *   something depends on or are not checked, a dataset that continues another; environment: rights, locks.
 */
export async function beginLoad(
  target: Worker,
  wanted: DatasetToLoad,
  beside: Beside,
  large: number,
): Promise<Begun> {
  const plan = await planLoad(target, wanted, beside);
  if (plan.base !== undefined) throw continued(target, plan.base.line);
  refuseOwnRules(target, plan);
  if (plan.wipe !== undefined) await wipeRows(target, plan.wipe);
  if (plan.empty) {
    await createSchema(target);
    await completeSchema(target);
  }
  const tables = await rebuildable(target, largest(plan, large));
  await requireOwner(target, plan.tableLoads.map(({ table }) => table.name), tables);
  const line = {
    ...lineOf(target, wanted.dataset, wanted.tableData, plan),
    rebuilt: tables.map(({ name }) => name),
  };
  await createLedger(target);
  const { steps, drops, dropped } = await readDefinitions(target, tables);
  await refuseDependants(target, dropped);
  await refuseAltered(target, dropped);
  await recordLoad(target, line, steps);
  if (drops.length > 0) await target.query(drops.join("; "));
  await target.commit();
  return { line: { ...line, finished: false }, plan };
}

/**
 * The tables to rebuild, the largest first; not those that other rows are made of, or that an
 * extension manages.
 */
function largest({ tableLoads, mapping, kept }: LoadPlan, large: number): readonly string[] {
  const mayBe = ({ table: { name }, entry, way }: TableLoad) =>
    entry.rows >= large && way !== "merged" && !mapping.sources.includes(name) &&
    !kept.includes(name);
  return tableLoads.filter(mayBe)
    .toSorted((a, b) => b.entry.rows - a.entry.rows)
    .map(({ table }) => table.name);
}

/** Entities change when a dataset is continued, and only one transaction can take that back. */
function continued(target: Target, { name }: LoadLine): ReddError {
  return new ReddError("input", "CONTINUATION_DEFERRED", {
    cannot: `rebuild tables in ${redactUrl(target.url)}`,
    because: `the dataset continues ${name}, which is loaded there`,
    remedy: "Load it with --method deferred, which adds only what is new, or give --replace",
  });
}

/**
 * What an unfinished load is still to do. Its tables must be those it began with.
 *
 * @throws {ReddError} input, when columns have changed meanwhile.
 */
export async function planAgain(
  target: Worker,
  wanted: DatasetToLoad,
  line: LoadLine,
): Promise<LoadPlan> {
  const plan = await planLoad(target, wanted, {}, line);
  await target.commit();
  return plan;
}
