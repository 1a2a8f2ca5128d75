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
 * Has the server end a statement soon whose client is gone, so that a killed load keeps nobody
 * waiting; not every platform of a server can tell. Outside of a transaction.
 */
export async function watchClient(target: Target): Promise<void> {
  await target.query("set client_connection_check_interval = '1s'").catch(() => {});
}

/** How long a load waits for the session of a killed one to end, in ms. */
const PATIENCE = 3000;

/**
 * Takes the lock that keeps two loads apart, with a little patience.
 *
 * @param hold The function that takes it: for the session or for the transaction.
 * @throws {ReddError} environment, when another load is running; the reason of the signal.
 */
export async function takeLoadLock(
  target: Target,
  hold: "pg_try_advisory_lock" | "pg_try_advisory_xact_lock",
  lockTimeout: number,
  signal?: AbortSignal,
): Promise<void> {
  const until = performance.now() + Math.min(PATIENCE, lockTimeout);
  while (true) {
    const [row] = await target.query<{ alone: boolean }>(`select ${hold}(${LOAD_LOCK}) as alone`);
    if (row?.alone) return;
    signal?.throwIfAborted();
    if (performance.now() > until) throw loadRunning(target);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What a load says that finds another one at work. */
export function loadRunning({ url }: Target): ReddError {
  return new ReddError("environment", "LOAD_RUNNING", {
    cannot: `load into ${redactUrl(url)}`,
    because: "another load into this database is running",
    remedy: "Wait until it has ended",
  });
}
