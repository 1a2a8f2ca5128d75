/** How a session that loads is set, and the lock that keeps two loads apart. Both ways share it. */
import { ReddError } from "../errors.ts";
import type { Target } from "./target.ts";
import { redactUrl } from "./url.ts";

/** How long a load waits for a lock that another session holds, in ms, unless told otherwise. */
export const LOCK_TIMEOUT = 10_000;

/** The key of the advisory lock that keeps two loads apart in one database: "redd" in ASCII. */
export const LOAD_LOCK = 0x72656464;

/**
 * The assignment for SET that keeps functions and operators of the target's schemas out: one with
 * the exact types of its arguments would be taken before PostgreSQL's own, and do with Redd's rights
 * what its author likes. Tables are named with their schema.
 */
export const CATALOG_ALONE = "search_path = pg_catalog, pg_temp";

/**
 * Assignments for SET: PostgreSQL's own functions alone, all rows or an error (a policy that hid some
 * would make a load, a comparison or a wipe believe what is not so), and no limit of the server's
 * configuration but the one for locks.
 */
export function sessionSettings(version: number, lockTimeout: number): readonly string[] {
  return [
    CATALOG_ALONE,
    `lock_timeout = ${Math.trunc(lockTimeout)}`,
    "row_security = off",
    "statement_timeout = 0",
    "idle_in_transaction_session_timeout = 0",
    "idle_session_timeout = 0",
    ...(version >= 170000 ? ["transaction_timeout = 0"] : []),
    "timezone = 'UTC'",
    "datestyle = 'ISO, YMD'",
  ];
}

/**
 * Has the server end a statement within a second whose client is gone, so that whoever was killed
 * keeps nobody waiting; not every platform of a server can tell.
 */
const WATCH_CLIENT = "client_connection_check_interval = '1s'";

/** Sets a session for the whole of its life, outside of a transaction. */
export async function setSession(target: Target, lockTimeout: number): Promise<void> {
  for (const setting of sessionSettings(target.version, lockTimeout)) {
    await target.query(`set ${setting}`);
  }
  await target.query(`set ${WATCH_CLIENT}`).catch(() => {});
}

/** Sets a session until its transaction ends, which has begun; a pooler's next client meets nothing. */
async function setTransaction(target: Target, lockTimeout: number): Promise<void> {
  for (const setting of sessionSettings(target.version, lockTimeout)) {
    await target.query(`set local ${setting}`);
  }
  await target.query("savepoint watch");
  await target.query(`set local ${WATCH_CLIENT}`)
    .catch(() => target.query("rollback to savepoint watch"));
  // Neither a snapshot is exported nor a table frozen in a subtransaction.
  await target.query("release savepoint watch");
}

/**
 * Begins a transaction that reads one state of the database and changes nothing.
 *
 * @param snapshot The state, as another transaction has exported it; the present one if absent.
 */
export async function beginReading(target: Target, snapshot?: string): Promise<void> {
  await target.query("begin isolation level repeatable read read only");
  if (snapshot !== undefined) await target.query(`set transaction snapshot '${snapshot}'`);
  await setTransaction(target, LOCK_TIMEOUT);
}

/**
 * Begins a transaction that alone loads into the database, or wipes it.
 *
 * @param deed What is done, as in `Cannot <deed> <target>`.
 * @throws {ReddError} environment, when a load or another wipe is running.
 */
export async function beginAlone(
  target: Target,
  lockTimeout: number,
  deed: string,
): Promise<void> {
  await target.query("begin");
  await setTransaction(target, lockTimeout);
  await takeLoadLock(target, "pg_try_advisory_xact_lock", lockTimeout, deed);
}

/** How long a load waits for the session of a killed one to end, in ms. */
const PATIENCE = 3000;

/**
 * Takes the lock that keeps two loads apart, with a little patience.
 *
 * @param hold The function that takes it: for the session or for the transaction.
 * @param deed What is done, as in `Cannot <deed> <target>`.
 * @throws {ReddError} environment, when another load is running; the reason of the signal.
 */
export async function takeLoadLock(
  target: Target,
  hold: "pg_try_advisory_lock" | "pg_try_advisory_xact_lock",
  lockTimeout: number,
  deed: string,
  signal?: AbortSignal,
): Promise<void> {
  const until = performance.now() + Math.min(PATIENCE, lockTimeout);
  while (true) {
    const [row] = await target.query<{ alone: boolean }>(`select ${hold}(${LOAD_LOCK}) as alone`);
    if (row?.alone) return;
    signal?.throwIfAborted();
    if (performance.now() > until) throw loadRunning(target, deed);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function loadRunning({ url }: Target, deed: string): ReddError {
  return new ReddError("environment", "LOAD_RUNNING", {
    cannot: `${deed} ${redactUrl(url)}`,
    because: "a load into this database, or a wipe of it, is running",
    remedy: "Wait until it has ended",
  });
}
