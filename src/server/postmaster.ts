/**
 * Starting the server process.
 *
 * `pg_ctl` starts it in a session of its own: a Ctrl-C in the terminal reaches Redd alone, which
 * then decides. A Redd that is killed outright leaves its server running; the next run finds it.
 */
import { ReddError } from "../errors.ts";
import { clusterGoal } from "./cluster.ts";
import { diskError } from "./disk.ts";
import { LOG_NAME, logOf, readLog, removeLog } from "./log.ts";
import { failureOf, type Program, runProgram } from "./program.ts";
import { SHORT, stopPostmaster } from "./stop.ts";
import { pause, throwIfInterrupted, type Waits } from "./waiting.ts";

/**
 * For loading in bulk into a server that one user has for himself.
 *
 * `fsync` and `synchronous_commit` stay on: a load is one transaction or a few, so they cost next to
 * nothing, and neither kill -9 nor a power cut takes back what was committed. With `wal_level`
 * minimal, what is copied into a table made in the same transaction is not written to the log twice.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  shared_buffers: "256MB",
  work_mem: "32MB",
  maintenance_work_mem: "256MB",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_wal_size: "4GB",
  checkpoint_timeout: "15min",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
};

const PORT_TAKEN = /could not bind|Address already in use/;
const MEMORY_IN_USE = /pre-existing shared memory block/;

/** How long a start may take that recovers from a crash, in seconds. */
const PATIENCE = 300;

/** How long a free port or the memory of a killed server may let us wait, in attempts of 300 ms. */
const ATTEMPTS = 10;

/**
 * Starts the server and returns its port.
 *
 * @param port the port that the user gave; otherwise a free one.
 * @param before the port that it had, which is taken again if it is free.
 * @throws {ReddError} environment, when the port is taken or the server does not start; interrupted,
 *   when the signal came first; then no server is left.
 */
export async function startPostmaster(
  program: Program,
  port: number | undefined,
  waits: Waits,
  before?: number,
): Promise<number> {
  for (let attempt = 1;; attempt++) {
    throwIfInterrupted(waits);
    const chosen = port ?? (attempt === 1 ? before : undefined) ?? freePort();
    const log = await tryStart(program, chosen, waits);
    if (log === undefined) return chosen;
    if (port !== undefined && PORT_TAKEN.test(log)) {
      throw new ReddError("environment", "PORT_TAKEN", {
        cannot: `start the embedded server on port ${port}`,
        because: "another program listens there",
        remedy: "Give another port, or none to have a free one chosen",
      });
    }
    // Another program may have taken the free port meanwhile, or the server processes of a killed
    // postmaster may need a moment to notice.
    const passing = PORT_TAKEN.test(log) || MEMORY_IN_USE.test(log);
    if (!passing || attempt === ATTEMPTS) {
      const cannot = `start the embedded server in ${program.folder}`;
      throw diskError(log, { ...clusterGoal(program.folder), cannot }) ??
        new ReddError("environment", "SERVER_NOT_STARTED", {
          cannot,
          because: failureOf(log),
          remedy: `See ${logOf(program.data)}, or give another folder with --data-dir`,
        });
    }
    await pause(300, waits.signal);
  }
}

/** Returns the server's log when it did not start. */
async function tryStart(
  program: Program,
  port: number,
  waits: Waits,
): Promise<string | undefined> {
  removeLog(program.data);
  const options = Object.entries({ ...SETTINGS, port: `${port}` })
    .map(([name, value]) => `-c ${name}=${value}`).join(" ");
  const args = ["start", "-w", "-s", "-t", `${PATIENCE}`, "-l", LOG_NAME, "-o", options];
  const bound = {
    ms: (PATIENCE + 5) * 1000,
    what: "the embedded server to start; after a crash it recovers first",
  };
  let text: string;
  try {
    const outcome = await runProgram(program, "pg_ctl", args, bound, waits);
    if (outcome.code === 0) return undefined;
    text = outcome.text;
  } catch (error) {
    await stopPostmaster(program, waits);
    throw error;
  }
  // A start that takes too long goes on behind our back.
  await stopPostmaster(program, waits, SHORT);
  return readLog(program.data) || text;
}

function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  try {
    return listener.addr.port;
  } finally {
    listener.close();
  }
}
