/** What a line of `redd datasets` asks for. */
import type { Given } from "./command.ts";
import { PRESETS } from "./commands/flags.ts";
import { generateCommand } from "./commands/generate.ts";
import { parseLine, usageError } from "./parse.ts";
import { flagValues } from "./values.ts";

const NAME = "datasets";

/**
 * The line of `redd generate` by which a dataset is made again; undefined where none is.
 *
 * @throws {ReddError} input, for what is no preset, or a folder without one.
 */
export function generateLineOf(given: Given): Given | undefined {
  const preset = flagValues(NAME, given).oneOf("check", PRESETS);
  const out = given.text("out");
  if (preset !== undefined) {
    const words = ["--preset", preset, "--out", out ?? `out/check-${preset}`];
    return parseLine(generateCommand, words);
  }
  if (out === undefined) return undefined;
  throw usageError(NAME, "--out is where --check makes a dataset", "Give --check PRESET too");
}
