/**
 * An extended dataset begins with the very bytes of the shorter one (rulings.md#29). Whether a target
 * holds that shorter one is said by its ledger, which keeps bytes and sha256 of every part: then only
 * what follows is loaded (rulings.md#31).
 */
import type { Dataset } from "../../dataset/dataset.ts";
import type { DatasetPart } from "../../dataset/manifest.ts";
import type { TableData } from "../../dataset/table_data.ts";
import type { LoadLine } from "../ledger/loads.ts";
import type { PartLine } from "../ledger/parts.ts";
import { PartChanged, partChanged } from "../../dataset/part_file.ts";

/** What of a dataset is there already. */
export interface Base {
  readonly line: LoadLine;
  /** The parts that were loaded, by path. */
  readonly parts: ReadonlyMap<string, PartLine>;
}

/** Kinds of tables whose rows are final: a longer dataset only adds to their files. */
const FINAL = ["windowed", "joined"];

/**
 * Finds the load that a dataset continues: every file of final rows begins with the bytes that were
 * loaded, and static files are the same.
 */
export async function findBase(
  dataset: Dataset,
  tableData: readonly TableData[],
  loads: readonly LoadLine[],
  partsOf: (dataset: string) => Promise<readonly PartLine[]>,
): Promise<Base | undefined> {
  for (const line of loads.toReversed()) {
    if (!line.finished) continue;
    const parts = new Map((await partsOf(line.dataset)).map((part) => [part.path, part]));
    if (await continues(dataset, tableData, parts)) return { line, parts };
  }
  return undefined;
}

async function continues(
  dataset: Dataset,
  tableData: readonly TableData[],
  loaded: ReadonlyMap<string, PartLine>,
): Promise<boolean> {
  const all = tableData.flatMap(({ entry }) => entry.parts.map((part) => ({ entry, part })));
  const paths = new Set(all.map(({ part }) => part.path));
  // The file of a table, or of a month, that had no rows may be gone: then there are rows elsewhere.
  if ([...loaded.values()].some(({ path, rows }) => rows > 0 && !paths.has(path))) return false;
  let shared = false;
  const changed: { readonly part: DatasetPart; readonly before: PartLine }[] = [];
  for (const { entry, part } of all) {
    const { path, bytes, sha256 } = part;
    const before = loaded.get(path);
    if (before === undefined) continue;
    const same = before.sha256 === sha256;
    if (entry.kind === "static" && !same) return false;
    if (!FINAL.includes(entry.kind)) continue;
    if (bytes < before.bytes) return false;
    shared ||= before.rows > 0;
    if (!same) changed.push({ part, before });
  }
  if (!shared) return false;
  for (const { part, before } of changed) {
    if (await beginningOf(dataset, part, before.bytes) !== before.sha256) return false;
  }
  return true;
}

/**
 * The sha256 of a part's first bytes.
 *
 * @throws {ReddError} input, when its file is not the one that was generated.
 */
async function beginningOf(dataset: Dataset, part: DatasetPart, bytes: number): Promise<string> {
  try {
    using file = dataset.open(part);
    const buffer = new Uint8Array(256 * 1024);
    for (let left = bytes; left > 0;) {
      const length = await file.read(buffer.subarray(0, Math.min(left, buffer.length)));
      if (length === undefined) break;
      left -= length;
    }
    return file.digest();
  } catch (cause) {
    if (!(cause instanceof PartChanged)) throw cause;
    throw partChanged(`load ${dataset.whereIs(part)}`, cause);
  }
}
