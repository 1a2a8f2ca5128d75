/** `redd schedule`: the plan of a whole farm, or a schedule that is there, to a file. */
import { commandLine } from "../src/command_line.ts";
import { isoOf, parseIso } from "../src/farm/days.ts";
import { buildInfrastructure } from "../src/farm/ground/infrastructure.ts";
import { type BatchCount, countBatches } from "../src/schedule/batch_count.ts";
import { checkSchedule } from "../src/schedule/check.ts";
import {
  LONGEST_FALLOW,
  LONGEST_GRACE,
  LONGEST_TRANSITION,
  MOST_BATCHES,
  MOST_PLANNED_YEARS,
  MOST_STAGGER,
} from "../src/schedule/limits.ts";
import { type Pauses, pausesOf } from "../src/schedule/pauses.ts";
import { planFarm } from "../src/schedule/plan.ts";
import { SATURATION } from "../src/schedule/presets.ts";
import {
  type PerGeography,
  type Share,
  type Statistics,
  statisticsOf,
} from "../src/schedule/statistics.ts";
import { scheduleText } from "../src/schedule/text.ts";
import { writeSchedule } from "../src/schedule/write.ts";
import { extraAreasUsed } from "../src/schedule/extra_areas.ts";
import type { Schedule } from "../src/schedule/format.ts";
import { CLOCK } from "./clock.ts";
import type { Given, Voice } from "./command.ts";
import { SCHEDULE_DEFAULTS, STDOUT } from "./commands/flags.ts";
import { fixturesFor } from "./fixtures.ts";
import { grouped, sized } from "./numbers.ts";
import { withOutbreaks } from "./outbreaks.ts";
import { usageError } from "./parse.ts";
import { refuseFlags, scheduleIn, unplaceable } from "./requested_schedule.ts";
import { flagValues, type Values } from "./values.ts";

const NAME = "schedule";

/** Flags of a plan, which a schedule that is there has already. */
const PLAN_FLAGS = [
  "years",
  "batches",
  "stagger",
  "saturation",
  "transition-days",
  "grace-days",
  "fallow-weeks",
  "until",
];

/** Days between batches that a line gives. */
function pausesGiven(values: Values): Partial<Pauses> {
  const transitionDays = values.whole("transition-days", 1, LONGEST_TRANSITION);
  const graceDays = values.whole("grace-days", 0, LONGEST_GRACE);
  const fallowWeeks = values.whole("fallow-weeks", 0, LONGEST_FALLOW);
  return {
    ...transitionDays === undefined ? {} : { transitionDays },
    ...graceDays === undefined ? {} : { graceDays },
    ...fallowWeeks === undefined ? {} : { fallowWeeks },
  };
}

/** Which limit the number of batches has, and that it was the one that decided. */
function limitText({ perGeography, byTime, byPlaces, binds }: BatchCount): string {
  return binds === "time"
    ? `${perGeography} per geography by time, which binds; all of them find places`
    : `${byTime} per geography by time, ${byPlaces} by ${binds}, which bind`;
}

/** What a plan leaves between batches; nothing is said of one that leaves nothing. */
function pausesRow({ transitionDays, graceDays, fallowWeeks }: Pauses): [string, string][] {
  if (transitionDays === 1 && graceDays === 0 && fallowWeeks === 0) return [];
  const days = (n: number, what: string) => `${n} ${n === 1 ? "day" : "days"} ${what}`;
  const weeks = `${fallowWeeks} ${fallowWeeks === 1 ? "week" : "weeks"} of fallow`;
  return [[
    "Between batches",
    `${days(transitionDays, "of transition")}, ${days(graceDays, "of grace")}, ${weeks}`,
  ]];
}

function ofEach(numbers: PerGeography, textOf = (n: number) => grouped(n)): string {
  return Object.entries(numbers).map(([name, n]) => `${textOf(n)} ${name}`).join(", ");
}

function shareText({ count, of }: Share): string {
  return `${grouped(count)} of ${grouped(of)} (${Math.round(100 * count / of)} %)`;
}

/** The figures of a plan as lines of two columns. */
export function planLines(
  statistics: Statistics,
  count?: BatchCount,
  pauses?: Pauses,
): string[] {
  const { asOf, sea, activeByStage } = statistics;
  const lastDay = isoOf(parseIso(asOf)! - 1);
  const stages = Object.entries(activeByStage).map(([name, n]) => `${name} ${n}`).join(", ");
  const most = Object.entries(sea.rings).map(([name, rings]) =>
    `${grouped(sea.mostAtOnce[name]!)} of ${grouped(rings)} ${name}`
  ).join(", ");
  const days = statistics.staggerDays === 1 ? "day" : "days";
  // Without a stagger the dates were given one by one.
  const every = statistics.staggerDays === 0 ? "" : `, every ${statistics.staggerDays} ${days}`;
  const rows: [string, string][] = [
    ["Batches", `${grouped(statistics.batches)}: ${ofEach(statistics.perGeography)}`],
    ...count === undefined ? [] : [["Limit", limitText(count)] as [string, string]],
    [
      "Starts",
      `${statistics.firstStart} to ${statistics.lastStart}${every}`,
    ],
    [`As of ${asOf}`, `${statistics.completed} completed, ${statistics.active} active (${stages})`],
    [
      "Stays at sea",
      `${sea.ofTen} in 10 rings, ${sea.ofTwenty} in 20, ${
        sea.averageRings.toFixed(1)
      } on average, ` +
      `${grouped(sea.ringPeriods)} ring-periods`,
    ],
    ["Most rings at once", most],
    ["Containers ever used", shareText(statistics.everAllocated)],
    [`Occupied ${lastDay}`, shareText(statistics.occupied)],
    ...pauses === undefined ? [] : pausesRow(pauses),
    ["File", sized(statistics.bytes)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `${name.padEnd(width)}  ${text}`);
}

/** The plan that a line asks for, and where its number of batches is from. */
async function planOf(given: Given, voice: Voice) {
  const values = flagValues(NAME, given);
  const batches = values.whole("batches", 1, MOST_BATCHES);
  const years = values.decimal("years", 0.1, MOST_PLANNED_YEARS);
  if (batches !== undefined && years !== undefined) {
    throw usageError(NAME, "--years does not go with --batches", "Give one of the two");
  }
  const stagger = values.whole("stagger", 1, MOST_STAGGER) ?? SCHEDULE_DEFAULTS.stagger;
  const saturation = values.decimal("saturation", 0.01, 1) ?? SATURATION;
  const asOf = values.asOf() ?? CLOCK.today();
  const seed = values.whole("seed", 0, Number.MAX_SAFE_INTEGER) ?? SCHEDULE_DEFAULTS.seed;
  const pauses = pausesGiven(values);
  const fixtures = await fixturesFor(given, voice);
  const { layout, master, profile } = fixtures;
  const infrastructure = buildInfrastructure(layout, master);
  const count = batches === undefined
    ? countBatches(
      { years: years ?? SCHEDULE_DEFAULTS.years, stagger, saturation, pauses, asOf },
      profile,
      infrastructure,
    )
    : undefined;
  const perGeography = batches ?? count!.perGeography;
  const plan = planFarm(
    { perGeography, stagger, saturation, asOf, seed, pauses },
    profile,
    infrastructure,
  );
  const finding = checkSchedule(plan, profile, infrastructure);
  if (finding !== undefined) throw unplaceable(finding, profile);
  const schedule = withOutbreaks(NAME, given, plan, fixtures);
  return { schedule, count, statistics: statisticsOf(schedule, profile, infrastructure) };
}

/** What a line of the command is about: a plan, or a schedule that is there. */
interface Wanted {
  readonly schedule: Schedule;
  readonly statistics: Statistics;
  readonly count?: BatchCount | undefined;
  readonly warnings: readonly string[];
}

/** The schedule of a file, with what is odd in it. */
async function foundOf(file: string, given: Given, voice: Voice): Promise<Wanted> {
  refuseFlags(given, PLAN_FLAGS, "--from", NAME);
  const seed = flagValues(NAME, given).whole("seed", 0, Number.MAX_SAFE_INTEGER);
  const fixtures = await fixturesFor(given, voice);
  const { layout, master, profile } = fixtures;
  const base = buildInfrastructure(layout, master);
  const { schedule: own, warnings } = await scheduleIn(file, seed, fixtures, base, voice);
  const schedule = withOutbreaks(NAME, given, own, fixtures);
  const documentedTotals = extraAreasUsed(schedule, layout).length > 0;
  const farm = documentedTotals ? buildInfrastructure(layout, master, { documentedTotals }) : base;
  return { schedule, warnings, statistics: statisticsOf(schedule, profile, farm) };
}

/** The flags with which a dataset is made by the profile and the fixtures of a plan. */
function sameFixtures(given: Given): string[] {
  return ["profile", "fixtures"].flatMap((name) => {
    const value = given.text(name);
    return value === undefined ? [] : [`--${name}`, value];
  });
}

/** Runs a line of `redd schedule`; returns its exit code. */
export async function runSchedule(given: Given, voice: Voice): Promise<number> {
  const from = given.text("from");
  const wanted: Wanted = from === undefined
    ? { ...await planOf(given, voice), warnings: [] }
    : await foundOf(from, given, voice);
  const { schedule, count, statistics, warnings } = wanted;
  for (const warning of warnings) voice.say(`warning: ${warning}`);
  const output = given.text("output") ?? SCHEDULE_DEFAULTS.output;
  const written = !given.on("dry-run");
  if (written && output === STDOUT) {
    if (voice.json) {
      throw usageError(NAME, "--json does not go with --output -", "Give one of the two");
    }
    for (const line of scheduleText(schedule).trimEnd().split("\n")) voice.data(line);
    for (const line of planLines(statistics, count, pausesOf(schedule))) voice.say(line);
    return 0;
  }
  if (written) writeSchedule(output, schedule, given.on("force"));
  if (voice.json) {
    const { worker_partitions } = schedule.metadata;
    const file = written ? output : null;
    const said = from === undefined ? {} : { warnings };
    voice.data(
      JSON.stringify({ file, count: count ?? null, statistics, worker_partitions, ...said }),
    );
    return 0;
  }
  for (const line of planLines(statistics, count, pausesOf(schedule))) voice.data(line);
  voice.say(
    written
      ? `Wrote ${output}: ${commandLine("generate", "--schedule", output, ...sameFixtures(given))}`
      : "Nothing is written (--dry-run).",
  );
  return 0;
}
