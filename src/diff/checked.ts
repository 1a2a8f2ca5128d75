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
 * ```ts
 * import { diffDataset } from "@redd/redd";
 *
 * const url = "postgres://user:secret@127.0.0.1:5432/aquamind";
 * const { equal, tables } = await diffDataset("out/farm", url);
 * if (!equal) console.log(tables.filter((table) => !table.equal).map(({ name }) => name));
 * ```
 *
 * @param url The connection string, `postgres://user:password@host:port/database`.
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
