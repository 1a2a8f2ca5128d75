/** `redd generate`: a dataset, to files. */
import { EGGS, LONGEST_LIFE } from "../src/schedule/format.ts";
import { buildInfrastructure } from "../src/farm/infrastructure.ts";
import { type Fixtures, readFixtures } from "../src/fixtures/read.ts";
import { generate, type Generated, type Progress } from "../src/generate/generate.ts";
import { checkSchedule } from "../src/schedule/check.ts";
import type { Schedule } from "../src/schedule/format.ts";
import { type PresetName, SINGLE_PRESETS } from "../src/schedule/presets.ts";
import { readSchedule } from "../src/schedule/read.ts";
import { planSingle } from "../src/schedule/single.ts";
import type { Command, Flag, Given, Voice } from "./command.ts";
import { interruptible } from "./interrupt.ts";
import { grouped, lasting, sized } from "./numbers.ts";
import { usageError } from "./parse.ts";
import { type Values, valuesOf } from "./values.ts";

const NAME = "generate";
const DEFAULT_SEED = 1;
const GEOGRAPHIES = ["Faroe Islands", "Scotland"] as const;
const PRESETS = Object.keys(SINGLE_PRESETS) as PresetName[];

const BATCH_FLAGS: readonly Flag[] = [
  { name: "start-date", value: "DATE", about: "day on which the eggs arrive" },
  { name: "eggs", value: "N", about: `${grouped(EGGS.least)} to ${grouped(EGGS.most)}` },
  { name: "geography", value: "NAME", about: `"${GEOGRAPHIES.join('" or "')}"` },
  { name: "duration", value: "DAYS", about: `1 to ${LONGEST_LIFE} days to simulate` },
  { name: "batch-number", value: "NUMBER", about: "such as FI-2025-001" },
];

/** The seed of a line: 0 to 2^53 - 1. */
function seedOf(values: Values): number | undefined {
  return values.whole("seed", 0, Number.MAX_SAFE_INTEGER);
}

/** What a line asks for. */
interface Request {
  readonly schedule: Schedule;
  readonly seed: number;
  readonly out: string;
}

function requestOf(given: Given, fixtures: Fixtures): Request {
  const values = valuesOf(NAME, given);
  const infrastructure = buildInfrastructure(fixtures.layout, fixtures.master);
  const file = given.text("schedule");
  if (file !== undefined) {
    for (const name of ["preset", ...BATCH_FLAGS.map((flag) => flag.name)]) {
      if (given.text(name) === undefined) continue;
      throw usageError(NAME, `--${name} does not go with --schedule`, "Give one of the two");
    }
    const read = readSchedule(file, fixtures.profile, infrastructure);
    const seed = seedOf(values) ?? read.metadata.seed ?? DEFAULT_SEED;
    // The dataset keeps the seed it was made with, so that its schedule makes it again.
    const schedule = { ...read, metadata: { ...read.metadata, seed } };
    const stem = file.replace(/^.*\//, "").replace(/\.ya?ml$/, "");
    return { schedule, seed, out: given.text("out") ?? `out/${stem}` };
  }
  const name = values.oneOf("preset", PRESETS);
  const preset = SINGLE_PRESETS[name ?? "single"];
  const seed = seedOf(values) ?? DEFAULT_SEED;
  const batchNumber = given.text("batch-number");
  if (batchNumber !== undefined && !/^(FAR|FI|SCO)-\d{4}-\d{3}$/.test(batchNumber)) {
    const because = `--batch-number is ${batchNumber}`;
    throw usageError(NAME, because, "Give FAR, FI or SCO, a year and three digits: FI-2025-001");
  }
  const schedule = planSingle(
    {
      startDay: values.day("start-date") ?? preset.startDay,
      eggs: values.whole("eggs", EGGS.least, EGGS.most) ?? preset.eggs,
      geography: values.oneOf("geography", GEOGRAPHIES) ?? preset.geography,
      duration: values.whole("duration", 1, LONGEST_LIFE) ?? preset.duration,
      seed,
      ...(batchNumber === undefined ? {} : { batchNumber }),
    },
    fixtures.profile,
    infrastructure,
  );
  const finding = checkSchedule(schedule, fixtures.profile, infrastructure);
  if (finding !== undefined) {
    throw usageError(NAME, `${finding.path} is ${finding.because}`, "Give other dates or places");
  }
  const alone = name === undefined && BATCH_FLAGS.some((flag) => given.text(flag.name));
  const folder = alone ? schedule.batches[0]!.batch_id.toLowerCase() : name ?? "single";
  return { schedule, seed, out: given.text("out") ?? `out/${folder}` };
}

/** One line of progress: how far, how fast, how long to go. */
export function progressLine(progress: Progress, milliseconds: number): string {
  const { rows, totalRows, windows, totalWindows } = progress;
  const rate = rows / milliseconds * 1000;
  const left = rows === 0 ? "" : `, ${lasting((totalRows - rows) / rate * 1000)} left`;
  const share = totalRows === 0 ? 100 : Math.floor(100 * rows / totalRows);
  return `${share} %, window ${windows} of ${totalWindows}, ${grouped(rows)} rows, ` +
    `${grouped(rate)} rows/s${left}`;
}

function summary({ manifest }: Generated, out: string, milliseconds: number): string[] {
  const tables = Object.entries(manifest.tables)
    .filter(([, entry]) => entry.kind !== "static" && entry.rows > 0);
  const width = Math.max(...tables.map(([name]) => name.length));
  const lines = tables.map(([name, { rows, bytes }]) =>
    `  ${name.padEnd(width)}  ${grouped(rows).padStart(12)} rows  ${sized(bytes).padStart(9)}`
  );
  const total = `${grouped(manifest.rows)} rows, ${sized(manifest.bytes)}`;
  return [...lines, `${out}: ${total} in ${lasting(milliseconds)}`];
}

/** Generates what a line asks for, and says how it goes. */
async function run(given: Given, voice: Voice): Promise<number> {
  const values = valuesOf(NAME, given);
  const fixtures = readFixtures(undefined, given.text("profile"));
  const { schedule, seed, out } = requestOf(given, fixtures);
  const workers = values.whole("workers", 1, 256);
  const firstId = values.whole("first-id", 1, Number.MAX_SAFE_INTEGER);
  const began = performance.now();
  const elapsed = () => performance.now() - began;
  const generated = await interruptible((signal) =>
    generate({
      folder: out,
      schedule,
      fixtures,
      seed,
      force: given.on("force"),
      documentedTotals: given.on("documented-totals"),
      laterScenarios: given.on("later-scenarios"),
      ...(workers === undefined ? {} : { workers }),
      ...(firstId === undefined ? {} : { firstId }),
      signal,
      onProgress: (progress) => voice.progress(progressLine(progress, elapsed())),
    })
  );
  report(generated, out, elapsed(), voice);
  return 0;
}

function report(generated: Generated, out: string, milliseconds: number, voice: Voice): void {
  const { found, manifest } = generated;
  if (voice.json) {
    const { rows, bytes, seed, firstDay, asOf } = manifest;
    voice.data(JSON.stringify({ folder: out, found, rows, bytes, seed, firstDay, asOf }));
    return;
  }
  if (found === "finished") {
    voice.say(`${out} is finished already; --force makes it again.`);
    return;
  }
  if (found === "begun") voice.detail(`${out} had been begun; this run went on with it.`);
  for (const line of summary(generated, out, milliseconds)) voice.say(line);
}

/** `redd generate`. */
export const generateCommand: Command = {
  name: NAME,
  about: "write a dataset: a preset, a single batch or a schedule",
  operands: [],
  flags: [
    { name: "preset", value: "NAME", about: `${PRESETS.join(" or ")}; flags below override it` },
    ...BATCH_FLAGS,
    { name: "schedule", value: "FILE", about: "a schedule in YAML instead" },
    { name: "seed", value: "N", about: `decides all chance (${DEFAULT_SEED})` },
    { name: "profile", value: "NAME", about: "biology in fixtures/profiles (documented)" },
    { name: "documented-totals", about: "add 77 unused containers: 2,017 in all" },
    { name: "later-scenarios", about: "add a scenario at Parr and one at sea to every batch" },
    { name: "first-id", value: "N", about: "where ids of operational tables begin (1)" },
    { name: "out", value: "DIR", about: "the dataset folder (out/NAME)" },
    { name: "workers", value: "N", about: "worker threads (one per core)" },
    { name: "force", about: "replace the dataset that is there" },
  ],
  examples: [
    "redd generate --preset single",
    "redd generate --start-date 2022-01-01 --geography Scotland --duration 900 --out out/scotland",
    "redd generate --schedule farm.yaml --seed 7",
  ],
  run,
};
