/** Writes a schedule file. */
import { basename, dirname } from "node:path";
import { ReddError } from "../errors.ts";
import { writeWhole } from "../files/create.ts";
import { NotRegular } from "../files/regular.ts";
import { writingTo } from "../files/write_failure.ts";
import type { Schedule } from "./format.ts";
import { scheduleText } from "./text.ts";

function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch (thrown) {
    const { NotFound, NotADirectory } = Deno.errors;
    if (thrown instanceof NotFound || thrown instanceof NotADirectory) return false;
    throw thrown;
  }
}

/** Writes a text as a whole or not at all; what was half written is removed. */
function write(path: string, text: string): void {
  const partial = `${path}.partial`;
  try {
    writeWhole(path, text, partial);
  } catch (thrown) {
    // What stood there before is not this run's, and is no cause to tell of.
    if (exists(partial) && !(thrown instanceof NotRegular)) Deno.removeSync(partial);
    throw thrown;
  }
}

/** The manifest of a dataset, and what names one that has begun. */
const MARKS = ["datapackage.json", "work/identity.json"];

/** Files beside these marks that the dataset's digests are of. */
const SIGNED = ["schedule.yaml", "datapackage.json"];

/** The schedule that a dataset follows is the dataset's own: another one in its place breaks it. */
function refuseDataset(path: string, cannot: string): void {
  const folder = dirname(path);
  if (!SIGNED.includes(basename(path)) || !MARKS.some((mark) => exists(`${folder}/${mark}`))) {
    return;
  }
  throw new ReddError("input", "SCHEDULE_OF_DATASET", {
    cannot,
    because: `it is a file of the dataset ${folder}, which is of no other schedule`,
    remedy: "Give a file elsewhere with --output, and generate another dataset from it",
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
    refuseDataset(path, cannot);
    if (!force && exists(path)) {
      throw new ReddError("input", "SCHEDULE_EXISTS", {
        cannot,
        because: "it is there already",
        remedy: "Give another file with --output, or --force to replace it",
      });
    }
    write(path, scheduleText(schedule));
  });
}
