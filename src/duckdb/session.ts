/**
 * DuckDB in this process, shut in: it opens the files that are named and no others, those of a folder
 * in which it may write apart, loads no extension, and its settings are locked from then on.
 */
import { messageOf, ReddError } from "../errors.ts";
import { loadDuckDB, type OwnConnection } from "../packages/duckdb.ts";
import { literal } from "../sql_literal.ts";

/** What DuckDB may take. */
export interface DuckLimits {
  /** The most memory in MB; four fifths of the machine's if absent. */
  readonly memory?: number;
  /** Threads that read and ask side by side; one per processor if absent. */
  readonly threads?: number;
  /**
   * The path of a file that does not exist yet, in which tables are kept that are larger than the
   * memory; whoever gives it removes it, and what DuckDB has put beside it under its name. All is
   * kept in memory if absent.
   */
  readonly store?: string;
}

/** How DuckDB is opened. */
export interface DuckOptions extends DuckLimits {
  /** The whole path of a folder in which it may make files and read them; none if absent. */
  readonly folder?: string;
  /** Is the store for little data? Its file grows by blocks, of which each column and key has some. */
  readonly smallBlocks?: boolean;
}

/** The database of the tables, where no store is named. */
const OWN = "redd";

/** A connection, which runs one statement at a time. */
export interface DuckConnection {
  /**
   * Runs statements; returns how many rows the last of them has changed.
   *
   * @throws the library's error.
   */
  run(sql: string): Promise<number>;
  /**
   * The first column of a query's rows, as text.
   *
   * @throws the library's error.
   */
  texts(sql: string, args: readonly string[]): Promise<readonly string[]>;
  /** Ends the statement that runs, whose promise is rejected then. */
  interrupt(): void;
}

/** An open DuckDB, itself a connection. */
export interface DuckSession extends DuckConnection, AsyncDisposable {
  /** One more connection to the same tables, which is closed with the session. */
  beside(): Promise<DuckConnection>;
}

/** A path as a pattern that matches it alone: DuckDB takes every path for one. */
export function exactly(path: string): string {
  return path.replace(/[*?[\]]/g, "[$&]");
}

function unavailable(cause: unknown): ReddError {
  return new ReddError("environment", "DUCKDB_NOT_AVAILABLE", {
    cannot: "read files through DuckDB",
    because: messageOf(cause).split("\n")[0]!,
    remedy:
      "Run `deno install`, and allow foreign functions (--allow-ffi), which DuckDB is made of",
    cause,
  });
}

/**
 * Opens a DuckDB.
 *
 * @param files The whole paths of all files that it may read.
 * @throws {ReddError} environment, where the library cannot be used here, or the store not be made.
 */
export async function openDuck(
  files: readonly string[],
  { memory, threads, store = ":memory:", folder, smallBlocks = false }: DuckOptions = {},
): Promise<DuckSession> {
  const { instance, connection } = await begin(store, {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    ...(smallBlocks ? { default_block_size: "16384" } : {}),
    // Where nothing is stored nothing spills into the folder that one happens to be in.
    ...(store === ":memory:" ? { temp_directory: "" } : {}),
    ...(memory === undefined ? {} : { memory_limit: `${memory}MB` }),
    ...(threads === undefined ? {} : { threads: `${threads}` }),
  }).catch((cause) => {
    throw unavailable(cause);
  });
  const opened = [connection];
  const session: DuckSession = {
    ...speaking(connection),
    async beside() {
      const another = await instance.connect();
      opened.push(another);
      if (store === ":memory:") await another.run(`USE ${OWN}`);
      return speaking(another);
    },
    [Symbol.asyncDispose]: () =>
      Promise.resolve().then(() => {
        for (const one of opened) one.closeSync();
        instance.closeSync();
      }),
  };
  if (store === ":memory:") {
    // Tables in memory are compressed in a database that asks for it, by a checkpoint.
    await session.run(`ATTACH ':memory:' AS ${OWN} (COMPRESS); USE ${OWN}`);
  }
  // A path is opened by a pattern, and both have to be allowed.
  const allowed = new Set(files.flatMap((path) => [path, exactly(path)]));
  await session.run(`
    SET TimeZone = 'UTC';
    SET GLOBAL TimeZone = 'UTC';
    SET ieee_floating_point_ops = false;
    SET allowed_paths = [${Array.from(allowed, literal).join(", ")}];
    SET allowed_directories = [${folder === undefined ? "" : literal(folder)}];
    SET enable_external_access = false;
    SET lock_configuration = true`);
  return session;
}

function speaking(connection: OwnConnection): DuckConnection {
  return {
    run: async (sql) => (await connection.run(sql)).rowsChanged,
    async texts(sql, args) {
      const found = await connection.runAndReadAll(sql, [...args]);
      return found.getRows().map(([value]) => String(value));
    },
    interrupt: () => connection.interrupt(),
  };
}

async function begin(store: string, settings: Readonly<Record<string, string>>) {
  const { DuckDBInstance } = await loadDuckDB();
  const instance = await DuckDBInstance.create(store, settings);
  return { instance, connection: await instance.connect() };
}
