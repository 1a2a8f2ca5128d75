/**
 * Loads and comparisons of folders whose manifests are believed: those of a few rows, and those with
 * wrong rows, which nothing but the load or the comparison itself is to find.
 */
import { openDataset } from "../../src/archive/open_dataset.ts";
import type { Dataset } from "../../src/dataset/dataset.ts";
import * as comparing from "../../src/diff/diff.ts";
import * as deferred from "../../src/load/load.ts";
import * as choosing from "../../src/load/rebuild/method.ts";
import * as rebuilding from "../../src/load/rebuild/rebuild.ts";

/** A function of a dataset as one of a folder. */
function ofFolder<Rest extends unknown[], Result>(
  work: (dataset: Dataset, ...rest: Rest) => Promise<Result>,
) {
  return async (folder: string, ...rest: Rest): Promise<Result> =>
    await work(await openDataset(folder, { believed: true }), ...rest);
}

export const load = ofFolder(choosing.load);
export const loadDeferred = ofFolder(deferred.loadDeferred);
export const rebuildDataset = ofFolder(rebuilding.rebuildDataset);
export const chooseMethod = ofFolder(choosing.chooseMethod);
export const diffDataset = ofFolder(comparing.diffDataset);
