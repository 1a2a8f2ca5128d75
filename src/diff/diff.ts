/**
 * A dataset against the database that it was loaded into: every row by its content, in one state of
 * the database. Nothing is changed, and the files are read only where something differs.
 *
 * Deno permissions: read (the dataset), net (the server), env and sys (what the driver reads).
 */
import { withTarget } from "../postgres/with_target.ts";
import { ReddError } from "../errors.ts";
import { openDataset } from "../archive/open_dataset.ts";
import type { Dataset } from "../dataset/dataset.ts";
import { inspectParts, type TableData, tableDataOf } from "../dataset/table_data.ts";
import { datasetDigest, type LoadLine, readLoads } from "../load/ledger/loads.ts";
import type { Subset } from "../dataset/subset.ts";
import { shareSnapshot } from "../postgres/snapshot.ts";
import { redactUrl } from "../postgres/url.ts";
import { type DiffReport, totalsOf } from "./report.ts";
import { compareTables, type DiffProgress } from "./tables.ts";

/** How many connections read unless told otherwise. */
const JOBS = 2;

/** What a comparison is given besides dataset and connection string. */
export interface DiffOptions extends Subset {
  /** Connections that read side by side; 2 if absent. */
  readonly jobs?: number;
  /** Is told when a table begins, and every 20,000 rows. */
  readonly onProgress?: (progress: DiffProgress) => void;
  /** Ends the comparison; nothing changes by it in any case. */
  readonly signal?: AbortSignal;
}

/**
 * Compares a dataset with a database, row by row. A load that is not finished there is told, and its
 * rows are compared all the same. What the manifest of a folder says is checked before anything is
 * asked of the database.
 *
 * ```ts
 * import { diffDataset } from "@redd/redd";
 *
 * const url = "postgres://user:secret@127.0.0.1:5432/aquamind";
 * const { equal, tables } = await diffDataset("out/farm", url);
 * if (!equal) console.log(tables.filter((table) => !table.equal).map(({ name }) => name));
 * ```
 *
 * @param dataset The folder or the archive of a dataset, or one that is open and believed.
 * @param url The connection string, `postgres://user:password@host:port/database`.
 * @throws {ReddError} input: no dataset, one that is not as its manifest says, tables that it does
 *   not have or that the database lacks; environment: no connection, no rights; interrupted: the
 *   signal.
 */
export async function diffDataset(
  dataset: string | Dataset,
  url: string,
  options: DiffOptions = {},
): Promise<DiffReport> {
  const opened = typeof dataset === "string" ? await openDataset(dataset) : dataset;
  const began = performance.now();
  const { name } = opened;
  const all = tableDataOf(opened);
  const tableData = chosen(opened, all, options);
  inspectParts(opened, tableData);
  const { signal, jobs = JOBS, onProgress } = options;
  const wanted = { dataset: opened, tableData };
  const what = {
    url,
    signal,
    cannot: `compare the dataset ${name} with ${redactUrl(url)}`,
    remedy: "Compare again when that is mended",
    interrupted: {
      cannot: `finish comparing ${name}`,
      remedy: "Nothing has changed; compare again when you like",
    },
  };
  return await withTarget(what, async (target, held) => {
    await shareSnapshot(held.targets, jobs);
    held.throwIfAborted();
    const lines = (await readLoads(target)).filter(({ schema }) => schema === target.schema);
    const line = lineOf(lines, [tableData, all], target.schema);
    const unfinished = lines.find(({ finished }) => !finished)?.name;
    const whole = line === undefined ? wanted : { ...wanted, line };
    const tables = await compareTables(held.targets, whole, onProgress);
    return {
      target: redactUrl(url),
      serverVersion: target.version,
      ...(unfinished === undefined ? {} : { unfinished }),
      tables,
      ...totalsOf(tables),
      seconds: (performance.now() - began) / 1000,
    };
  });
}

/** The tables that are compared. One may be without those to which it refers. */
function chosen(
  { name }: Dataset,
  tableData: readonly TableData[],
  { tables, without = [] }: Subset,
): readonly TableData[] {
  const stranger = tables?.find((name) => !tableData.some(({ table }) => table.name === name));
  if (stranger !== undefined) {
    throw new ReddError("input", "TABLE_UNKNOWN", {
      cannot: `compare a part of ${name}`,
      because: `it has no table ${stranger}`,
      remedy: "Name tables as its files in data/ are called",
    });
  }
  return tableData.filter(({ table }) =>
    (tables === undefined || tables.includes(table.name)) && !without.includes(table.group)
  );
}

/** The load of these tables that the ledger has, if any: of the chosen, or of all. */
function lineOf(
  lines: readonly LoadLine[],
  choices: readonly (readonly TableData[])[],
  schema: string,
): LoadLine | undefined {
  const digests = choices.map((tableData) => datasetDigest(tableData, schema));
  return lines.findLast(({ dataset }) => digests.includes(dataset));
}
