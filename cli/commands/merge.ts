/** What `redd merge` is. */
import type { Command } from "../command.ts";
import { mergeRights } from "../rights/dataset.ts";
import { FIXTURE_FLAGS } from "./flags.ts";

/** `redd merge`. */
export const mergeCommand: Command = {
  name: "merge",
  about: "join the folders of shards into the dataset one machine would have written",
  operands: ["DATASET", "SHARD..."],
  flags: [
    { name: "dry-run", about: "say which windows the shards have and which are missing" },
    ...FIXTURE_FLAGS,
  ],
  examples: ["merge out/farm out/shard-1 out/shard-2", "merge out/farm out/farm"],
  rights: mergeRights,
  run: async (given, voice) => (await import("../merge.ts")).runMerge(given, voice),
};
