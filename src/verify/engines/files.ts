/**
 * The engine of files: DuckDB reads the parts of a dataset into tables of its own, typed as they are
 * described, and asks those. No server is needed, and no file changes.
 *
 * DuckDB goes around Deno's permissions; `duckdb/session.ts` shuts it in.
 */
import type { Dataset } from "../../dataset/dataset.ts";
import { PartChanged } from "../../dataset/part_file.ts";
import { tableDataOf } from "../../dataset/table_data.ts";
import { messageOf, ReddError } from "../../errors.ts";
import { type Engine, QueryRefused, type ResultRow } from "../../catalogue/engine.ts";
import { type DuckLimits, openDuck } from "../../duckdb/session.ts";
import { type FileOf, isOutOfMemory, readTable, type UnreadPart } from "../../duckdb/tables.ts";

/** What a dataset's files are read for, as messages call it. */
export interface ReadingPurpose {
  /** Completes "cannot … out/farm". */
  readonly verb: string;
  /** Completes "cannot finish … out/farm". */
  readonly doing: string;
  /** The last words of a remedy: `verify again`. */
  readonly again: string;
}

const VERIFYING: ReadingPurpose = { verb: "verify", doing: "verifying", again: "verify again" };

/** How a dataset's files are read. */
export interface FilesOptions extends DuckLimits {
  /** Only these tables; all that the dataset has if absent. */
  readonly tables?: ReadonlySet<string>;
  /** Of these tables these columns alone; all of a table that is not named. */
  readonly columns?: ReadonlyMap<string, ReadonlySet<string>>;
  /** What they are read for, in messages; verifying if absent. */
  readonly purpose?: ReadingPurpose;
  /** Called with every table as it begins to be read, with its place from 0 and their number. */
  readonly onTable?: (table: string, place: number, all: number) => void;
  /** Whether a table's files have the form that they should have; all are taken to have it if absent. */
  readonly isFormed?: (table: string) => Promise<boolean>;
  /** Ends the reading, and every query. */
  readonly signal?: AbortSignal | undefined;
}

/** The engine of a dataset's files; what it holds is let go with it. */
export interface FilesEngine extends Engine, AsyncDisposable {
  /** Tables that were to be read and could not be, and the parts at which that failed. */
  readonly unread: ReadonlyMap<string, readonly UnreadPart[]>;
  /**
   * Runs statements on the tables, which are the engine's own: the files stay as they are.
   *
   * @throws the library's error.
   */
  run(sql: string): Promise<void>;
}

/**
 * Reads a dataset's files. A table that cannot be read is not there afterwards, which `unread` tells.
 *
 * @throws {ReddError} input, for a dataset whose parts are no files; environment, where DuckDB cannot
 *   be used or has too little memory; interrupted, when the signal was aborted.
 */
export async function openFilesEngine(
  dataset: Dataset,
  options: FilesOptions = {},
): Promise<FilesEngine> {
  const { tables, columns, signal, isFormed = () => Promise.resolve(true) } = options;
  const purpose = options.purpose ?? VERIFYING;
  const fail = (cause: unknown): never => failed(dataset, signal, cause, purpose);
  const tableData = tableDataOf(dataset).filter(({ table }) => tables?.has(table.name) ?? true);
  const fileOf = filesOf(dataset, purpose);
  const paths = tableData.flatMap(({ entry }) => entry.parts.flatMap((part) => fileOf(part) ?? []));
  const session = await openDuck(paths, options);
  const interrupt = () => session.interrupt();
  signal?.addEventListener("abort", interrupt);
  const close = async () => {
    signal?.removeEventListener("abort", interrupt);
    await session[Symbol.asyncDispose]();
  };
  const unread = new Map<string, readonly UnreadPart[]>();
  try {
    for (const [place, one] of tableData.entries()) {
      requireGoing(dataset, signal, purpose);
      options.onTable?.(one.table.name, place, tableData.length);
      const failing = await isFormed(one.table.name)
        ? await readTable(session, one, fileOf, columns?.get(one.table.name)).catch(fail)
        : [];
      if (failing !== undefined) unread.set(one.table.name, failing);
    }
  } catch (thrown) {
    await close();
    throw thrown;
  }
  return {
    name: "DuckDB",
    abilities: [],
    unread,
    async ask({ sql, args, limit }) {
      const text =
        `SELECT CAST(to_json(verified) AS varchar) FROM (${sql}) verified LIMIT ${limit}`;
      try {
        return (await session.texts(text, args)).map(rowOf);
      } catch (cause) {
        if (signal?.aborted || isOutOfMemory(cause)) fail(cause);
        throw new QueryRefused(messageOf(cause).trim().split("\n")[0]!, { cause });
      }
    },
    async run(sql) {
      await session.run(sql);
    },
    [Symbol.asyncDispose]: close,
  };
}

function filesOf(dataset: Dataset, { verb }: ReadingPurpose): FileOf {
  if (dataset.fileOf === undefined) {
    throw new ReddError("input", "PARTS_NO_FILES", {
      cannot: `${verb} ${dataset.name}`,
      because: "its parts are no files, and DuckDB reads nothing else",
      remedy: `Unpack it into a folder, and ${verb} that`,
    });
  }
  return (part) => {
    try {
      return dataset.fileOf!(part);
    } catch (thrown) {
      if (thrown instanceof PartChanged) return undefined;
      throw thrown;
    }
  };
}

/** @throws {ReddError} interrupted, when the signal was aborted. */
export function requireGoing(
  dataset: Dataset,
  signal: AbortSignal | undefined,
  { doing, again }: ReadingPurpose = VERIFYING,
): void {
  if (!signal?.aborted) return;
  throw new ReddError("interrupted", "INTERRUPTED", {
    cannot: `finish ${doing} ${dataset.name}`,
    because: "it was interrupted",
    remedy: `Nothing has changed there; ${again} when you like`,
  });
}

/** Says why nothing more can be asked. */
function failed(
  dataset: Dataset,
  signal: AbortSignal | undefined,
  cause: unknown,
  purpose: ReadingPurpose,
): never {
  requireGoing(dataset, signal, purpose);
  if (cause instanceof ReddError) throw cause;
  throw new ReddError("environment", "DUCKDB_FAILED", {
    cannot: `${purpose.verb} ${dataset.name}`,
    because: `DuckDB says: ${messageOf(cause).trim().split("\n")[0]}`,
    remedy: isOutOfMemory(cause)
      ? "Allow it more memory, or keep its tables in a file"
      : `Look at the disk and the memory of this machine, and ${purpose.again}`,
    cause,
  });
}

/** Numbers that JSON does not have, outside of the texts that might spell them. */
const NO_JSON = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

function rowOf(json: string): ResultRow {
  const text = json.replace(NO_JSON, (found) => found.startsWith('"') ? found : `"${found}"`);
  return JSON.parse(text) as ResultRow;
}
