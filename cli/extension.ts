/** What a line of `redd generate --extend` asks for: a dataset that is there, up to a later date. */
import { commandLine } from "../src/command_line.ts";
import { isoOf } from "../src/farm/days.ts";
import { buildInfrastructure } from "../src/farm/infrastructure.ts";
import type { Fixtures } from "../src/fixtures/fixtures.ts";
import { extend } from "../src/generate/extend.ts";
import { readDatasetSchedule } from "../src/generate/own_schedule.ts";
import type { Recipe } from "../src/generate/prepare.ts";
import { nextStart } from "../src/schedule/append.ts";
import { YOUNGEST } from "../src/schedule/dates.ts";
import { asOfOf, type Schedule } from "../src/schedule/format.ts";
import { EXTENSION_FLAGS } from "./commands/flags.ts";
import type { Flag, Given, Voice } from "./command.ts";
import { usageError } from "./parse.ts";
import { valuesOf } from "./values.ts";

const NAME = "generate";

/** Flags that go with `--extend`; everything else is what the dataset was made from. */
const WITH_EXTEND = [
  ...EXTENSION_FLAGS.map((flag) => flag.name),
  ...["out", "until", "profile", "fixtures", "workers", "retry", "window-timeout"],
];

/** @throws {ReddError} input, when batches are to be appended to a dataset that is to be made. */
export function refuseAppending(given: Given): void {
  if (!given.on("append-batches")) return;
  const because = "--append-batches does not go without --extend";
  throw usageError(NAME, because, "Give --extend --until DATE --append-batches --out DATASET");
}

/**
 * Begins an extension, and says what is appended to it.
 *
 * @param flags All flags of the command.
 * @throws {ReddError} input, for flags that do not go with it and as {@linkcode extend}.
 */
export async function extensionOf(
  given: Given,
  flags: readonly Flag[],
  fixtures: Fixtures,
  voice: Voice,
): Promise<Recipe & { out: string }> {
  for (const { name, value } of flags) {
    if (WITH_EXTEND.includes(name)) continue;
    if (value === undefined ? !given.on(name) : given.text(name) === undefined) continue;
    throw usageError(NAME, `--${name} does not go with --extend`, "Leave it out");
  }
  const out = given.text("out");
  const day = valuesOf(NAME, given).day("until");
  if (out === undefined || day === undefined) {
    const because = `--${out === undefined ? "out" : "until"} is missing`;
    throw usageError(NAME, because, "Give --extend --until DATE --out DATASET");
  }
  const until = isoOf(day);
  const infrastructure = buildInfrastructure(fixtures.layout, fixtures.master);
  const schedule = readDatasetSchedule(out, fixtures.profile, infrastructure);
  const appendBatches = given.on("append-batches");
  const recipe = await extend(out, schedule, until, fixtures, { appendBatches });
  // An extension that goes on has its batches already.
  if (appendBatches && asOfOf(schedule) !== until) {
    for (const line of appendedLines(schedule, recipe.schedule, out)) voice.say(line);
  }
  return { ...recipe, out };
}

/** Which batches were appended to the dataset of a folder, and what follows for a database. */
export function appendedLines(schedule: Schedule, longer: Schedule, out: string): string[] {
  const appended = longer.batches.slice(schedule.batches.length);
  const [first] = appended;
  if (first === undefined) {
    const next = nextStart(schedule);
    return [
      `No batch is appended: the next one would start on ${isoOf(next)} and needs ` +
      `--until ${isoOf(next + YOUNGEST)} or later.`,
    ];
  }
  const count = appended.length === 1
    ? `1 batch is appended: ${first.batch_id}.`
    : `${appended.length} batches are appended: ${first.batch_id} to ${appended.at(-1)!.batch_id}.`;
  const asOf = asOfOf(schedule);
  if (first.start_date >= asOf) return [count];
  const month = first.start_date.slice(0, 7);
  return [
    count,
    `${first.batch_id} starts on ${first.start_date}, before the old as-of date ${asOf}: the ` +
    `windows from ${month} on are written again. A database that holds the old dataset cannot be ` +
    `topped up; load it anew with ${commandLine("load", out, "--replace")}.`,
  ];
}
