/** The tables of a dataset against the database's, part by part over several connections. */
import type { Dataset } from "../dataset/dataset.ts";
import type { DatasetPart } from "../dataset/manifest.ts";
import { allTables } from "../tables/catalog.ts";
import { schemaMappingOf } from "../aquamind/target_schema.ts";
import { countTableRows, readCatalog } from "../aquamind/catalog.ts";
import { refuseOtherRelations } from "../aquamind/other_relations.ts";
import type { TableData } from "../dataset/table_data.ts";
import type { LoadLine } from "../load/ledger/loads.ts";
import { idsOfRows } from "../dataset/ids.ts";
import { IDENTIFYING, readIdMap } from "../aquamind/id_map.ts";
import { share } from "../load/rebuild/pool.ts";
import { requireEveryRow } from "../postgres/row_security.ts";
import type { Target } from "../postgres/target.ts";
import { requireColumns } from "./admission.ts";
import { compareMerged } from "./merged.ts";
import { compareById, digestRows } from "./part.ts";
import { requirePart } from "../dataset/records.ts";
import { checksumOf, type PartDifference, type TableDiff } from "./report.ts";
import { type TableReading, tableReading } from "../aquamind/written.ts";

/** How far a comparison is. */
export interface DiffProgress {
  /** The table that is being compared. */
  readonly table: string;
  /** Rows of all tables that have been read. */
  readonly rows: number;
  /** Rows of the dataset's tables that are compared. */
  readonly totalRows: number;
}

/** What is compared, and the load that brought it. */
export interface Whole {
  readonly dataset: Dataset;
  readonly tableData: readonly TableData[];
  /** Absent where the ledger does not know the dataset. */
  readonly line?: LoadLine;
}

/** Rows after which progress is told again. */
const TOLD = 20_000;

/** A table, and how it is compared. */
interface Comparison extends TableData {
  readonly reading: TableReading;
  /** May the database have rows in its own words? */
  readonly merged: boolean;
  /** May the database have a table of its own instead? */
  readonly leftAlone: boolean;
}

/** What the database has of a part. */
interface PartState {
  /** Rows of the part that the database has. */
  readonly rows: number;
  readonly sha256: string;
  readonly kept: number;
  readonly difference?: PartDifference;
}

/**
 * Compares tables over connections that see the same.
 *
 * @throws {ReddError} input: tables or columns that the database lacks, a file that is not the one
 *   that was generated.
 */
export async function compareTables(
  pool: readonly Target[],
  whole: Whole,
  onProgress: ((progress: DiffProgress) => void) | undefined,
): Promise<readonly TableDiff[]> {
  const { dataset } = whole;
  const comparisons = await comparisonsOf(pool[0]!, whole);
  const totalRows = sum(comparisons, ({ entry }) => entry.rows);
  let rows = 0;
  const counts: number[] = [];
  const states: PartState[][] = comparisons.map(() => []);
  const units = comparisons.flatMap((comparison, at) => {
    const { table, entry: { parts } } = comparison;
    const tell = () => onProgress?.({ table: table.name, rows, totalRows });
    const onRow = () => ++rows % TOLD === 0 && tell();
    return [
      async (target: Target) => {
        tell();
        counts[at] = await countTableRows(target, table);
      },
      ...parts.map((part, place) => async (target: Target) => {
        states[at]![place] = await comparePart(target, dataset, comparison, part, onRow);
      }),
    ];
  });
  await share(pool, units, (target, unit) => unit(target));
  return comparisons.map((comparison, at) => tableDiffOf(comparison, counts[at]!, states[at]!));
}

function sum<One>(all: readonly One[], numberOf: (one: One) => number): number {
  return all.reduce((total, one) => total + numberOf(one), 0);
}

async function comparisonsOf(
  target: Target,
  { dataset, tableData, line }: Whole,
): Promise<readonly Comparison[]> {
  const names = [...tableData.map(({ table }) => table.name), ...IDENTIFYING];
  await requireEveryRow(target, `compare ${dataset.name} with`, names);
  await refuseOtherRelations(target, `compare ${dataset.name} with`, names);
  const catalog = await readCatalog(target, allTables);
  const mapping = schemaMappingOf(catalog);
  requireColumns(target, dataset, tableData.map(({ table }) => table), catalog, mapping);
  const conversion = { mapping, idMap: await readIdMap(target, dataset.manifest, catalog) };
  const { merged, leftAlone } = line ?? {};
  return tableData.map((data) => {
    const { name, kind, filledByDjango } = data.table;
    return {
      ...data,
      reading: tableReading(target, data.table, conversion),
      merged: kind === "static" && (merged?.includes(name) ?? true),
      leftAlone: leftAlone?.includes(name) ?? filledByDjango,
    };
  });
}

async function comparePart(
  target: Target,
  dataset: Dataset,
  { reading, entry, merged, leftAlone }: Comparison,
  part: DatasetPart,
  onRow: () => void,
): Promise<PartState> {
  const before = entry.parts.slice(0, entry.parts.indexOf(part));
  const first = idsOfRows(entry).first + sum(before, (one) => one.rows);
  const range = { first, last: first + part.rows - 1 };
  const { rows, sha256 } = await digestRows(target, reading, range, onRow);
  if (sha256 === part.sha256 || leftAlone) {
    await requirePart(dataset, part);
    return { rows, sha256, kept: 0 };
  }
  if (merged) {
    const { found, ...rest } = await compareMerged(target, dataset, reading, part);
    return { rows: found, sha256, ...rest };
  }
  const difference = await compareById(target, dataset, reading, part, range);
  return { rows, sha256, kept: 0, ...(difference === undefined ? {} : { difference }) };
}

function tableDiffOf(
  { table, entry, leftAlone }: Comparison,
  count: number,
  states: readonly PartState[],
): TableDiff {
  const rows = sum(states, (state) => state.rows);
  const checksum = {
    dataset: checksumOf(entry.parts.map(({ sha256 }) => sha256)),
    database: checksumOf(states.map(({ sha256 }) => sha256)),
  };
  const parts = states.flatMap(({ difference }) => difference ?? []);
  return {
    name: table.name,
    kind: entry.kind,
    rows: { dataset: entry.rows, database: rows },
    others: count - rows,
    checksum,
    leftAlone: leftAlone && checksum.dataset !== checksum.database,
    kept: sum(states, ({ kept }) => kept),
    equal: parts.length === 0,
    parts,
  };
}
