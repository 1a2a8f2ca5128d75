/** The schedule that a line of `redd generate` asks for: a preset, a single batch or a file. */
import { buildInfrastructure, type Infrastructure } from "../src/farm/ground/infrastructure.ts";
import type { Profile } from "../src/fixtures/profile.ts";
import type { Fixtures } from "../src/fixtures/fixtures.ts";
import { ReddError } from "../src/errors.ts";
import { shown } from "../src/fixtures/shown.ts";
import { checkSchedule, type Finding, findingText } from "../src/schedule/check.ts";
import { EGGS, type Schedule, SCHEDULE_LIMITS } from "../src/schedule/format.ts";
import { extraAreasUsed } from "../src/schedule/extra_areas.ts";
import { DEFAULT_SEED } from "../src/schedule/limits.ts";
import { planFarm } from "../src/schedule/plan.ts";
import {
  FARM_PRESETS,
  farmPreset,
  SINGLE_PRESETS,
  type SinglePreset,
  singlePreset,
} from "../src/schedule/presets.ts";
import { parseSchedule, readSchedule } from "../src/schedule/read.ts";
import { planSingle, planToTheEnd } from "../src/schedule/single.ts";
import { warningTexts } from "../src/schedule/warnings.ts";
import type { Given, Voice } from "./command.ts";
import {
  BATCH_FLAGS,
  type FarmPresetName,
  type PresetName,
  PRESETS,
  STDIN,
} from "./commands/flags.ts";
import { batchNumberOf, daysOf, geographyOf, outOf } from "./lone_batch.ts";
import { withOutbreaks } from "./outbreaks.ts";
import { usageError } from "./parse.ts";
import { readStdin } from "./stdin.ts";
import { flagValues, type Values } from "./values.ts";

const NAME = "generate";

function isFarm(name: PresetName): name is FarmPresetName {
  return name in FARM_PRESETS;
}

/** What a line asks for. */
export interface Request {
  readonly schedule: Schedule;
  readonly seed: number;
  readonly out: string;
  /** What the schedule is warned of, as text. */
  readonly warnings: readonly string[];
}

/** A schedule that is there, and what it is warned of. */
export type FoundSchedule = Pick<Request, "schedule" | "warnings">;

/**
 * Reads a schedule from a file or from standard input.
 *
 * @param seed Draws what the file leaves to chance; its own unless given.
 * @throws {ReddError} input, for what is no schedule of this farm.
 */
export async function scheduleIn(
  file: string,
  seed: number | undefined,
  { layout, profile, diseases }: Fixtures,
  infrastructure: Infrastructure,
  voice: Voice,
): Promise<FoundSchedule> {
  const remarks: string[] = [];
  const options = {
    onRemark: (text: string) => remarks.push(text),
    diseases: diseases.map(({ id }) => id),
    ...(seed === undefined ? {} : { seed }),
  };
  let schedule: Schedule;
  try {
    schedule = file === STDIN
      ? parseSchedule(
        "from standard input",
        await readStdin("the schedule", SCHEDULE_LIMITS.bytes, voice),
        profile,
        infrastructure,
        options,
      )
      : readSchedule(file, profile, infrastructure, options);
  } catch (thrown) {
    for (const remark of remarks) voice.say(`warning: ${remark}`);
    throw thrown;
  }
  const extras = extraAreasUsed(schedule, layout);
  const totals = extras.length === 0 ? [] : [
    `batches live in ${extras.join(", ")}, which comes with the documented totals: ` +
    "the dataset has all of them, as with --documented-totals",
  ];
  return { schedule, warnings: [...remarks, ...totals, ...warningTexts(schedule, profile)] };
}

/** Refuses flags that do not go with another one, in a line of `generate` unless it is of another. */
export function refuseFlags(
  given: Given,
  flags: readonly string[],
  other: string,
  command = NAME,
): void {
  for (const name of flags) {
    if (given.text(name) === undefined) continue;
    throw usageError(command, `--${name} does not go with ${other}`, "Give one of the two");
  }
}

/**
 * Reads what a line asks for.
 *
 * @throws {ReddError} input, for what cannot be.
 */
export async function requestOf(
  given: Given,
  fixtures: Fixtures,
  voice: Voice,
): Promise<Request> {
  const values = flagValues(NAME, given);
  const { profile } = fixtures;
  const infrastructure = buildInfrastructure(fixtures.layout, fixtures.master);
  const batchFlags = BATCH_FLAGS.map((flag) => flag.name);
  const givenSeed = values.whole("seed", 0, Number.MAX_SAFE_INTEGER);
  const file = given.text("schedule");
  if (file !== undefined) {
    refuseFlags(given, ["preset", "until", ...batchFlags], "--schedule");
    const found = await scheduleIn(file, givenSeed, fixtures, infrastructure, voice);
    const own = withOutbreaks(NAME, given, found.schedule, fixtures);
    const seed = givenSeed ?? found.schedule.metadata.seed ?? DEFAULT_SEED;
    return { ...found, schedule: own, seed, out: outOf(given, infrastructure.homes) };
  }
  const name = values.oneOf("preset", PRESETS);
  const seed = givenSeed ?? DEFAULT_SEED;
  let schedule: Schedule;
  if (name !== undefined && isFarm(name)) {
    refuseFlags(given, batchFlags, `--preset ${name}`);
    const preset = farmPreset(FARM_PRESETS[name], profile);
    const asOf = values.asOf() ?? preset.asOf;
    schedule = planFarm({ ...preset, asOf, seed }, profile, infrastructure);
  } else {
    const preset = singlePreset(SINGLE_PRESETS[name ?? "single"], profile);
    schedule = singleOf(given, values, preset, seed, profile, infrastructure);
  }
  const finding = checkSchedule(schedule, profile, infrastructure);
  if (finding !== undefined) {
    throw unplaceable(finding, profile);
  }
  schedule = withOutbreaks(NAME, given, schedule, fixtures);
  // A preset as it is ends where its description says.
  const ends = ["until", "start-date", "duration"].some((flag) => given.text(flag) !== undefined);
  const warnings = ends ? warningTexts(schedule, profile) : [];
  return { schedule, seed, out: outOf(given, infrastructure.homes), warnings };
}

/** Of a plan that Redd has made of flags, what is wrong with it is never what was typed. */
export function unplaceable(finding: Finding, { name }: Profile): ReddError {
  return new ReddError("input", "PROFILE_UNPLACEABLE", {
    cannot: `plan by the profile ${shown(name)}`,
    because: `no plan of it keeps the rules of schedules: ${findingText(finding)}`,
    remedy: "Correct the profile or the layout, or give other dates or places",
  });
}

function singleOf(
  given: Given,
  values: Values,
  preset: SinglePreset,
  seed: number,
  profile: Profile,
  infrastructure: Infrastructure,
): Schedule {
  const batchNumber = batchNumberOf(given, infrastructure.homes);
  const geography = geographyOf(values, infrastructure.homes);
  const station = given.text("station");
  const area = given.text("area");
  const batch = {
    ...daysOf(values, preset),
    eggs: values.whole("eggs", EGGS.least, EGGS.most) ?? preset.eggs,
    seed,
    ...(geography === undefined ? {} : { geography }),
    ...(batchNumber === undefined ? {} : { batchNumber }),
    ...(station === undefined ? {} : { station }),
    ...(area === undefined ? {} : { area }),
  };
  const fixed = ["start-date", "duration"].some((flag) => given.text(flag) !== undefined);
  const plan = given.text("until") === undefined || fixed ? planSingle : planToTheEnd;
  return plan(batch, profile, infrastructure);
}
