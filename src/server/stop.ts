/**
 * Stopping a server: it is asked, then told, then killed. Every step has its bound, and the user can
 * cut all of them short; what was committed is there after each of them.
 */
import { ReddError } from "../errors.ts";
import { readLog } from "./log.ts";
import { removePidFile } from "./pid_file.ts";
import { processesOf, SEES_PROCESSES } from "./processes.ts";
import { type Program, sendSignal } from "./program.ts";
import { pause, tellOfWaiting, type Waits } from "./waiting.ts";

/** How long each step may take, in ms. */
export interface Patience {
  /** Sessions are ended, everything is written. */
  readonly fast: number;
  /** The server goes as it stands; the next start recovers from its log. */
  readonly immediate: number;
  /** Whoever is left is killed. */
  readonly kill: number;
}

/** For a server with a gigabyte to write to a slow disk. */
export const PATIENT: Patience = { fast: 120_000, immediate: 10_000, kill: 5_000 };

/** For a server that nobody waits for. */
export const SHORT: Patience = { fast: 15_000, immediate: 7_000, kill: 5_000 };

/** For a user who has pressed Ctrl-C. */
export const HURRIED: Patience = { fast: 700, immediate: 300, kill: 300 };

/** For a process that ends now, after the user's patience has. */
export const AT_ONCE: Patience = { fast: 150, immediate: 100, kill: 150 };

/**
 * A server that is told to stop while it gets up again after a crash waits for ever. It would write
 * nothing that is not in its log already.
 */
function hasCrashed(data: string): boolean {
  const log = readLog(data);
  return log.lastIndexOf("terminating any other active server processes") >
    log.lastIndexOf("ready to accept connections");
}

/** Milliseconds between looks. */
const LOOK = 40;

/**
 * Goes through the steps, and yields whenever it is time to pause.
 *
 * @param patience asked anew at every look, since the user may lose his.
 * @returns whether the server is gone.
 */
function* steps(program: Program, patience: () => Patience): Generator<number, boolean> {
  for (
    const [step, signal] of [["fast", "INT"], ["immediate", "QUIT"], ["kill", "KILL"]] as const
  ) {
    let { postmaster, all } = processesOf(program.data);
    if (all.length === 0) return true;
    // Backends without their postmaster cannot write in order any more.
    if (step === "fast" && postmaster === undefined) continue;
    const receivers = step === "kill" || postmaster === undefined ? all : [postmaster];
    for (const pid of receivers) sendSignal(program, signal, pid);
    for (const began = performance.now(); performance.now() - began < patience()[step];) {
      if (step === "fast" && hasCrashed(program.data)) break;
      yield LOOK;
      ({ postmaster, all } = processesOf(program.data));
      if (all.length === 0) return true;
    }
  }
  return processesOf(program.data).all.length === 0;
}

/**
 * Stops the server. One that is gone already is no error.
 *
 * @throws {ReddError} environment, when even killing does not end it.
 */
export async function stopPostmaster(
  program: Program,
  waits: Waits,
  patience: Patience = PATIENT,
): Promise<void> {
  const quiet = tellOfWaiting("the embedded server to write its data and stop", waits);
  try {
    const all = steps(program, () => waits.signal?.aborted ? HURRIED : patience);
    for (;;) {
      const { done, value } = all.next();
      if (done) {
        if (!value) throw notStopped(program);
        break;
      }
      await pause(value, undefined);
    }
  } finally {
    quiet();
  }
  forget(program);
}

/** The same for a process that is about to end: without the event loop, and without a word. */
export function stopPostmasterSync(program: Program, patience: Patience): void {
  const pausing = new Int32Array(new SharedArrayBuffer(4));
  for (const ms of steps(program, () => patience)) Atomics.wait(pausing, 0, 0, ms);
  forget(program);
}

/** A killed server leaves its file behind. */
function forget(program: Program): void {
  if (SEES_PROCESSES && processesOf(program.data).all.length === 0) removePidFile(program.data);
}

function notStopped(program: Program): ReddError {
  const { all } = processesOf(program.data);
  return new ReddError("environment", "SERVER_NOT_STOPPED", {
    cannot: `stop the embedded server in ${program.folder}`,
    because: `its processes ${all.join(", ")} stay even when they are killed; ` +
      "they may be waiting for a disk that does not answer",
    remedy: "See to the disk, then run the same command again",
  });
}
