/**
 * Loading a dataset in the rebuild way, for large data: the large tables lose their indexes and
 * keys, take their rows over several connections, and get everything back.
 *
 * This is many transactions. What an interruption of any kind leaves, and a rerun carries on from:
 *
 * - before the first commit: the target as it was, without even a ledger;
 * - while rows are copied: whole parts, each with its line in the ledger; indexes, keys and foreign
 *   keys of the large tables are missing and stand in the ledger as steps to be taken;
 * - while indexes and keys are built: all rows; every step is there whole or not at all. A foreign
 *   key is there as NOT VALID, which already checks new rows, before it is validated;
 * - before the last commit: all rows, indexes and keys; sequences may be behind.
 *
 * A bad row, a part with a wrong sha256, a duplicate key or a foreign key that does not hold ends
 * the load in the same states. `loadStatus` tells them, `restoreTarget` goes back to before the
 * load, and no other load is let in until one of the two has happened.
 *
 * Deno permissions: read (the dataset), net (the server), env and sys (what the driver reads). No
 * file is written.
 */
import { ReddError } from "../../errors.ts";
import { readManifest, type ReddManifest } from "../../generate/manifest.ts";
import { countRows, hasRows } from "../catalog.ts";
import { compareCount } from "../counts.ts";
import { type Filling, fillingsOf, inspectParts } from "../dataset.ts";
import { isConnectionLost, loadFailure } from "../failure.ts";
import { qualified } from "../identifier.ts";
import type { LoadOptions, LoadReport } from "../load.ts";
import { type PhaseClock, phaseClock, progressReporter, total } from "../progress.ts";
import { advanceSequences } from "../sequences.ts";
import { LOCK_TIMEOUT } from "../session.ts";
import type { Target } from "../target.ts";
import { redactUrl } from "../url.ts";
import { beginLoad, judgeAgain, LARGE } from "./begin.ts";
import { takeStage } from "./build.ts";
import { copyParts } from "./copy_parallel.ts";
import { connectAlone, enlarge, share } from "./crew.ts";
import {
  datasetDigest,
  type LoadLine,
  readLoads,
  recordEnd,
  UNDERWAY,
  unfinished,
} from "./ledger.ts";

/** What a load in the rebuild way is given besides the folder. */
export interface RebuildOptions extends LoadOptions {
  /** How many connections copy and build; 2 if absent. */
  readonly jobs?: number;
  /** How many rows make a table one that is rebuilt; 50,000 if absent. */
  readonly large?: number;
}

/** What a load in the rebuild way has done. */
export interface RebuildReport extends LoadReport {
  readonly method: "rebuild";
  readonly jobs: number;
  /** The tables that were loaded without their indexes and keys. */
  readonly rebuilt: readonly string[];
  /** Parts that an earlier run had copied. */
  readonly partsKept: number;
  /** Was the dataset there already, so that nothing was left to do? */
  readonly alreadyThere: boolean;
}

/** How many connections a load has unless told otherwise. */
export const JOBS = 2;

/** A load at work. */
interface Work {
  readonly folder: string;
  readonly manifest: ReddManifest;
  readonly wanted: readonly Filling[];
  readonly options: RebuildOptions;
  readonly crew: Target[];
  readonly clock: PhaseClock;
  /** Has the target been changed by this run or an earlier one? */
  underway: boolean;
}

/**
 * Loads a dataset folder into a database in the rebuild way, or carries on where a load of the same
 * dataset was stopped.
 *
 * @throws {ReddError} input: no dataset, a damaged one, a target whose tables differ, hold rows or
 *   have views on their keys, an unfinished load of another dataset, rows that the server refuses;
 *   environment: no connection, no rights, a lock that is not given up; interrupted: the signal.
 */
export async function rebuildDataset(
  folder: string,
  options: RebuildOptions,
): Promise<RebuildReport> {
  const manifest = await readManifest(folder);
  const wanted = fillingsOf(folder, manifest);
  await inspectParts(folder, wanted);
  const { url, signal, lockTimeout = LOCK_TIMEOUT } = options;
  throwIfAborted(folder, signal, MAYBE_UNDERWAY);
  const crew = [await connectAlone(url, lockTimeout)];
  const onAbort = () => crew.forEach((target) => target.abandon());
  signal?.addEventListener("abort", onAbort);
  const clock = phaseClock();
  const work = { folder, manifest, wanted, options, crew, clock, underway: false };
  try {
    return await carryOn(work);
  } catch (error) {
    throwIfAborted(folder, signal, work.underway ? UNDERWAY : MAYBE_UNDERWAY);
    throw error;
  } finally {
    signal?.removeEventListener("abort", onAbort);
    for (const target of crew) await target.close();
  }
}

/** What is said when it is not known whether the first commit has come through. */
const MAYBE_UNDERWAY = "Load again: it begins or carries on; --status shows where it stands";

function throwIfAborted(folder: string, signal: AbortSignal | undefined, remedy: string): void {
  if (!signal?.aborted) return;
  throw new ReddError("interrupted", "INTERRUPTED", {
    cannot: `finish loading ${folder}`,
    because: "it was interrupted",
    remedy,
  });
}

async function carryOn(work: Work): Promise<RebuildReport> {
  const { folder, crew, options: { url, jobs = JOBS, lockTimeout = LOCK_TIMEOUT } } = work;
  work.clock.enter("schema");
  const found = await findLoad(work);
  if (found?.finished) return reportOf(work, found, found.parts, true);
  await enlarge(crew, jobs, lockTimeout);
  const line = found ?? await begun(work);
  work.underway = true;
  try {
    const partsKept = await finishLoad(work, line);
    return reportOf(work, line, partsKept, false);
  } catch (error) {
    const cannot = `load the dataset ${folder}`;
    for (const target of crew) await target.query("rollback").catch(() => {});
    const failure = loadFailure(error, { cannot, url, remedy: UNDERWAY });
    if (!failure.message.includes(UNDERWAY)) failure.message += ` ${UNDERWAY}.`;
    throw failure;
  }
}

/** The load of this dataset that the ledger has, finished or not. */
async function findLoad({ crew, manifest, wanted }: Work): Promise<LoadLine | undefined> {
  const target = crew[0]!;
  const loads = await readLoads(target);
  const dataset = datasetDigest(manifest);
  const open = loads.find(({ finished }) => !finished);
  if (open !== undefined) {
    if (open.dataset !== dataset || open.schema !== target.schema) throw unfinished(target, open);
    await judgeAgain(target, fillingsWith(wanted, open));
    return open;
  }
  const done = loads.find((one) => one.dataset === dataset && one.schema === target.schema);
  if (done === undefined) return undefined;
  return await allThere(target, fillingsWith(wanted, done)) ? done : undefined;
}

async function begun({ crew, folder, manifest, wanted, options }: Work): Promise<LoadLine> {
  const target = crew[0]!;
  try {
    return await beginLoad(target, folder, manifest, wanted, options.large ?? LARGE);
  } catch (error) {
    await target.query("rollback").catch(() => {});
    const remedy = isConnectionLost(error) ? { remedy: MAYBE_UNDERWAY } : {};
    const cannot = `load the dataset ${folder}`;
    throw loadFailure(error, { cannot, url: target.url, ...remedy });
  }
}

/** The fillings of a load: the wanted ones but for Django's own that are left alone. */
function fillingsWith(wanted: readonly Filling[], { leftAlone }: LoadLine): readonly Filling[] {
  return wanted.filter(({ table }) => !leftAlone.includes(table.name));
}

/** Do the tables hold what a finished load has put into them? */
async function allThere(target: Target, fillings: readonly Filling[]): Promise<boolean> {
  for (const { table, entry } of fillings) {
    if (await hasRows(target, table) !== entry.rows > 0) return false;
  }
  for (const { table, entry } of fillings) {
    if (await countRows(target, table) !== entry.rows) return false;
  }
  return true;
}

/** Copies, builds, validates and ends; returns the number of parts that an earlier run had copied. */
async function finishLoad(work: Work, line: LoadLine): Promise<number> {
  const { folder, manifest, wanted, options, crew, clock } = work;
  const fillings = fillingsWith(wanted, line);
  const tables = fillings.map(({ table }) => table);
  const report = progressReporter(fillings, options.onProgress);

  clock.enter("copy");
  const partsKept = await copyParts(crew, { folder, manifest, fillings, line, report });

  clock.enter("indexes");
  for (const stage of ["index", "key", "setting"] as const) {
    await takeStage(crew, stage, () => report("indexes"));
  }

  clock.enter("count");
  report("count");
  const then = "take the load back with --restore";
  await share(crew, fillings, (target, filling) => compareCount(target, folder, filling, then));

  // Before the foreign keys, whose validation is planned with these statistics.
  clock.enter("analyze");
  report("analyze");
  await share(crew, tables, async (target, table) => {
    await target.query(`analyze ${qualified(target.schema, table.name)}`);
  });

  clock.enter("constraints");
  for (const stage of ["foreign key", "validation"] as const) {
    await takeStage(crew, stage, () => report("constraints"));
  }

  clock.enter("sequences");
  report("sequences");
  const target = crew[0]!;
  await advanceSequences(target, tables);

  clock.enter("commit");
  report("commit");
  await target.query("begin");
  await recordEnd(target, line.dataset);
  await target.query("commit");
  return partsKept;
}

function reportOf(
  { crew, wanted, options, clock }: Work,
  line: LoadLine,
  partsKept: number,
  alreadyThere: boolean,
): RebuildReport {
  const { url, version } = crew[0]!;
  const fillings = fillingsWith(wanted, line);
  return {
    method: "rebuild",
    target: redactUrl(url),
    serverVersion: version,
    schemaCreated: line.schemaCreated,
    tables: fillings.map(({ table, entry: { rows, bytes } }) => ({
      name: table.name,
      rows,
      bytes,
    })),
    skipped: line.leftAlone,
    rows: total(fillings, "rows"),
    bytes: total(fillings, "bytes"),
    seconds: clock.stop(),
    jobs: options.jobs ?? JOBS,
    rebuilt: line.rebuilt,
    partsKept,
    alreadyThere,
  };
}
