/** `redd merge`: the shards of several machines, into one dataset. */
import { buildInfrastructure } from "../src/farm/ground/infrastructure.ts";
import { digestOfDataset } from "../src/dataset/manifest_digest.ts";
import { EXIT_CODES } from "../src/errors.ts";
import {
  fixturesOf,
  foreseeMerge,
  type MergeForeseen,
  mergeShards,
  shardFolders,
} from "../src/generate/merge.ts";
import { readDatasetSchedule } from "../src/generate/own_schedule.ts";
import type { Given, Voice } from "./command.ts";
import { profileOf } from "./fixtures.ts";
import { amountOf, grouped, sized } from "./numbers.ts";
import { showRun } from "./show_run.ts";

/** Says what a merge would have; with 1 if something is missing. */
function dryRun(into: string, { there, missing }: MergeForeseen, voice: Voice): number {
  const all = there.length + missing.length;
  if (voice.json) voice.data(JSON.stringify({ folder: into, there, missing }));
  else if (missing.length === 0) {
    voice.result(
      `${into} would have ${all === 1 ? "its 1 window" : `all of its ${grouped(all)} windows`}.`,
    );
  } else {
    voice.result(
      `${into} would miss ${missing.length} of its ${amountOf(all, "window")}: ${
        missing.join(", ")
      }`,
    );
  }
  return missing.length === 0 ? 0 : EXIT_CODES.check;
}

/** Runs a line of `redd merge`; returns its exit code. */
export async function runMerge(given: Given, voice: Voice): Promise<number> {
  const [into, ...folders] = given.operands;
  const shards = shardFolders(folders, into);
  const first = shards[0]!;
  const profile = await profileOf(given, voice);
  const fixtures = fixturesOf(first, given.text("fixtures"), profile);
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
  const options = { onProgress: showRun(voice) };
  if (given.on("dry-run")) {
    return dryRun(into!, foreseeMerge(into!, shards, recipe, options), voice);
  }
  const { manifest } = await mergeShards(into!, shards, recipe, options);
  const { rows, bytes } = manifest;
  const digest = digestOfDataset(manifest);
  const count = amountOf(shards.length, "shard");
  if (voice.json) voice.data(JSON.stringify({ folder: into, rows, bytes, digest }));
  else {
    voice.result(`${into}: ${grouped(rows)} rows, ${sized(bytes)} from ${count}`);
    voice.result(`digest: ${digest}`);
  }
  return 0;
}
