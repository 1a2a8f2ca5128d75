/**
 * Runs the checks on a PostgreSQL database, which they only read.
 *
 * Deno permissions: net (the server), env and sys (what the driver reads).
 */
import { refuseUnfinished } from "../load/ledger/loads.ts";
import { withTarget } from "../postgres/with_target.ts";
import { messageOf } from "../errors.ts";
import type { ReddManifest } from "../dataset/manifest.ts";
import { isConnectionLost } from "../postgres/failure.ts";
import { beginReading } from "../postgres/session.ts";
import { type Target } from "../postgres/target.ts";
import { redactUrl } from "../postgres/url.ts";
import { bind, type ResultRow, sqlOf, type VerifyCheck } from "./check.ts";
import { postgresChecks } from "./catalogue.ts";
import { type CheckResult, judge, rowsNeeded, whySkipped } from "./judge.ts";
import { type DatabaseReading, databaseReading, prelude } from "./reading.ts";
import { type VerifyReport, verifyReport } from "./report.ts";

/** What a verification is given besides the database and the manifest. */
export interface VerifyOptions {
  /** Called with every check as it begins, with its place from 0 and the number of all checks. */
  readonly onBegin?: (check: VerifyCheck, place: number, all: number) => void;
  /** Called with every check as it ends. */
  readonly onCheck?: (result: CheckResult) => void;
  /** Ends the verification, wherever it is. */
  readonly signal?: AbortSignal;
}

/** Runs a statement and returns its rows, inside of a transaction. */
export type Query = Target["query"];

/**
 * Runs every check that applies in one read-only transaction, so that all see the same rows
 * whatever else is written meanwhile. Where others have rows there too, the checks of the dataset
 * read its own.
 *
 * ```ts
 * import { readManifest, verifyDatabase } from "@redd/redd";
 *
 * const url = "postgres://user:secret@127.0.0.1:5432/aquamind";
 * const { ok, results } = await verifyDatabase(url, await readManifest("out/farm"));
 * const failed = results.filter(({ status }) => status === "failed");
 * console.log(ok, failed.map(({ check, details }) => `${check.id}: ${details.join("; ")}`));
 * ```
 *
 * @param url The connection string, `postgres://user:password@host:port/database`.
 * @throws {ReddError} environment, when the connection fails or is lost; input, when the string is
 *   none; interrupted, when the signal was aborted. What the checks find is in the report.
 */
export async function verifyDatabase(
  url: string,
  manifest: ReddManifest,
  options: VerifyOptions = {},
): Promise<VerifyReport> {
  const cannot = `verify ${redactUrl(url)}`;
  const what = {
    url,
    signal: options.signal,
    cannot,
    interrupted: {
      cannot: `finish verifying ${redactUrl(url)}`,
      remedy: "Nothing has changed there; verify again when you like",
    },
  };
  return await withTarget(what, async (target, held) => {
    await beginReading(target);
    await refuseUnfinished(target, "verify");
    const reading = await databaseReading(target, manifest);
    const results: CheckResult[] = [];
    for (const check of postgresChecks) {
      held.throwIfAborted();
      options.onBegin?.(check, results.length, postgresChecks.length);
      const result = await runCheck(target.query, check, manifest, reading);
      results.push(result);
      options.onCheck?.(result);
    }
    await target.query("commit");
    return verifyReport(results);
  });
}

/**
 * Runs one check in the transaction that is open. A query that the server refuses leaves the
 * transaction as it was.
 *
 * @param reading How the database is read; as it stands unless given.
 * @throws the driver's error, when the connection is lost.
 */
export async function runCheck(
  query: Query,
  check: VerifyCheck,
  manifest: ReddManifest,
  reading?: DatabaseReading,
): Promise<CheckResult> {
  const reason = whySkipped(check, manifest);
  if (reason !== undefined) return { check, status: "skipped", details: [reason] };
  const { text, args } = bind(sqlOf(check, manifest), manifest);
  const before = reading === undefined ? "" : prelude(check, manifest, reading, text);
  await query("savepoint verify");
  try {
    const rows = await query<{ json: string }>(
      `${before}select row_to_json(verified)::text as json from (${text}) verified limit ${
        rowsNeeded(check)
      }`,
      args,
    );
    return judge(check, rows.map(({ json }) => JSON.parse(json) as ResultRow), manifest);
  } catch (error) {
    if (isConnectionLost(error)) throw error;
    await query("rollback to savepoint verify");
    return { check, status: "broken", details: [messageOf(error)] };
  }
}
