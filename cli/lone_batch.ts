/** What a line of `redd generate` says of a batch that stands alone, and the folder that follows. */
import { GEOGRAPHIES, loneNumber, LONGEST_LIFE } from "../src/schedule/limits.ts";
import { SINGLE_PRESETS, type SinglePreset } from "../src/schedule/presets.ts";
import type { Given } from "./command.ts";
import { BATCH_FLAGS, PRESETS } from "./commands/flags.ts";
import { usageError } from "./parse.ts";
import { type Values, valuesOf } from "./values.ts";

const NAME = "generate";

/**
 * The folder that a line writes into: the one it says, or one called after what it makes.
 *
 * @throws {ReddError} input, for values that make no sense.
 */
export function outOf(given: Given): string {
  const out = given.text("out");
  if (out !== undefined) return out;
  const file = given.text("schedule");
  if (file !== undefined) return `out/${file.replace(/^.*\//, "").replace(/\.ya?ml$/, "")}`;
  const values = valuesOf(NAME, given);
  const preset = values.oneOf("preset", PRESETS);
  const flags = ["until", ...BATCH_FLAGS.map(({ name }) => name)];
  const alone = preset === undefined && flags.some((flag) => given.text(flag) !== undefined);
  if (!alone) return `out/${preset ?? "single"}`;
  const { geography } = SINGLE_PRESETS.single;
  const number = batchNumberOf(given) ?? loneNumber(
    values.oneOf("geography", GEOGRAPHIES) ?? geography,
    daysOf(values, SINGLE_PRESETS.single).startDay,
  );
  return `out/${number.toLowerCase()}`;
}

/** @throws {ReddError} input, when the number that is given is none. */
export function batchNumberOf(given: Given): string | undefined {
  const number = given.text("batch-number");
  if (number === undefined || /^(FAR|FI|SCO)-\d{4}-\d{3}$/.test(number)) return number;
  const because = `--batch-number is ${number}`;
  throw usageError(NAME, because, "Give FAR, FI or SCO, a year and three digits: FI-2025-001");
}

/** Start and duration of a single batch: two of start, duration and as-of date fix the third. */
export function daysOf(values: Values, preset: SinglePreset) {
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
