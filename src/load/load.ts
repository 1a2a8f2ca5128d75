/**
 * Loading a dataset in the deferred way: one transaction from the first table to the last sequence.
 * On any error nothing has changed in the target, the schema that was created included.
 *
 * Deno permissions: read (the dataset), net (the server), env and sys (what the driver reads). No
 * file is written.
 */
import { type Held, withTarget } from "../postgres/with_target.ts";
import { interruptedLoad } from "./interruption.ts";
import type { Dataset } from "../dataset/dataset.ts";
import { compareCount } from "./counts.ts";
import { inspectParts, tableDataOf } from "../dataset/table_data.ts";
import { qualified } from "../postgres/identifier.ts";
import { namingActorsOf } from "../postgres/acting.ts";
import { requireSeen } from "./admission.ts";
import { loadFailure } from "../postgres/failure.ts";
import { findFinished, keepFinished } from "./finished.ts";
import { refuseUnfinished } from "./ledger/loads.ts";
import { bringPart, partsToBring, remaining } from "./plan/table_load.ts";
import { type LoadPlan, planLoad } from "./plan/plan.ts";
import type { Beside, DatasetToLoad } from "./plan/inspect_target.ts";
import { deferredChores } from "./deferred_chores.ts";
import { checkForeignKeys } from "./foreign_keys.ts";
import {
  type LoadProgress,
  type Phase,
  type PhaseClock,
  phaseClock,
  progressReporter,
} from "./progress.ts";
import { namingOwnRules } from "./own_rules.ts";
import { type LoadReport, loadReport, reportThere } from "./report.ts";
import { createSchema } from "./schema.ts";
import { advanceSequences } from "../postgres/sequences.ts";
import { beginAlone, LOCK_TIMEOUT } from "../postgres/session.ts";
import { chosenTableData, type Subset } from "../dataset/subset.ts";
import { wipeRows } from "./wipe/rows.ts";
import { type Target } from "../postgres/target.ts";

/** What a load is given besides the dataset. */
export interface LoadOptions extends Beside, Subset {
  /** The connection string, `postgres://user:password@host:port/database`. */
  readonly url: string;
  /** Is told where the load is, with every part of it and every piece of a file. */
  readonly onProgress?: (progress: LoadProgress) => void;
  /** Ends the load; the target stays as it was. From the commit on it is not heeded any more. */
  readonly signal?: AbortSignal;
  /** How long to wait for a lock that another session holds, in milliseconds; 10 s if absent. */
  readonly lockTimeout?: number;
}

/**
 * Loads a dataset into a database in the deferred way. The tables of the dataset's days must be empty or absent,
 * unless the options say what to do about their rows, or hold a shorter dataset that this one
 * continues.
 *
 * @throws {ReddError} input: a damaged dataset, a target whose tables differ, hold rows or
 *   contradict, rows that the server refuses; environment: no connection, no rights, a lock that is
 *   not given up; interrupted: the signal.
 */
export async function loadDeferred(dataset: Dataset, options: LoadOptions): Promise<LoadReport> {
  const tableData = chosenTableData(tableDataOf(dataset), options);
  inspectParts(dataset, tableData);
  const { url, signal } = options;
  const what = {
    url,
    signal,
    cannot: `load the dataset ${dataset.name}`,
    brings: true,
    atCommit: AT_COMMIT,
    interrupted: interruptedLoad(dataset),
  };
  const wanted = { dataset, tableData };
  return await withTarget(what, (target, held) => loadInto(target, wanted, options, held));
}

/** What is said when it is not known whether the commit has come through. */
const AT_COMMIT = "It ended at the commit: load again, which says whether the dataset is there";

async function loadInto(
  target: Target,
  wanted: DatasetToLoad,
  options: LoadOptions,
  held: Held,
): Promise<LoadReport> {
  const { dataset, tableData } = wanted;
  const clock = phaseClock();
  await beginAlone(target, options.lockTimeout ?? LOCK_TIMEOUT, "load into");
  await refuseUnfinished(target);
  await requireSeen(target, tableData, options);

  clock.enter("schema");
  if (!options.replace) {
    const there = await findFinished(target, tableData);
    if (there !== undefined) {
      await target.query("rollback");
      return {
        method: "deferred",
        ...reportThere(target, there, tableData),
        seconds: clock.stop(),
      };
    }
  }
  const plan = await planLoad(target, wanted, options);
  try {
    return await bringAll(target, wanted, options, held, plan, clock);
  } catch (error) {
    const place = { cannot: `load the dataset ${dataset.name}`, url: target.url, brings: true };
    const failure = loadFailure(error, place);
    const named = namingOwnRules(failure, plan);
    throw named === failure ? error : named;
  }
}

/** Everything from the first change of the target to the commit. */
async function bringAll(
  target: Target,
  { dataset, tableData }: DatasetToLoad,
  options: LoadOptions,
  held: Held,
  plan: LoadPlan,
  clock: PhaseClock,
): Promise<LoadReport> {
  const { empty, mapping, wipe } = plan;
  if (wipe !== undefined) await wipeRows(target, wipe);
  if (empty) await createSchema(target);
  else await target.query("set constraints all deferred");

  const chores = deferredChores(plan, target.schema);
  const report = progressReporter(loadReport(target, plan), chores.all, options.onProgress);
  const enter = (phase: Phase) => {
    clock.enter(phase);
    report.enter(phase);
  };

  enter("copy");
  for (const { chore, tableLoad } of chores.copy) {
    report.copied(chore, 0, 0);
    const onBytes = (bytes: number) => report.copied(chore, bytes, 0);
    for (const part of partsToBring(tableLoad)) {
      await bringPart(target, dataset, tableLoad, part, { freeze: empty, onBytes });
      report.copied(chore, 0, remaining(tableLoad, part).rows);
    }
  }
  for (const { sql } of mapping.additions(target.schema)) await target.query(sql);

  for (const phase of empty ? ["indexes", "constraints"] as const : ["constraints"] as const) {
    enter(phase);
    for (const { chore, sql } of chores.build) {
      if (chore.phase === phase) await report.during(chore, () => target.query(sql));
    }
  }
  // What is deferred would be checked by COMMIT; here a failure leaves the sequences alone as well.
  await checkForeignKeys(target, chores.check, report).catch((error) => {
    const place = { cannot: `load the dataset ${dataset.name}`, url: target.url, brings: true };
    throw namingActorsOf(loadFailure(error, place), plan.tableLoads);
  });

  enter("count");
  for (const { chore, tableLoad } of chores.count) {
    await report.during(chore, () => compareCount(target, dataset, tableLoad, plan.others));
  }

  enter("analyze");
  for (const { chore, table } of chores.analyze) {
    const sql = `analyze ${qualified(target.schema, table.name)}`;
    await report.during(chore, () => target.query(sql));
  }

  const recorded = await keepFinished(target, dataset, tableData, plan);
  enter("sequences");
  await advanceSequences(target, chores.analyze.map(({ table }) => table));

  enter("commit");
  held.seal();
  await target.query("commit");
  return { method: "deferred", ...loadReport(target, plan), recorded, seconds: clock.stop() };
}
