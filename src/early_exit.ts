/**
 * What must still be done when the process ends early: by Ctrl-C, a signal, an error that nobody
 * caught, or Deno.exit. The steps are synchronous, because after most of these nothing else runs.
 */
import { EXIT_CODES } from "./errors.ts";

const SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT", "SIGBREAK"]
  : ["SIGINT", "SIGTERM", "SIGHUP"];

const EVENTS = ["unload", "error", "unhandledrejection"] as const;

interface Step {
  readonly run: () => void;
  readonly onSignals: boolean;
}

const steps = new Set<Step>();

/** Is anyone listening for signals? A caller of its own then decides when the process ends. */
function watchesSignals(): boolean {
  return [...steps].some((step) => step.onSignals);
}

/** Does what must still be done, now. */
export function runSteps(): void {
  for (const step of [...steps].reverse()) {
    steps.delete(step);
    try {
      step.run();
    } catch {
      // The process ends with what it was to end with, and the other steps are still to be done.
    }
  }
}

function onEvent(event: Event): void {
  if (!event.defaultPrevented) runSteps();
}

function onSignal(): void {
  runSteps();
  Deno.exit(EXIT_CODES.interrupted);
}

/**
 * Has `run` called once when the process ends before the returned function has taken it back.
 *
 * @param options.signals with true, a signal ends the process with exit code 130 after the steps;
 *   with false the caller listens for signals itself.
 */
export function onEarlyExit(run: () => void, options: { signals: boolean }): () => void {
  const step: Step = { run, onSignals: options.signals };
  if (steps.size === 0) EVENTS.forEach((name) => globalThis.addEventListener(name, onEvent));
  if (options.signals && !watchesSignals()) {
    SIGNALS.forEach((signal) => Deno.addSignalListener(signal, onSignal));
  }
  steps.add(step);
  return () => {
    if (!steps.delete(step)) return;
    if (steps.size === 0) EVENTS.forEach((name) => globalThis.removeEventListener(name, onEvent));
    if (options.signals && !watchesSignals()) {
      SIGNALS.forEach((signal) => Deno.removeSignalListener(signal, onSignal));
    }
  };
}
