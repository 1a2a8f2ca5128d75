/** Writes a schedule file. */
import { ReddError } from "../errors.ts";
import { writeWhole } from "../files/create.ts";
import { isThere } from "../files/there.ts";
import { NotRegular } from "../files/regular.ts";
import { writingTo } from "../files/write_failure.ts";
import { MARKS, marksAround } from "./marks.ts";
import type { Schedule } from "./format.ts";
import { scheduleText } from "./text.ts";

/** Writes a text as a whole or not at all; what was half written is removed. */
function write(path: string, text: string): void {
  const partial = `${path}.partial`;
  try {
    writeWhole(path, text, partial);
  } catch (thrown) {
    // What stood there before is not this run's, and is no cause to tell of.
    if (isThere(partial) && !(thrown instanceof NotRegular)) Deno.removeSync(partial);
    throw thrown;
  }
}

/**
 * What lies in a dataset's folder is the dataset's own: another file in its place breaks it.
 *
 * @throws {ReddError} input, for a path in there.
 */
export function refuseInDataset(path: string, cannot: string, remedy: string): void {
  const mark = marksAround(path).find(isThere);
  if (mark === undefined) return;
  const folder = MARKS.map((one) => mark.endsWith(one) ? mark.slice(0, -one.length - 1) : "")
    .find((one) => one !== "");
  throw new ReddError("input", "IN_DATASET", {
    cannot,
    because: `it would lie in the dataset ${folder}, which holds nothing but its own files`,
    remedy,
  });
}

/**
 * Sees that a file would lie in no dataset, before anything is made of it.
 *
 * @param flag With which it is named: `--junit`.
 * @throws {ReddError} input, when it would.
 */
export function requireOutside(path: string, flag: string): void {
  refuseInDataset(path, `write ${path}`, `Give a file elsewhere with ${flag}`);
}

/**
 * Writes a text to a file that a flag names, which is replaced if it is there and is never one of a
 * dataset's.
 *
 * @param flag With which it is named: `--junit`.
 * @throws {ReddError} input, when it would lie in a dataset; environment, when it cannot be written.
 */
export function writeOutside(path: string, text: string, flag: string): void {
  const cannot = `write ${path}`;
  const again = "run the same command again";
  writingTo({ cannot, noun: "file", flag, again, fewer: "" }, () => {
    requireOutside(path, flag);
    write(path, text);
  });
}

/**
 * Writes a schedule; a file that is there is replaced only with `force`.
 *
 * @throws {ReddError} input, when there is a file, or it is one of a dataset; environment, when it cannot be written.
 */
export function writeSchedule(path: string, schedule: Schedule, force: boolean): void {
  const cannot = `write the schedule ${path}`;
  const again = "run the same command again";
  writingTo({ cannot, noun: "file", flag: "--output", again, fewer: "" }, () => {
    refuseInDataset(
      path,
      cannot,
      "Give a file elsewhere with --output, and generate another dataset from it",
    );
    if (!force && isThere(path)) {
      throw new ReddError("input", "SCHEDULE_EXISTS", {
        cannot,
        because: "it is there already",
        remedy: "Give another file with --output, or --force to replace it",
      });
    }
    write(path, scheduleText(schedule));
  });
}
