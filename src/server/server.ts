/**
 * An embedded PostgreSQL server: the real one, out of npm, its data beside the dataset, for one run.
 *
 * Deno permissions: read, write and run as `serverAccess` tells, net (127.0.0.1), env (HOME,
 * XDG_STATE_HOME, XDG_CACHE_HOME, TMPDIR and what the driver reads) and sys (uid, and what the driver
 * reads).
 */
import { type Administration, administrationOf } from "./administration.ts";
import { findBinaries, type ServerVersion } from "./binaries.ts";
import { prepareCluster, ROLE } from "./cluster.ts";
import { cachedBinaries } from "./cache.ts";
import { onEarlyExit } from "./exit.ts";
import { serverFolder } from "./folder.ts";
import { lockFolder } from "./lock.ts";
import { stopOrphan } from "./orphan.ts";
import { startPostmaster } from "./postmaster.ts";
import { type Program } from "./program.ts";
import { AT_ONCE, HURRIED, stopPostmaster, stopPostmasterSync } from "./stop.ts";
import { throwIfInterrupted, type Waits } from "./waiting.ts";

export type { ServerVersion } from "./binaries.ts";

/** What a server is started with. */
export interface ServerOptions {
  /** The folder that the user asked for: it is used, or the start fails. */
  readonly dataDir?: string;
  /** The folder to use otherwise. Where the server cannot reach it, a temporary one is used. */
  readonly defaultDir: string;
  /** The TCP port on 127.0.0.1; a free one when absent. */
  readonly port?: number;
  /** The major version of PostgreSQL; 18 when absent. */
  readonly version?: ServerVersion;
  /** Receives whole sentences that the user should see. */
  readonly onNotice?: (text: string) => void;
  /**
   * With false the caller listens for signals and stops the server itself; otherwise Ctrl-C,
   * SIGTERM and SIGHUP stop the server and end the process with exit code 130.
   */
  readonly handleSignals?: boolean;
  /**
   * Ends the start, or hurries the stop, of a caller who listens for signals: each within two
   * seconds. A running server is not stopped by it.
   */
  readonly signal?: AbortSignal;
}

/** A running server. Disposing of it stops it. */
export interface EmbeddedServer extends Administration, AsyncDisposable {
  /** The TCP port on 127.0.0.1 that it listens on. */
  readonly port: number;
  /** Where the data lies: may be another folder than the default one. */
  readonly folder: string;
  /** The server's own files, in that folder. */
  readonly data: string;
  /** A connection string with the password in it: for the driver, psql and the user's terminal. */
  url(database: string): string;
  /** Stops the server. Calling it again does nothing. */
  stop(): Promise<void>;
}

/**
 * Starts an embedded server and holds its folder until it is stopped.
 *
 * ```ts
 * import { load, startServer } from "@redd/redd";
 *
 * await using server = await startServer({ defaultDir: "out/farm-postgres" });
 * await server.createDatabase("aquamind");
 * await load("out/farm", { url: server.url("aquamind") });
 * ```
 *
 * @throws {ReddError} environment: the folder cannot be reached, is not the user's own, is in use, or
 *   holds the data of another version or of strange origin; the port is taken; the binaries are not
 *   installed; the disk is full; the server does not start. interrupted: the signal came first.
 */
export async function startServer(options: ServerOptions): Promise<EmbeddedServer> {
  const { signal, version = "18", handleSignals: signals = true } = options;
  const notice = options.onNotice ?? (() => {});
  const waits: Waits = { notice, signal };
  throwIfInterrupted(waits);
  const found = findBinaries(version);
  const { path: folder, account } = await serverFolder(options.dataDir, options.defaultDir, notice);
  const binaries = await cachedBinaries(found, account, waits);
  const lock = await lockFolder(folder);
  try {
    const maker = { binaries, account, folder, signals };
    const { path: data, mark: { password } } = await prepareCluster(maker, version, waits);
    const program: Program = { ...maker, data };
    const orphan = await stopOrphan(program, password, waits);
    if (orphan !== undefined) {
      notice(`Stopped the server that a killed run had left behind (process ${orphan}).`);
    }
    const takeBack = onEarlyExit(
      () => stopPostmasterSync(program, signal?.aborted ? AT_ONCE : HURRIED),
      { signals },
    );
    let port: number;
    try {
      port = await startPostmaster(program, options.port, waits);
    } catch (error) {
      takeBack();
      throw error;
    }
    lock.describe(port);
    const administration = administrationOf({ folder, port, password }, waits);
    return running({ folder, data, port, password }, administration, async () => {
      try {
        await stopPostmaster(program, waits);
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
  { folder, data, port, password }: {
    folder: string;
    data: string;
    port: number;
    password: string;
  },
  administration: Administration,
  stopServer: () => Promise<void>,
): EmbeddedServer {
  const url = (database: string) =>
    `postgres://${ROLE}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  let stopping: Promise<void> | undefined;
  const stop = () => stopping ??= stopServer();
  return { port, folder, data, url, ...administration, stop, [Symbol.asyncDispose]: stop };
}
