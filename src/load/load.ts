/**
 * Loading a dataset in the deferred way: one transaction from the first table to the last sequence.
 * On any error nothing has changed in the target, the schema that was created included.
 *
 * Deno permissions: read (the dataset), net (the server), env and sys (what the driver reads). No
 * file is written.
 */
import { ReddError } from "../errors.ts";
import { readManifest, type ReddManifest } from "../generate/manifest.ts";
import { allTables } from "../tables/catalog.ts";
import { judgeTarget } from "./admission.ts";
import { countRows, readCatalog } from "./catalog.ts";
import { resolveContentTypes } from "./content_types.ts";
import { copyPart } from "./copy.ts";
import { type Filling, fillingsOf, inspectParts } from "./dataset.ts";
import { loadFailure } from "./failure.ts";
import { qualified } from "./identifier.ts";
import { type LoadProgress, type Phase, phaseClock, progressReporter, total } from "./progress.ts";
import { completeSchema, createSchema } from "./schema.ts";
import { advanceSequences } from "./sequences.ts";
import { connect, type Target } from "./target.ts";
import { redactUrl } from "./url.ts";

/** What a load is given besides the folder. */
export interface LoadOptions {
  /** The connection string. */
  readonly url: string;
  readonly onProgress?: (progress: LoadProgress) => void;
  /** Ends the load; the target stays as it was. */
  readonly signal?: AbortSignal;
  /** How long to wait for a lock that another session holds, in milliseconds; 10 s if absent. */
  readonly lockTimeout?: number;
}

/** What a load has done. */
export interface LoadReport {
  /** The connection string without its password. */
  readonly target: string;
  /** `server_version_num`: 180004 is 18.4. */
  readonly serverVersion: number;
  /** Were AquaMind's tables made by this load? */
  readonly schemaCreated: boolean;
  readonly tables: readonly TableReport[];
  /** Tables of Django's own that the target had filled already and that were left alone. */
  readonly skipped: readonly string[];
  readonly rows: number;
  readonly bytes: number;
  readonly seconds: Readonly<Record<Phase, number>>;
}

/** What a load has put into one table. */
export interface TableReport {
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
}

/** The key of the advisory lock that keeps two loads apart in one database: "redd" in ASCII. */
const LOAD_LOCK = 0x72656464;

/**
 * Loads a dataset folder into a database. The target's tables must be empty or absent.
 *
 * @throws {ReddError} input: no dataset, a damaged one, a target whose tables differ or hold rows,
 *   rows that the server refuses; environment: no connection, no rights, a lock that is not given
 *   up; interrupted: the signal.
 */
export async function loadDataset(folder: string, options: LoadOptions): Promise<LoadReport> {
  const manifest = await readManifest(folder);
  const fillings = fillingsOf(folder, manifest);
  await inspectParts(folder, fillings);
  const { url, signal } = options;
  throwIfAborted(folder, signal);
  const target = await connect(url);
  const onAbort = () => target.abandon();
  signal?.addEventListener("abort", onAbort);
  try {
    return await loadInto(target, folder, manifest, fillings, options);
  } catch (error) {
    throwIfAborted(folder, signal);
    await target.query("rollback").catch(() => {});
    throw loadFailure(error, { cannot: `load the dataset ${folder}`, url });
  } finally {
    signal?.removeEventListener("abort", onAbort);
    await target.close();
  }
}

function throwIfAborted(folder: string, signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new ReddError("interrupted", "INTERRUPTED", {
    cannot: `finish loading ${folder}`,
    because: "it was interrupted",
    remedy: "Nothing has changed in the target; load again when you like",
  });
}

async function loadInto(
  target: Target,
  folder: string,
  manifest: ReddManifest,
  wanted: readonly Filling[],
  options: LoadOptions,
): Promise<LoadReport> {
  const clock = phaseClock();
  await begin(target, options.lockTimeout ?? 10_000);

  clock.enter("schema");
  const catalog = await readCatalog(target, allTables);
  const schemaCreated = catalog.size === 0;
  let leftAlone: readonly string[] = [];
  if (schemaCreated) {
    await createSchema(target);
  } else {
    leftAlone = await judgeTarget(target, wanted.map(({ table }) => table), catalog);
    await target.query("set constraints all deferred");
  }
  const fillings = wanted.filter(({ table }) => !leftAlone.includes(table.name));
  const skipped = wanted.map(({ table }) => table.name).filter((name) => leftAlone.includes(name));
  const tables = fillings.map(({ table }) => table);

  clock.enter("copy");
  const report = progressReporter(fillings, options.onProgress);
  for (const { table, entry } of fillings) {
    report("copy", table);
    for (const part of entry.parts) {
      const onBytes = (bytes: number) => report("copy", table, bytes);
      await copyPart(target, folder, table, part, { freeze: schemaCreated, onBytes });
      report("copy", table, 0, part.rows);
    }
  }

  if (skipped.length > 0) await resolveContentTypes(target, tables, manifest);

  clock.enter("constraints");
  report("constraints");
  if (schemaCreated) await completeSchema(target);
  // What is deferred would be checked by COMMIT; here a failure leaves the sequences alone as well.
  await target.query("set constraints all immediate");

  clock.enter("count");
  report("count");
  await compareCounts(target, folder, fillings);

  clock.enter("analyze");
  report("analyze");
  for (const table of tables) await target.query(`analyze ${qualified(target.schema, table.name)}`);

  clock.enter("sequences");
  report("sequences");
  await advanceSequences(target, tables);

  clock.enter("commit");
  report("commit");
  await target.query("commit");
  return {
    target: redactUrl(target.url),
    serverVersion: target.version,
    schemaCreated,
    tables: fillings.map(({ table, entry: { rows, bytes } }) => ({
      name: table.name,
      rows,
      bytes,
    })),
    skipped,
    rows: total(fillings, "rows"),
    bytes: total(fillings, "bytes"),
    seconds: clock.stop(),
  };
}

/** Begins the transaction; no limit of the server's configuration but the one for locks counts. */
async function begin(target: Target, lockTimeout: number): Promise<void> {
  await target.query("begin");
  await target.query(`set local lock_timeout = ${Math.trunc(lockTimeout)}`);
  await target.query("set local statement_timeout = 0");
  await target.query("set local idle_in_transaction_session_timeout = 0");
  if (target.version >= 170000) await target.query("set local transaction_timeout = 0");
  await target.query("set local timezone = 'UTC'");
  await target.query("set local datestyle = 'ISO, YMD'");
  const [row] = await target.query<{ alone: boolean }>(
    `select pg_try_advisory_xact_lock(${LOAD_LOCK}) as alone`,
  );
  if (row?.alone) return;
  throw new ReddError("environment", "LOAD_RUNNING", {
    cannot: `load into ${redactUrl(target.url)}`,
    because: "another load into this database is running",
    remedy: "Wait until it has ended",
  });
}

async function compareCounts(
  target: Target,
  folder: string,
  fillings: readonly Filling[],
): Promise<void> {
  for (const { table, entry } of fillings) {
    const rows = await countRows(target, table);
    if (rows === entry.rows) continue;
    throw new ReddError("environment", "COUNT_DIFFERS", {
      cannot: `load the dataset ${folder}`,
      because: `${table.name} holds ${rows} rows after the copy, expected ${entry.rows}`,
      remedy: "Another session or a trigger writes to the table: stop it and load again",
    });
  }
}
