/** `redd schedule`: the plan of a whole farm, to a file. */
import { commandLine } from "../src/command_line.ts";
import { ReddError } from "../src/errors.ts";
import { isoOf, parseIso } from "../src/farm/days.ts";
import { buildInfrastructure } from "../src/farm/infrastructure.ts";
import { type BatchCount, countBatches } from "../src/schedule/batch_count.ts";
import { checkSchedule, findingText } from "../src/schedule/check.ts";
import { MOST_BATCHES, MOST_PLANNED_YEARS, MOST_STAGGER } from "../src/schedule/limits.ts";
import { planFarm } from "../src/schedule/plan.ts";
import { SATURATION } from "../src/schedule/presets.ts";
import {
  type PerGeography,
  type Share,
  type Statistics,
  statisticsOf,
} from "../src/schedule/statistics.ts";
import { writeSchedule } from "../src/schedule/write.ts";
import { CLOCK } from "./clock.ts";
import type { Given, Voice } from "./command.ts";
import { SCHEDULE_DEFAULTS } from "./commands/flags.ts";
import { fixturesFor } from "./fixtures.ts";
import { grouped, sized } from "./numbers.ts";
import { usageError } from "./parse.ts";
import { flagValues } from "./values.ts";

const NAME = "schedule";

/** Which limit the number of batches has, and that it was the one that decided. */
function limitText({ perGeography, byTime, byPlaces, binds }: BatchCount): string {
  return binds === "time"
    ? `${perGeography} per geography by time, which binds; all of them find places`
    : `${byTime} per geography by time, ${byPlaces} by ${binds}, which bind`;
}

function ofEach(numbers: PerGeography, textOf = (n: number) => grouped(n)): string {
  return Object.entries(numbers).map(([name, n]) => `${textOf(n)} ${name}`).join(", ");
}

function shareText({ count, of }: Share): string {
  return `${grouped(count)} of ${grouped(of)} (${Math.round(100 * count / of)} %)`;
}

/** The figures of a plan as lines of two columns. */
export function planLines(statistics: Statistics, count?: BatchCount): string[] {
  const { asOf, sea, activeByStage } = statistics;
  const lastDay = isoOf(parseIso(asOf)! - 1);
  const stages = Object.entries(activeByStage).map(([name, n]) => `${name} ${n}`).join(", ");
  const most = Object.entries(sea.rings).map(([name, rings]) =>
    `${grouped(sea.mostAtOnce[name]!)} of ${grouped(rings)} ${name}`
  ).join(", ");
  const days = statistics.staggerDays === 1 ? "day" : "days";
  const rows: [string, string][] = [
    ["Batches", `${grouped(statistics.batches)}: ${ofEach(statistics.perGeography)}`],
    ...count === undefined ? [] : [["Limit", limitText(count)] as [string, string]],
    [
      "Starts",
      `${statistics.firstStart} to ${statistics.lastStart}, every ${statistics.staggerDays} ${days}`,
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
    ["File", sized(statistics.bytes)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `${name.padEnd(width)}  ${text}`);
}

/** The plan that a line asks for, and where its number of batches is from. */
function planOf(given: Given) {
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
  const { layout, master, profile } = fixturesFor(given);
  const infrastructure = buildInfrastructure(layout, master);
  const count = batches === undefined
    ? countBatches(
      { years: years ?? SCHEDULE_DEFAULTS.years, stagger, saturation },
      profile,
      infrastructure,
    )
    : undefined;
  const perGeography = batches ?? count!.perGeography;
  const schedule = planFarm(
    { perGeography, stagger, saturation, asOf, seed },
    profile,
    infrastructure,
  );
  const finding = checkSchedule(schedule, profile, infrastructure);
  if (finding !== undefined) {
    const cannot = "keep the plan";
    throw new ReddError("check", "PLAN_INVALID", { cannot, because: findingText(finding) });
  }
  return { schedule, count, statistics: statisticsOf(schedule, profile, infrastructure) };
}

/** Runs a line of `redd schedule`; returns its exit code. */
export function runSchedule(given: Given, voice: Voice): Promise<number> {
  const { schedule, count, statistics } = planOf(given);
  const output = given.text("output") ?? SCHEDULE_DEFAULTS.output;
  const written = !given.on("dry-run");
  if (written) writeSchedule(output, schedule, given.on("force"));
  if (voice.json) {
    const { worker_partitions } = schedule.metadata;
    const file = written ? output : null;
    voice.data(JSON.stringify({ file, count: count ?? null, statistics, worker_partitions }));
    return Promise.resolve(0);
  }
  for (const line of planLines(statistics, count)) voice.data(line);
  voice.say(
    written
      ? `Wrote ${output}: ${commandLine("generate", "--schedule", output)}`
      : "Nothing is written (--dry-run).",
  );
  return Promise.resolve(0);
}
