/**
 * What a load is going to do, decided before the first row: what the target is, what it holds, and
 * on which way every table comes in. Nothing is changed but for what `replace` wipes.
 */
import { ReddError } from "../../errors.ts";
import type { ReddManifest } from "../../generate/manifest.ts";
import { allTables, tableNamed } from "../../tables/catalog.ts";
import type { Table } from "../../tables/description.ts";
import { requireSameColumns } from "../admission.ts";
import { type Adaptation, adaptationOf, SAME_SCHEMA } from "../aquamind/adaptation.ts";
import { countRows, hasRows, readCatalog } from "../catalog.ts";
import type { Filling } from "../dataset.ts";
import { tablesOfExtensions } from "../extensions.ts";
import { type Found, type LoadLine, readLoads, readParts } from "../ledger.ts";
import { requireInsert } from "../rights.ts";
import type { Target } from "../target.ts";
import { redactUrl } from "../url.ts";
import { planWipe } from "../wipe/plan.ts";
import { wipeRows } from "../wipe/rows.ts";
import { idsOfRows, refuseCollisions } from "./collisions.ts";
import { type Base, findBase } from "./continuation.ts";
import { type Conversion, convertedColumns, isConverted } from "./conversion.ts";
import { contradictions, refuseContradictions } from "./merge.ts";
import { readOwnIds, SAME_IDS } from "./own_ids.ts";
import { stage } from "./staging.ts";
import type { Passage, Way } from "./passage.ts";

/** What is done about operational rows that the target holds already. */
export interface Beside {
  /** Wipe them first. */
  readonly replace?: boolean;
  /** Leave them, where nothing collides. */
  readonly append?: boolean;
}

/** A dataset on its way. */
export interface Wanted {
  readonly folder: string;
  readonly manifest: ReddManifest;
  readonly fillings: readonly Filling[];
}

/** What a load is going to do. */
export interface LoadPlan extends Found {
  /** Has the target none of AquaMind's tables, so that they are to be made? */
  readonly empty: boolean;
  readonly adaptation: Adaptation;
  /** Tables of Django's own that are left as the target has them. */
  readonly leftAlone: readonly string[];
  /** The ways of the other tables, in the order of loading. */
  readonly passages: readonly Passage[];
  /** Tables whose indexes and keys an extension of the server has in hand. */
  readonly kept: readonly string[];
  /** The load of a shorter dataset that is continued. */
  readonly base?: Base;
  /** Rows that were wiped. */
  readonly wiped: number;
}

/** Django fills these when it migrates; they are loaded into a target without their rows only. */
const DJANGO_OWN = ["django_content_type", "auth_permission"];

/**
 * Plans a load in the transaction that is open.
 *
 * @param remembered What an earlier run of the same load found; it is carried on.
 * @throws {ReddError} input: tables that differ, rows that are in the way, master data that
 *   contradict; environment: rights.
 */
export async function planLoad(
  target: Target,
  wanted: Wanted,
  beside: Beside = {},
  remembered?: LoadLine,
): Promise<LoadPlan> {
  const { fillings } = wanted;
  const catalog = await readCatalog(target, allTables);
  if (catalog.size === 0) return planEmpty(fillings);
  const tables = fillings.map(({ table }) => table);
  const adaptation = adaptationOf(catalog);
  requireSameColumns(target, tables, catalog);
  await requireInsert(target, [...tables, ...adaptation.tables]);
  const full = await fullTables(target, tables);
  const leftAlone = remembered?.leftAlone ?? leftToDjango(tables, full);
  const rest = fillings.filter(({ table }) => !leftAlone.includes(table.name));
  const conversion = { adaptation, ownIds: await readOwnIds(target, wanted.manifest, catalog) };
  const stay = { ...wanted, fillings: rest, conversion };
  const found = remembered === undefined
    ? await survey(target, stay, full, beside, fillings)
    : { ...foundIn(remembered), wiped: 0 };
  return {
    empty: false,
    adaptation,
    leftAlone,
    kept: await tablesOfExtensions(target),
    ...found,
    passages: rest.map((filling) => passageOf(filling, conversion, found)),
  };
}

/** Where Django has filled one of its own tables, both stay as they are. */
function leftToDjango(tables: readonly Table[], full: readonly Table[]): readonly string[] {
  if (!full.some(({ name }) => DJANGO_OWN.includes(name))) return [];
  return tables.map(({ name }) => name).filter((name) => DJANGO_OWN.includes(name));
}

function foundIn({ others, ids, merged }: LoadLine): Found {
  return { others, ids, merged };
}

/** Everything goes straight into tables that are going to be made. */
function planEmpty(fillings: readonly Filling[]): LoadPlan {
  const adaptation = SAME_SCHEMA;
  return {
    empty: true,
    adaptation,
    leftAlone: [],
    kept: [],
    others: {},
    ids: {},
    merged: [],
    wiped: 0,
    passages: fillings.map((filling) => ({
      ...filling,
      way: "straight",
      columns: convertedColumns(filling.table, { adaptation, ownIds: SAME_IDS }),
      converted: false,
      ownIds: SAME_IDS,
      loaded: new Map(),
    })),
  };
}

async function fullTables(target: Target, tables: readonly Table[]): Promise<readonly Table[]> {
  const full: Table[] = [];
  for (const table of tables) if (await hasRows(target, table)) full.push(table);
  return full;
}

/** What the target holds, and what the load makes of it. */
async function survey(
  target: Target,
  stay: Wanted & { readonly conversion: Conversion },
  full: readonly Table[],
  beside: Beside,
  all: readonly Filling[],
): Promise<Found & Pick<LoadPlan, "base" | "wiped">> {
  const { folder, fillings } = stay;
  const merged = full.filter(({ kind, name }) => kind === "static" && !DJANGO_OWN.includes(name));
  await judgeMasterData(target, stay, merged);
  const found = { others: {}, ids: {}, merged: merged.map(({ name }) => name) };
  const operational = full.filter(({ kind }) => kind !== "static");
  if (beside.replace) {
    const plan = await planWipe(target, { hold: true });
    await wipeRows(target, plan);
    return { ...found, wiped: plan.rows };
  }
  if (operational.length === 0) return { ...found, wiped: 0 };
  const counts = new Map<string, number>();
  for (const table of operational) counts.set(table.name, await countRows(target, table));
  const loads = (await readLoads(target)).filter(({ schema }) => schema === target.schema);
  const base = await findBase(folder, all, loads, (dataset) => readParts(target, dataset));
  const loaded = base === undefined ? new Map<string, number>() : rowsOf(base);
  if (base === undefined && !beside.append) throw notEmpty(target, counts);
  for (const { table: { kind, name } } of fillings) {
    if (kind === "static" || (counts.get(name) ?? 0) >= (loaded.get(name) ?? 0)) continue;
    throw rowsGone(target, name, base!);
  }
  await refuseCollisions(target, { ...stay, loaded });
  const others = Object.fromEntries(
    [...counts].map(([name, rows]) => [name, rows - (loaded.get(name) ?? 0)] as const)
      .filter(([, rows]) => rows > 0),
  );
  const ids = Object.fromEntries(
    fillings.filter(({ table }) => table.name in others).map(({ table, entry }) => {
      const { first, last } = idsOfRows(entry);
      return [table.name, [first, last] as const];
    }),
  );
  return { ...found, others, ids, wiped: 0, ...(base === undefined ? {} : { base }) };
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
  { folder, fillings, conversion }: Wanted & { readonly conversion: Conversion },
  merged: readonly Table[],
): Promise<void> {
  const found: string[] = [];
  for (const { table, entry } of fillings) {
    if (!merged.includes(table)) continue;
    const columns = convertedColumns(table, conversion);
    for (const part of entry.parts) {
      await stage(target, folder, table, part, { freeze: false });
      found.push(...await contradictions(target, table, columns));
    }
  }
  refuseContradictions(target, found);
}

/** The way of a table. */
function passageOf(
  { table, entry }: Filling,
  conversion: Conversion,
  { merged, base }: Found & Pick<LoadPlan, "base">,
): Passage {
  const columns = convertedColumns(table, conversion);
  const converted = isConverted(table, conversion);
  const way = (): Way => {
    if (merged.includes(table.name)) return "merged";
    if (base !== undefined && entry.kind === "entity") return "updated";
    if (base !== undefined && entry.kind === "as-of") return "replaced";
    return converted ? "converted" : "straight";
  };
  const { ownIds } = conversion;
  return {
    table,
    entry,
    columns,
    converted,
    ownIds,
    way: way(),
    loaded: base?.parts ?? new Map(),
  };
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
