/** What a load would do, told without doing it. */
import type { Dataset } from "../dataset/dataset.ts";
import { chosenTableData } from "../dataset/subset.ts";
import { inspectParts, tableDataOf } from "../dataset/table_data.ts";
import { beginAlone, LOCK_TIMEOUT } from "../postgres/session.ts";
import { withTarget } from "../postgres/with_target.ts";
import { requireSeen } from "./admission.ts";
import { findFinished } from "./finished.ts";
import { interruptedLoad } from "./interruption.ts";
import { datasetDigest, readLoads, unfinished } from "./ledger/loads.ts";
import { planLoad } from "./plan/plan.ts";
import { chooseMethod, type MethodOptions } from "./rebuild/method.ts";
import { type LoadReport, loadReport, reportThere } from "./report.ts";

/** What a load would do. Rows and bytes are those that it would bring. */
export interface Foreseen extends Omit<LoadReport, "seconds" | "recorded"> {
  /** Would it carry on with a load of this dataset that was stopped? */
  readonly carriesOn: boolean;
}

/**
 * Judges a dataset and a target as a load does, and tells what it would do. Everything happens in a
 * transaction that is rolled back; other loads wait for it as for a load.
 *
 * @throws {ReddError} as the load would before its first row.
 */
export async function foreseeLoad(dataset: Dataset, options: MethodOptions): Promise<Foreseen> {
  const { url, signal, method = "auto", lockTimeout = LOCK_TIMEOUT } = options;
  const tableData = chosenTableData(tableDataOf(dataset), options);
  inspectParts(dataset, tableData);
  const way = method === "auto" ? await chooseMethod(dataset, options) : method;
  const cannot = `load the dataset ${dataset.name}`;
  const what = { url, signal, cannot, interrupted: interruptedLoad(dataset) };
  return await withTarget(what, async (target): Promise<Foreseen> => {
    await beginAlone(target, lockTimeout, "load into");
    await requireSeen(target, tableData, options);
    const open = (await readLoads(target)).find(({ finished }) => !finished);
    const carriesOn = open !== undefined;
    if (open !== undefined && open.dataset !== datasetDigest(tableData, target.schema)) {
      throw unfinished(target, open);
    }
    const there = carriesOn || options.replace ? undefined : await findFinished(target, tableData);
    const told = there === undefined
      ? loadReport(target, await planLoad(target, { dataset, tableData }, options, open))
      : reportThere(target, there, tableData);
    await target.query("rollback");
    const { recorded: _, ...rest } = told;
    return { ...rest, method: way, carriesOn };
  });
}
