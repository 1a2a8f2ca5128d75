/** A server that outlived the run that had started it. */
import { openDriver } from "../postgres/connection/driver.ts";
import { ROLE } from "./cluster.ts";
import { type PidFile, readPidFile, removePidFile } from "./pid_file.ts";
import { processesOf, SEES_PROCESSES } from "./processes.ts";
import { type Program } from "./program.ts";
import { type Patience, SHORT, stopPostmaster } from "./stop.ts";
import { pause, throwIfInterrupted, type Waits } from "./waiting.ts";

/** How often a server whose processes cannot be seen is asked, with 300 ms in between. */
const QUESTIONS = 40;

/**
 * Stops a server that a killed run has left behind, so that a new one can be started. The caller
 * holds the folder's lock, so that no other run of Redd uses it.
 *
 * The process number in `postmaster.pid` may meanwhile belong to another program, which is left
 * alone; then the file is removed, because PostgreSQL would believe in it.
 *
 * @returns the process that was stopped, or undefined.
 * @throws {ReddError} interrupted, or environment, when the server cannot be stopped.
 */
export async function stopOrphan(
  program: Program,
  password: string,
  waits: Waits,
  patience: Patience = SHORT,
): Promise<number | undefined> {
  const { postmaster, all } = processesOf(program.data);
  const pid = postmaster ?? all[0];
  const file = readPidFile(program.data);
  if (pid !== undefined && await isOurs(file, password, waits)) {
    await stopPostmaster(program, waits, patience);
    throwIfInterrupted(waits);
    return pid;
  }
  removePidFile(program.data);
  return undefined;
}

/** Where processes cannot be seen, only a server that takes our password is ours. */
async function isOurs(
  file: PidFile | undefined,
  password: string,
  waits: Waits,
): Promise<boolean> {
  if (SEES_PROCESSES) return true;
  for (let question = 1; file !== undefined && question <= QUESTIONS; question++) {
    const answer = await ask(file.port, password);
    if (answer === "ours") return true;
    if (answer === "stranger" && question >= 5) return false;
    await pause(300, waits.signal);
    throwIfInterrupted(waits);
  }
  return false;
}

/** Asks whoever listens on the port; a server that is starting or stopping answers "wait". */
async function ask(port: number, password: string): Promise<"ours" | "wait" | "stranger"> {
  const sql = openDriver({
    host: "127.0.0.1",
    port,
    database: "postgres",
    username: ROLE,
    password,
    max: 1,
    connect_timeout: 5,
    fetch_types: false,
    onnotice: () => {},
  });
  try {
    await sql`select 1`;
    return "ours";
  } catch (error) {
    return (error as { code?: string }).code === "57P03" ? "wait" : "stranger";
  } finally {
    await sql.end({ timeout: 1 });
  }
}
