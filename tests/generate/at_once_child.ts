/** Writes into a dataset's folder beside another process: what, the folder, the seed, and a shard's folder. */
import { ReddError } from "../../src/errors.ts";
import { generate, generateShard } from "../../src/generate/generate.ts";
import { mergeShards, shardFolders } from "../../src/generate/merge.ts";
import { lean } from "../small_farm.ts";
import { small } from "./small_dataset.ts";

const [what, folder, seed, shard] = Deno.args as [string, string, string, string];
const recipe = { schedule: small, fixtures: lean, seed: Number(seed), workers: 1 };
const works: Record<string, () => Promise<unknown>> = {
  whole: () => generate({ ...recipe, folder }),
  force: () => generate({ ...recipe, folder, force: true }),
  shard: () => generateShard({ ...recipe, folder }, { number: 1, of: 2 }),
  merge: () => mergeShards(folder, shardFolders([shard]), recipe),
};
try {
  await works[what]!();
} catch (error) {
  if (!(error instanceof ReddError)) throw error;
  await Deno.stdout.write(new TextEncoder().encode(error.code));
  Deno.exit(error.exitCode);
}
