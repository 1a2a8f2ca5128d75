/** Ctrl-C and its like, as a signal that work can be stopped by. */

import { endCutOff, endInterrupted } from "./cut_off.ts";

/** What ends a process that does not listen. */
export const SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT", "SIGBREAK"]
  : ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * One Ctrl-C can arrive twice: from the terminal and from the task runner above. What comes within
 * this many milliseconds of the first is the same.
 */
export const ONE_PRESS = 1000;

/**
 * Whatever does not heed the signal within this many milliseconds is cut off: what must be done at
 * the end of a process still is, and everything that Redd does can be cut off and run again.
 */
const PATIENCE = 1600;

let running = 0;

/** Ends the process on a signal for as long as nothing {@linkcode interruptible} runs. */
export function endOnSignals(): void {
  const onSignal = () => {
    if (running === 0) endInterrupted();
  };
  for (const name of SIGNALS) Deno.addSignalListener(name, onSignal);
}

/**
 * Runs `work` with a signal that the first Ctrl-C aborts; the second ends the process at once, and so
 * does the end of two seconds.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interrupt = new AbortController();
  let pressed = 0;
  let cutOff: ReturnType<typeof setTimeout> | undefined;
  const onSignal = () => {
    const now = performance.now();
    if (pressed > 0 && now - pressed > ONE_PRESS) endInterrupted();
    if (pressed > 0) return;
    pressed = now;
    // What must be done at the end of a process is done here: nothing is left that it would remove.
    cutOff = setTimeout(() => endCutOff([]), PATIENCE);
    interrupt.abort();
  };
  for (const name of SIGNALS) Deno.addSignalListener(name, onSignal);
  running++;
  try {
    return await work(interrupt.signal);
  } finally {
    running--;
    clearTimeout(cutOff);
    for (const name of SIGNALS) Deno.removeSignalListener(name, onSignal);
  }
}
