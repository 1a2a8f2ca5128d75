/**
 * Starting and stopping the server process.
 *
 * `pg_ctl` starts it in a session of its own: a Ctrl-C in the terminal reaches Redd alone, which
 * then decides. A Redd that is killed outright leaves its server running; the next run finds it.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { join } from "node:path";
import { ReddError } from "../errors.ts";
import { dataOf } from "./folder.ts";
import { isAlive, readPidFile } from "./pid_file.ts";
import { failureOf, type Program, runProgram, runProgramSync } from "./program.ts";

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

/** Seconds to wait for a start that recovers from a crash, or for a stop that writes everything. */
const PATIENCE = "300";

/**
 * Starts the server and returns its port.
 *
 * @param port the port that the user gave; otherwise a free one.
 * @throws {ReddError} environment, when the port is taken or the server does not start.
 */
export async function startPostmaster(program: Program, port: number | undefined): Promise<number> {
  for (let attempt = 1;; attempt++) {
    const chosen = port ?? freePort();
    const log = await tryStart(program, chosen);
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
    if (!passing || attempt === 10) {
      throw new ReddError("environment", "SERVER_NOT_STARTED", {
        cannot: `start the embedded server in ${program.folder}`,
        because: failureOf(log),
        remedy: `See ${join(dataOf(program.folder), "server.log")}, ` +
          "or give another folder with --data-dir",
      });
    }
    await sleep(300);
  }
}

/** Returns the server's log when it did not start. */
async function tryStart(program: Program, port: number): Promise<string | undefined> {
  const data = dataOf(program.folder);
  const log = join(data, "server.log");
  await Deno.remove(log).catch(() => {});
  const options = Object.entries({ ...SETTINGS, port: `${port}` })
    .map(([name, value]) => `-c ${name}=${value}`).join(" ");
  const args = ["start", "-w", "-s", "-t", PATIENCE, "-D", data, "-l", log, "-o", options];
  const outcome = await runProgram(program, "pg_ctl", args);
  if (outcome.code === 0) return undefined;
  return await Deno.readTextFile(log).catch(() => outcome.text);
}

function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  try {
    return listener.addr.port;
  } finally {
    listener.close();
  }
}

const STOP = ["stop", "-w", "-s", "-m", "fast", "-t", PATIENCE, "-D"];

/**
 * Stops the server: sessions are ended, everything is written.
 *
 * @throws {ReddError} environment, when it does not stop. A server that is gone already is no error.
 */
export async function stopPostmaster(program: Program): Promise<void> {
  const outcome = await runProgram(program, "pg_ctl", [...STOP, dataOf(program.folder)]);
  if (outcome.code === 0) return;
  const file = await readPidFile(program.folder);
  if (file === undefined || !isAlive(file.pid)) return;
  throw new ReddError("environment", "SERVER_NOT_STOPPED", {
    cannot: `stop the embedded server in ${program.folder}`,
    because: failureOf(outcome.text),
    remedy: `See ${join(dataOf(program.folder), "server.log")}`,
  });
}

/** The same for a process that is about to end; what goes wrong stands in the server's log. */
export function stopPostmasterSync(program: Program): void {
  runProgramSync(program, "pg_ctl", [...STOP, dataOf(program.folder)]);
}
