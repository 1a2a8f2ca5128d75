/**
 * Loading and comparing as everybody outside does it: what the manifest of a dataset says is checked
 * before anything is asked of the database.
 */
import { readDataset } from "../dataset/read_dataset.ts";
import { diffDataset as diffBelieved, type DiffOptions } from "../diff/diff.ts";
import type { DiffReport } from "../diff/report.ts";
import type { LoadReport } from "./report.ts";
import { load as loadBelieved, type MethodOptions } from "./rebuild/method.ts";
import type { RebuildReport } from "./rebuild/rebuild.ts";

/**
 * Loads a dataset folder into a database, in the way that is asked for or that fits.
 *
 * @throws {ReddError} input: no dataset, one that is not as its manifest says, a target whose tables
 *   differ, hold rows or contradict, rows that the server refuses; environment: no connection, no
 *   rights, a lock that is not given up; interrupted: the signal.
 */
export async function load(
  folder: string,
  options: MethodOptions,
): Promise<LoadReport | RebuildReport> {
  const manifest = options.manifest ?? await readDataset(folder);
  return await loadBelieved(folder, { ...options, manifest });
}

/**
 * Compares a dataset folder with a database, row by row.
 *
 * @throws {ReddError} input: no dataset, one that is not as its manifest says, tables that the
 *   database lacks; environment: no connection, no rights; interrupted: the signal.
 */
export async function diffDataset(
  folder: string,
  url: string,
  options: DiffOptions = {},
): Promise<DiffReport> {
  const manifest = options.manifest ?? await readDataset(folder);
  return await diffBelieved(folder, url, { ...options, manifest });
}
