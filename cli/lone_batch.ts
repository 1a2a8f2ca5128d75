/** What a line of `redd generate` says of a batch that stands alone, and the folder that follows. */
import type { Home } from "../src/farm/ground/places.ts";
import { DATE_RANGE, FIRST_DATE, LAST_DATE } from "../src/schedule/range.ts";
import { isoOf, parseIso } from "../src/farm/days.ts";
import { LONGEST_LIFE } from "../src/schedule/limits.ts";
import { SINGLE_PRESETS, type SinglePreset } from "../src/schedule/presets.ts";
import { loneNumber } from "../src/schedule/single.ts";
import type { Given } from "./command.ts";
import { BATCH_FLAGS, DEFAULT_PRESET, PRESETS, STDIN } from "./commands/flags.ts";
import { usageError } from "./parse.ts";
import { flagValues, type Values } from "./values.ts";
import { shownWord } from "./shown_word.ts";

const NAME = "generate";

/** Is the folder of a line called after its batch, since the line names neither folder nor plan? */
export function isNamedAfterBatch(given: Given): boolean {
  const flags = ["until", ...BATCH_FLAGS.map(({ name }) => name)];
  return ["out", "schedule", "preset"].every((name) => given.text(name) === undefined) &&
    flags.some((flag) => given.text(flag) !== undefined);
}

/**
 * The folder that a line writes into: the one it says, or one called after what it makes.
 *
 * @param homes The geographies in which batches live; asked for a folder called after its batch alone.
 * @throws {ReddError} input, for values that make no sense.
 */
export function outOf(given: Given, homes: readonly Home[]): string {
  const out = given.text("out");
  if (out !== undefined) return out;
  const file = given.text("schedule");
  if (file === STDIN) return "out/schedule";
  if (file !== undefined) return `out/${file.replace(/^.*\//, "").replace(/\.ya?ml$/, "")}`;
  const values = flagValues(NAME, given);
  const preset = values.oneOf("preset", PRESETS);
  if (!isNamedAfterBatch(given)) return `out/${preset ?? DEFAULT_PRESET}`;
  const geography = geographyOf(values, homes);
  const home = homes.find((one) => one.name === geography) ?? homes[0]!;
  const number = batchNumberOf(given, homes) ??
    loneNumber(home, daysOf(values, SINGLE_PRESETS.single).startDay);
  return `out/${number.toLowerCase()}`;
}

/** @throws {ReddError} input, when the geography that is given holds no batches. */
export function geographyOf(values: Values, homes: readonly Home[]): string | undefined {
  return values.oneOf("geography", homes.map(({ name }) => name));
}

/** @throws {ReddError} input, when the number that is given is none. */
export function batchNumberOf(given: Given, homes: readonly Home[]): string | undefined {
  const number = given.text("batch-number");
  if (number === undefined) return undefined;
  const prefixes = [...new Set(homes.flatMap((one) => [one.plannedPrefix, one.alonePrefix]))];
  const [prefix, ...rest] = number.split("-");
  if (prefixes.includes(prefix!) && /^\d{4}-\d{3}$/.test(rest.join("-"))) return number;
  throw usageError(
    NAME,
    `--batch-number is ${shownWord(number)}`,
    `Give ${prefixes.join(", ").replace(/, ([A-Z]+)$/, " or $1")}, a year and three digits: ${
      homes[0]!.alonePrefix
    }-2025-001`,
  );
}

/** @throws {ReddError} input, when a life begins or ends on a day that no schedule may have. */
function inRange(startDay: number, duration: number, what: string) {
  const first = parseIso(FIRST_DATE)!;
  const last = parseIso(LAST_DATE)!;
  if (startDay >= first && startDay + duration <= last) return { startDay, duration };
  const at = startDay < first ? `${first - startDay} days before` : "after";
  const edge = startDay < first ? FIRST_DATE : LAST_DATE;
  const remedy = `Give dates from ${DATE_RANGE}, or another duration`;
  throw usageError(NAME, `${what} ${at} ${edge}`, remedy);
}

/** Start and duration of a single batch: two of start, duration and as-of date fix the third. */
export function daysOf(values: Values, preset: SinglePreset) {
  const start = values.day("start-date");
  const given = values.whole("duration", 1, LONGEST_LIFE);
  const until = values.asOf();
  const duration = given ?? preset.duration;
  const length = `${
    given === undefined ? "the preset's duration" : "--duration"
  } of ${duration} days`;
  if (until === undefined) {
    const startDay = start ?? preset.startDay;
    const from = start === undefined ? "the preset's start" : "--start-date";
    return inRange(startDay, duration, `${from} ${isoOf(startDay)} with ${length} ends`);
  }
  if (start === undefined) {
    return inRange(until - duration, duration, `--until ${isoOf(until)} with ${length} starts`);
  }
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
