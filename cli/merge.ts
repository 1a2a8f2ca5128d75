/** `redd merge`: the shards of several machines, into one dataset. */
import { buildInfrastructure } from "../src/farm/infrastructure.ts";
import { fixturesOf, mergeShards, shardFolders } from "../src/generate/merge.ts";
import { readDatasetSchedule } from "../src/generate/own_schedule.ts";
import type { Given, Voice } from "./command.ts";
import { showRun } from "./generate.ts";
import { grouped, sized } from "./numbers.ts";

/** Runs a line of `redd merge`; returns its exit code. */
export async function runMerge(given: Given, voice: Voice): Promise<number> {
  const [into, ...folders] = given.operands;
  const shards = shardFolders(folders, into);
  const first = shards[0]!;
  const fixtures = fixturesOf(first, given.text("fixtures"), given.text("profile"));
  const infrastructure = buildInfrastructure(fixtures.layout, fixtures.master);
  const schedule = readDatasetSchedule(first.folder, fixtures.profile, infrastructure);
  const { seed, firstId, documentedTotals, laterScenarios, initialFeed } = first.identity;
  const recipe = {
    schedule,
    fixtures,
    seed,
    firstId,
    documentedTotals,
    laterScenarios,
    initialFeed,
  };
  const { manifest } = await mergeShards(into!, shards, recipe, { onProgress: showRun(voice) });
  const { rows, bytes } = manifest;
  const count = shards.length === 1 ? "1 shard" : `${shards.length} shards`;
  if (voice.json) voice.data(JSON.stringify({ folder: into, rows, bytes }));
  else voice.result(`${into}: ${grouped(rows)} rows, ${sized(bytes)} from ${count}`);
  return 0;
}
