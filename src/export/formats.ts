/** What a dataset can be exported as, and where to: words alone, for whoever reads a line. */

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

/** Where a dataset is exported to unless it is said: beside it, by its name. */
export function exportTarget(dataset: string, format: ExportFormat): string {
  return `${dataset.replace(/(?<=.)\/+$/, "")}.${format}`;
}
