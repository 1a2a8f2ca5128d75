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
import { readCatalog } from "./catalog.ts";
import { resolveContentTypes } from "./content_types.ts";
import { copyPart } from "./copy.ts";
import { compareCount } from "./counts.ts";
import { type Filling, fillingsOf, inspectParts } from "./dataset.ts";
import { loadFailure } from "./failure.ts";
import { qualified } from "./identifier.ts";
import { type LoadProgress, type Phase, phaseClock, progressReporter, total } from "./progress.ts";
import { refuseUnfinished } from "./rebuild/ledger.ts";
import { completeSchema, createSchema } from "./schema.ts";
import { advanceSequences } from "./sequences.ts";
import { LOAD_LOCK, loadRunning, LOCK_TIMEOUT, sessionSettings } from "./session.ts";
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
  await begin(target, options.lockTimeout ?? LOCK_TIMEOUT);
  await refuseUnfinished(target);

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
  for (const filling of fillings) await compareCount(target, folder, filling);

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

/** Begins the transaction, alone in the database. */
async function begin(target: Target, lockTimeout: number): Promise<void> {
  await target.query("begin");
  for (const setting of sessionSettings(target.version, lockTimeout)) {
    await target.query(`set local ${setting}`);
  }
  const [row] = await target.query<{ alone: boolean }>(
    `select pg_try_advisory_xact_lock(${LOAD_LOCK}) as alone`,
  );
  if (!row?.alone) throw loadRunning(target);
}
