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
 * Assignments for SET: PostgreSQL's own functions alone, and no limit of the server's configuration
 * but the one for locks.
 */
export function sessionSettings(version: number, lockTimeout: number): readonly string[] {
  return [
    CATALOG_ALONE,
    `lock_timeout = ${Math.trunc(lockTimeout)}`,
    "statement_timeout = 0",
    "idle_in_transaction_session_timeout = 0",
    ...(version >= 170000 ? ["transaction_timeout = 0"] : []),
    "timezone = 'UTC'",
    "datestyle = 'ISO, YMD'",
  ];
}

/** What a load says that finds another one at work. */
export function loadRunning({ url }: Target): ReddError {
  return new ReddError("environment", "LOAD_RUNNING", {
    cannot: `load into ${redactUrl(url)}`,
    because: "another load into this database is running",
    remedy: "Wait until it has ended",
  });
}
