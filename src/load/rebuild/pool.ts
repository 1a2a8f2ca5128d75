/** The connections of a load in the rebuild way, and how they share work. */
import { connect, type Target } from "../../postgres/target.ts";
import { setSession, takeLoadLock } from "../../postgres/session.ts";

/**
 * Opens a connection that alone may load into the database, as long as it lasts.
 *
 * @param signal Ends the waiting for another load.
 * @throws {ReddError} environment, when there is no connection, or another load is running.
 */
export async function connectAlone(
  url: string,
  lockTimeout: number,
  signal?: AbortSignal,
): Promise<Target> {
  const target = await connect(url);
  try {
    await setSession(target, lockTimeout);
    await takeLoadLock(target, "pg_try_advisory_lock", lockTimeout, "load into", signal);
    return target;
  } catch (error) {
    await target.close();
    throw error;
  }
}

/** Opens the other connections of a load, and adds them to the pool as they come. */
export async function enlarge(pool: Target[], jobs: number, lockTimeout: number): Promise<void> {
  const { url } = pool[0]!;
  while (pool.length < jobs) {
    const target = await connect(url);
    pool.push(target);
    await setSession(target, lockTimeout);
  }
}

/**
 * Has every connection take the next unit until none is left. The first failure ends them all: what
 * the others were at is rolled back.
 */
export async function share<Unit>(
  pool: readonly Target[],
  units: readonly Unit[],
  work: (target: Target, unit: Unit) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failure: { readonly error: unknown } | undefined;
  const loop = async (target: Target) => {
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
