/** The two ways to load, and which of them a load takes by itself (rulings.md#33). */
import { withTarget } from "../../postgres/with_target.ts";
import { interruptedLoad } from "../interruption.ts";
import { openDataset } from "../../archive/open_dataset.ts";
import type { Dataset } from "../../dataset/dataset.ts";
import { type TableData, tableDataOf } from "../../dataset/table_data.ts";
import { datasetDigest, readLoads } from "../ledger/loads.ts";
import { readParts } from "../ledger/parts.ts";
import { loadDeferred } from "../load.ts";
import { findBase } from "../plan/continuation.ts";
import type { Method } from "../method_names.ts";
export type { Method } from "../method_names.ts";
import type { LoadReport } from "../report.ts";
import { beginReading, LOCK_TIMEOUT } from "../../postgres/session.ts";
import { chosenTableData } from "../../dataset/subset.ts";
import { type Target } from "../../postgres/target.ts";
import { rebuildDataset, type RebuildOptions, type RebuildReport } from "./rebuild.ts";

/** More rows than this are rebuilt, whatever the server's memory. */
export const MANY_ROWS = 2_000_000;

/** Bytes of the server's memory that a deferred foreign key takes for every row (measured). */
const EVENT_BYTES = 23;

/** What a load is given. */
export interface MethodOptions extends RebuildOptions {
  /** `auto` if absent. */
  readonly method?: Method;
  /** Called with the way that is taken, before anything changes. */
  readonly onMethod?: (method: "deferred" | "rebuild") => void;
}

/**
 * Loads a dataset into a database, in the way that is asked for or that fits. What the manifest of
 * a folder says is checked before anything is asked of the database.
 *
 * ```ts
 * import { load } from "@redd/redd";
 *
 * const url = "postgres://user:secret@127.0.0.1:5432/aquamind";
 * const { method, rows, alreadyThere } = await load("out/farm", { url });
 * console.log(alreadyThere ? "It was there already." : `${rows} rows, ${method}.`);
 * ```
 *
 * @param dataset The folder or the archive of a dataset, or one that is open and believed.
 * @throws {ReddError} input: no dataset, one that is not as its manifest says, a target whose tables
 *   differ, hold rows or contradict, rows that the server refuses; environment: no connection, no
 *   rights, a lock that is not given up; interrupted: the signal.
 */
export async function load(
  dataset: string | Dataset,
  options: MethodOptions,
): Promise<LoadReport | RebuildReport> {
  const opened = typeof dataset === "string" ? await openDataset(dataset) : dataset;
  const { method = "auto" } = options;
  const chosen = method === "auto" ? await chooseMethod(opened, options) : method;
  options.onMethod?.(chosen);
  return await (chosen === "rebuild" ? rebuildDataset : loadDeferred)(opened, options);
}

/**
 * The way that `auto` takes: the rebuild way for a load that it has left unfinished, for more than
 * 2 M rows, and where the checks of foreign keys that wait for the end of one transaction would take
 * more than a quarter of the server's memory; otherwise the deferred way, and always for a dataset
 * of which the beginning is loaded.
 *
 * @throws {ReddError} input, when the dataset is damaged; environment, when there is no connection,
 *   or the ledger is locked and not given up; interrupted: the signal.
 */
export async function chooseMethod(
  dataset: Dataset,
  options: Pick<
    MethodOptions,
    "url" | "replace" | "tables" | "without" | "lockTimeout" | "signal"
  >,
): Promise<"deferred" | "rebuild"> {
  const tableData = chosenTableData(tableDataOf(dataset), options);
  const { url, signal, lockTimeout = LOCK_TIMEOUT } = options;
  const what = {
    url,
    signal,
    cannot: `load the dataset ${dataset.name}`,
    interrupted: interruptedLoad(dataset),
  };
  return await withTarget(what, async (target) => {
    await beginReading(target, { lockTimeout });
    const loads = await readLoads(target);
    const same = datasetDigest(tableData, target.schema);
    if (loads.some((line) => line.dataset === same && !line.finished)) return "rebuild";
    const own = loads.filter(({ schema }) => schema === target.schema);
    const parts = (digest: string) => readParts(target, digest);
    const base = options.replace ? undefined : await findBase(dataset, tableData, own, parts);
    if (base !== undefined) return "deferred";
    const rows = tableData.reduce((sum, { entry }) => sum + entry.rows, 0);
    if (rows > MANY_ROWS) return "rebuild";
    return deferredBytes(tableData) > await serverMemory(target) / 4 ? "rebuild" : "deferred";
  });
}

/** Bytes that the server holds for deferred foreign keys until a load commits. */
export function deferredBytes(tableData: readonly TableData[]): number {
  return tableData.reduce((sum, { table, entry }) => {
    const keys = table.columns.filter(({ references }) => references !== undefined).length;
    return sum + entry.rows * keys * EVENT_BYTES;
  }, 0);
}

/**
 * The server's memory in bytes. Who may read the server's files learns it from the system; anybody
 * else takes what the server's own configuration supposes there to be for its data,
 * effective_cache_size.
 */
export async function serverMemory(target: Target): Promise<number> {
  const [configured] = await target.query<{ bytes: string; trusted: boolean }>(
    `select pg_size_bytes(current_setting('effective_cache_size'))::text as bytes,
       pg_has_role('pg_read_server_files', 'USAGE') and
         has_function_privilege('pg_read_file(text,bigint,bigint,boolean)', 'EXECUTE') as trusted`,
  );
  const supposed = Number(configured?.bytes ?? 0);
  if (!configured?.trusted) return supposed;
  const [told] = await target.query<{ text: string | null }>(
    "select pg_read_file('/proc/meminfo', 0, 200, true) as text",
  ).catch(() => []);
  const kilobytes = /^MemTotal:\s+(\d+) kB/m.exec(told?.text ?? "")?.[1];
  return kilobytes === undefined ? supposed : Number(kilobytes) * 1024;
}
