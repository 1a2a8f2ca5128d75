/** The fixtures of a line: Redd's own, or those that `--fixtures` and `--profile` name. */
import type { Fixtures } from "../src/fixtures/fixtures.ts";
import { FIXTURE_LIMITS } from "../src/fixtures/fixture_files.ts";
import { profileNames, type ProfileText, readFixtures } from "../src/fixtures/read.ts";
import { identityIn } from "../src/generate/dataset_in.ts";
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

/**
 * Reads those of a dataset that is there: where a line names no profile, the one of the fixtures that
 * the dataset was made with; `documented` where it is none of them, which is refused by its name.
 *
 * @throws {ReddError} input, as {@linkcode readFixtures}, and where the dataset is damaged.
 */
export async function fixturesOfDataset(given: Given, voice: Voice): Promise<Fixtures> {
  const out = given.text("out");
  const made = given.text("profile") === undefined && out !== undefined
    ? identityIn(out)?.profile
    : undefined;
  if (made === undefined) return await fixturesFor(given, voice);
  const folder = given.text("fixtures");
  const all = profileNames(folder).map((name) => () => readFixtures(folder, name));
  for (const read of all) {
    const fixtures = read();
    if (fixtures.profileSha256 === made) return fixtures;
  }
  return await fixturesFor(given, voice);
}
