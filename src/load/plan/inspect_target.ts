/** What a target holds, and what a load makes of it: rows that are there, or in the way. */
import { ReddError } from "../../errors.ts";
import type { Dataset } from "../../dataset/dataset.ts";
import { tableNamed } from "../../tables/catalog.ts";
import { isMasterData, type Table } from "../../tables/description.ts";
import { countTableRows } from "../../aquamind/catalog.ts";
import type { TableData } from "../../dataset/table_data.ts";
import { type FoundInTarget, readLoads } from "../ledger/loads.ts";
import { readParts } from "../ledger/parts.ts";
import type { Target } from "../../postgres/target.ts";
import { redactUrl } from "../../postgres/url.ts";
import { planWipe, type WipePlan } from "../wipe/plan.ts";
import { idsOfRows } from "../../dataset/ids.ts";
import { countBetween, refuseCollisions } from "./collisions.ts";
import { type Base, findBase } from "./continuation.ts";
import { type Conversion, convertedColumns } from "../../aquamind/conversion.ts";
import { contradictions, refuseContradictions } from "./merge.ts";
import { stage } from "./staging.ts";
import { stands } from "./standing.ts";

/**
 * What is done about operational rows that the target holds already. With neither, a load is refused
 * unless it continues a shorter dataset.
 */
export interface Beside {
  /** Are they wiped first? */
  readonly replace?: boolean;
  /** Do they stay, where nothing collides? */
  readonly append?: boolean;
}

/** A dataset on its way. */
export interface DatasetToLoad {
  readonly dataset: Dataset;
  readonly tableData: readonly TableData[];
}

/** A dataset whose tables have been held against the target's. */
export type Judged = DatasetToLoad & { readonly conversion: Conversion };

/** What was found, and what follows from it. */
export interface Inspection extends FoundInTarget {
  /** The load of a shorter dataset that is continued. */
  readonly base?: Base;
  /** Tables of master data that stand as that load has left them, by name. */
  readonly standing: readonly string[];
  /** What is to be wiped before the first row is brought. */
  readonly wipe?: WipePlan;
}

/**
 * Looks at what the target holds. Nothing is changed; what is to be wiped is held for it.
 *
 * @param stay The tables that are loaded.
 * @param full The tables of the dataset that have rows in the target.
 * @param all The tables of the dataset, those that are left alone included.
 * @throws {ReddError} input: rows that are in the way, master data that contradict.
 */
export async function inspectTarget(
  target: Target,
  stay: Judged,
  full: readonly Table[],
  beside: Beside,
  all: readonly TableData[],
): Promise<Inspection> {
  const { dataset, tableData } = stay;
  const merged = full.filter(isMasterData);
  const { idMap } = stay.conversion;
  const operational = full.filter(({ kind }) => kind !== "static");
  const isContinuation = !beside.replace && operational.length > 0;
  const base = isContinuation ? await baseIn(target, dataset, all) : undefined;
  const standing = base === undefined ? [] : await standingTables(target, stay, merged, base);
  await judgeMasterData(target, stay, merged.filter(({ name }) => !standing.includes(name)));
  const found = { others: {}, ids: {}, merged: merged.map(({ name }) => name), idMap, standing };
  if (beside.replace) {
    return { ...found, wipe: await planWipe(target, { hold: true }) };
  }
  if (operational.length === 0) return found;
  const counts = new Map<string, number>();
  for (const table of operational) counts.set(table.name, await countTableRows(target, table));
  const loaded = base === undefined ? new Map<string, number>() : rowsOf(base);
  if (base === undefined && !beside.append) throw notEmpty(target, counts);
  const others: Record<string, number> = {};
  for (const { table, entry } of tableData) {
    const all = counts.get(table.name) ?? 0;
    const before = loaded.get(table.name) ?? 0;
    if (table.kind === "static") continue;
    const { first } = idsOfRows(entry);
    const own = before === 0
      ? 0
      : await countBetween(target, table, { first, last: first + before - 1 });
    if (own < before) throw rowsGone(target, table.name, base!);
    if (all > own) others[table.name] = all - own;
  }
  await refuseCollisions(target, { ...stay, loaded });
  const ids = Object.fromEntries(
    tableData.filter(({ table }) => table.name in others).map(({ table, entry }) => {
      const { first, last } = idsOfRows(entry);
      return [table.name, [first, last] as const];
    }),
  );
  return { ...found, others, ids, ...(base === undefined ? {} : { base }) };
}

/** The load that a dataset continues, as the target's ledger tells. */
async function baseIn(
  target: Target,
  dataset: Dataset,
  all: readonly TableData[],
): Promise<Base | undefined> {
  const loads = (await readLoads(target)).filter(({ schema }) => schema === target.schema);
  return await findBase(dataset, all, loads, (digest) => readParts(target, digest));
}

/** The tables of master data that a load has brought and that are still as it left them. */
async function standingTables(
  target: Target,
  { dataset, tableData, conversion }: Judged,
  merged: readonly Table[],
  { parts }: Base,
): Promise<readonly string[]> {
  const names: string[] = [];
  for (const data of tableData) {
    const { table, entry } = data;
    const brought = entry.parts.every(({ path, sha256 }) => parts.get(path)?.sha256 === sha256);
    if (!brought || !merged.includes(table)) continue;
    if (await stands(target, dataset, data, conversion)) names.push(table.name);
  }
  return names;
}

function rowsOf({ parts }: Base): Map<string, number> {
  const rows = new Map<string, number>();
  for (const part of parts.values()) {
    rows.set(part.table, (rows.get(part.table) ?? 0) + part.rows);
  }
  return rows;
}

async function judgeMasterData(
  target: Target,
  { dataset, tableData, conversion }: Judged,
  merged: readonly Table[],
): Promise<void> {
  const found: string[] = [];
  for (const { table, entry } of tableData) {
    if (!merged.includes(table)) continue;
    const columns = convertedColumns(table, conversion);
    for (const part of entry.parts) {
      await stage(target, dataset, table, part, { freeze: false });
      found.push(...await contradictions(target, table, columns));
    }
  }
  refuseContradictions(target, found);
}

/** How many tables with rows a message names. */
const NAMED = 6;

function notEmpty(target: Target, counts: ReadonlyMap<string, number>): ReddError {
  const isPast = ([name]: readonly [string, number]) => tableNamed(name).group === "history";
  const liveFirst = [...counts].toSorted((a, b) => Number(isPast(a)) - Number(isPast(b)));
  const shown = liveFirst.slice(0, NAMED).map(([name, rows]) => `${name} (${rows})`);
  if (counts.size > NAMED) shown.push(`and ${counts.size - NAMED} more`);
  return new ReddError("input", "TARGET_NOT_EMPTY", {
    cannot: `load into ${redactUrl(target.url)}`,
    because: `these tables hold rows already: ${shown.join(", ")}`,
    remedy: "Give --replace to wipe them first, --append to load beside them, or load into " +
      "another database",
  });
}

function rowsGone(target: Target, name: string, { line }: Base): ReddError {
  return new ReddError("input", "ROWS_GONE", {
    cannot: `continue the load of ${line.name} in ${redactUrl(target.url)}`,
    because: `rows of ${name} that were loaded are not there any more`,
    remedy: "Give --replace to wipe the rest and load all of it",
  });
}
