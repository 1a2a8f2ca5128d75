/**
 * Taking back a load that was abandoned: the rows that it has copied go, the indexes, keys and
 * foreign keys that it has dropped return, and the target is as it was before. One transaction.
 *
 * The rows go because keys cannot hold over half of a dataset. Rows that were there before stay, and
 * so does the master data that was merged with the target's own. Rows that somebody else has added
 * meanwhile are not touched: they are told, and nothing is changed.
 */
import { withTarget } from "../../postgres/with_target.ts";
import { ReddError } from "../../errors.ts";
import { allTables, tableNamed } from "../../tables/catalog.ts";
import { schemaMappingOf } from "../../aquamind/target_schema.ts";
import type { Gone, SchemaMapping } from "../../aquamind/schema_mapping.ts";
import { readCatalog } from "../../aquamind/catalog.ts";
import { loadFailure } from "../../postgres/failure.ts";
import { requireEveryRow } from "../../postgres/row_security.ts";
import { qualified, quoteIdent } from "../../postgres/identifier.ts";
import { identityColumn } from "../../dataset/ids.ts";
import { beginAlone, LOCK_TIMEOUT } from "../../postgres/session.ts";
import { LEDGER, type Target } from "../../postgres/target.ts";
import { redactUrl } from "../../postgres/url.ts";
import { deedOf, runStep } from "./build.ts";
import { type LoadLine, readLoads, refuseUnfinished, removeLoad } from "../ledger/loads.ts";
import { requireOwnLedger } from "../ledger/believed.ts";
import { openSteps } from "../ledger/steps.ts";
import { dropLedger } from "../ledger/tables.ts";

/** What was taken back. */
export interface Restored {
  /** The connection string without its password. */
  readonly target: string;
  /** The name of the dataset; absent where no load was unfinished and nothing was done. */
  readonly name?: string;
  /** Rows that were removed. */
  readonly rows: number;
  /** Indexes and foreign keys that were put back. */
  readonly indexes: number;
  readonly foreignKeys: number;
}

/** What a restoration is given. */
export interface RestoreOptions {
  /** Ends a restoration; the target stays as it was. From the commit on it is not heeded any more. */
  readonly signal?: AbortSignal;
  /** How long to wait for a lock that another session holds, in ms; 10 s if absent. */
  readonly lockTimeout?: number;
}

/**
 * Takes back the unfinished load of a database, if there is one. The schema that the load may have
 * created stays, empty.
 *
 * @throws {ReddError} input, when tables hold rows that the load has not copied; environment: no
 *   connection, a load that is running, no rights, a lock that is not given up; interrupted: the
 *   signal.
 */
export async function restoreTarget(url: string, options: RestoreOptions = {}): Promise<Restored> {
  const { signal, lockTimeout = LOCK_TIMEOUT } = options;
  const cannot = `take back the load in ${redactUrl(url)}`;
  const remedy = "Nothing has changed there, and the load is still unfinished";
  const what = {
    url,
    signal,
    cannot,
    remedy,
    atCommit: "Look with --status how it stands",
    interrupted: { cannot, remedy },
  };
  return await withTarget(what, async (target, held) => {
    await beginAlone(target, lockTimeout, "take back the load in");
    const open = (await readLoads(target)).find(({ finished }) => !finished);
    if (open === undefined) return { target: redactUrl(url), rows: 0, indexes: 0, foreignKeys: 0 };
    const restored = await takeBack(target, open);
    held.seal();
    await target.query("commit");
    return restored;
  });
}

/**
 * Removes the ledger of finished loads.
 *
 * @returns whether there was one.
 * @throws {ReddError} input, when a load is unfinished; environment: no connection, a load that is
 *   running, no rights.
 */
export async function forgetLoads(url: string, options: RestoreOptions = {}): Promise<boolean> {
  const { signal, lockTimeout = LOCK_TIMEOUT } = options;
  const cannot = `forget the loads of ${redactUrl(url)}`;
  const what = {
    url,
    signal,
    cannot,
    atCommit: "Look with --status whether they are forgotten",
    interrupted: { cannot, remedy: "The ledger is as it was" },
  };
  return await withTarget(what, async (target, held) => {
    await beginAlone(target, lockTimeout, "forget the loads of");
    await refuseUnfinished(target, "forget the loads of");
    const dropped = await dropLedger(target);
    held.seal();
    await target.query("commit");
    return dropped;
  });
}

interface Copied {
  readonly table: string;
  readonly rows: number;
}

/** Takes a load back in the transaction that is open, and stays so. */
async function takeBack(target: Target, load: LoadLine): Promise<Restored> {
  await requireOwnLedger(target);
  // A transaction of the killed loader that is about to commit is waited for: one that has claimed
  // a part holds a share of the load's line, one that takes a step holds its table. The line comes
  // first, as it does there.
  await target.query(`select from ${LEDGER}.load where dataset = $1 for update`, [load.dataset]);
  for (const name of load.rebuilt) {
    await target.query(`lock table ${qualified(load.schema, name)} in access exclusive mode`);
  }
  const copied = (await target.query<{ table: string; rows: string }>(
    `select "table" as table, sum(rows)::text as rows from ${LEDGER}.part where dataset = $1
     group by 1 order by 1`,
    [load.dataset],
  )).map(({ table, rows }) => ({ table, rows: Number(rows) }));
  const own = copied.filter(({ table }) => !load.merged.includes(table));
  const names = [...load.rebuilt, ...copied.map(({ table }) => table)];
  await requireEveryRow({ ...target, schema: load.schema }, "take back the load in", names);
  await refuseStrangers(target, load, own);
  await dropForeignKeys(target);
  await removeRows(target, load, own);
  const steps = await openSteps(target);
  for (const step of steps) {
    try {
      await runStep(target, step);
    } catch (error) {
      throw loadFailure(error, {
        cannot: deedOf(step),
        url: target.url,
        remedy: "Nothing has changed there, and the load is still unfinished",
      });
    }
  }
  await removeLoad(target, load.dataset);
  const countOf = (stage: string) => steps.filter((step) => step.stage === stage).length;
  return {
    target: redactUrl(target.url),
    name: load.name,
    rows: own.reduce((sum, { rows }) => sum + rows, 0),
    indexes: countOf("index"),
    foreignKeys: countOf("foreign key"),
  };
}

/** Every row of the tables must be one that was there or that the load has copied. */
async function refuseStrangers(
  target: Target,
  load: LoadLine,
  copied: readonly Copied[],
): Promise<void> {
  const expected = new Map(load.rebuilt.map((table) => [table, 0]));
  for (const { table, rows } of copied) expected.set(table, rows);
  const found: string[] = [];
  for (const [table, rows] of expected) {
    const [row] = await target.query<{ rows: string }>(
      `select count(*)::text as rows from ${qualified(load.schema, table)}`,
    );
    const before = load.others[table] ?? 0;
    if (Number(row?.rows) <= rows + before) continue;
    const there = before === 0 ? "" : ` and ${before} were there before`;
    found.push(`${table} holds ${row?.rows} rows, of which the load has copied ${rows}${there}`);
  }
  if (found.length === 0) return;
  throw new ReddError("input", "ROWS_OF_OTHERS", {
    cannot: `take back the load of ${load.name} in ${redactUrl(target.url)}`,
    because: found.join("; "),
    remedy: "Delete the rows that others have added, or load the dataset again to finish it",
  });
}

/** Foreign keys that are back already would forbid the tables to be truncated. */
async function dropForeignKeys(target: Target): Promise<void> {
  const rows = await target.query<{ relation: string; name: string }>(
    `update ${LEDGER}.step set done = null where stage = 'foreign key' and done is not null
     returning relation, quote_ident(name) as name`,
  );
  for (const { relation, name } of rows) {
    await target.query(`alter table ${relation} drop constraint if exists ${name}`);
  }
  await target.query(`update ${LEDGER}.step set done = null where stage = 'validation'`);
}

/**
 * Empties the tables: the large ones as a whole, the others row by row with their keys in place. Of
 * a table that has rows of others only those with the dataset's ids go.
 */
async function removeRows(
  target: Target,
  load: LoadLine,
  copied: readonly Copied[],
): Promise<void> {
  const isWhole = ({ table }: Copied) =>
    load.rebuilt.includes(table) && load.others[table] === undefined;
  const named = ({ table }: Copied) => qualified(load.schema, table);
  const gone = await idsToGo(target, load, copied);
  const whole = copied.filter(isWhole);
  if (whole.length > 0) await target.query(`truncate ${whole.map(named).join(", ")}`);
  await target.query("set constraints all deferred");
  for (const one of copied.filter((other) => !isWhole(other))) {
    await target.query(`delete from ${named(one)}${ownRows(load, one)}`);
  }
  await removeAdditions(target, load, gone);
  await target.query("set constraints all immediate");
}

/** The condition that a row of a table is the dataset's. */
function ownRows({ ids }: LoadLine, { table }: Copied): string {
  const range = ids[table];
  if (range === undefined) return "";
  return ` where ${quoteIdent(identityColumn(tableNamed(table))!)} between ${range[0]} and ${
    range[1]
  }`;
}

/** The ids of the rows that go from the tables that others' rows have been made of. */
async function idsToGo(
  target: Target,
  load: LoadLine,
  copied: readonly Copied[],
): Promise<Gone> {
  const gone: Record<string, readonly [number, number]> = {};
  const { sources } = await adaptationIn(target, load);
  for (const one of copied.filter(({ table }) => sources.includes(table))) {
    const identity = quoteIdent(identityColumn(tableNamed(one.table))!);
    const [row] = await target.query<{ first: string | null; last: string | null }>(
      `select min(${identity})::text as first, max(${identity})::text as last
       from ${qualified(load.schema, one.table)}${ownRows(load, one)}`,
    );
    if (row?.first != null) gone[one.table] = [Number(row.first), Number(row.last)];
  }
  return gone;
}

/** Removes the rows that a target's schema has required as well and whose occasion is gone. */
async function removeAdditions(target: Target, load: LoadLine, gone: Gone): Promise<void> {
  const { sweepings } = await adaptationIn(target, load);
  for (const statement of sweepings(load.schema, gone)) await target.query(statement);
}

/** What the load's schema needs, which need not be the one that this session would write to. */
async function adaptationIn(target: Target, { schema }: LoadLine): Promise<SchemaMapping> {
  return schemaMappingOf(await readCatalog({ ...target, schema }, allTables));
}
