/** Ctrl-C and its like, as a signal that work can be stopped by. */

import { EXIT_CODES } from "../src/errors.ts";

const SIGNALS: readonly Deno.Signal[] = ["SIGINT", "SIGTERM"];

/**
 * One Ctrl-C can arrive twice: from the terminal and from the task runner above. What comes within
 * this many milliseconds of the first is the same.
 */
const ONE_PRESS = 1000;

/** Runs `work` with a signal that the first Ctrl-C aborts; the second ends the process at once. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interrupt = new AbortController();
  let pressed = 0;
  const onSignal = () => {
    const now = performance.now();
    if (pressed > 0 && now - pressed > ONE_PRESS) Deno.exit(EXIT_CODES.interrupted);
    pressed = pressed || now;
    interrupt.abort();
  };
  for (const name of SIGNALS) Deno.addSignalListener(name, onSignal);
  try {
    return await work(interrupt.signal);
  } finally {
    for (const name of SIGNALS) Deno.removeSignalListener(name, onSignal);
  }
}
