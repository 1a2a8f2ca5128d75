/** The pinned digests of the small dataset. */
import type { ReddManifest } from "../../src/dataset/manifest.ts";

/** The file that holds those of the documented one. */
export const GOLDEN = new URL("./golden.json", import.meta.url);

/** The same of the dataset of `field`. */
export const GOLDEN_OF_FIELD = new URL("./golden_field.json", import.meta.url);

/** Digest of every part by its path. */
export function digestsOfParts({ tables }: ReddManifest): Record<string, string> {
  const parts = Object.values(tables).flatMap((table) => table.parts);
  parts.sort((a, b) => a.path < b.path ? -1 : 1);
  return Object.fromEntries(parts.map(({ path, sha256 }) => [path, sha256]));
}
