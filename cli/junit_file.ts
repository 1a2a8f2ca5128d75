/** The file of `--junit`: what it may replace, looked at before anything is checked. */
import { dirname } from "node:path";
import { ReddError } from "../src/errors.ts";
import { kindOf, openRegular } from "../src/files/regular.ts";
import { requireOutside, writeOutside } from "../src/schedule/write.ts";
import type { Given } from "./command.ts";
import { JUNIT_MARK, junitOf, type Suite } from "./junit.ts";

const FLAG = "--junit";

/** Whether a file begins as every one of Redd's verdicts does. */
function isJunit(path: string): boolean {
  const mark = new TextEncoder().encode(JUNIT_MARK);
  const head = new Uint8Array(mark.length);
  using file = openRegular(path);
  for (let at = 0; at < head.length;) {
    const read = file.readSync(head.subarray(at));
    if (read === null) return false;
    at += read;
  }
  return head.every((byte, at) => byte === mark[at]);
}

function refused(path: string, code: string, because: string, remedy: string): ReddError {
  return new ReddError("input", code, { cannot: `write ${path}`, because, remedy });
}

/** What is at a path, links not followed; undefined where nothing is. */
function infoOf(path: string, look = Deno.lstatSync): Deno.FileInfo | undefined {
  try {
    return look(path);
  } catch (thrown) {
    const { NotFound, NotADirectory } = Deno.errors;
    if (thrown instanceof NotFound || thrown instanceof NotADirectory) return undefined;
    throw thrown;
  }
}

/**
 * Looks at the place of the verdicts before any is given.
 *
 * @returns the file; undefined where the line asks for none.
 * @throws {ReddError} input, where it would lie in a dataset or in no folder, or would replace what
 *   is none of Redd's verdicts.
 */
export function junitPathOf(given: Given): string | undefined {
  const path = given.text("junit");
  if (path === undefined) return undefined;
  requireOutside(path, FLAG);
  const folder = dirname(path);
  if (infoOf(folder, Deno.statSync)?.isDirectory !== true) {
    const remedy = `Make it, or give a file elsewhere with ${FLAG}`;
    throw refused(path, "FOLDER_MISSING", `there is no folder ${folder}`, remedy);
  }
  const there = infoOf(path);
  if (there?.isDirectory) {
    throw refused(path, "IN_THE_WAY", "it is a folder", `Give a file with ${FLAG}`);
  }
  if (there === undefined || given.on("force") || (there.isFile && isJunit(path))) return path;
  throw refused(
    path,
    "NO_JUNIT_OF_REDD",
    there.isFile
      ? "it is there already, and holds no verdicts of Redd's"
      : `${kindOf(there)} is there`,
    `Give another file with ${FLAG}, or --force to replace it`,
  );
}

/**
 * Writes the verdicts for a CI system, where the line asks for it.
 *
 * @throws {ReddError} environment, when they cannot be written.
 */
export function writeJunit(path: string | undefined, suites: readonly Suite[]): void {
  if (path !== undefined) writeOutside(path, junitOf(suites), FLAG);
}
