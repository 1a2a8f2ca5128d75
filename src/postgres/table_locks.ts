/** Locks on the tables of a wipe, taken one by one, so that a message can name the table. */
import { ReddError } from "../errors.ts";
import { codeOf } from "./failure.ts";
import type { Target } from "./target.ts";
import { redactUrl } from "./url.ts";

/**
 * How much is locked: `share row exclusive` lets others read but write nothing and hang nothing on
 * the tables, `access exclusive` keeps them out.
 */
export type LockMode = "share row exclusive" | "access exclusive";

/**
 * Locks tables until the transaction ends, each waited for as long as the session's `lock_timeout`.
 *
 * @param relations Quoted and with their schema.
 * @throws {ReddError} environment, naming the table whose lock another session does not give up.
 */
export async function lockTables(
  target: Target,
  relations: readonly string[],
  mode: LockMode,
): Promise<void> {
  for (const relation of relations) {
    try {
      await target.query(`lock table ${relation} in ${mode} mode`);
    } catch (error) {
      if (codeOf(error) !== "55P03") throw error;
      throw new ReddError("environment", "TARGET_LOCKED", {
        cannot: `wipe ${redactUrl(target.url)}`,
        because: `another session holds a lock on ${relation}`,
        remedy: "Nothing has changed. Wait until that session has ended, or end it, and try again",
        cause: error,
      });
    }
  }
}
