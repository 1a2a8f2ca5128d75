/**
 * Wiping a database: the rows of the operational tables and their histories go, in one transaction;
 * infrastructure, master data and users stay as they are, and so does everything of the catalog.
 *
 * Deno permissions: net (the server), env and sys (what the driver reads).
 */
import { type Interruption, throwIfAborted, withTarget } from "../../postgres/with_target.ts";
import { ReddError } from "../../errors.ts";
import { refuseUnfinished } from "../ledger/loads.ts";
import { beginAlone, LOCK_TIMEOUT } from "../../postgres/session.ts";
import { type Target } from "../../postgres/target.ts";
import { redactUrl } from "../../postgres/url.ts";
import { planWipe, type WipePlan } from "./plan.ts";
import { wipeRows } from "./rows.ts";

export { planWipe, type WipePlan } from "./plan.ts";
export { wipeRows } from "./rows.ts";

/** What a wipe is given besides the connection string. */
export interface WipeOptions {
  /**
   * Is asked with the counts, and with false nothing is wiped. No transaction is open meanwhile.
   * Without it nobody is asked.
   */
  readonly confirm?: (plan: WipePlan) => Promise<boolean>;
  /** Is told what will be removed, when nobody is asked. */
  readonly onPlan?: (plan: WipePlan) => void;
  /** Ends the wipe; the target stays as it was. From the commit on it is not heeded any more. */
  readonly signal?: AbortSignal;
  /** How long to wait for a lock that another session holds, in ms; 10 s if absent. */
  readonly lockTimeout?: number;
}

/** What was removed, or would have been. */
export interface WipeReport extends WipePlan {
  /** The connection string without its password. */
  readonly target: string;
  /** False when the question was not answered with yes: then nothing has changed. */
  readonly wiped: boolean;
}

/**
 * Wipes a database: the rows of the operational tables and of their histories go, in one
 * transaction; infrastructure, master data and users stay.
 *
 * With a question, the tables are counted twice: once for the person to see, in a transaction that
 * ends before the question, so that no lock and no open transaction waits for an answer; and once
 * more under lock when the answer has come. Counts that differ mean that the answer was given to
 * another question, and nothing is wiped.
 *
 * ```ts
 * import { wipeDatabase } from "@redd/redd";
 *
 * const url = "postgres://user:secret@127.0.0.1:5432/aquamind";
 * const { wiped } = await wipeDatabase(url, {
 *   confirm: ({ rows }) => Promise.resolve(confirm(`Remove ${rows} rows?`)),
 * });
 * console.log(wiped ? "They are gone." : "Nothing has changed.");
 * ```
 *
 * @param url The connection string, `postgres://user:password@host:port/database`.
 * @throws {ReddError} input: no AquaMind there, a load unfinished, tables of others with rows in
 *   them hang on the tables, the rows changed during the question; environment: no connection, a
 *   load that is running, no rights, a lock that is not given up; interrupted: the signal.
 */
export async function wipeDatabase(url: string, options: WipeOptions = {}): Promise<WipeReport> {
  const { confirm, onPlan, signal } = options;
  const target = redactUrl(url);
  let shown: WipePlan | undefined;
  if (confirm !== undefined) {
    shown = await inTransaction(url, options, (target) => planWipe(target));
    const agreed = await confirm(shown);
    throwIfAborted(signal, interruptedWipe(url));
    if (!agreed) return { target, wiped: false, ...shown };
  }
  const plan = await inTransaction(url, options, async (target) => {
    const held = await planWipe(target, { hold: true });
    if (shown === undefined) onPlan?.(held);
    else requireSame(url, shown, held);
    await wipeRows(target, held);
    return held;
  });
  return { target, wiped: true, ...plan };
}

/** Works in a transaction of a connection of its own, alone in the database, and commits. */
async function inTransaction<Result>(
  url: string,
  { signal, lockTimeout = LOCK_TIMEOUT }: WipeOptions,
  work: (target: Target) => Promise<Result>,
): Promise<Result> {
  const what = {
    url,
    signal,
    cannot: `wipe ${redactUrl(url)}`,
    remedy: UNTOUCHED,
    atCommit: "It ended at the commit: run the same command again to see whether the rows are gone",
    interrupted: interruptedWipe(url),
  };
  return await withTarget(what, async (target, held) => {
    await beginAlone(target, lockTimeout, "wipe");
    await refuseUnfinished(target, "wipe");
    const result = await work(target);
    held.seal();
    await target.query("commit");
    return result;
  });
}

/** What is said as long as nothing is committed. */
const UNTOUCHED = "Nothing has changed there";

function interruptedWipe(url: string): Interruption {
  return { cannot: `wipe ${redactUrl(url)}`, remedy: UNTOUCHED };
}

/** The plan that was agreed to must be the one that is carried out. */
function requireSame(url: string, shown: WipePlan, held: WipePlan): void {
  const before = new Map(shown.tables.map(({ name, rows }) => [name, rows]));
  const changes = held.tables
    .filter(({ name, rows }) => before.get(name) !== rows)
    .map(({ name, rows }) => `${name} had ${before.get(name) ?? 0} rows and has ${rows}`);
  if (changes.length === 0) return;
  throw new ReddError("input", "TARGET_CHANGED", {
    cannot: `wipe ${redactUrl(url)}`,
    because: `rows came or went during the question: ${changes.join("; ")}`,
    remedy: "Nothing has changed there by the wipe. Stop what writes to the database and try " +
      "again, or give --confirm, which takes what it finds",
  });
}
