/**
 * The engine of a database: asks a PostgreSQL server, on which it only reads, over connections that
 * all see the same rows.
 *
 * Deno permissions: net (the server), env and sys (what the driver reads).
 */
import { allChecks } from "../../catalogue/catalogue.ts";
import type { VerifyCheck } from "../../catalogue/check.ts";
import { chosenChecks } from "../../catalogue/choice.ts";
import {
  type Engine,
  QueryRefused,
  type Question,
  type ResultRow,
} from "../../catalogue/engine.ts";
import type { Known } from "../../catalogue/known.ts";
import type { ReddManifest } from "../../dataset/manifest.ts";
import { messageOf } from "../../errors.ts";
import { refuseUnfinished } from "../../load/ledger/loads.ts";
import { codeOf, isConnectionLost } from "../../postgres/failure.ts";
import { shareSnapshotWhere } from "../../postgres/snapshot.ts";
import type { Target } from "../../postgres/target.ts";
import { redactUrl } from "../../postgres/url.ts";
import { withTarget } from "../../postgres/with_target.ts";
import { allTables } from "../../tables/catalog.ts";
import type { VerifyReport } from "../report.ts";
import { runChecks, type VerifyOptions } from "../run.ts";
import { type DatabaseFacts, lookAt } from "./look.ts";
import { otherDatasetIn } from "./other_dataset.ts";
import { type DatabaseReading, databaseReading, prelude } from "./reading.ts";

/** How many connections read unless told otherwise. */
const JOBS = 2;

/** What a verification of a database is given besides where it is. */
export interface VerifyDatabaseOptions extends VerifyOptions {
  /** Connections that read side by side; 2 if absent. */
  readonly jobs?: number;
  /**
   * The last day by which the checks judge, as `2024-01-15`, where no dataset speaks for the
   * database; the last day with a record if absent.
   */
  readonly judgedTo?: string;
  /** Is told what the database holds, where no dataset speaks for it. */
  readonly onFound?: (facts: DatabaseFacts) => void;
  /**
   * Is told why fewer connections read than were wanted, and that another dataset was loaded there,
   * as far as the ledger of loads knows.
   */
  readonly onNotice?: (text: string) => void;
}

/**
 * Runs every check that applies in read-only transactions over a few connections, which all see the
 * same rows whatever else is written meanwhile. Where others have rows there too, the checks of the
 * dataset read its own.
 *
 * Without a manifest the database is judged by what holds of any farm: the checks that take numbers
 * from a dataset's manifest are skipped, and say so. The days that it is of are those of its records.
 *
 * ```ts
 * import { readManifest, verifyDatabase } from "@redd/redd";
 *
 * const url = "postgres://user:secret@127.0.0.1:5432/aquamind";
 * const { ok, results } = await verifyDatabase(url, await readManifest("out/farm"));
 * const failed = results.filter(({ status }) => status === "failed");
 * console.log(ok, failed.map(({ check, details }) => `${check.id}: ${details.join("; ")}`));
 *
 * const onFound = ({ batches, lastDay }) => console.log(`${batches} batches up to ${lastDay}`);
 * await verifyDatabase(url, undefined, { only: ["LAW-FISH-*"], onFound });
 * ```
 *
 * @param url The connection string, `postgres://user:password@host:port/database`.
 * @param manifest The manifest of the dataset that was loaded; undefined where Redd did not fill it.
 * @throws {ReddError} environment, when the connection fails or is lost, or rights are missing;
 *   input, when the string is none, a check is asked for that there is not, or the database has
 *   nothing that could be checked; interrupted, when the signal was aborted. What the checks find is
 *   in the report.
 */
export async function verifyDatabase(
  url: string,
  manifest?: ReddManifest,
  options: VerifyDatabaseOptions = {},
): Promise<VerifyReport> {
  const checks = chosenChecks(allChecks, options.only);
  const asked: DatabaseAsked = {
    ...options,
    manifest,
    tables: new Set(checks.flatMap(tablesReadBy)),
    most: checks.length,
    cannot: `verify ${redactUrl(url)}`,
    interrupted: {
      cannot: `finish verifying ${redactUrl(url)}`,
      remedy: "Nothing has changed there; verify again when you like",
    },
  };
  return await withDatabaseEngine(url, asked, async (engine, known, { found, going }) => {
    const report = await runChecks(engine, known, options, going);
    await options.besides?.ask(engine, known, going);
    return found === undefined ? report : { ...report, found };
  });
}

/** The tables that a check reads: all, where its query is made of those that are there. */
function tablesReadBy({ tables, sql }: VerifyCheck): readonly string[] {
  return tables.length === 0 && typeof sql === "function"
    ? allTables.map(({ name }) => name)
    : tables;
}

/** How a database is opened to be asked. */
export interface DatabaseAsked
  extends Pick<VerifyDatabaseOptions, "jobs" | "judgedTo" | "onFound" | "onNotice" | "signal"> {
  /** The manifest of the dataset that was loaded; undefined where Redd did not fill it. */
  readonly manifest: ReddManifest | undefined;
  /** The tables that will be read. */
  readonly tables: ReadonlySet<string>;
  /** The questions, since more connections than that would wait. */
  readonly most: number;
  /** What is wanted of it, completing "Cannot …". */
  readonly cannot: string;
  /** What an interruption is told as. */
  readonly interrupted: { readonly cannot: string; readonly remedy: string };
}

/** What is told to those who ask, besides what is known of the rows. */
interface Asking {
  /** What the database holds, where no dataset speaks for it. */
  readonly found: DatabaseFacts | undefined;
  /** Throws where no more is to be asked. */
  readonly going: () => void;
}

/**
 * Opens the engine of a database, over connections in read-only transactions that all see the same
 * rows, for as long as somebody asks it.
 *
 * @throws {ReddError} as {@linkcode verifyDatabase}, and whatever `ask` throws.
 */
export async function withDatabaseEngine<Answer>(
  url: string,
  asked: DatabaseAsked,
  ask: (engine: Engine, known: Known, asking: Asking) => Promise<Answer>,
): Promise<Answer> {
  const { manifest, tables, most, jobs = JOBS, cannot, interrupted, judgedTo, signal } = asked;
  return await withTarget({ url, signal, cannot, interrupted }, async (target, held) => {
    const going = () => held.throwIfAborted();
    const fewer = await shareSnapshotWhere(held.targets, Math.min(jobs, most), signal);
    going();
    const { targets } = held;
    if (fewer !== undefined) {
      const n = targets.length;
      asked.onNotice?.(
        `Reading over ${n === 1 ? "one connection" : `${n} connections`}: ${fewer}.`,
      );
    }
    using _ = endTogether(targets);
    await refuseUnfinished(target, "verify");
    const other = manifest === undefined ? undefined : await otherDatasetIn(target, manifest);
    if (other !== undefined) asked.onNotice?.(other);
    const look = manifest === undefined ? await lookAt(target, tables, judgedTo) : undefined;
    if (look !== undefined) asked.onFound?.(look.facts);
    const known = manifest ?? look!.rows;
    const engine = await postgresEngine(targets, known);
    const answer = await ask(engine, known, { found: look?.facts, going });
    for (const one of targets) await one.query("commit");
    return answer;
  });
}

/** Until it is let go, the end of one connection is that of all: none goes on for nothing. */
function endTogether(targets: readonly Target[]): Disposable {
  let together = true;
  for (const target of targets) {
    target.lost.catch(() => {
      if (together) { for (const other of targets) if (other !== target) other.abandon(); }
    });
  }
  return {
    [Symbol.dispose]() {
      together = false;
    },
  };
}

/**
 * Room for a sort or a hash before it goes to the disk, where the server would give it less: most
 * checks sort or count some millions of rows.
 */
const ROOM = `select set_config('work_mem', '64MB', true)
  where pg_size_bytes(current_setting('work_mem')) < pg_size_bytes('64MB')`;

/**
 * The engine of a database that a dataset was loaded into, or that others have filled, for as long as
 * the transactions last that are open. A query that the server refuses leaves its transaction as it
 * was.
 *
 * @param target One connection, or some that see the same rows.
 */
export async function postgresEngine(
  target: Target | readonly Target[],
  known: Known,
): Promise<Engine> {
  const targets = "query" in target ? [target] : target;
  for (const one of targets) {
    // The checks of the catalog are about this schema.
    await one.query("select pg_catalog.set_config('redd.schema', $1, true)", [one.schema]);
    await one.query(ROOM);
    // Side by side, connections use the cores; workers of each would only share them.
    if (targets.length > 1) await one.query("set local max_parallel_workers_per_gather = 0");
  }
  return engineBy(targets, known, await databaseReading(targets[0]!, known));
}

function engineBy(targets: readonly Target[], known: Known, reading: DatabaseReading): Engine {
  const free = [...targets];
  const waiting: ((target: Target) => void)[] = [];
  const taken = () => new Promise<Target>((resolve) => waiting.push(resolve));
  const release = (target: Target) => {
    const next = waiting.shift();
    if (next === undefined) free.push(target);
    else next(target);
  };
  return {
    name: "PostgreSQL",
    abilities: ["catalog", "views"],
    atOnce: targets.length,
    async ask(question) {
      const target = free.shift() ?? await taken();
      try {
        return await askOf(target, question, known, reading);
      } finally {
        release(target);
      }
    },
  };
}

/**
 * Asks one question. Where its reckoning stumbles over a value, it is asked once more with dates that
 * none can be (`infinity`, the year 20255) taken for none: LAW-DATE has those, and this one judges
 * the rest.
 */
async function askOf(
  target: Target,
  question: Question,
  known: Known,
  reading: DatabaseReading,
): Promise<readonly ResultRow[]> {
  const refused = await answerOf(target, question, prelude(question, known, reading));
  if (!("error" in refused)) return refused.rows;
  const { error } = refused;
  if (codeOf(error).startsWith(DATA_EXCEPTION)) {
    const again = prelude(question, known, { ...reading, plausibleAlone: true });
    const answer = await answerOf(target, question, again);
    if (!("error" in answer)) return answer.rows;
  }
  throw new QueryRefused(messageOf(error), { cause: error });
}

/** With this the codes begin of what a value has made impossible. */
const DATA_EXCEPTION = "22";

type Answer = { readonly rows: readonly ResultRow[] } | { readonly error: unknown };

/** What a server says to a question; its transaction stays as it was. */
async function answerOf(
  { query }: Target,
  { sql, args, limit }: Question,
  before: string,
): Promise<Answer> {
  await query("savepoint verify");
  try {
    // Planned for all rows, since a check that passes has looked at them all: for the first few the
    // server would choose ways that find them soon where there are many, and take hours where none is.
    const rows = await query<{ json: string }>(
      `${before}verified AS MATERIALIZED (${sql})
       select row_to_json(verified)::text as json from verified limit ${limit}`,
      args,
    );
    return { rows: rows.map(({ json }) => JSON.parse(json) as ResultRow) };
  } catch (error) {
    if (isConnectionLost(error)) throw error;
    await query("rollback to savepoint verify");
    return { error };
  }
}
