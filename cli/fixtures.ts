/** The fixtures of a line: Redd's own, or those that `--fixtures` and `--profile` name. */
import { ReddError } from "../src/errors.ts";
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
  // Of damaged profiles none is the dataset's: what is wrong with one is said when it is asked for.
  const usual = await fixturesFor(given, voice);
  if (usual.profileSha256 === made) return usual;
  for (const name of profileNames(folder)) {
    const fixtures = fixturesOr(folder, name);
    if (fixtures?.profileSha256 === made) return fixtures;
  }
  return usual;
}

/** Those of a profile; undefined of a damaged one. */
function fixturesOr(folder: string | undefined, profile: string): Fixtures | undefined {
  try {
    return readFixtures(folder, profile);
  } catch (error) {
    if (error instanceof ReddError && error.fault === "input") return undefined;
    throw error;
  }
}
