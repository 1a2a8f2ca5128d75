/** What a line of `redd report` asks for. */
import { basename, dirname, join, resolve } from "node:path";
import { ARCHIVE_SUFFIX } from "../src/archive/entries.ts";
import type { Given } from "./command.ts";
import { STDIN } from "./commands/flags.ts";
import { usageError } from "./parse.ts";

/**
 * The file of the page: the named one, or that beside the folder or the archive.
 *
 * @throws {ReddError} input, where what comes through a pipe has no place.
 */
export function pagePathOf(given: Given): string {
  const output = given.text("output");
  if (output !== undefined) return output;
  const [dataset] = given.operands;
  if (dataset === STDIN) {
    throw usageError("report", "--output is missing", "Name the page of what comes through -");
  }
  // A folder may be written as `.` or `farm/`.
  const name = basename(resolve(dataset!));
  const beside = basename(dataset!) === name ? dirname(dataset!) : dirname(resolve(dataset!));
  return join(beside, `${basename(name, ARCHIVE_SUFFIX)}.html`);
}
