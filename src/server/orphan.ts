/** A server that outlived the run that had started it. */
import { type PidFile, readPidFile, removePidFile } from "./pid_file.ts";
import { processesOf, SEES_PROCESSES } from "./processes.ts";
import { type Program } from "./program.ts";
import { askListener, BETWEEN, QUESTIONS } from "./running.ts";
import { type Patience, SHORT, stopPostmaster } from "./stop.ts";
import { pause, throwIfInterrupted, type Waits } from "./waiting.ts";

/** How often a server is asked whose processes cannot be seen and that is not ready. */
const MOST_QUESTIONS = 40;

/**
 * Stops a server that a killed run has left behind, so that a new one can be started. The caller
 * holds the folder's gate, and no other run of Redd uses the server, or it has died under them.
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
  if (pid !== undefined && await isOurs(program, file, password, waits)) {
    await stopPostmaster(program, waits, patience);
    throwIfInterrupted(waits);
    return pid;
  }
  removePidFile(program.data);
  return undefined;
}

/** Where processes cannot be seen, only a server that knows our password is ours. */
async function isOurs(
  { data }: Program,
  file: PidFile | undefined,
  password: string,
  waits: Waits,
): Promise<boolean> {
  if (SEES_PROCESSES) return true;
  for (let question = 1; file !== undefined && question <= MOST_QUESTIONS; question++) {
    const listener = await askListener({ port: file.port, password }, data);
    if (listener === "ours") return true;
    if (listener !== "not ready" && question >= QUESTIONS) return false;
    await pause(BETWEEN, waits.signal);
    throwIfInterrupted(waits);
  }
  return false;
}
