/** What a line of `redd generate --extend` asks for: a dataset that is there, up to a later date. */
import { commandLine } from "../src/command_line.ts";
import { isoOf } from "../src/farm/days.ts";
import { buildInfrastructure } from "../src/farm/ground/infrastructure.ts";
import type { Fixtures } from "../src/fixtures/fixtures.ts";
import { extend } from "../src/generate/extend.ts";
import { abandonExtension } from "../src/generate/extension_folder.ts";
import { type ExtensionForeseen, foreseeExtension } from "../src/generate/foresee_extension.ts";
import { readDatasetSchedule } from "../src/generate/own_schedule.ts";
import type { Recipe } from "../src/generate/prepare.ts";
import { nextStart } from "../src/schedule/append.ts";
import { YOUNGEST } from "../src/schedule/dates.ts";
import { asOfOf, type Schedule } from "../src/schedule/format.ts";
import { CLOCK } from "./clock.ts";
import { EXTENSION_FLAGS } from "./commands/flags.ts";
import type { Flag, Given, Voice } from "./command.ts";
import { amountOf, grouped, sized } from "./numbers.ts";
import { usageError } from "./parse.ts";
import { showRun } from "./show_run.ts";
import { flagValues } from "./values.ts";

const NAME = "generate";

/** Flags that go with `--extend`; everything else is what the dataset was made from. */
const WITH_EXTEND = [
  ...EXTENSION_FLAGS.map((flag) => flag.name),
  ...["out", "until", "profile", "fixtures", "workers", "retry", "window-timeout", "dry-run"],
];

/** @throws {ReddError} input, when batches are to be appended to a dataset that is to be made. */
export function refuseAppending(given: Given): void {
  if (!given.on("append-batches")) return;
  const because = "--append-batches does not go without --extend";
  throw usageError(NAME, because, "Give --extend --until DATE --append-batches --out DATASET");
}

const today = () => isoOf(CLOCK.today());

/** What a line of an extension names. */
interface ExtensionLine {
  readonly out: string;
  readonly until: string;
  readonly schedule: Schedule;
  readonly appendBatches: boolean;
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
  const { out, until, schedule, appendBatches } = lineOf(given, flags, fixtures);
  const recipe = await extend(out, schedule, until, fixtures, {
    appendBatches,
    onProgress: showRun(voice),
    today: today(),
  });
  // An extension that goes on has its batches already.
  if (appendBatches && asOfOf(schedule) !== until) {
    for (const line of appendedLines(schedule, recipe, out)) voice.say(line);
  }
  return { ...recipe, out };
}

/** @throws {ReddError} input, for flags that do not go with an extension, and for a folder without. */
function lineOf(given: Given, flags: readonly Flag[], fixtures: Fixtures): ExtensionLine {
  refuseOthers(given, flags, "extend", WITH_EXTEND);
  const out = given.text("out");
  const day = flagValues(NAME, given).asOf();
  if (out === undefined || day === undefined) {
    const because = `--${out === undefined ? "out" : "until"} is missing`;
    throw usageError(NAME, because, "Give --extend --until DATE --out DATASET");
  }
  const infrastructure = buildInfrastructure(fixtures.layout, fixtures.master);
  const schedule = readDatasetSchedule(out, fixtures.profile, infrastructure);
  return { out, until: isoOf(day), schedule, appendBatches: given.on("append-batches") };
}

/** @throws {ReddError} input, for a flag that is given and does not go with another. */
function refuseOthers(
  given: Given,
  flags: readonly Flag[],
  flag: string,
  allowed: readonly string[],
): void {
  for (const { name, value } of flags) {
    if (allowed.includes(name)) continue;
    if (value === undefined ? !given.on(name) : given.text(name) === undefined) continue;
    throw usageError(NAME, `--${name} does not go with --${flag}`, "Leave it out");
  }
}

/** Says what an extension would add; nothing is written. */
export async function foreseeLine(
  given: Given,
  flags: readonly Flag[],
  fixtures: Fixtures,
  voice: Voice,
): Promise<number> {
  const { out, until, schedule, appendBatches } = lineOf(given, flags, fixtures);
  const foreseen = await foreseeExtension(out, schedule, until, fixtures, {
    appendBatches,
    onProgress: showRun(voice),
    today: today(),
  });
  const { recipe, ...facts } = foreseen;
  if (voice.json) voice.data(JSON.stringify({ folder: out, ...facts }));
  else voice.data(foreseenText(out, foreseen));
  if (!voice.json && appendBatches && foreseen.windows > 0) {
    for (const line of appendedLines(schedule, recipe, out)) voice.say(line);
  }
  return 0;
}

/** What an extension would add, in a sentence. */
export function foreseenText(out: string, foreseen: ExtensionForeseen): string {
  const { from, until, rows, windows, keptWindows, batches, bytes } = foreseen;
  if (from === until) return `${out} goes up to ${until} already; there is nothing to do.`;
  const written = amountOf(windows, "window");
  const kept = `${grouped(keptWindows)} ${keptWindows === 1 ? "is" : "are"} kept`;
  const more = batches.length === 0
    ? "no batch more"
    : `${grouped(batches.length)} more ${batches.length === 1 ? "batch" : "batches"}`;
  return `${out} would go on from ${from} to ${until}: ${grouped(rows)} more rows, ${more}; ` +
    `${written} would be written, about ${sized(bytes)}, and ${kept}`;
}

/** Flags that go with `--abandon`. */
const WITH_ABANDON = ["abandon", "out"];

/**
 * Gives up the extension of a dataset, and says what the dataset is now.
 *
 * @throws {ReddError} input, for flags that do not go with it and as {@linkcode abandonExtension}.
 */
export async function abandonLine(
  given: Given,
  flags: readonly Flag[],
  voice: Voice,
): Promise<number> {
  refuseOthers(given, flags, "abandon", WITH_ABANDON);
  const out = given.text("out");
  if (out === undefined) {
    throw usageError(NAME, "--out is missing", "Give --abandon --out DATASET");
  }
  const { done, manifest: { asOf, rows } } = await abandonExtension(out);
  if (voice.json) {
    voice.data(JSON.stringify({ folder: out, abandoned: done === "abandoned", asOf, rows }));
    return 0;
  }
  const said = {
    abandoned: `The extension of ${out} is given up: it goes up to ${asOf}, as before.`,
    none: `${out} goes up to ${asOf}, and no extension of it has begun; there is nothing to do.`,
    complete: `The extension of ${out} had been complete and has taken its place: it goes up to ` +
      `${asOf}.`,
  };
  voice.result(said[done]);
  return 0;
}

/** Which batches were appended to the dataset of a folder, and what follows for a database. */
export function appendedLines(
  schedule: Schedule,
  { schedule: longer, fixtures: { profile } }: Pick<Recipe, "schedule" | "fixtures">,
  out: string,
): string[] {
  const appended = longer.batches.slice(schedule.batches.length);
  const [first] = appended;
  if (first === undefined) {
    const next = nextStart(schedule, profile);
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
