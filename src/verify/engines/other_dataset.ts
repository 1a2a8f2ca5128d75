/** Whether a database holds another dataset than the one that it is held against. */
import type { ReddManifest } from "../../dataset/manifest.ts";
import { readLoads } from "../../load/ledger/loads.ts";
import { readParts } from "../../load/ledger/parts.ts";
import { someOf } from "../../names.ts";
import type { Target } from "../../postgres/target.ts";
import { quoted } from "../../quoted.ts";

/** So many digits of a load's digest are shown. */
const SHOWN = 12;

/**
 * What is said where the ledger knows loads, and none of this dataset: a load of some of its tables, or
 * of a shorter dataset that it continues, is one of it. Undefined where the ledger knows nothing.
 *
 * @throws {ReddError} input, where the ledger is none of Redd's.
 */
export async function otherDatasetIn(
  target: Target,
  { tables }: ReddManifest,
): Promise<string | undefined> {
  const own = new Set(
    Object.values(tables).flatMap(({ parts }) => parts.map(({ path, sha256 }) => path + sha256)),
  );
  const others: string[] = [];
  for (const { finished, schema, dataset, name } of await readLoads(target)) {
    if (!finished || schema !== target.schema) continue;
    const parts = await readParts(target, dataset);
    if (parts.every(({ path, sha256 }) => own.has(path + sha256))) return undefined;
    others.push(`${quoted(name)} (${dataset.slice(0, SHOWN)})`);
  }
  if (others.length === 0) return undefined;
  return `Another dataset was loaded there, and not this one, as its ledger of loads says: ${
    someOf(others)
  }.`;
}
