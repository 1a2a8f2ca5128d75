/** What a line of `redd report` asks for. */
import { basename, dirname, join, resolve } from "node:path";
import type { Given } from "./command.ts";

/** The file of the page: the named one, or that beside the dataset. */
export function pagePathOf(given: Given): string {
  const output = given.text("output");
  if (output !== undefined) return output;
  const [dataset] = given.operands;
  // A folder may be written as `.` or `farm/`.
  const name = basename(resolve(dataset!));
  const beside = basename(dataset!) === name ? dirname(dataset!) : dirname(resolve(dataset!));
  return join(beside, `${name}.html`);
}
