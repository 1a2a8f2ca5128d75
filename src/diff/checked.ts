/**
 * Comparing as everybody outside does it: what the manifest of a dataset says is checked before
 * anything is asked of the database.
 */
import { readDataset } from "../dataset/read_dataset.ts";
import { diffDataset as diffBelieved, type DiffOptions } from "./diff.ts";
import type { DiffReport } from "./report.ts";

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
