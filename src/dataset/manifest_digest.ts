/** The digest by which a dataset is named, wherever it lies and however it came there. */
import { createHash } from "node:crypto";
import { ReddError } from "../errors.ts";
import { canonicalJson } from "../fixtures/canonical_json.ts";
import type { ReddManifest } from "./manifest_type.ts";

/** How a digest is written. */
export const DIGEST_FORM = /^sha256:[0-9a-f]{64}$/;

/**
 * The dataset's own name: the sha256 of its manifest as canonical JSON, as `sha256:` and 64
 * hexadecimal digits. The manifest has the digest of every file, so two datasets of one digest are
 * equal to the byte.
 */
export function digestOfDataset(manifest: ReddManifest): string {
  return `sha256:${createHash("sha256").update(canonicalJson(manifest)).digest("hex")}`;
}

/**
 * Makes sure that a dataset is the one that its user has in mind.
 *
 * @param name What messages call the dataset.
 * @param expect As {@linkcode digestOfDataset} gives it; any dataset will do if absent.
 * @throws {ReddError} input, for another one.
 */
export function requireDigest(
  name: string,
  manifest: ReddManifest,
  expect: string | undefined,
): void {
  if (expect === undefined) return;
  const found = digestOfDataset(manifest);
  if (found === expect) return;
  throw new ReddError("input", "ANOTHER_DIGEST", {
    cannot: `use the dataset ${name}`,
    because: `its digest is ${found}, expected ${expect}`,
    remedy: "It is another dataset than the one that was named: fetch that, or name this one",
  });
}
