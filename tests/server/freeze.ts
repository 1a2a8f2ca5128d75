/** Processes that hang, as far as anybody can tell. */
import { SEES_PROCESSES } from "../../src/server/processes.ts";

/** The longest that a process is waited for, in ms. */
const PATIENCE = 30_000;

/** The letter by which the system knows what a process does: `T` where it is held. */
function stateOf(pid: number): string | undefined {
  try {
    const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
    return stat[stat.lastIndexOf(")") + 2];
  } catch {
    return undefined;
  }
}

/** Held, ended and not yet taken note of by its parent, which may be held itself, or gone. */
const HELD: readonly (string | undefined)[] = ["T", "Z", undefined];

function stop(pid: number): void {
  try {
    Deno.kill(pid, "SIGSTOP");
  } catch (error) {
    // A server's workers come and go.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/**
 * Holds processes so that they react to SIGKILL alone. When this returns they are held: on a busy
 * machine one that was told so may still take the next signal before it hears of it.
 */
export function freeze(pids: readonly number[]): void {
  for (const pid of pids) stop(pid);
  if (!SEES_PROCESSES) return;
  const clock = new Int32Array(new SharedArrayBuffer(4));
  const until = performance.now() + PATIENCE;
  for (const pid of pids) {
    for (let state = stateOf(pid); !HELD.includes(state); state = stateOf(pid)) {
      if (performance.now() > until) {
        throw new Error(`process ${pid} is not held: its state is ${state}`);
      }
      Atomics.wait(clock, 0, 0, 2);
    }
  }
}
