/** The end of a worker that carries out a line. */
import { runSteps } from "../src/early_exit.ts";

/**
 * Has `tell` called with the exit code when this worker ends, by Deno.exit or by an error that nobody
 * caught: after what must be done at its end, since the process goes when it hears of it.
 */
export function tellEnd(tell: (code: number) => void): void {
  addEventListener("unload", () => {
    runSteps();
    tell(Deno.exitCode);
  });
}
