/**
 * Writes a dataset in the format of another tool, through DuckDB.
 *
 * Deno permissions: read (the dataset, the target's folder and those above it), write (the target, and
 * that with `.partial`), ffi (DuckDB's library).
 */
import { resolve } from "node:path";
import { filesOf, type FilesOfOptions } from "../archive/files_of.ts";
import { openDataset } from "../archive/open_dataset.ts";
import type { Dataset } from "../dataset/dataset.ts";
import type { DatasetPart } from "../dataset/manifest.ts";
import { digestOfDataset } from "../dataset/manifest_digest.ts";
import { requirePart } from "../dataset/records.ts";
import { inspectParts, type TableData, tableDataOf } from "../dataset/table_data.ts";
import {
  type DuckConnection,
  type DuckLimits,
  type DuckSession,
  openDuck,
} from "../duckdb/session.ts";
import { ReddError } from "../errors.ts";
import type { Table } from "../tables/description.ts";
import { createRest, makeTables } from "./database.ts";
import { type Doing, exportFault, requireExporting } from "./failures.ts";
import { type ExportFormat, exportTarget, type ParquetLayout } from "./formats.ts";
import { makeParquetFolders, parquetPath, writeParquet, writeParquetPackage } from "./parquet.ts";
import { fileOfPart, wantedTables } from "./parts.ts";
import { beginWork, exportFailure, type ExportWork } from "./target.ts";

/** How a dataset is exported. */
export interface ExportOptions extends Omit<DuckLimits, "store"> {
  /** Parquet unless given. */
  readonly format?: ExportFormat;
  /** How the files of Parquet lie; flat unless given. */
  readonly layout?: ParquetLayout;
  /** The path of the folder or file; beside the dataset, by its name, unless given. */
  readonly output?: string;
  /** Only these tables: names, or patterns such as `batch_*`. */
  readonly tables?: readonly string[];
  /** Called with every part as it begins to be read. */
  readonly onPart?: (progress: ExportProgress) => void;
  /** Where and how an archive is unpacked, which DuckDB does not read as it is. */
  readonly unpacking?: FilesOfOptions;
  /** Ends the export, of which nothing is left then. */
  readonly signal?: AbortSignal;
}

/** How far an export is. */
export interface ExportProgress {
  /** The table whose part is next. */
  readonly table: string;
  /** Rows that are written. */
  readonly rows: number;
  /** Rows of all that is wanted. */
  readonly allRows: number;
}

/** What was exported. */
export interface ExportReport {
  /** The path of the folder or file. */
  readonly target: string;
  /** What it is. */
  readonly format: ExportFormat;
  /** How many tables it has. */
  readonly tables: number;
  /** Rows of all of them. */
  readonly rows: number;
  /** Files of the target. */
  readonly files: number;
  /** Bytes of these. */
  readonly bytes: number;
  /** How long it took. */
  readonly seconds: number;
}

/** Parts that are at work side by side: two keep DuckDB's threads busy, months being small. */
const LANES = 2;

/**
 * Exports a dataset. Every file is read through and compared with the manifest before anything is
 * made of it. The target appears when it is whole.
 *
 * ```ts
 * import { exportDataset } from "@redd/redd";
 *
 * const { target, rows } = await exportDataset("out/farm", { format: "parquet", layout: "hive" });
 * console.log(`${rows} rows in ${target}`);
 * ```
 *
 * @param dataset The folder or the archive of a dataset, or one that is open.
 * @throws {ReddError} input: no dataset, one whose files are not those of its manifest, a table that it
 *   has not, or a target that is there already; environment: the target cannot be written, or DuckDB
 *   cannot be used or has too little memory; interrupted: the signal.
 */
export async function exportDataset(
  dataset: string | Dataset,
  options: ExportOptions = {},
): Promise<ExportReport> {
  const began = performance.now();
  const opened = typeof dataset === "string" ? await openDataset(dataset) : dataset;
  const { format = "parquet", output = exportTarget(opened.name, format) } = options;
  if (format === "duckdb") refuseSettings(output);
  const tables = wantedTables(tableDataOf(opened), options.tables);
  using work = beginWork(output);
  const { signal, unpacking } = options;
  await using filed = await filesOf(opened, {
    ...unpacking,
    ...signal === undefined ? {} : { signal },
  });
  inspectParts(filed, tables);
  const task = taskOf(filed, output, tables, options);
  const write = format === "parquet" ? asParquet : asDatabase;
  const files = await write(task, work, options).catch((thrown) => {
    requireExporting(options.signal, output);
    throw exportFailure(output, thrown);
  });
  return {
    target: output,
    format,
    tables: tables.length,
    rows: task.rows(),
    ...files,
    seconds: (performance.now() - began) / 1000,
  };
}

/** What is to be exported, and how far that is. */
interface Task {
  readonly dataset: Dataset;
  readonly target: string;
  readonly tables: readonly TableData[];
  /**
   * The whole path of a part's file, which has been read through.
   *
   * @throws {ReddError} input, where it is not the one that was generated; interrupted.
   */
  checked(table: Table, part: DatasetPart): Promise<string>;
  /** The files of the tables' parts. */
  readonly paths: readonly string[];
  /** Counts rows that are written; of a part those that it should have. */
  wrote(table: Table, rows: number, expected: number, part?: DatasetPart): void;
  /** How many there are so far. */
  rows(): number;
  /** What has failed, for the user. */
  fault(cause: unknown, table?: Table, part?: DatasetPart): unknown;
}

function taskOf(
  dataset: Dataset,
  target: string,
  tables: readonly TableData[],
  { onPart, signal }: ExportOptions,
): Task {
  const allRows = tables.reduce((sum, { entry }) => sum + entry.rows, 0);
  let rows = 0;
  const doing = (table?: Table, part?: DatasetPart): Doing => ({
    dataset: dataset.name,
    target,
    ...table === undefined ? {} : { table },
    ...part === undefined ? {} : { part: part.path },
  });
  return {
    dataset,
    target,
    tables,
    paths: tables.flatMap(({ entry }) => entry.parts.map((part) => fileOfPart(dataset, part))),
    async checked(table, part) {
      requireExporting(signal, target);
      onPart?.({ table: table.name, rows, allRows });
      await requirePart(dataset, part, "export", () => requireExporting(signal, target));
      requireExporting(signal, target);
      return fileOfPart(dataset, part);
    },
    wrote(table, found, expected, part) {
      rows += found;
      if (found === expected) return;
      throw new ReddError("input", "PART_UNREADABLE", {
        cannot: `export ${dataset.name}`,
        because: `${part?.path ?? table.name} has ${found} rows, expected ${expected}`,
        remedy: "Run verify, which tells what is wrong with its files",
      });
    },
    rows: () => rows,
    fault: (cause, table, part) => {
      requireExporting(signal, target);
      return exportFault(cause, doing(table, part));
    },
  };
}

/** How many files were made, and their bytes. */
interface Made {
  readonly files: number;
  readonly bytes: number;
}

/** @throws {ReddError} input, for a path of which DuckDB takes a part for settings. */
function refuseSettings(output: string): void {
  if (!resolve(output).includes("?")) return;
  throw new ReddError("input", "PATH_INVALID", {
    cannot: `export to ${output}`,
    because: "DuckDB takes what stands behind a ? in a path for settings",
    remedy: "Give another path with --output",
  });
}

/** Has the signal end what a connection is at. */
function endedBy(signal: AbortSignal | undefined, connection: DuckConnection): Disposable {
  const interrupt = () => connection.interrupt();
  signal?.addEventListener("abort", interrupt);
  return { [Symbol.dispose]: () => signal?.removeEventListener("abort", interrupt) };
}

/**
 * Works with a DuckDB that is closed then. What it has written reaches the disk as late as that, so
 * what closing says is told as well, unless the work has failed before.
 */
async function inDuck(
  opening: Promise<DuckSession>,
  { fault }: Task,
  work: (session: DuckSession) => Promise<void>,
): Promise<void> {
  const session = await opening.catch((cause) => {
    throw fault(cause);
  });
  const close = async () => await session[Symbol.asyncDispose]();
  await work(session).catch(async (thrown) => {
    await close().catch(() => {});
    throw thrown;
  });
  await close().catch((cause) => {
    throw fault(cause);
  });
}

async function asParquet(task: Task, work: ExportWork, options: ExportOptions): Promise<Made> {
  const { layout = "flat", signal } = options;
  const { tables } = task;
  makeParquetFolders(work.folder, tables, layout);
  const parts = tables.flatMap(({ table, entry }) => entry.parts.map((part) => ({ table, part })));
  const made: string[] = [];
  const digest = digestOfDataset(task.dataset.manifest);
  const opening = openDuck(task.paths, { ...limitsOf(options), folder: work.folder });
  await inDuck(opening, task, async (session) => {
    let next = 0;
    const lane = async (connection: DuckConnection) => {
      using _ = endedBy(signal, connection);
      for (let one = parts[next++]; one !== undefined; one = parts[next++]) {
        const { table, part } = one;
        const from = await task.checked(table, part);
        const to = `${work.folder}/${parquetPath(table, part, layout)}`;
        const rows = await writeParquet(connection, table, from, to, digest).catch((cause) => {
          throw task.fault(cause, table, part);
        });
        task.wrote(table, rows, part.rows, part);
        made.push(to);
      }
    };
    const lanes = [session, ...await Promise.all(besides(session.beside))].map((one) =>
      lane(one).catch((thrown) => {
        // The others end after what they are at.
        next = parts.length;
        throw thrown;
      })
    );
    const ends = await Promise.allSettled(lanes);
    const failed = ends.find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
  });
  writeParquetPackage(work.folder, task.dataset, tables, layout);
  const bytes = made.reduce((sum, path) => sum + Deno.statSync(path).size, 0);
  requireExporting(signal, task.target);
  await work.finish();
  return { files: made.length, bytes };
}

function besides(open: () => Promise<DuckConnection>): Promise<DuckConnection>[] {
  return Array.from({ length: LANES - 1 }, open);
}

/**
 * Up to so many bytes of CSV a file of small blocks is smaller: of `lifecycle` (53 MB) 37 MB in place
 * of 98, and of `small` (0.5 GB) 275 in place of 178.
 */
const LITTLE = 200_000_000;

/** The name of the file while it is made. */
const DATABASE = "export.duckdb";

async function asDatabase(task: Task, work: ExportWork, options: ExportOptions): Promise<Made> {
  const { dataset: { manifest, title }, tables } = task;
  const store = `${work.folder}/${DATABASE}`;
  const opening = openDuck(task.paths, {
    ...limitsOf(options),
    store,
    folder: work.folder,
    smallBlocks: tables.reduce((sum, { entry }) => sum + entry.bytes, 0) < LITTLE,
  });
  await inDuck(opening, task, async (session) => {
    using _ = endedBy(options.signal, session);
    await makeTables(session, tables, {
      fileOf: ({ table }, part) => task.checked(table, part),
      wrote({ table }, rows, parts) {
        const expected = parts.reduce((sum, part) => sum + part.rows, 0);
        task.wrote(table, rows, expected, parts.length === 1 ? parts[0] : undefined);
      },
      fault: (cause, data) => task.fault(cause, data?.table),
    });
    const names = new Set(tables.map(({ table }) => table.name));
    await session.run(createRest(manifest, title, names)).catch((cause) => {
      throw task.fault(cause);
    });
  });
  const { size } = Deno.statSync(store);
  requireExporting(options.signal, task.target);
  await work.finish(store);
  return { files: 1, bytes: size };
}

function limitsOf({ memory, threads }: ExportOptions): DuckLimits {
  return {
    ...memory === undefined ? {} : { memory },
    ...threads === undefined ? {} : { threads },
  };
}
