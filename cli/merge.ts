/** `redd merge`: the shards of several machines, into one dataset. */
import { buildInfrastructure } from "../src/farm/infrastructure.ts";
import { fixturesOf, mergeShards, scheduleOf, shardFolders } from "../src/generate/merge.ts";
import { readSchedule } from "../src/schedule/read.ts";
import type { Command, Given, Voice } from "./command.ts";
import { grouped, sized } from "./numbers.ts";

async function run(given: Given, voice: Voice): Promise<number> {
  const [into, ...folders] = given.operands;
  const shards = shardFolders(folders, into);
  const first = shards[0]!;
  const fixtures = fixturesOf(first);
  const infrastructure = buildInfrastructure(fixtures.layout, fixtures.master);
  const schedule = readSchedule(scheduleOf(first), fixtures.profile, infrastructure);
  const { seed, firstId, documentedTotals, laterScenarios, initialFeed } = first.identity;
  const { manifest } = await mergeShards(into!, shards, {
    schedule,
    fixtures,
    seed,
    firstId,
    documentedTotals,
    laterScenarios,
    initialFeed,
  });
  const { rows, bytes } = manifest;
  const count = shards.length === 1 ? "1 shard" : `${shards.length} shards`;
  if (voice.json) voice.data(JSON.stringify({ folder: into, rows, bytes }));
  else voice.say(`${into}: ${grouped(rows)} rows, ${sized(bytes)} from ${count}`);
  return 0;
}

/** `redd merge`. */
export const mergeCommand: Command = {
  name: "merge",
  about: "join the folders of shards into the dataset one machine would have written",
  operands: ["DATASET", "SHARD..."],
  flags: [],
  examples: ["redd merge out/farm out/shard-1 out/shard-2", "redd merge out/farm out/farm"],
  run,
};
