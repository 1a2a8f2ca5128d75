/** Works on a dataset that can be killed at any write and done again; each ends in the same dataset. */
import { extend } from "../../src/generate/extend.ts";
import { generate, generateShard } from "../../src/generate/generate.ts";
import { mergeShards, shardFolders } from "../../src/generate/merge.ts";
import { readDatasetSchedule } from "../../src/generate/own_schedule.ts";
import { extendedSchedule } from "../../src/schedule/append.ts";
import { asOfOf, type Schedule } from "../../src/schedule/format.ts";
import { inTurn } from "../in_turn.ts";
import { lean, places } from "../small_farm.ts";
import { small } from "./small_dataset.ts";

const recipe = { schedule: small, fixtures: lean, seed: 7, workers: 1 };

/** The small dataset, whose ten containers leave their first hall one by one. */
const turns = inTurn(small);

/** A work that makes the small dataset in `out` of a folder, or the one of a schedule of its own. */
export interface Work {
  readonly schedule?: Schedule;
  /** What is there before. */
  prepare(folder: string): Promise<unknown>;
  run(folder: string): Promise<unknown>;
}

const shards = (folder: string) => [1, 2].map((number) => `${folder}/shard-${number}`);

export const WORKS: Readonly<Record<string, Work>> = {
  generate: {
    prepare: () => Promise.resolve(),
    run: (folder) => generate({ ...recipe, folder: `${folder}/out` }),
  },
  force: {
    prepare: (folder) => generate({ ...recipe, seed: 8, folder: `${folder}/out` }),
    run: (folder) => generate({ ...recipe, force: true, folder: `${folder}/out` }),
  },
  extend: {
    prepare: (folder) =>
      generate({
        ...recipe,
        schedule: extendedSchedule(small, "2024-03-20"),
        folder: `${folder}/out`,
      }),
    async run(folder) {
      const out = `${folder}/out`;
      const schedule = readDatasetSchedule(out, lean.profile, places);
      const longer = await extend(out, schedule, asOfOf(small), lean);
      await generate({ ...longer, workers: 1, folder: out });
    },
  },
  extendInTurn: {
    schedule: turns,
    // On that day four containers have left.
    prepare: (folder) =>
      generate({
        ...recipe,
        schedule: extendedSchedule(turns, "2024-04-18"),
        folder: `${folder}/out`,
      }),
    async run(folder) {
      const out = `${folder}/out`;
      const schedule = readDatasetSchedule(out, lean.profile, places);
      const longer = await extend(out, schedule, asOfOf(turns), lean);
      await generate({ ...longer, workers: 1, folder: out });
    },
  },
  merge: {
    async prepare(folder) {
      for (const [i, out] of shards(folder).entries()) {
        await generateShard({ ...recipe, folder: out }, { number: i + 1, of: 2 });
      }
    },
    run: (folder) => mergeShards(`${folder}/out`, shardFolders(shards(folder)), recipe),
  },
};
