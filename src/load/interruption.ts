/** A load whose user has had enough. */
import { ReddError } from "../errors.ts";

/** What is said when nothing has been done yet. */
const UNTOUCHED = "Nothing has changed in the target; load again when you like";

/**
 * Ends a load whose signal was aborted.
 *
 * @param remedy How things stand in the target, and what to do.
 * @throws {ReddError} interrupted, if it was.
 */
export function throwIfAborted(
  folder: string,
  signal: AbortSignal | undefined,
  remedy = UNTOUCHED,
): void {
  if (!signal?.aborted) return;
  throw new ReddError("interrupted", "INTERRUPTED", {
    cannot: `finish loading ${folder}`,
    because: "it was interrupted",
    remedy,
  });
}

/**
 * Waits for a connection to open, or for the signal. One that opens after the signal is closed.
 *
 * @param remedy As for {@linkcode throwIfAborted}.
 * @throws {ReddError} interrupted, if it was; else what the opening throws.
 */
export async function unlessAborted<Opened extends { close(): Promise<void> }>(
  opening: Promise<Opened>,
  folder: string,
  signal: AbortSignal | undefined,
  remedy = UNTOUCHED,
): Promise<Opened> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal?.reason);
  signal?.addEventListener("abort", onAbort);
  if (signal?.aborted) onAbort();
  try {
    return await Promise.race([opening, aborted.promise]);
  } catch (error) {
    opening.then((opened) => opened.close(), () => {});
    throwIfAborted(folder, signal, remedy);
    throw error;
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
}
