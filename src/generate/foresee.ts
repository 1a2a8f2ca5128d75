/** What a run would find and write, before its first byte. */
import { freeBytes } from "./room.ts";
import { type Estimate, estimate, requireRoom } from "./estimate.ts";
import { placeToWrite } from "./extension_folder.ts";
import { type FolderState, openFolder } from "./folder.ts";
import { refuseDeadLink } from "./lock.ts";
import { nameOf, prepare, type Prepared, type Recipe } from "./prepare.ts";
import { type GenerateProgress, planning } from "./progress.ts";
import { recordedWindow } from "./records.ts";
import { rowsOfWindow } from "./render_windows.ts";

/** What is asked of a run that is not to happen. */
export interface ForeseeOptions extends Recipe {
  /** The dataset folder. */
  readonly folder: string;
  /** Would the dataset that is there be replaced? */
  readonly force: boolean;
  readonly workers: number;
  /** Free bytes there, where the caller has looked. */
  readonly free?: number | undefined;
  readonly onProgress?: (progress: GenerateProgress) => void;
}

/** A dataset that a run would write, or go on with. */
export interface DatasetForeseen extends Estimate {
  /** What the folder holds of it. */
  readonly found: FolderState;
  /** Windows that are there, as they are recorded. */
  readonly windowsThere: number;
  /** Free bytes on its disk; absent where that cannot be told. */
  readonly free?: number;
}

/**
 * Judges a folder as {@linkcode generate} does, and tells what it would write there. Nothing is
 * written, and no lock taken.
 *
 * @throws {ReddError} input: the folder holds something else, or ids would leave their columns;
 *   environment: the folder cannot be read, or the disk lacks room.
 */
export function foreseeDataset(options: ForeseeOptions): DatasetForeseen {
  const { folder, force, workers, free = freeBytes(folder), onProgress } = options;
  const named = nameOf(options);
  const place = force ? folder : placeToWrite(folder, named.identity);
  const found = openFolder(place, named.identity, force, named);
  if (found === "empty") refuseDeadLink(folder);
  const prepared = prepare(options, named, planning(onProgress));
  const size = estimate(prepared, workers);
  if (found === "empty") requireRoom(folder, size, free);
  const windowsThere = found === "finished"
    ? size.windows
    : found === "begun"
    ? recordedWindows(place, prepared)
    : 0;
  return { found, windowsThere, ...size, ...(free === undefined ? {} : { free }) };
}

/** How many windows of a dataset that has begun are recorded as complete. */
function recordedWindows(folder: string, { pass, identity }: Prepared): number {
  return pass.windows.filter(({ name }, index) =>
    recordedWindow(folder, name, identity, rowsOfWindow(pass, index)) !== undefined
  ).length;
}
