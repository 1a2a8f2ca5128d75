/** The ways on which rows come into a table. */
import type { Dataset } from "../../dataset/dataset.ts";
import type { DatasetPart } from "../../dataset/manifest.ts";
import { type CopyOptions, copyPart } from "../copy.ts";
import type { TableData } from "../../dataset/table_data.ts";
import { qualified, quoteIdent } from "../../postgres/identifier.ts";
import { identityColumn, idsOfPart, idsOfRows } from "../../dataset/ids.ts";
import type { PartLine } from "../ledger/parts.ts";
import type { Target } from "../../postgres/target.ts";
import type { ConvertedColumn } from "../../aquamind/conversion.ts";
import { contradictions, mergeStaged, refuseContradictions } from "./merge.ts";
import { type IdMap, refuseLacking } from "../../aquamind/id_map.ts";
import { insertStaged, stage, STAGED, updateStaged } from "./staging.ts";

/**
 * - `straight`: COPY into the table;
 * - `converted`: through a staging table, with other ids or columns;
 * - `merged`: master data, beside the target's own;
 * - `updated`: entities of a dataset that has been loaded up to an earlier day;
 * - `replaced`: what is computed for the as-of date, of such a dataset.
 */
export type LoadWay = "straight" | "converted" | "merged" | "updated" | "replaced";

/** A table, its rows, and their way. */
export interface TableLoad extends TableData {
  readonly way: LoadWay;
  /** The target's columns. */
  readonly columns: readonly ConvertedColumn[];
  /** Must rows be converted? */
  readonly converted: boolean;
  readonly idMap: IdMap;
  /** The triggers and rules of the target's table, in words. */
  readonly acting: readonly string[];
  /** Parts of a shorter dataset that are there, by path. */
  readonly loaded: ReadonlyMap<string, PartLine>;
}

/** The parts that are to be brought; files that are there to the last byte are not. */
export function partsToBring({ entry, way, loaded }: TableLoad): readonly DatasetPart[] {
  if (way === "updated" || way === "replaced") return entry.parts;
  return entry.parts.filter(({ path, sha256 }) => loaded.get(path)?.sha256 !== sha256);
}

/** The rows and bytes of a part that are not there yet. */
export function remaining(
  { way, loaded }: TableLoad,
  part: DatasetPart,
): { rows: number; bytes: number } {
  const before = way === "straight" || way === "converted" ? loaded.get(part.path) : undefined;
  return { rows: part.rows - (before?.rows ?? 0), bytes: part.bytes - (before?.bytes ?? 0) };
}

/**
 * Brings a part into its table.
 *
 * @throws {ReddError} input: a file that is not the manifest's, rows that the server refuses;
 *   environment: no connection.
 */
export async function bringPart(
  target: Target,
  dataset: Dataset,
  tableLoad: TableLoad,
  part: DatasetPart,
  options: CopyOptions,
): Promise<void> {
  const { table, entry, way, columns, converted, loaded, idMap, acting } = tableLoad;
  const final = way === "straight" || way === "converted";
  const before = final ? loaded.get(part.path) : undefined;
  const ids = idsOfPart(entry, part);
  const how = { ...options, ids, acting, ...(before === undefined ? {} : { after: before }) };
  if (way === "replaced") await removeLoaded(target, tableLoad);
  if (!converted && (final || way === "replaced")) {
    await copyPart(target, dataset, table, part, how);
    return;
  }
  const rows = await stage(target, dataset, table, part, how);
  const staged = { table, columns, acting, remedy: options.remedy };
  await refuseLacking(target, table, STAGED, idMap);
  if (way === "merged") {
    // The application may have made rows since the target was judged.
    refuseContradictions(target, await contradictions(target, table, columns));
    await mergeStaged(target, staged);
  } else if (way === "updated") await updateStaged(target, staged);
  else await insertStaged(target, staged, rows);
}

/** Removes the rows of a table that an earlier load of a shorter dataset has put there. */
async function removeLoaded(target: Target, { table, entry, loaded }: TableLoad): Promise<void> {
  const { first } = idsOfRows(entry);
  const rows = entry.parts.reduce((sum, { path }) => sum + (loaded.get(path)?.rows ?? 0), 0);
  const name = quoteIdent(identityColumn(table)!);
  await target.query(
    `delete from ${qualified(target.schema, table.name)}
     where ${name} between ${first} and ${first + rows - 1}`,
  );
}
