/**
 * An embedded PostgreSQL server: the real one, out of npm, its data beside the dataset, for as long as
 * some run uses it.
 *
 * Deno permissions: read, write and run as `serverAccess` tells, net (127.0.0.1), env (HOME,
 * XDG_STATE_HOME, XDG_CACHE_HOME, TMPDIR and what the driver reads) and sys (uid, and what the driver
 * reads).
 */
import { ReddError } from "../errors.ts";
import { demandScram } from "../postgres/connection/scram.ts";
import { type Administration, administrationOf } from "./administration.ts";
import { findBinaries, type ServerVersion } from "./binaries.ts";
import { prepareCluster, ROLE } from "./cluster.ts";
import { cachedBinaries } from "./cache.ts";
import { DEFAULT_DIR } from "./default_dir.ts";
import { onEarlyExit } from "../early_exit.ts";
import { serverFolder } from "./folder.ts";
import { enterFolder, type Membership } from "./membership.ts";
import { stopOrphan } from "./orphan.ts";
import { readPidFile } from "./pid_file.ts";
import { startPostmaster } from "./postmaster.ts";
import { type Program } from "./program.ts";
import { reachRunning } from "./running.ts";
import { AT_ONCE, HURRIED, stopPostmaster, stopPostmasterSync } from "./stop.ts";
import { throwIfInterrupted, type Waits } from "./waiting.ts";

export type { ServerVersion } from "./binaries.ts";

/** What a server is started with. */
export interface ServerOptions {
  /** The folder that the user asked for: it is used, or the start fails. */
  readonly dataDir?: string;
  /**
   * The folder to use otherwise; `out/postgres`, as the commands, when absent. Where the server cannot
   * reach it, a temporary one is used.
   */
  readonly defaultDir?: string;
  /** The TCP port on 127.0.0.1; a free one, or that of the server that is running, when absent. */
  readonly port?: number;
  /** The major version of PostgreSQL; 18 when absent. */
  readonly version?: ServerVersion;
  /** Receives whole sentences that the user should see. */
  readonly onNotice?: (text: string) => void;
  /**
   * With false the caller listens for signals and stops the server itself; otherwise Ctrl-C,
   * SIGTERM and SIGHUP do as `stop` does and end the process with exit code 130.
   */
  readonly handleSignals?: boolean;
  /**
   * Ends the start, or hurries the stop, of a caller who listens for signals: each within two
   * seconds. A running server is not stopped by it.
   */
  readonly signal?: AbortSignal;
}

/** A running server. Disposing of it is as to call `stop`. */
export interface EmbeddedServer extends Administration, AsyncDisposable {
  /** The TCP port on 127.0.0.1 that it listens on. */
  readonly port: number;
  /** Where the data lies: may be another folder than the default one. */
  readonly folder: string;
  /** The server's own files, in that folder. */
  readonly data: string;
  /** A connection string with the password in it: for the driver, psql and the user's terminal. */
  url(database: string): string;
  /** Whether it was running already when it was asked for. */
  readonly joined: boolean;
  /**
   * Stops the server, unless other runs still use it: the last of them does. Calling it again does
   * nothing.
   *
   * @returns whether the server was stopped.
   */
  stop(): Promise<boolean>;
}

/**
 * Starts an embedded server, or joins the one that runs already in the folder, and uses it until it is
 * stopped. The last of all runs that use a server stops it.
 *
 * ```ts
 * import { load, startServer } from "@redd/redd";
 *
 * await using server = await startServer();
 * await server.createDatabase("farm");
 * await load("out/farm", { url: server.url("farm") });
 * ```
 *
 * @throws {ReddError} environment: the folder cannot be reached, is not the user's own, or holds the
 *   data of another version or of strange origin; the port is taken, or the server has another; the
 *   binaries are not installed; the disk is full; the server does not start, or does not answer.
 *   interrupted: the signal came first.
 */
export async function startServer(options: ServerOptions = {}): Promise<EmbeddedServer> {
  const { signal, version = "18", handleSignals: signals = true } = options;
  const notice = options.onNotice ?? (() => {});
  const waits: Waits = { notice, signal };
  throwIfInterrupted(waits);
  const found = await findBinaries(version);
  const { defaultDir = DEFAULT_DIR } = options;
  const { path: folder, account } = await serverFolder(options.dataDir, defaultDir, notice);
  const binaries = await cachedBinaries(found, account, waits);
  const membership = await enterFolder(folder, waits);
  let stop = async () => {};
  let takeBack = () => {};
  const leave = async () => {
    try {
      return await membership.leave(stop, waits);
    } finally {
      takeBack();
    }
  };
  try {
    const maker = { binaries, account, folder, signals };
    const { path: data, mark: { password } } = await prepareCluster(maker, version, waits);
    const program: Program = { ...maker, data };
    stop = () => stopPostmaster(program, waits);
    takeBack = onEarlyExit(
      () =>
        void membership.leaveSync(() =>
          stopPostmasterSync(program, signal?.aborted ? AT_ONCE : HURRIED)
        ),
      { signals },
    );
    const running = membership.first ? undefined : await reachRunning(program, password, waits);
    if (running !== undefined) requirePort(folder, running, options.port);
    const port = running ?? await startAlone(program, password, options.port, membership, waits);
    const joined = running !== undefined;
    if (joined) notice(`The embedded server is running already, on port ${port}.`);
    const forget = demandScram(password);
    membership.open();
    const door = { folder, port, password };
    return serverOf({ folder, data, port, password, joined }, administrationOf(door, waits), () => {
      return leave().finally(forget);
    });
  } catch (error) {
    await leave();
    throw error;
  }
}

/** Starts a server that is not running; what is left of one that has died is stopped first. */
async function startAlone(
  program: Program,
  password: string,
  port: number | undefined,
  { first }: Membership,
  waits: Waits,
): Promise<number> {
  // Others may still know it by this port.
  const before = first ? undefined : readPidFile(program.data)?.port;
  const orphan = await stopOrphan(program, password, waits);
  if (!first) {
    waits.notice("The embedded server had died under the runs that use it: it is started again.");
  } else if (orphan !== undefined) {
    waits.notice(`Stopped the server that a killed run had left behind (process ${orphan}).`);
  }
  return await startPostmaster(program, port, waits, before);
}

/** A server that is used by others stays where it is. */
function requirePort(folder: string, port: number, wanted: number | undefined): void {
  if (wanted === undefined || wanted === port) return;
  throw new ReddError("environment", "PORT_DIFFERS", {
    cannot: `use the embedded server in ${folder} on port ${wanted}`,
    because: `it is running already, on port ${port}`,
    remedy: "Leave out the port, or end the runs that use the server first",
  });
}

function serverOf(
  { folder, data, port, password, joined }: {
    folder: string;
    data: string;
    port: number;
    password: string;
    joined: boolean;
  },
  administration: Administration,
  leave: () => Promise<boolean>,
): EmbeddedServer {
  const url = (database: string) =>
    `postgres://${ROLE}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  let leaving: Promise<boolean> | undefined;
  const stop = () => leaving ??= leave();
  const dispose = async () => void await stop();
  return {
    port,
    folder,
    data,
    joined,
    url,
    ...administration,
    stop,
    [Symbol.asyncDispose]: dispose,
  };
}
