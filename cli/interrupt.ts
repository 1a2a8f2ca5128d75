/** Ctrl-C and its like, as a signal that work can be stopped by. */

import { EXIT_CODES } from "../src/errors.ts";

const SIGNALS: readonly Deno.Signal[] = ["SIGINT", "SIGTERM"];

/** Runs `work` with a signal that the first Ctrl-C aborts; the second ends the process at once. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interrupt = new AbortController();
  const onSignal = () => {
    if (interrupt.signal.aborted) Deno.exit(EXIT_CODES.interrupted);
    interrupt.abort();
  };
  for (const name of SIGNALS) Deno.addSignalListener(name, onSignal);
  try {
    return await work(interrupt.signal);
  } finally {
    for (const name of SIGNALS) Deno.removeSignalListener(name, onSignal);
  }
}
