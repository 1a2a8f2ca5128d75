/** The fixtures of a line: Redd's own, or those that `--fixtures` and `--profile` name. */
import type { Fixtures } from "../src/fixtures/fixtures.ts";
import { FIXTURE_LIMITS } from "../src/fixtures/fixture_files.ts";
import { type ProfileText, readFixtures } from "../src/fixtures/read.ts";
import type { Given, Voice } from "./command.ts";
import { STDIN } from "./commands/flags.ts";
import { readStdin } from "./stdin.ts";

/**
 * The profile that a line names, where it names one: by name or path, or as the text of standard
 * input.
 *
 * @throws {ReddError} input, for what is no text.
 */
export async function profileOf(
  given: Given,
  voice: Voice,
): Promise<string | ProfileText | undefined> {
  const profile = given.text("profile");
  if (profile !== STDIN) return profile;
  const yaml = await readStdin("the profile", FIXTURE_LIMITS.bytes, voice);
  return { shown: "from standard input", yaml };
}

/**
 * Reads them.
 *
 * @throws {ReddError} input, as {@linkcode readFixtures}.
 */
export async function fixturesFor(given: Given, voice: Voice): Promise<Fixtures> {
  return readFixtures(given.text("fixtures"), await profileOf(given, voice));
}
