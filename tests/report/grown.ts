/** A farm of two batches for tests of the report: one is harvested, one is still in its second hall. */
import { join } from "node:path";
import { openDataset } from "../../src/archive/open_dataset.ts";
import type { Dataset } from "../../src/dataset/dataset.ts";
import { generate } from "../../src/generate/generate.ts";
import { lean, oneAfterTheOther } from "../small_farm.ts";

/** Generates it into a folder of this name. */
export async function grownFarm(root: string, name = "farm"): Promise<Dataset> {
  const folder = join(root, name);
  await generate({
    folder,
    schedule: oneAfterTheOther({ duration: 900, eggs: 100_000 }, 780),
    fixtures: lean,
    seed: 7,
    workers: 1,
  });
  return await openDataset(folder);
}
