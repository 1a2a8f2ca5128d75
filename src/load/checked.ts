/**
 * Loading as everybody outside does it: what the manifest of a dataset says is checked
 * before anything is asked of the database.
 */
import { readDataset } from "../dataset/read_dataset.ts";
import type { LoadReport } from "./report.ts";
import { load as loadBelieved, type MethodOptions } from "./rebuild/method.ts";
import type { RebuildReport } from "./rebuild/rebuild.ts";

/**
 * Loads a dataset folder into a database, in the way that is asked for or that fits.
 *
 * ```ts
 * import { load } from "@redd/redd";
 *
 * const url = "postgres://user:secret@127.0.0.1:5432/aquamind";
 * const { method, rows, alreadyThere } = await load("out/farm", { url });
 * console.log(alreadyThere ? "It was there already." : `${rows} rows, ${method}.`);
 * ```
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
