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
import { withTarget } from "../../postgres/with_target.ts";
import { interruptedLoad } from "../interruption.ts";
import type { ReddError } from "../../errors.ts";
import { requireSeen } from "../admission.ts";
import type { Dataset } from "../../dataset/dataset.ts";
import { compareCount } from "../counts.ts";
import { inspectParts, tableDataOf } from "../../dataset/table_data.ts";
import { isConnectionLost, loadFailure } from "../../postgres/failure.ts";
import { findFinished } from "../finished.ts";
import { qualified } from "../../postgres/identifier.ts";
import { requireOwnLedger } from "../ledger/believed.ts";
import { datasetDigest, readLoads, recordEnd, UNDERWAY, unfinished } from "../ledger/loads.ts";
import type { LoadOptions } from "../load.ts";
import type { DatasetToLoad } from "../plan/inspect_target.ts";
import { readSteps, type Stage } from "../ledger/steps.ts";
import { type Phase, type PhaseClock, phaseClock, progressReporter } from "../progress.ts";
import { namingOwnRules } from "../own_rules.ts";
import { type LoadReport, loadReport, reportThere } from "../report.ts";
import { advanceSequences } from "../../postgres/sequences.ts";
import { beginAlone, LOCK_TIMEOUT } from "../../postgres/session.ts";
import { chosenTableData } from "../../dataset/subset.ts";
import type { Target } from "../../postgres/target.ts";
import { beginLoad, type Begun, LARGE, planAgain } from "./begin.ts";
import { takeStage } from "./build.ts";
import { copyParts } from "./copy_parallel.ts";
import { enlarge, share, type Worker } from "./pool.ts";
import { rebuildChores } from "./rebuild_chores.ts";

/** What a load in the rebuild way is given besides the dataset. */
export interface RebuildOptions extends LoadOptions {
  /** How many connections copy and build; 2 if absent. */
  readonly jobs?: number;
  /** How many rows make a table one that is rebuilt; 50,000 if absent. */
  readonly large?: number;
}

/** What a load in the rebuild way has done. */
export interface RebuildReport extends LoadReport {
  /** The way that was taken. */
  readonly method: "rebuild";
  /** How many connections copied and built. */
  readonly jobs: number;
  /** The tables that were loaded without their indexes and keys. */
  readonly rebuilt: readonly string[];
  /** Parts that an earlier run had copied. */
  readonly partsKept: number;
}

/** How many connections a load has unless told otherwise. */
export const JOBS = 2;

/** A load at work. */
interface Work {
  readonly wanted: DatasetToLoad;
  readonly options: RebuildOptions;
  /** The connection whose transaction holds the lock of loads, as long as the load lasts. */
  readonly guard: Target;
  /** All connections, to be closed. */
  readonly targets: Target[];
  readonly pool: Worker[];
  readonly clock: PhaseClock;
  /** Is it known that the target has been changed by this run or an earlier one? */
  underway: boolean;
  /** Is everything done but for the last commit? */
  ending: boolean;
}

/**
 * Loads a dataset into a database in the rebuild way, or carries on where a load of the same
 * dataset was stopped.
 *
 * @throws {ReddError} input: a damaged dataset, a target whose tables differ, hold rows or
 *   have views on their keys, an unfinished load of another dataset, rows that the server refuses;
 *   environment: no connection, no rights, a lock that is not given up; interrupted: the signal.
 */
export async function rebuildDataset(
  dataset: Dataset,
  options: RebuildOptions,
): Promise<RebuildReport> {
  const tableData = chosenTableData(tableDataOf(dataset), options);
  inspectParts(dataset, tableData);
  const { url, signal, lockTimeout = LOCK_TIMEOUT } = options;
  const wanted = { dataset, tableData };
  let work: Work | undefined;
  const what = {
    url,
    signal,
    cannot: `load the dataset ${dataset.name}`,
    brings: true,
    interrupted: interruptedLoad(dataset, () => work && standing(work) || MAYBE_UNDERWAY),
  };
  const clock = phaseClock();
  return await withTarget(what, async (guard, { targets }) => {
    await beginAlone(guard, lockTimeout, "load into");
    work = { wanted, options, guard, targets, pool: [], clock, underway: false, ending: false };
    return await carryOn(work);
  });
}

/** What is said when it is not known whether the first commit has come through. */
const MAYBE_UNDERWAY = "Load again: it begins or carries on; --status shows where it stands";

/** What is said when it is not known whether the last commit has come through. */
const MAYBE_ENDED = "It ended at the last commit, and everything before is done: run the same " +
  "command again, which says that all is there, or makes it so";

/** How things stand in a target that the load has changed. */
function standing({ underway, ending }: Work): string | undefined {
  if (ending) return MAYBE_ENDED;
  return underway ? UNDERWAY : undefined;
}

async function carryOn(work: Work): Promise<RebuildReport> {
  const { wanted, pool, clock, options } = work;
  const { jobs = JOBS, lockTimeout = LOCK_TIMEOUT } = options;
  clock.enter("schema");
  const more = (workers: number) => ({ guard, targets }: Work) =>
    enlarge(guard, pool, workers, lockTimeout, targets);
  await explained(work, more(1));
  await explained(work, ({ pool }) => requireSeen(pool[0]!, wanted.tableData, options));
  const open = await explained(work, findOpen);
  const there = open === undefined && !options.replace
    ? await explained(work, () => findFinished(pool[0]!, wanted.tableData))
    : undefined;
  if (there !== undefined) {
    const told = reportThere(pool[0]!, there, wanted.tableData);
    const { rebuilt, parts } = there;
    return { method: "rebuild", ...told, seconds: clock.stop(), jobs, rebuilt, partsKept: parts };
  }
  await explained(work, more(jobs));
  const begun = open ?? await explained(work, begin);
  work.underway = true;
  try {
    const partsKept = await explained(work, (work) => finishLoad(work, begun));
    const { plan, line: { rebuilt, schemaCreated } } = begun;
    const told = { ...loadReport(pool[0]!, plan), schemaCreated };
    return { method: "rebuild", ...told, seconds: clock.stop(), jobs, rebuilt, partsKept };
  } catch (error) {
    const remedy = standing(work)!;
    const failure = namingOwnRules(error as ReddError, begun.plan, remedy);
    throw failure.remedy?.includes(remedy) ? failure : failure.adding(remedy);
  }
}

/**
 * Does a piece of the work. When it fails, what was not committed is rolled back, and the error
 * says how things stand.
 *
 * @throws {ReddError} whatever the piece throws.
 */
async function explained<Result>(
  work: Work,
  piece: (work: Work) => Promise<Result>,
): Promise<Result> {
  const { wanted: { dataset }, options: { url }, pool } = work;
  try {
    return await piece(work);
  } catch (error) {
    for (const target of pool) await target.query("rollback").catch(() => {});
    const place = { cannot: `load the dataset ${dataset.name}`, url, brings: true };
    const remedy = standing(work) ?? (isConnectionLost(error) ? MAYBE_UNDERWAY : undefined);
    throw loadFailure(error, { ...place, ...(remedy === undefined ? {} : { remedy }) });
  }
}

/** The unfinished load of this dataset, and what it is still to do. */
async function findOpen(work: Work): Promise<Begun | undefined> {
  const { pool, wanted } = work;
  const target = pool[0]!;
  const line = (await readLoads(target)).find(({ finished }) => !finished);
  if (line === undefined) return undefined;
  const same = line.dataset === datasetDigest(wanted.tableData, target.schema) &&
    line.schema === target.schema;
  if (!same) throw unfinished(target, line);
  await requireOwnLedger(target);
  work.underway = true;
  return { line, plan: await planAgain(target, wanted, line) };
}

function begin({ pool, wanted, options }: Work): Promise<Begun> {
  return beginLoad(pool[0]!, wanted, options, options.large ?? LARGE);
}

async function finishLoad(work: Work, { line, plan }: Begun): Promise<number> {
  const { wanted: { dataset }, options, pool, clock } = work;
  const target = pool[0]!;
  const chores = rebuildChores(plan, line, await readSteps(target));
  const report = progressReporter(loadReport(target, plan), chores.all, options.onProgress);
  for (const chore of chores.taken) report.before(chore);
  const enter = (phase: Phase) => {
    clock.enter(phase);
    report.enter(phase);
  };
  const take = (stage: Stage) =>
    takeStage(
      pool,
      stage,
      plan.tableLoads,
      [...chores.open.keys()],
      (step, work) => report.during(chores.open.get(step)!, work),
    );

  clock.enter("copy");
  const partsKept = await copyParts(pool, { dataset, plan, line, copies: chores.copy, report });

  enter("indexes");
  for (const stage of ["index", "key", "setting"] as const) await take(stage);

  enter("count");
  const then = "take the load back with --restore";
  await share(
    pool,
    chores.count,
    async (worker, { chore, tableLoad }) => {
      await report.during(chore, async () => {
        await compareCount(worker, dataset, tableLoad, line.others, then);
        await worker.commit();
      });
    },
  );

  // Before the foreign keys, whose validation is planned with these statistics.
  enter("analyze");
  await share(pool, chores.analyze, async (worker, { chore, table }) => {
    const sql = `analyze ${qualified(worker.schema, table.name)}`;
    await report.during(chore, async () => {
      await worker.query(sql);
      await worker.commit();
    });
  });

  enter("constraints");
  for (const stage of ["foreign key", "validation"] as const) await take(stage);

  enter("sequences");
  await advanceSequences(target, chores.analyze.map(({ table }) => table));
  await target.commit();

  enter("commit");
  await recordEnd(target, line.dataset);
  work.ending = true;
  await target.query("commit");
  return partsKept;
}
