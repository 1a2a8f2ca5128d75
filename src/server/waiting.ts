/**
 * Waits that end: by what is awaited, by the user's signal, or by their bound. Whoever waits longer
 * than a few seconds is told for what.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { ReddError } from "../errors.ts";

/** How the user is told what is waited for, and how he ends it. */
export interface Waits {
  /** Receives whole sentences that the user should see. */
  readonly notice: (text: string) => void;
  /** Ctrl-C and its like. */
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds until the first word, and between it and the next ones. */
const FIRST_WORD = 5_000;
const NEXT_WORD = 30_000;

/**
 * Tells the user once that something takes its time, then again from time to time.
 *
 * @param what Completes `Still waiting for …`.
 * @param first Milliseconds until the first word.
 * @returns what ends the telling.
 */
export function tellOfWaiting(
  what: string,
  { notice }: Waits,
  first = FIRST_WORD,
): () => void {
  const began = performance.now();
  const tell = () => {
    notice(`Still waiting for ${what} (${Math.round((performance.now() - began) / 1000)} s).`);
    timer = setTimeout(tell, NEXT_WORD);
  };
  let timer = setTimeout(tell, first);
  return () => clearTimeout(timer);
}

/** What became of a wait: `done` is what was awaited. */
export type Ended<T> = { readonly done: T } | { readonly ended: "interrupted" | "too late" };

/**
 * Waits for `work`, at most `bound` ms, and no longer than until the signal.
 *
 * @param what Completes `Still waiting for …`.
 * @throws what `work` throws. What it throws after its wait has ended is nobody's concern.
 */
export async function waitFor<T>(
  work: Promise<T>,
  what: string,
  bound: number,
  waits: Waits,
): Promise<Ended<T>> {
  const { promise, resolve } = Promise.withResolvers<Ended<T>>();
  const onAbort = () => resolve({ ended: "interrupted" });
  const timer = setTimeout(() => resolve({ ended: "too late" }), bound);
  const quiet = tellOfWaiting(what, waits);
  waits.signal?.addEventListener("abort", onAbort);
  if (waits.signal?.aborted) onAbort();
  try {
    return await Promise.race([work.then((done) => ({ done })), promise]);
  } finally {
    work.catch(() => {});
    clearTimeout(timer);
    quiet();
    waits.signal?.removeEventListener("abort", onAbort);
  }
}

/** Pauses, or returns as soon as the signal comes. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {});
}

/**
 * Ends a start whose signal was aborted.
 *
 * @throws {ReddError} interrupted, if it was.
 */
export function throwIfInterrupted({ signal }: Waits): void {
  if (signal?.aborted) throw interrupted();
}

/** What a start ends with that the user has interrupted. */
export function interrupted(): ReddError {
  return new ReddError("interrupted", "INTERRUPTED", {
    cannot: "start the embedded server",
    because: "it was interrupted",
    remedy: "Run the same command again when you like",
  });
}
