/** `redd generate`: a dataset, to files. */
import { commandLine } from "../src/command_line.ts";
import type { Fixtures } from "../src/fixtures/fixtures.ts";
import { type DatasetForeseen, foreseeDataset } from "../src/generate/foresee.ts";
import { digestOfDataset } from "../src/dataset/manifest_digest.ts";
import { HIGHEST_FIRST_ID } from "../src/dataset/first_id.ts";
import {
  generate,
  type Generated,
  type GenerateOptions,
  generateShard,
  type Shard,
  type ShardDone,
} from "../src/generate/generate.ts";
import type { Recipe } from "../src/generate/prepare.ts";
import { asOfOf } from "../src/schedule/format.ts";
import { warningsOfEnd } from "../src/schedule/warnings.ts";
import type { Given, Host, Voice } from "./command.ts";
import { GENERATE_FLAGS } from "./commands/generate_flags.ts";
import { abandonLine, extensionOf, foreseeLine, refuseAppending } from "./extension.ts";
import { fixturesFor, fixturesOfDataset } from "./fixtures.ts";
import { interruptible } from "./interrupt.ts";
import { amountOf, grouped, lasting, sized } from "./numbers.ts";
import { usageError } from "./parse.ts";
import { requestOf } from "./requested_schedule.ts";
import { shardOf } from "./shard.ts";
import { showRun } from "./show_run.ts";
import { flagValues } from "./values.ts";

const NAME = "generate";

/** What a run has made; how fast is said where it has made all of it. */
function summary(
  { manifest }: Generated,
  out: string,
  milliseconds: number,
  whole: boolean,
): string[] {
  const tables = Object.entries(manifest.tables)
    .filter(([, entry]) => entry.kind !== "static" && entry.rows > 0);
  const width = Math.max(...tables.map(([name]) => name.length));
  const lines = tables.map(([name, { rows, bytes }]) =>
    `  ${name.padEnd(width)}  ${grouped(rows).padStart(12)} rows  ${sized(bytes).padStart(9)}`
  );
  const { rows, bytes, state } = manifest;
  const { occupied, everUsed, containers } = state.places;
  const percent = (n: number) => `${(100 * n / containers).toFixed(1)} %`;
  const pace = milliseconds === 0 || !whole
    ? ""
    : `, ${grouped(rows / milliseconds * 1000)} rows/s`;
  return [
    ...lines,
    `batches: ${batchesText(state.batches)}`,
    `containers: ${grouped(occupied)} of ${grouped(containers)} occupied at the end ` +
    `(${percent(occupied)}), ${grouped(everUsed)} ever (${percent(everUsed)})`,
    `${out}: ${grouped(rows)} rows, ${sized(bytes)} in ${lasting(milliseconds)}${pace}`,
    `digest: ${digestOfDataset(manifest)}`,
  ];
}

/** Batches by status, and those that live by stage: `2 active (1 Parr, 1 Adult), 3 completed`. */
export function batchesText(batches: Readonly<Record<string, number>>): string {
  const all = Object.entries(batches);
  const list = (some: typeof all) => some.map(([what, n]) => `${n} ${what}`).join(", ");
  const stages = all.filter(([what]) => !STATUSES.includes(what));
  return all.filter(([what]) => STATUSES.includes(what)).map(([what, n]) =>
    what === "active" && stages.length > 0 ? `${n} ${what} (${list(stages)})` : `${n} ${what}`
  ).join(", ");
}

const STATUSES = ["planned", "active", "completed"];

/** The warnings of a line for its JSON, where there are some. */
type Said = { readonly warnings?: readonly string[] };

/** What a line asks for, ready to be generated: its recipe, and the folder. */
async function orderOf(
  given: Given,
  fixtures: Fixtures,
  voice: Voice,
): Promise<Recipe & { out: string; warnings: readonly string[] }> {
  if (given.on("extend")) {
    const recipe = await extensionOf(given, GENERATE_FLAGS, fixtures, voice);
    const warnings = warningsOfEnd(recipe.schedule, fixtures.profile);
    for (const warning of warnings) voice.say(`warning: ${warning}`);
    return { ...recipe, warnings };
  }
  refuseAppending(given);
  const { schedule, seed, out, warnings } = await requestOf(given, fixtures, voice);
  for (const warning of warnings) voice.say(`warning: ${warning}`);
  const firstId = flagValues(NAME, given).whole("first-id", 1, HIGHEST_FIRST_ID);
  return {
    schedule,
    seed,
    out,
    warnings,
    fixtures,
    documentedTotals: given.on("documented-totals"),
    laterScenarios: given.on("later-scenarios"),
    initialFeed: !given.on("no-initial-feed"),
    ...(firstId === undefined ? {} : { firstId }),
  };
}

/** Generates what a line asks for, and says how it goes. */
export async function runGenerate(given: Given, voice: Voice, host: Host = {}): Promise<number> {
  if (given.on("abandon")) return await abandonLine(given, GENERATE_FLAGS, voice);
  const values = flagValues(NAME, given);
  const fixtures = given.on("extend")
    ? await fixturesOfDataset(given, voice)
    : await fixturesFor(given, voice);
  const shard = shardOf(NAME, given, values);
  if (shard !== undefined && given.on("force")) {
    const because = "--force does not go with a shard: it would remove what other shards have done";
    throw usageError(NAME, because, "Remove the folder before the first shard starts");
  }
  const workers = values.whole("workers", 1, 256);
  const retries = values.whole("retry", 0, 100);
  const limit = values.whole("window-timeout", 1, 1_000_000);
  if (given.on("extend") && given.on("dry-run")) {
    return await foreseeLine(given, GENERATE_FLAGS, fixtures, voice);
  }
  const { out, warnings, ...recipe } = await orderOf(given, fixtures, voice);
  const said = warnings.length === 0 ? {} : { warnings };
  if (given.on("dry-run")) {
    return dryRun(recipe, out, given.on("force"), workers, voice, host, said);
  }
  const began = performance.now();
  const elapsed = () => performance.now() - began;
  return await interruptible(async (signal) => {
    const options: GenerateOptions = {
      ...recipe,
      folder: out,
      force: given.on("force"),
      checkRoom: true,
      ...poolOf(host),
      ...(host.free === undefined ? {} : { free: host.free }),
      ...(workers === undefined ? {} : { workers }),
      ...(retries === undefined ? {} : { retries }),
      ...(limit === undefined ? {} : { windowLimit: limit * 1000 }),
      signal,
      onDamage: (damage) => voice.say(`${out}: ${damage}; its month is made anew.`),
      onProgress: showRun(voice, out),
    };
    if (shard === undefined) {
      report(await generate(options), out, elapsed(), voice, given.on("extend"), said);
    } else reportShard(await generateShard(options, shard), shard, out, voice, said);
    return 0;
  });
}

/** Where the workers of a run come from. */
export function poolOf({ openRenderer }: Host): Pick<GenerateOptions, "open"> {
  return openRenderer === undefined ? {} : { open: () => openRenderer() };
}

/** Says what would be written, and what is there of it; refuses what a run would refuse. */
function dryRun(
  recipe: Recipe,
  out: string,
  force: boolean,
  workers: number | undefined,
  voice: Voice,
  host: Host,
  said: Said,
): number {
  const foreseen = foreseeDataset({
    ...recipe,
    folder: out,
    force,
    workers: workers ?? navigator.hardwareConcurrency,
    free: host.free,
    onProgress: showRun(voice),
  });
  const asOf = asOfOf(recipe.schedule);
  if (voice.json) voice.data(JSON.stringify({ folder: out, asOf, ...foreseen, ...said }));
  else voice.data(foreseenDataset(out, asOf, foreseen));
  return 0;
}

/** A dataset that a run would write, in a sentence. */
function foreseenDataset(out: string, asOf: string, foreseen: DatasetForeseen): string {
  const { found, rows, bytes, milliseconds, windows, windowsThere, free } = foreseen;
  const all = `${grouped(rows)} rows up to ${asOf} in ${amountOf(windows, "window")}`;
  if (found === "finished") return `${out} is finished already: it has ${all}.`;
  const room = free === undefined ? "" : `, ${sized(free)} are free`;
  if (found === "begun") {
    const there = windowsThere === 1 ? "is" : "are";
    return `${out} is begun: ${grouped(windowsThere)} of ${amountOf(windows, "window")} ${there} ` +
      `there; a run goes on to ${grouped(rows)} rows, about ${sized(bytes)}${room}`;
  }
  return `${out} would have ${all}, about ${sized(bytes)}, in about ${
    lasting(milliseconds)
  }${room}`;
}

function reportShard(done: ShardDone, shard: Shard, out: string, voice: Voice, said: Said): void {
  const { found, windows, totalWindows } = done;
  if (voice.json) {
    return voice.data(
      JSON.stringify({ folder: out, found, shard, windows, totalWindows, ...said }),
    );
  }
  if (found === "finished") {
    return voice.result(`${out} is finished already, and nothing is left for a shard to do.`);
  }
  voice.result(
    `${out}: shard ${shard.number} of ${shard.of} is done, ${windows} of ` +
      `${amountOf(totalWindows, "window")} ${windows === 1 ? "is" : "are"} there. When all are: ${
        commandLine("merge", "DATASET", "SHARD...")
      }`,
  );
}

function report(
  generated: Generated,
  out: string,
  milliseconds: number,
  voice: Voice,
  extended: boolean,
  said: Said,
): void {
  const { found, manifest } = generated;
  if (voice.json) {
    const { rows, bytes, seed, firstDay, asOf, state } = manifest;
    const digest = digestOfDataset(manifest);
    const sizes = { rows, bytes, seed, firstDay, asOf, digest };
    const facts = { folder: out, found, ...sizes, ...state, ...said };
    return voice.data(JSON.stringify(facts));
  }
  if (found === "finished") {
    const what = extended
      ? `goes up to ${manifest.asOf} already; there is nothing to do.`
      : "is finished already; --force makes it again.";
    voice.result(`${out} ${what}`);
    voice.result(`digest: ${digestOfDataset(manifest)}`);
    return;
  }
  if (found === "begun") voice.detail(`${out} had been begun; this run went on with it.`);
  const whole = found !== "begun" && !extended;
  for (const line of summary(generated, out, milliseconds, whole)) voice.result(line);
}
