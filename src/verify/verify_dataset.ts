/**
 * Verifies the files of a dataset, without a database.
 *
 * Deno permissions: read (the dataset), ffi and env (DuckDB).
 */
import { type Dataset, openDataset } from "../dataset/dataset.ts";
import type { ReddManifest } from "../dataset/manifest.ts";
import { allChecks } from "./catalogue.ts";
import { chosenChecks } from "./choice.ts";
import type { DuckLimits } from "./engines/duckdb_session.ts";
import { openFilesEngine, requireGoing } from "./engines/files.ts";
import { whySkipped } from "./judge.ts";
import type { VerifyReport } from "./report.ts";
import { runChecks, type VerifyOptions } from "./run.ts";

/** What a verification of files is given besides the dataset. */
export interface VerifyDatasetOptions extends VerifyOptions, DuckLimits {
  /** Called with every table as it begins to be read, with its place from 0 and their number. */
  readonly onTable?: (table: string, place: number, all: number) => void;
}

/**
 * Reads the files of a dataset and runs every check of the catalogue that files can answer; those of
 * a database alone are skipped and say so. The same check gives the same verdict as
 * {@linkcode verifyDatabase} gives of a database that holds these rows.
 *
 * ```ts
 * import { verifyDataset } from "@redd/redd";
 *
 * const { ok, results } = await verifyDataset("out/farm", { only: ["LAW-FEED*", "C-17"] });
 * const failed = results.filter(({ status }) => status === "failed");
 * console.log(ok, failed.map(({ check, details }) => `${check.id}: ${details.join("; ")}`));
 * ```
 *
 * @param dataset The folder of a dataset, or one that is open and believed.
 * @throws {ReddError} input: no dataset, one that is not as its manifest says, files that are not of
 *   their tables' types, a check that there is not; environment: DuckDB cannot be used, or has too
 *   little memory; interrupted: the signal. What the checks find is in the report.
 */
export async function verifyDataset(
  dataset: string | Dataset,
  options: VerifyDatasetOptions = {},
): Promise<VerifyReport> {
  const opened = typeof dataset === "string" ? await openDataset(dataset) : dataset;
  const { manifest } = opened;
  const tables = tablesFor(manifest, options.only);
  await using engine = await openFilesEngine(opened, { ...options, tables });
  return await runChecks(
    engine,
    manifest,
    options,
    () => requireGoing(opened, options.signal),
  );
}

/** The tables that the checks will read which files can answer. */
function tablesFor(manifest: ReddManifest, only?: readonly string[]): ReadonlySet<string> {
  const all = Object.keys(manifest.tables);
  const asked = chosenChecks(allChecks, only)
    .filter((check) => whySkipped(check, manifest, []) === undefined);
  return new Set(asked.flatMap(({ tables }) => tables.length === 0 ? all : tables));
}
