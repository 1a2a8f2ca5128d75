/** The fixtures of a line: Redd's own, or those that `--fixtures` and `--profile` name. */
import type { Fixtures } from "../src/fixtures/fixtures.ts";
import { readFixtures } from "../src/fixtures/read.ts";
import type { Given } from "./command.ts";

/**
 * Reads them.
 *
 * @throws {ReddError} input, as {@linkcode readFixtures}.
 */
export function fixturesFor(given: Given): Fixtures {
  return readFixtures(given.text("fixtures"), given.text("profile"));
}
