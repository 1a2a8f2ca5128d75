/** Datasets that are generated and loaded for the tests of the checks. */
import { join } from "node:path";
import { generate, type GenerateOptions } from "../../src/generate/generate.ts";
import { type Dataset, folderDataset } from "../../src/dataset/dataset.ts";
import type { ReddManifest } from "../../src/dataset/manifest.ts";
import { loadDeferred } from "../load/believed.ts";
import type { Schedule } from "../../src/schedule/format.ts";
import { freshAquamind } from "../aquamind/build.ts";
import { startTestServer } from "../load/databases.ts";
import { fieldBatch, leanField } from "../field_farm.ts";
import { farmInTurn } from "../in_turn.ts";
import { lean, oneBatch, twoInOneArea } from "../small_farm.ts";

/** A dataset in a folder and in a database. */
export interface Loaded {
  readonly dataset: Dataset;
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
  /** Two datasets in one database: one with the initial feed, and one that was put beside it. */
  readonly host: Loaded;
  readonly guest: Loaded;
  /** One batch until its harvest under the profile `field`. */
  readonly field: Loaded;
  /**
   * Four batches that go from stage to stage container by container, two of them on the last day, in a
   * database that AquaMind has migrated to the schema of 2026-03.
   */
  readonly turns: Loaded;
  /** One batch in a database that AquaMind has migrated to the schema of 2026-03. */
  readonly newer: Loaded;
  end(): Promise<void>;
}

/** The name of a dataset. */
export type DatasetName = typeof DATASETS[number];

/** All names. */
export const DATASETS = [
  "single",
  "life",
  "pair",
  "host",
  "guest",
  "newer",
  "field",
  "turns",
] as const;

/** Where the guest's ids begin. */
export const GUEST_ID = 1_000_000;

/** Generates and loads all datasets. */
export async function loadDatasets(): Promise<LoadedDatasets> {
  const test = await startTestServer();
  const { folder, freshDatabase, end } = test;
  async function loaded(
    name: string,
    schedule: Schedule,
    options: Partial<GenerateOptions> = {},
    database: string | Promise<string> = freshDatabase(),
  ): Promise<Loaded> {
    const own = join(folder, name);
    const { manifest } = await generate({
      folder: own,
      schedule,
      fixtures: lean,
      seed: 7,
      workers: 1,
      ...options,
    });
    const url = await database;
    await loadDeferred(own, { url, append: options.initialFeed === false });
    return { dataset: folderDataset(own, manifest), url, manifest };
  }
  const eggs = 3_500_000;
  const [single, life, pair, host, newer, field] = await Promise.all([
    loaded("single", oneBatch({ start: "2025-01-01", eggs, geography: "Faroe Islands" })),
    loaded("life", oneBatch({ eggs, duration: 900 }), {
      firstId: 5001,
      laterScenarios: true,
    }),
    loaded("pair", twoInOneArea({ duration: 470 }, 5), { documentedTotals: true }),
    loaded("host", oneBatch({ duration: 130, start: "2024-01-15" })),
    loaded(
      "newer",
      oneBatch({ duration: 100, start: "2024-01-15" }),
      { firstId: 5001 },
      freshAquamind(test, "2026-03"),
    ),
    loaded("field", fieldBatch({ eggs: 120_000, seed: 7 }), { fixtures: leanField }),
  ]);
  const guest = await loaded(
    "guest",
    oneBatch({ duration: 110, start: "2024-02-01", geography: "Faroe Islands" }),
    { firstId: GUEST_ID, initialFeed: false, documentedTotals: true },
    host.url,
  );
  const turns = await loaded("turns", farmInTurn(134), {}, freshAquamind(test, "2026-03"));
  return { single, life, pair, host, guest, newer, field, turns, end };
}
