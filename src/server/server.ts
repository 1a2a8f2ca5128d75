/**
 * An embedded PostgreSQL server: the real one, out of npm, beside the dataset, for one run.
 *
 * Deno permissions: read and write (the folder, the npm cache, /etc/passwd as root), run (initdb and
 * pg_ctl, whose paths lie in the folder), net (127.0.0.1), env (TMPDIR and what the driver reads)
 * and sys (uid, and what the driver reads).
 */
import type postgres from "postgres";
import { openDriver } from "../load/connection/driver.ts";
import { quoteIdent } from "../load/identifier.ts";
import { copyBinaries, findBinaries, type ServerVersion } from "./binaries.ts";
import { prepareCluster, ROLE } from "./cluster.ts";
import { onEarlyExit } from "./exit.ts";
import { serverFolder } from "./folder.ts";
import { lockFolder } from "./lock.ts";
import { stopOrphan } from "./orphan.ts";
import { startPostmaster, stopPostmaster, stopPostmasterSync } from "./postmaster.ts";
import { type Program } from "./program.ts";

export type { ServerVersion } from "./binaries.ts";

/** What a server is started with. */
export interface ServerOptions {
  /** The folder that the user asked for: it is used, or the start fails. */
  readonly dataDir?: string;
  /** The folder to use otherwise. Where the server cannot reach it, a temporary one is used. */
  readonly defaultDir: string;
  /** A free port when absent. */
  readonly port?: number;
  readonly version?: ServerVersion;
  /** Receives whole sentences that the user should see. */
  readonly onNotice?: (text: string) => void;
  /**
   * With false the caller listens for signals and stops the server itself; otherwise Ctrl-C,
   * SIGTERM and SIGHUP stop the server and end the process with exit code 130.
   */
  readonly handleSignals?: boolean;
}

/** A running server. Disposing of it stops it. */
export interface EmbeddedServer extends AsyncDisposable {
  readonly port: number;
  /** Where the data lies: may be another folder than the default one. */
  readonly folder: string;
  /** A connection string with the password in it: for the driver, psql and the user's terminal. */
  url(database: string): string;
  /** Creates a database, unless there is one of that name. */
  createDatabase(name: string): Promise<void>;
  /** The names of the databases that were created, in order. */
  databases(): Promise<readonly string[]>;
  /** Removes a database and ends the sessions in it; none of that name is no error. */
  dropDatabase(name: string): Promise<void>;
  /** Stops the server. Calling it again does nothing. */
  stop(): Promise<void>;
}

/**
 * Starts an embedded server and holds its folder until it is stopped.
 *
 * @throws {ReddError} environment: the folder cannot be reached, is in use, or holds the data of
 *   another version; the port is taken; the binaries are not installed; the server does not start.
 */
export async function startServer(options: ServerOptions): Promise<EmbeddedServer> {
  const version = options.version ?? "18";
  const notice = options.onNotice ?? (() => {});
  const binaries = findBinaries(version);
  const { path: folder, account } = await serverFolder(options.dataDir, options.defaultDir, notice);
  const lock = await lockFolder(folder);
  try {
    const program: Program = { binaries: await copyBinaries(binaries, folder), account, folder };
    const password = await prepareCluster(folder, version, program);
    const orphan = await stopOrphan(program, password);
    if (orphan !== undefined) {
      notice(`Stopped the server that a killed run had left behind (process ${orphan}).`);
    }
    const takeBack = onEarlyExit(() => stopPostmasterSync(program), {
      signals: options.handleSignals ?? true,
    });
    let port: number;
    try {
      port = await startPostmaster(program, options.port);
    } catch (error) {
      takeBack();
      throw error;
    }
    lock.describe(port);
    return running(folder, port, password, async () => {
      try {
        await stopPostmaster(program);
      } finally {
        takeBack();
        lock.release();
      }
    });
  } catch (error) {
    lock.release();
    throw error;
  }
}

function running(
  folder: string,
  port: number,
  password: string,
  stopServer: () => Promise<void>,
): EmbeddedServer {
  const url = (database: string) =>
    `postgres://${ROLE}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  let stopping: Promise<void> | undefined;
  const stop = () => stopping ??= stopServer();
  return {
    port,
    folder,
    url,
    databases: () =>
      administer(port, password, async (sql) => {
        const rows = await sql<{ name: string }[]>`
          select datname as name from pg_database
          where not datistemplate and datname <> 'postgres' order by datname`;
        return rows.map(({ name }) => name);
      }),
    async createDatabase(name) {
      await administer(port, password, async (sql) => {
        const found = await sql`select from pg_database where datname = ${name}`;
        if (found.length === 0) await sql.unsafe(`create database ${quoteIdent(name)}`);
      });
    },
    async dropDatabase(name) {
      await administer(port, password, async (sql) => {
        await sql.unsafe(`drop database if exists ${quoteIdent(name)} with (force)`);
      });
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function administer<Answer>(
  port: number,
  password: string,
  work: (sql: postgres.Sql) => Promise<Answer>,
): Promise<Answer> {
  const sql = openDriver({
    host: "127.0.0.1",
    port,
    database: "postgres",
    username: ROLE,
    password,
    max: 1,
    fetch_types: false,
    onnotice: () => {},
  });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}
