/** The errors of writing a dataset. */
import type { ReddError } from "../errors.ts";
import { type Goal, writeFailure, writingTo } from "../files/write_failure.ts";

function goalOf(folder: string): Goal {
  return {
    cannot: `write the dataset ${folder}`,
    noun: "folder",
    flag: "--out",
    again: "run the same command again: it goes on where it stopped",
    fewer: "give fewer --workers",
  };
}

/**
 * A file of the dataset could not be written.
 *
 * @param osCode Of the operating system, such as ENOSPC.
 */
export function writeError(folder: string, message: string, osCode?: string): ReddError {
  return writeFailure(goalOf(folder), message, osCode);
}

/** Runs `write` and turns what the operating system refuses into a {@linkcode writeError}. */
export function writing<T>(folder: string, write: () => T): T {
  return writingTo(goalOf(folder), write);
}
