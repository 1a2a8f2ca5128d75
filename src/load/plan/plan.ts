/**
 * What a load is going to do, decided before the first row: what the target is, what it holds, and
 * on which way every table comes in. Nothing is changed.
 */
import { allTables } from "../../tables/catalog.ts";
import { isMasterData, type Table } from "../../tables/description.ts";
import { type Acting, actingOn } from "../../postgres/acting.ts";
import { requireSameColumns } from "../admission.ts";
import { SAME_SCHEMA, schemaMappingOf } from "../../aquamind/target_schema.ts";
import type { SchemaMapping } from "../../aquamind/schema_mapping.ts";
import { hasRows, readCatalog } from "../../aquamind/catalog.ts";
import { refuseOtherRelations } from "../../aquamind/other_relations.ts";
import { type OwnRule, readOwnRules } from "../../aquamind/own_rules.ts";
import type { TableData } from "../../dataset/table_data.ts";
import { tablesOfExtensions } from "../../postgres/extensions.ts";
import type { LoadLine } from "../ledger/loads.ts";
import { type Change, requireChanges, requireInsert } from "../../postgres/rights.ts";
import type { Target } from "../../postgres/target.ts";
import { type Conversion, convertedColumns, isConverted } from "../../aquamind/conversion.ts";
import { readIdMap, SAME_IDS } from "../../aquamind/id_map.ts";
import { refuseUnpartitioned } from "./partitions.ts";
import { type LoadWay, partsToBring, type TableLoad } from "./table_load.ts";
import {
  type Beside,
  type DatasetToLoad,
  type Inspection,
  inspectTarget,
} from "./inspect_target.ts";

/** What a load is going to do. */
export interface LoadPlan extends Inspection {
  /** Has the target none of AquaMind's tables, so that they are to be made? */
  readonly empty: boolean;
  readonly mapping: SchemaMapping;
  /** Tables of Django's own that are left as the target has them. */
  readonly leftAlone: readonly string[];
  /** The ways of the other tables, in the order of loading. */
  readonly tableLoads: readonly TableLoad[];
  /** Tables whose indexes and keys an extension of the server manages. */
  readonly kept: readonly string[];
  /** What the target demands of rows and AquaMind does not. */
  readonly ownRules: readonly OwnRule[];
}

/**
 * Plans a load in the transaction that is open.
 *
 * @param remembered What an earlier run of the same load found; it is carried on.
 * @throws {ReddError} input: tables that differ or have no partition for their rows, rows that are
 *   in the way, master data that contradict; environment: rights.
 */
export async function planLoad(
  target: Target,
  wanted: DatasetToLoad,
  beside: Beside = {},
  remembered?: LoadLine,
): Promise<LoadPlan> {
  const { tableData } = wanted;
  const catalog = await readCatalog(target, allTables);
  const named = allTables.map(({ name }) => name);
  await refuseOtherRelations(target, "load into", named);
  if (catalog.size === 0) return planEmpty(tableData);
  const tables = tableData.map(({ table }) => table);
  const mapping = schemaMappingOf(catalog);
  requireSameColumns(target, tables, catalog);
  const others = tables.filter((table) => !table.filledByDjango);
  await requireInsert(target, [...others, ...mapping.tables]);
  const full = await fullTables(target, tables);
  const leftAlone = remembered?.leftAlone ?? leftToDjango(tables, full);
  const rest = tableData.filter(({ table }) => !leftAlone.includes(table.name));
  if (leftAlone.length === 0) {
    await requireInsert(
      target,
      tables.filter((table) => table.filledByDjango),
    );
  }
  const idMap = remembered?.idMap ?? await readIdMap(target, wanted.dataset.manifest, catalog);
  const conversion = { mapping, idMap };
  const stay = { ...wanted, tableData: rest, conversion };
  const merges = remembered === undefined ? full.some(isMasterData) : remembered.merged.length > 0;
  const temporary = merges || rest.some(({ table }) => isConverted(table, conversion));
  await requireInsert(target, [], { temporary });
  const found: Inspection = remembered === undefined
    ? await inspectTarget(target, stay, full, beside, tableData)
    : foundIn(remembered);
  if (found.base !== undefined) await requireInsert(target, [], { temporary: true });
  const acting = await actingOn(target, tables.map(({ name }) => name));
  const tableLoads = rest.map((data) => tableLoadOf(data, conversion, found, acting));
  await requireChanges(target, tableLoads.flatMap(changesOf));
  const ownRules = await readOwnRules(target, [...tables, ...mapping.tables], mapping);
  await refuseUnpartitioned(target, tableLoads, ownRules);
  return {
    empty: false,
    mapping,
    leftAlone,
    kept: await tablesOfExtensions(target),
    ...found,
    tableLoads,
    ownRules,
  };
}

/** What a way does to rows that are there. */
function changesOf(tableLoad: TableLoad): readonly Change[] {
  const { table: { name, columns }, way } = tableLoad;
  if (partsToBring(tableLoad).length === 0) return [];
  if (way === "updated") return [{ table: name, right: "UPDATE" }];
  if (way === "replaced") return [{ table: name, right: "DELETE" }];
  const updates = way === "merged" && columns.some(({ governed }) => governed);
  return updates ? [{ table: name, right: "UPDATE" }] : [];
}

/** Where Django has filled one of its own tables, both stay as they are. */
function leftToDjango(tables: readonly Table[], full: readonly Table[]): readonly string[] {
  if (!full.some(({ filledByDjango }) => filledByDjango)) return [];
  return tables.filter(({ filledByDjango }) => filledByDjango).map(({ name }) => name);
}

function foundIn({ others, ids, merged, idMap }: LoadLine): Inspection {
  return { others, ids, merged, idMap, standing: [] };
}

/** Everything goes straight into tables that are going to be made. */
function planEmpty(tableData: readonly TableData[]): LoadPlan {
  const mapping = SAME_SCHEMA;
  return {
    empty: true,
    mapping,
    leftAlone: [],
    kept: [],
    ownRules: [],
    others: {},
    ids: {},
    merged: [],
    standing: [],
    idMap: SAME_IDS,
    tableLoads: tableData.map((data) => ({
      ...data,
      way: "straight",
      columns: convertedColumns(data.table, { mapping, idMap: SAME_IDS }),
      converted: false,
      idMap: SAME_IDS,
      acting: [],
      loaded: new Map(),
    })),
  };
}

async function fullTables(target: Target, tables: readonly Table[]): Promise<readonly Table[]> {
  const full: Table[] = [];
  for (const table of tables) if (await hasRows(target, table)) full.push(table);
  return full;
}

/** The way of a table. */
function tableLoadOf(
  { table, entry }: TableData,
  conversion: Conversion,
  { merged, base, standing }: Inspection,
  acting: Acting,
): TableLoad {
  const columns = convertedColumns(table, conversion);
  const converted = isConverted(table, conversion);
  const way = (): LoadWay => {
    if (merged.includes(table.name)) return "merged";
    if (base !== undefined && entry.kind === "entity") return "updated";
    if (base !== undefined && entry.kind === "as-of") return "replaced";
    return converted ? "converted" : "straight";
  };
  const { idMap } = conversion;
  return {
    table,
    entry,
    columns,
    converted,
    idMap,
    way: way(),
    acting: acting.get(table.name) ?? [],
    // What somebody has removed of master data comes back.
    loaded: entry.kind === "static" && !standing.includes(table.name)
      ? new Map()
      : base?.parts ?? new Map(),
  };
}
