/**
 * The engine of files: DuckDB reads the parts of a dataset into tables of its own, typed as they are
 * described, and asks those. No server is needed, and no file changes.
 *
 * DuckDB goes around Deno's permissions; `duckdb_session.ts` shuts it in.
 */
import type { Dataset } from "../../dataset/dataset.ts";
import type { DatasetPart } from "../../dataset/manifest.ts";
import { PartChanged } from "../../dataset/part_file.ts";
import { type TableData, tableDataOf } from "../../dataset/table_data.ts";
import { messageOf, ReddError } from "../../errors.ts";
import type { Column } from "../../tables/description.ts";
import { type Engine, QueryRefused, type ResultRow } from "../engine.ts";
import { literal } from "../sql.ts";
import { type DuckLimits, type DuckSession, exactly, openDuck } from "./duckdb_session.ts";
import { lineFault } from "./line_fault.ts";

/** How a dataset's files are read. */
export interface FilesOptions extends DuckLimits {
  /** Only these tables; all that the dataset has if absent. */
  readonly tables?: ReadonlySet<string>;
  /** Called with every table as it begins to be read, with its place from 0 and their number. */
  readonly onTable?: (table: string, place: number, all: number) => void;
  /** Whether a table's files have the form that they should have; all are taken to have it if absent. */
  readonly isFormed?: (table: string) => Promise<boolean>;
  /** Ends the reading, and every query. */
  readonly signal?: AbortSignal | undefined;
}

/** A part that DuckDB cannot read, or of which it makes another number of rows. */
export interface UnreadPart {
  /** Which of them it is. */
  readonly part: DatasetPart;
  /** What DuckDB says of it: `line 3: value is "x", expected numeric(10,4)`. */
  readonly because: string;
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
  const { tables, signal, isFormed = () => Promise.resolve(true) } = options;
  const tableData = tableDataOf(dataset).filter(({ table }) => tables?.has(table.name) ?? true);
  const fileOf = filesOf(dataset);
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
      requireGoing(dataset, signal);
      options.onTable?.(one.table.name, place, tableData.length);
      const failing = await isFormed(one.table.name)
        ? await readTable(session, one, fileOf).catch((cause) => failed(dataset, signal, cause))
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
        if (signal?.aborted || isOutOfMemory(cause)) failed(dataset, signal, cause);
        throw new QueryRefused(messageOf(cause).trim().split("\n")[0]!, { cause });
      }
    },
    async run(sql) {
      await session.run(sql);
    },
    [Symbol.asyncDispose]: close,
  };
}

/** How the file of a part is found; nothing of one that is not there. */
type FileOf = (part: DatasetPart) => string | undefined;

function filesOf(dataset: Dataset): FileOf {
  if (dataset.fileOf === undefined) {
    throw new ReddError("input", "PARTS_NO_FILES", {
      cannot: `verify ${dataset.name}`,
      because: "its parts are no files, and DuckDB reads nothing else",
      remedy: "Unpack it into a folder, and verify that",
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
export function requireGoing(dataset: Dataset, signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new ReddError("interrupted", "INTERRUPTED", {
    cannot: `finish verifying ${dataset.name}`,
    because: "it was interrupted",
    remedy: "Nothing has changed there; verify again when you like",
  });
}

function isOutOfMemory(cause: unknown): boolean {
  return /^Out of Memory Error\b|\bcould not allocate block\b/.test(messageOf(cause));
}

/** Says why nothing more can be asked. */
function failed(dataset: Dataset, signal: AbortSignal | undefined, cause: unknown): never {
  requireGoing(dataset, signal);
  if (cause instanceof ReddError) throw cause;
  throw new ReddError("environment", "DUCKDB_FAILED", {
    cannot: `verify ${dataset.name}`,
    because: `DuckDB says: ${messageOf(cause).trim().split("\n")[0]}`,
    remedy: isOutOfMemory(cause)
      ? "Allow it more memory, or keep its tables in a file"
      : "Look at the disk and the memory of this machine, and verify again",
    cause,
  });
}

/**
 * How DuckDB types a column. Every file has its instants in UTC, where they need no time zone: so
 * they are read strictly (DuckDB makes NULL of an instant with a time zone that it cannot read), and
 * asked faster.
 */
function typeOf({ type }: Column): string {
  if (type === "timestamp with time zone") return "TIMESTAMP";
  return type === "jsonb" ? "JSON" : type;
}

/** How Redd writes CSV: NULL is nothing, and `""` is empty text (rulings.md#19). */
const CSV = [
  "auto_detect = false",
  "header = true",
  "delim = ','",
  `quote = '"'`,
  `escape = '"'`,
  "nullstr = ''",
  "allow_quoted_nulls = false",
  "dateformat = '%Y-%m-%d'",
  "timestampformat = '%Y-%m-%dT%H:%M:%SZ'",
].join(", ");

/** From so many bytes of CSV on a table is compressed; smaller ones are with the next that is. */
const LARGE = 16_000_000;

/** So many bytes of CSV are read before they are compressed; uncompressed they take twice as much. */
const PIECE = 128_000_000;

/** Parts in their order, as many at a time as may be read before they are compressed. */
function pieces(parts: readonly DatasetPart[]): readonly (readonly DatasetPart[])[] {
  const all: DatasetPart[][] = [];
  let bytes = Infinity;
  for (const part of parts) {
    if (bytes + part.bytes > PIECE) {
      all.push([]);
      bytes = 0;
    }
    all.at(-1)!.push(part);
    bytes += part.bytes;
  }
  return all;
}

/**
 * Makes a table and fills it with the rows of all its parts.
 *
 * @returns the parts that cannot be read, and no table then; nothing where all can be.
 */
async function readTable(
  session: DuckSession,
  { table, entry }: TableData,
  fileOf: FileOf,
): Promise<readonly UnreadPart[] | undefined> {
  const { name, columns } = table;
  await session.run(
    `CREATE TABLE ${name} (${columns.map((one) => `"${one.name}" ${typeOf(one)}`).join(", ")})`,
  );
  const types = columns.map((one) => `${literal(one.name)}: ${literal(typeOf(one))}`).join(", ");
  const read = (parts: readonly DatasetPart[]) => {
    const files = parts.flatMap((part) => fileOf(part) ?? []).map((path) => literal(exactly(path)));
    if (files.length < parts.length) return Promise.reject(new Error("a file is missing"));
    return session.run(
      `INSERT INTO ${name} SELECT * FROM read_csv([${files}], ${CSV}, columns = {${types}})`,
    );
  };
  let rows = 0;
  for (const parts of pieces(entry.parts)) {
    const more = await read(parts).catch(readingFailure);
    if (typeof more === "string") break;
    rows += more;
    if (entry.bytes > LARGE) await session.run("CHECKPOINT");
  }
  if (rows === entry.rows) return undefined;
  // One by one they tell which of them it is.
  await session.run(`DELETE FROM ${name}`);
  const failing: UnreadPart[] = [];
  for (const part of entry.parts) {
    const rows = await read([part]).catch(readingFailure);
    if (rows === part.rows) continue;
    // DuckDB reads some files that break off within a value, and leaves the row out.
    const because = typeof rows === "number"
      ? `it has ${rows} rows, expected ${part.rows}`
      : lineFault(rows, table);
    failing.push({ part, because });
  }
  await session.run(`DROP TABLE ${name}`);
  return failing;
}

/** What DuckDB says of a file; what is wrong with DuckDB is thrown. */
function readingFailure(cause: unknown): string {
  const message = messageOf(cause);
  if (isOutOfMemory(cause) || /^INTERRUPT\b/.test(message)) throw cause;
  return message;
}

/** Numbers that JSON does not have, outside of the texts that might spell them. */
const NO_JSON = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

function rowOf(json: string): ResultRow {
  const text = json.replace(NO_JSON, (found) => found.startsWith('"') ? found : `"${found}"`);
  return JSON.parse(text) as ResultRow;
}
