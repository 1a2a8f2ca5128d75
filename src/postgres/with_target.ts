/**
 * One bracket about all work in a database: it connects, heeds the signal, rolls back, explains what
 * failed, and closes every connection, however the work ends.
 */
import { ReddError } from "../errors.ts";
import { isConnectionLost, loadFailure } from "./failure.ts";
import { explainLock } from "./lock_holder.ts";
import { connect, type Target } from "./target.ts";

/** What is said of an interruption. */
export interface Interruption {
  /** Verb and thing: `finish loading out/single`. */
  readonly cannot: string;
  /** How things stand in the database, and what to do. */
  readonly remedy: string | (() => string);
}

/** What the bracket is about. */
export interface Work {
  /** The connection string. */
  readonly url: string;
  /** Verb and thing, for what fails: `wipe the database farm`. */
  readonly cannot: string;
  /** What helps against a failure that has no remedy of its own. */
  readonly remedy?: string;
  /** What is said instead when the connection is lost at the commit. */
  readonly atCommit?: string;
  /** Does the work bring rows of a dataset, so that rows which are refused are its own? */
  readonly brings?: boolean;
  readonly interrupted: Interruption;
  readonly signal?: AbortSignal | undefined;
}

/** What the work can say to the bracket. */
export interface Held {
  /** All connections: those that the work adds are abandoned and closed with the first. */
  readonly targets: Target[];
  /** @throws {ReddError} interrupted, if the signal was aborted. */
  throwIfAborted(): void;
  /**
   * The commit comes next: the signal is looked at once more, and from then on it ends nothing.
   *
   * @throws {ReddError} interrupted, if the signal was aborted before.
   */
  seal(): void;
}

/** @throws {ReddError} interrupted, if the signal was aborted. */
export function throwIfAborted(
  signal: AbortSignal | undefined,
  { cannot, remedy }: Interruption,
): void {
  if (!signal?.aborted) return;
  throw new ReddError("interrupted", "INTERRUPTED", {
    cannot,
    because: "it was interrupted",
    remedy: typeof remedy === "string" ? remedy : remedy(),
  });
}

/**
 * Waits for a connection to open, or for the signal. One that opens after the signal is closed.
 *
 * @throws {ReddError} interrupted, if the signal came first; else what the opening throws.
 */
async function unlessAborted(
  opening: Promise<Target>,
  signal: AbortSignal | undefined,
  interrupted: Interruption,
): Promise<Target> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal?.reason);
  signal?.addEventListener("abort", onAbort);
  if (signal?.aborted) onAbort();
  try {
    return await Promise.race([opening, aborted.promise]);
  } catch (error) {
    opening.then((opened) => opened.close(), () => {});
    throwIfAborted(signal, interrupted);
    throw error;
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
}

/**
 * Works in a database. A failure is rolled back in the first connection; a signal abandons all
 * connections, wherever the work is, until it is sealed.
 *
 * @throws {ReddError} environment, when there is no connection or it is lost, a lock is not given up
 *   or rights are missing; interrupted: the signal; and what the work itself throws.
 */
export async function withTarget<Result>(
  what: Work,
  work: (target: Target, held: Held) => Promise<Result>,
): Promise<Result> {
  const { url, signal, cannot, interrupted } = what;
  const targets: Target[] = [];
  let sealed = false;
  const onAbort = () => targets.forEach((target) => target.abandon());
  const held: Held = {
    targets,
    throwIfAborted: () => throwIfAborted(signal, interrupted),
    seal() {
      throwIfAborted(signal, interrupted);
      signal?.removeEventListener("abort", onAbort);
      sealed = true;
    },
  };
  signal?.addEventListener("abort", onAbort);
  try {
    held.throwIfAborted();
    const target = await unlessAborted(connect(url), signal, interrupted);
    targets.push(target);
    held.throwIfAborted();
    return await work(target, held);
  } catch (error) {
    if (!sealed) held.throwIfAborted();
    await targets[0]?.query("rollback").catch(() => {});
    const remedy = sealed && isConnectionLost(error) ? what.atCommit ?? what.remedy : what.remedy;
    const { brings } = what;
    const told = loadFailure(error, {
      cannot,
      url,
      brings,
      ...(remedy === undefined ? {} : { remedy }),
    });
    throw await explainLock(told, url);
  } finally {
    signal?.removeEventListener("abort", onAbort);
    for (const target of targets.toReversed()) await target.close();
  }
}
