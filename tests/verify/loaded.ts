/** Datasets that are generated and loaded for the tests of the checks. */
import { join } from "node:path";
import { generate } from "../../src/generate/generate.ts";
import type { ReddManifest } from "../../src/generate/manifest.ts";
import { loadDataset } from "../../src/load/load.ts";
import type { Schedule } from "../../src/schedule/format.ts";
import { startTestServer } from "../load/databases.ts";
import { fixtures, oneBatch, twoInOneArea } from "../small_farm.ts";

/** A dataset in a database. */
export interface Loaded {
  readonly url: string;
  readonly manifest: ReddManifest;
}

/** The datasets by name, and the end of their server. */
export interface LoadedDatasets {
  /** The documented batch: 3.5 M eggs, 200 days. */
  readonly single: Loaded;
  /** One batch until its harvest, with the later scenarios; its first ids are 5001. */
  readonly life: Loaded;
  /** Two batches at sea that share the barges of an area; the places of the documented totals. */
  readonly pair: Loaded;
  end(): Promise<void>;
}

/** The name of a dataset. */
export type DatasetName = Exclude<keyof LoadedDatasets, "end">;

/** Generates and loads all datasets. */
export async function loadDatasets(): Promise<LoadedDatasets> {
  const { folder, freshDatabase, end } = await startTestServer();
  async function loaded(
    name: string,
    schedule: Schedule,
    options: { firstId?: number; documentedTotals?: boolean; laterScenarios?: boolean } = {},
  ): Promise<Loaded> {
    const dataset = join(folder, name);
    const { manifest } = await generate({
      folder: dataset,
      schedule,
      fixtures,
      seed: 7,
      workers: 1,
      ...options,
    });
    const url = await freshDatabase();
    await loadDataset(dataset, { url });
    return { url, manifest };
  }
  const eggs = 3_500_000;
  const [single, life, pair] = await Promise.all([
    loaded("single", oneBatch({ start: "2025-01-01", eggs, geography: "Faroe Islands" })),
    loaded("life", oneBatch({ eggs, duration: 900 }), {
      firstId: 5001,
      laterScenarios: true,
    }),
    loaded("pair", twoInOneArea({ duration: 470 }, 5), { documentedTotals: true }),
  ]);
  return { single, life, pair, end };
}
