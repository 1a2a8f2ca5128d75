/**
 * DuckDB in this process, shut in: it opens the files that are named and no others, loads no
 * extension, and its settings are locked from then on.
 */
import { messageOf, ReddError } from "../errors.ts";
import { loadDuckDB } from "../packages/duckdb.ts";
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

/** The database of the tables, where no store is named. */
const OWN = "redd";

/** An open DuckDB, which runs one statement at a time. */
export interface DuckSession extends AsyncDisposable {
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
  { memory, threads, store = ":memory:" }: DuckLimits = {},
): Promise<DuckSession> {
  const { instance, connection } = await begin(store, {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    // Where nothing is stored nothing spills into the folder that one happens to be in.
    ...(store === ":memory:" ? { temp_directory: "" } : {}),
    ...(memory === undefined ? {} : { memory_limit: `${memory}MB` }),
    ...(threads === undefined ? {} : { threads: `${threads}` }),
  }).catch((cause) => {
    throw unavailable(cause);
  });
  const session: DuckSession = {
    run: async (sql) => (await connection.run(sql)).rowsChanged,
    async texts(sql, args) {
      const found = await connection.runAndReadAll(sql, [...args]);
      return found.getRows().map(([value]) => String(value));
    },
    interrupt: () => connection.interrupt(),
    [Symbol.asyncDispose]: () =>
      Promise.resolve().then(() => {
        connection.closeSync();
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
    SET ieee_floating_point_ops = false;
    SET allowed_paths = [${Array.from(allowed, literal).join(", ")}];
    SET enable_external_access = false;
    SET lock_configuration = true`);
  return session;
}

async function begin(store: string, settings: Readonly<Record<string, string>>) {
  const { DuckDBInstance } = await loadDuckDB();
  const instance = await DuckDBInstance.create(store, settings);
  return { instance, connection: await instance.connect() };
}
