/** What a dataset can be exported as, and where to: words alone, for whoever reads a line. */

import { ARCHIVE_SUFFIX } from "../archive/entries.ts";

/** A folder of Parquet, or one DuckDB file. */
export type ExportFormat = "parquet" | "duckdb";

/** All of them. */
export const EXPORT_FORMATS: readonly ExportFormat[] = ["parquet", "duckdb"];

/**
 * How the files of Parquet lie: `flat` is `<table>.parquet` and `<table>/2025-01.parquet`; `hive`
 * gives every table a folder, and every month one in it, `<table>/month=2025-01/<table>.parquet`.
 */
export type ParquetLayout = "flat" | "hive";

/** All of them. */
export const LAYOUTS: readonly ParquetLayout[] = ["flat", "hive"];

/** Where a dataset is exported to unless it is said: beside its folder or archive, by its name. */
export function exportTarget(dataset: string, format: ExportFormat): string {
  const path = dataset.replace(/(?<=.)\/+$/, "");
  const named = path.endsWith(ARCHIVE_SUFFIX) ? path.slice(0, -ARCHIVE_SUFFIX.length) : path;
  return `${named}.${format}`;
}
