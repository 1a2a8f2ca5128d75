/** The schedule that a line of `redd generate` asks for: a preset, a single batch or a file. */
import { buildInfrastructure, type Infrastructure } from "../src/farm/infrastructure.ts";
import type { Profile } from "../src/fixtures/profile.ts";
import type { Fixtures } from "../src/fixtures/read.ts";
import { checkSchedule, findingText } from "../src/schedule/check.ts";
import { EGGS, GEOGRAPHIES, LONGEST_LIFE, type Schedule } from "../src/schedule/format.ts";
import { planFarm } from "../src/schedule/plan.ts";
import { FARM_PRESETS, SINGLE_PRESETS, type SinglePreset } from "../src/schedule/presets.ts";
import { DATE_RANGE } from "../src/schedule/range.ts";
import { readSchedule } from "../src/schedule/read.ts";
import { planSingle } from "../src/schedule/single.ts";
import { scheduleWarnings } from "../src/schedule/warnings.ts";
import type { Flag, Given } from "./command.ts";
import { grouped } from "./numbers.ts";
import { usageError } from "./parse.ts";
import { type Values, valuesOf } from "./values.ts";

const NAME = "generate";

/** The seed of a line that says none. */
export const DEFAULT_SEED = 1;

type FarmPresetName = keyof typeof FARM_PRESETS;
type PresetName = keyof typeof SINGLE_PRESETS | FarmPresetName;

/** The names of all presets. */
export const PRESETS = [
  ...Object.keys(SINGLE_PRESETS),
  ...Object.keys(FARM_PRESETS),
] as readonly PresetName[];

function isFarm(name: PresetName): name is FarmPresetName {
  return name in FARM_PRESETS;
}

/** The flags of a single batch. */
export const BATCH_FLAGS: readonly Flag[] = [
  { name: "start-date", value: "DATE", about: `day the eggs arrive (${DATE_RANGE})` },
  { name: "eggs", value: "N", about: `${grouped(EGGS.least)} to ${grouped(EGGS.most)}` },
  { name: "geography", value: "NAME", about: `"${GEOGRAPHIES.join('" or "')}"` },
  { name: "station", value: "NAME", about: "its halls hold the batch (the geography's first)" },
  { name: "area", value: "NAME", about: "its rings hold the batch at sea (the geography's first)" },
  { name: "duration", value: "DAYS", about: `1 to ${LONGEST_LIFE} days to simulate` },
  { name: "batch-number", value: "NUMBER", about: "such as FI-2025-001" },
];

/** What a line asks for. */
export interface Request {
  readonly schedule: Schedule;
  readonly seed: number;
  readonly out: string;
  /** What the schedule is warned of, as text. */
  readonly warnings: readonly string[];
}

/** Refuses flags that do not go with another one. */
function refuseFlags(given: Given, flags: readonly string[], other: string): void {
  for (const name of flags) {
    if (given.text(name) === undefined) continue;
    throw usageError(NAME, `--${name} does not go with ${other}`, "Give one of the two");
  }
}

/**
 * Reads what a line asks for.
 *
 * @throws {ReddError} input, for what cannot be.
 */
export function requestOf(given: Given, fixtures: Fixtures): Request {
  const values = valuesOf(NAME, given);
  const { profile } = fixtures;
  const infrastructure = buildInfrastructure(fixtures.layout, fixtures.master);
  const batchFlags = BATCH_FLAGS.map((flag) => flag.name);
  const givenSeed = values.whole("seed", 0, Number.MAX_SAFE_INTEGER);
  const file = given.text("schedule");
  if (file !== undefined) {
    refuseFlags(given, ["preset", "until", ...batchFlags], "--schedule");
    const schedule = readSchedule(file, profile, infrastructure);
    const seed = givenSeed ?? schedule.metadata.seed ?? DEFAULT_SEED;
    const stem = file.replace(/^.*\//, "").replace(/\.ya?ml$/, "");
    const warnings = scheduleWarnings(schedule, profile).map(findingText);
    return { schedule, seed, out: given.text("out") ?? `out/${stem}`, warnings };
  }
  const name = values.oneOf("preset", PRESETS);
  const seed = givenSeed ?? DEFAULT_SEED;
  let schedule: Schedule;
  if (name !== undefined && isFarm(name)) {
    refuseFlags(given, batchFlags, `--preset ${name}`);
    const preset = FARM_PRESETS[name];
    const asOf = values.day("until") ?? preset.asOf;
    schedule = planFarm({ ...preset, asOf, seed }, profile, infrastructure);
  } else {
    const preset = SINGLE_PRESETS[name ?? "single"];
    schedule = singleOf(given, values, preset, seed, profile, infrastructure);
  }
  const finding = checkSchedule(schedule, profile, infrastructure);
  if (finding !== undefined) {
    throw usageError(NAME, findingText(finding), "Give other dates or places");
  }
  const alone = name === undefined && ["until", ...batchFlags].some((flag) => given.text(flag));
  const folder = alone ? schedule.batches[0]!.batch_id.toLowerCase() : name ?? "single";
  return { schedule, seed, out: given.text("out") ?? `out/${folder}`, warnings: [] };
}

function singleOf(
  given: Given,
  values: Values,
  preset: SinglePreset,
  seed: number,
  profile: Profile,
  infrastructure: Infrastructure,
): Schedule {
  const batchNumber = given.text("batch-number");
  if (batchNumber !== undefined && !/^(FAR|FI|SCO)-\d{4}-\d{3}$/.test(batchNumber)) {
    const because = `--batch-number is ${batchNumber}`;
    throw usageError(NAME, because, "Give FAR, FI or SCO, a year and three digits: FI-2025-001");
  }
  const station = given.text("station");
  const area = given.text("area");
  const batch = {
    ...daysOf(values, preset),
    eggs: values.whole("eggs", EGGS.least, EGGS.most) ?? preset.eggs,
    geography: values.oneOf("geography", GEOGRAPHIES) ?? preset.geography,
    seed,
    ...(batchNumber === undefined ? {} : { batchNumber }),
    ...(station === undefined ? {} : { station }),
    ...(area === undefined ? {} : { area }),
  };
  return planSingle(batch, profile, infrastructure);
}

/** Start and duration of a single batch: two of start, duration and as-of date fix the third. */
function daysOf(values: Values, preset: SinglePreset) {
  const start = values.day("start-date");
  const given = values.whole("duration", 1, LONGEST_LIFE);
  const until = values.day("until");
  const duration = given ?? preset.duration;
  if (until === undefined) return { startDay: start ?? preset.startDay, duration };
  if (start === undefined) return { startDay: until - duration, duration };
  if (given !== undefined) {
    const because = "--until does not go with --start-date and --duration";
    throw usageError(NAME, because, "Give two of the three");
  }
  const days = until - start;
  if (days < 1 || days > LONGEST_LIFE) {
    const because = `--until is ${days} days after --start-date`;
    throw usageError(NAME, because, `Give a date 1 to ${LONGEST_LIFE} days after it`);
  }
  return { startDay: start, duration: days };
}
