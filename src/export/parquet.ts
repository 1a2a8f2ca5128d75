/** A dataset as Parquet: a file for each part, with the types of AquaMind's columns. */
import { makeFolder, writeNew } from "../files/create.ts";
import { packageOf } from "../dataset/descriptor.ts";
import type { Dataset } from "../dataset/dataset.ts";
import { digestOfDataset } from "../dataset/manifest_digest.ts";
import type { DatasetPart } from "../dataset/manifest.ts";
import type { TableData } from "../dataset/table_data.ts";
import { readCsvSql } from "../duckdb/tables.ts";
import type { DuckConnection } from "../duckdb/session.ts";
import { literal } from "../sql_literal.ts";
import type { Column, Table } from "../tables/description.ts";
import type { ParquetLayout } from "./formats.ts";

/**
 * Rows of a row group: DuckDB reads groups side by side, and Spark a file at a time, of which months
 * of readings have five.
 */
const GROUP_ROWS = 122_880;

/**
 * How a column is read out of CSV. What other readers of Parquet have no type for stays the text that
 * it is: JSON, times of day, and numbers of points in another system.
 */
function readAs({ type }: Column): string {
  if (type === "timestamp with time zone") return "TIMESTAMP";
  return type === "jsonb" || type === "uuid" || type.startsWith("time ") ? "VARCHAR" : type;
}

/** A column as it is written: an instant is UTC, and says so. */
function written({ name, type }: Column): string {
  return type === "timestamp with time zone"
    ? `CAST("${name}" AS TIMESTAMPTZ) AS "${name}"`
    : `"${name}"`;
}

/** The path of a part's file, relative to the folder of the export. */
export function parquetPath(
  { name }: Pick<Table, "name">,
  { path }: Pick<DatasetPart, "path">,
  layout: ParquetLayout,
): string {
  const month = /\/(\d{4}-\d{2})\.csv$/.exec(path)?.[1];
  if (layout === "flat") {
    return month === undefined ? `${name}.parquet` : `${name}/${month}.parquet`;
  }
  return month === undefined ? `${name}/${name}.parquet` : `${name}/month=${month}/${name}.parquet`;
}

/** Makes the folders of some tables' files, which are not there yet. */
export function makeParquetFolders(
  folder: string,
  tables: readonly TableData[],
  layout: ParquetLayout,
): void {
  for (const { table, entry } of tables) {
    for (const part of entry.parts) {
      const steps = parquetPath(table, part, layout).split("/").slice(0, -1);
      for (const i of steps.keys()) makeFolder(`${folder}/${steps.slice(0, i + 1).join("/")}`);
    }
  }
}

/**
 * Writes the file of a part; returns the number of its rows.
 *
 * @param from The whole path of the CSV.
 * @param to The whole path of the file, which is not there yet.
 * @param digest The dataset's own name, which the file has under the key `redd_digest`.
 * @throws the library's error.
 */
export function writeParquet(
  connection: DuckConnection,
  { columns }: Table,
  from: string,
  to: string,
  digest: string,
): Promise<number> {
  const rows = `SELECT ${columns.map(written).join(", ")} FROM ${
    readCsvSql(columns, [from], readAs)
  }`;
  return connection.run(
    `COPY (${rows}) TO ${literal(to)} (FORMAT parquet, COMPRESSION zstd, ` +
      `ROW_GROUP_SIZE ${GROUP_ROWS}, USE_TMP_FILE false, ` +
      `KV_METADATA {redd_digest: ${literal(digest)}})`,
  );
}

/**
 * Writes what says which columns the files have, with meanings, units and keys, and from which dataset
 * they were made.
 */
export function writeParquetPackage(
  folder: string,
  { manifest, title }: Pick<Dataset, "manifest" | "title">,
  tables: readonly TableData[],
  layout: ParquetLayout,
): void {
  const described = packageOf(
    manifest,
    tables.map(({ table }) => table),
    ({ name }) => ({
      paths: manifest.tables[name]!.parts.map((part) => parquetPath({ name }, part, layout)),
      format: "parquet",
      mediatype: "application/vnd.apache.parquet",
    }),
  );
  const redd = { digest: digestOfDataset(manifest), title, version: manifest.version };
  writeNew(
    `${folder}/datapackage.json`,
    `${JSON.stringify({ ...described, redd }, undefined, 2)}\n`,
  );
}
