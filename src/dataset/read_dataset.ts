/** The manifest of a finished dataset that somebody hands over. */
import { openDatasetFolder } from "./dataset.ts";
import type { ReddManifest } from "./manifest.ts";

/**
 * Reads the manifest of a finished dataset, and holds it against the descriptions of the tables, its
 * own sums, its schedule and logs, the length of every file, and the rows of small tables. The rows
 * of the farm's days are compared with their digests when they are read.
 *
 * @throws {ReddError} input: no dataset, one of a later version, or one that is not as it says.
 */
export async function readDataset(folder: string): Promise<ReddManifest> {
  return (await openDatasetFolder(folder)).manifest;
}
