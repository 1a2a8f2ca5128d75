/** Is a server that runs the one of these files, and where can it be reached? */
import { ReddError } from "../errors.ts";
import { codeOf } from "../postgres/failure.ts";
import { type Door, openOwn } from "./own_driver.ts";
import { readPidFile } from "./pid_file.ts";
import { processesOf, SEES_PROCESSES } from "./processes.ts";
import type { Program } from "./program.ts";
import { pause, tellOfWaiting, throwIfInterrupted, type Waits } from "./waiting.ts";

/**
 * Who listens on a port: the server of some files; one that is not ready, which may be that; nobody;
 * or somebody else.
 */
export type PortHolder = "ours" | "not ready" | "nobody" | "stranger";

/** How often somebody else is asked before he is believed to be that. */
export const QUESTIONS = 5;

/** Milliseconds between questions. */
export const BETWEEN = 300;

/** How long a server that runs may take to answer, in ms: it may be recovering from a crash. */
const PATIENCE = 300_000;

/** Starting, stopping, recovering, full, or hanging. */
const NOT_READY = /^(57P0[123]|53300|CONNECT_TIMEOUT|CONNECTION_CLOSED|ECONNRESET)$/;

/**
 * Asks whoever listens on a port whether he runs in `data`. The password is not told to anybody who
 * does not know it.
 *
 * @param data The server's files, a path without links.
 */
export async function askListener(door: Door, data: string): Promise<PortHolder> {
  const sql = openOwn(door, 5);
  try {
    const [row] = await sql<{ data: string }[]>`
      select pg_catalog.current_setting('data_directory') as data`;
    return row?.data === data ? "ours" : "stranger";
  } catch (error) {
    const code = codeOf(error);
    if (code === "ECONNREFUSED") return "nobody";
    return NOT_READY.test(code) ? "not ready" : "stranger";
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/**
 * Finds the port of a server that other runs use, and waits until it answers.
 *
 * Its number and port come from its own files, which no other account can write; that the process
 * works in these files is asked of the system, where that can be; and the server itself is asked.
 *
 * @returns undefined where it is gone.
 * @throws {ReddError} environment, when what listens on its port is another server, or nothing is
 *   answered; interrupted.
 */
export async function reachRunning(
  { data, folder }: Program,
  password: string,
  waits: Waits,
): Promise<number | undefined> {
  const quiet = tellOfWaiting("the embedded server, which is running, to answer", waits);
  try {
    for (let question = 1, began = performance.now();; question++) {
      throwIfInterrupted(waits);
      if (processesOf(data).postmaster === undefined) return undefined;
      const port = readPidFile(data)?.port ?? 0;
      const isPort = Number.isInteger(port) && port > 0 && port < 65_536;
      const listener = isPort ? await askListener({ port, password }, data) : "not ready";
      if (listener === "ours") return port;
      if (question >= QUESTIONS && listener !== "not ready") {
        if (!SEES_PROCESSES) return undefined;
        if (listener === "stranger") throw strange(folder, port);
      }
      if (performance.now() - began > PATIENCE) throw silent(folder);
      await pause(BETWEEN, waits.signal);
    }
  } finally {
    quiet();
  }
}

const ENDS = "End the runs that use it, then run the same command again";

function strange(folder: string, port: number): ReddError {
  return new ReddError("environment", "SERVER_STRANGE", {
    cannot: `join the embedded server in ${folder}`,
    because: `what listens on its port ${port} is not that server, and was not told its password`,
    remedy: ENDS,
  });
}

function silent(folder: string): ReddError {
  return new ReddError("environment", "SERVER_SILENT", {
    cannot: `join the embedded server in ${folder}`,
    because: `it is running and has not answered within ${PATIENCE / 1000} s`,
    remedy: ENDS,
  });
}
