/** The beginning of a load in the rebuild way: one transaction that judges, records and drops. */
import { basename, resolve } from "node:path";
import type { ReddManifest } from "../../generate/manifest.ts";
import { allTables } from "../../tables/catalog.ts";
import { judgeTarget, requireSameColumns } from "../admission.ts";
import { readCatalog } from "../catalog.ts";
import { hasTypes } from "../content_types.ts";
import type { Filling } from "../dataset.ts";
import { total } from "../progress.ts";
import { completeSchema, createSchema } from "../schema.ts";
import type { Target } from "../target.ts";
import { refuseDependants, requireOwner } from "./admission.ts";
import { readDefinitions, rebuildable } from "./definitions.ts";
import { createLedger, datasetDigest, type LoadLine, recordLoad } from "./ledger.ts";

/** A table with at least so many rows is rebuilt; smaller ones are copied with their keys in place. */
export const LARGE = 50_000;

/**
 * Judges the target, creates AquaMind's tables where there are none, records what the large tables
 * have of indexes and keys, and drops it. Until the commit nothing has changed.
 *
 * @throws {ReddError} input: tables that differ, hold rows, or whose keys something depends on;
 *   environment: rights, locks.
 */
export async function beginLoad(
  target: Target,
  folder: string,
  manifest: ReddManifest,
  wanted: readonly Filling[],
  large: number,
): Promise<LoadLine> {
  await target.query("begin");
  const catalog = await readCatalog(target, allTables);
  const schemaCreated = catalog.size === 0;
  let leftAlone: readonly string[] = [];
  if (schemaCreated) {
    await createSchema(target);
    await completeSchema(target);
  } else {
    leftAlone = await judgeTarget(target, wanted.map(({ table }) => table), catalog);
  }
  const fillings = wanted.filter(({ table }) => !leftAlone.includes(table.name));
  const tables = await rebuildable(target, largest(fillings, large));
  await requireOwner(target, fillings.map(({ table }) => table.name), tables);
  const line = {
    dataset: datasetDigest(manifest),
    name: basename(resolve(folder)),
    schema: target.schema,
    rows: total(fillings, "rows"),
    parts: fillings.reduce((sum, { entry }) => sum + entry.parts.length, 0),
    leftAlone: wanted.map(({ table }) => table.name).filter((name) => leftAlone.includes(name)),
    rebuilt: tables.map(({ name }) => name),
    schemaCreated,
  };
  await createLedger(target);
  const { steps, drops, dropped } = await readDefinitions(target, tables);
  await refuseDependants(target, dropped);
  await recordLoad(target, line, steps);
  if (drops.length > 0) await target.query(drops.join("; "));
  await target.query("commit");
  return { ...line, finished: false };
}

/** The tables to rebuild, the largest first; content types are resolved in the small ones alone. */
function largest(fillings: readonly Filling[], large: number): readonly string[] {
  return fillings
    .filter(({ table, entry }) => entry.rows >= large && !hasTypes(table))
    .toSorted((a, b) => b.entry.rows - a.entry.rows)
    .map(({ table }) => table.name);
}

/**
 * Makes sure that the tables of an unfinished load are still those it began with.
 *
 * @throws {ReddError} input, when columns have changed meanwhile.
 */
export async function judgeAgain(target: Target, fillings: readonly Filling[]): Promise<void> {
  const tables = fillings.map(({ table }) => table);
  requireSameColumns(target, tables, await readCatalog(target, allTables));
}
