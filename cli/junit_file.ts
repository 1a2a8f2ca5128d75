/** The file of `--junit`. */
import { writeOutside } from "../src/schedule/write.ts";
import type { Given } from "./command.ts";
import { JUNIT_MARK, junitOf, type Suite } from "./junit.ts";
import { type OwnFile, requireOwnPlace } from "./own_file.ts";

const JUNIT: OwnFile = {
  flag: "--junit",
  mark: JUNIT_MARK,
  another: "holds no verdicts of Redd's",
  code: "NO_JUNIT_OF_REDD",
};

/**
 * Looks at the place of the verdicts before any is given.
 *
 * @returns the file; undefined where the line asks for none.
 * @throws {ReddError} as {@linkcode requireOwnPlace}.
 */
export function junitPathOf(given: Given): string | undefined {
  const path = given.text("junit");
  if (path !== undefined) requireOwnPlace(path, JUNIT, given.on("force"));
  return path;
}

/**
 * Writes the verdicts for a CI system, where the line asks for it.
 *
 * @throws {ReddError} environment, when they cannot be written.
 */
export function writeJunit(path: string | undefined, suites: readonly Suite[]): void {
  if (path !== undefined) writeOutside(path, junitOf(suites), JUNIT.flag);
}
