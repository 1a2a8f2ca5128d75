/**
 * The engine of a database: asks a PostgreSQL server, on which it only reads.
 *
 * Deno permissions: net (the server), env and sys (what the driver reads).
 */
import { refuseUnfinished } from "../../load/ledger/loads.ts";
import { withTarget } from "../../postgres/with_target.ts";
import { messageOf } from "../../errors.ts";
import type { ReddManifest } from "../../dataset/manifest.ts";
import { isConnectionLost } from "../../postgres/failure.ts";
import { beginReading } from "../../postgres/session.ts";
import type { Target } from "../../postgres/target.ts";
import { redactUrl } from "../../postgres/url.ts";
import { type Engine, QueryRefused, type ResultRow } from "../../catalogue/engine.ts";
import type { VerifyReport } from "../report.ts";
import { runChecks, type VerifyOptions } from "../run.ts";
import { type DatabaseReading, databaseReading, prelude } from "./reading.ts";

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
 *   none or a check is asked for that there is not; interrupted, when the signal was aborted. What
 *   the checks find is in the report.
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
    const engine = await postgresEngine(target, manifest);
    const going = () => held.throwIfAborted();
    const report = await runChecks(engine, manifest, options, going);
    await options.besides?.ask(engine, manifest, going);
    await target.query("commit");
    return report;
  });
}

/**
 * The engine of a database that a dataset was loaded into, for as long as the transaction lasts that
 * is open. A query that the server refuses leaves the transaction as it was.
 */
export async function postgresEngine(target: Target, manifest: ReddManifest): Promise<Engine> {
  // The checks of the catalog are about this schema.
  await target.query("select pg_catalog.set_config('redd.schema', $1, true)", [target.schema]);
  return engineBy(target, manifest, await databaseReading(target, manifest));
}

function engineBy({ query }: Target, manifest: ReddManifest, reading: DatabaseReading): Engine {
  return {
    name: "PostgreSQL",
    abilities: ["catalog", "views"],
    async ask(question) {
      const { sql, args, limit } = question;
      await query("savepoint verify");
      try {
        const rows = await query<{ json: string }>(
          `${prelude(question, manifest, reading)}select row_to_json(verified)::text as json
           from (${sql}) verified limit ${limit}`,
          args,
        );
        return rows.map(({ json }) => JSON.parse(json) as ResultRow);
      } catch (error) {
        if (isConnectionLost(error)) throw error;
        await query("rollback to savepoint verify");
        throw new QueryRefused(messageOf(error), { cause: error });
      }
    },
  };
}
