/**
 * The connections of a load in the rebuild way, and how they share work.
 *
 * A worker is always in a transaction, be it an empty one that waits for its turn: outside of one the
 * server may end it (`idle_session_timeout`), and settings would have to be made for longer than
 * Redd has the connection where a pooler hands it on. An empty transaction holds nothing that another
 * session could wait for.
 */
import { connectBeside, type Target } from "../../postgres/target.ts";
import { beginWriting, commitAndGoOn } from "../../postgres/session.ts";

/** A connection that works, in a transaction. */
export interface Worker extends Target {
  /** Commits what was done, and begins the next transaction. */
  commit(): Promise<void>;
}

/**
 * Opens connections until there are so many workers.
 *
 * @param guard The connection that holds the lock of loads. If it is lost, others may load, and all
 *   work ends at once.
 * @param targets Receives every connection as it comes, to be closed.
 * @throws {ReddError} environment, when there is no connection, or a pooler has none free.
 */
export async function enlarge(
  guard: Target,
  workers: Worker[],
  jobs: number,
  lockTimeout: number,
  targets: Target[],
): Promise<void> {
  while (workers.length < jobs) {
    const target = await connectBeside(guard);
    targets.push(target);
    await beginWriting(target, lockTimeout);
    guard.lost.catch(() => target.abandon());
    workers.push({ ...target, commit: () => commitAndGoOn(target, lockTimeout) });
  }
}

/**
 * Has every connection take the next unit until none is left. The first failure ends them all: what
 * the others were at is rolled back.
 */
export async function share<Unit, Connection extends Target>(
  pool: readonly Connection[],
  units: readonly Unit[],
  work: (target: Connection, unit: Unit) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failure: { readonly error: unknown } | undefined;
  const loop = async (target: Connection) => {
    try {
      while (next < units.length && failure === undefined) await work(target, units[next++]!);
    } catch (error) {
      if (failure !== undefined) return;
      failure = { error };
      for (const other of pool) if (other !== target) other.abandon();
    }
  };
  await Promise.all(pool.map(loop));
  if (failure !== undefined) throw failure.error;
}
