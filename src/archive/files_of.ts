/** The files of a dataset, for readers such as DuckDB that open files themselves. */
import { type Dataset, folderDataset } from "../dataset/dataset.ts";
import { freeBytes } from "../generate/room.ts";
import type { ArchiveDataset } from "./archive_dataset.ts";
import type { ArchiveProgress } from "./pack.ts";
import type { CrewOptions } from "./pool.ts";
import { requireRoomFor, unpackInto } from "./unpack.ts";
import { openWorkFolder, workPlace } from "./work_folder.ts";

/** How the files of a dataset are had. */
export interface FilesOfOptions extends CrewOptions {
  /**
   * The folder in which an archive is unpacked: the user's own, made where there is none. One in the
   * system's temporary folder if absent.
   */
  readonly place?: string;
  /** Called before an archive is unpacked, with the bytes that this takes. */
  readonly onUnpack?: (bytes: number) => void;
  /** Free bytes of a folder's disk, where that can be told; the system is asked if absent. */
  readonly freeAt?: (folder: string) => number | undefined;
  /** Called with every file that is unpacked. */
  readonly onProgress?: (progress: ArchiveProgress) => void;
}

/** A dataset whose files are there until it is disposed. */
export type FiledDataset = Dataset & AsyncDisposable;

/**
 * A dataset with files: that of a folder as it is, that of an archive unpacked into a folder of its
 * own, which goes with it, and when the process ends early. Messages go on to name the archive. Files
 * are as little compared with their digests as those of a folder are: readers do that. One whose parts lie elsewhere has no files here either: whoever needs them says so.
 *
 * @throws {ReddError} input, for an archive with an entry that is not as the manifest says;
 *   environment, where there is no room or the place is not the user's alone; interrupted: the signal.
 */
export async function filesOf(
  dataset: Dataset,
  options: FilesOfOptions = {},
): Promise<FiledDataset> {
  if (!isArchived(dataset)) return { ...dataset, [Symbol.asyncDispose]: () => Promise.resolve() };
  const { place = workPlace(), onUnpack, freeAt = freeBytes } = options;
  const { name, title, remedy, manifest, whereIs } = dataset;
  const work = openWorkFolder(place);
  const folder = `${work.path}/dataset`;
  const goal = {
    cannot: `unpack ${name} into ${place}`,
    noun: "folder",
    flag: "TMPDIR",
    again: "run the same command again",
    fewer: "",
  } as const;
  try {
    requireRoomFor(manifest, freeAt(work.path), goal);
    onUnpack?.(manifest.bytes);
    Deno.mkdirSync(folder);
    await unpackInto(folder, dataset, { ...options, sync: false, compared: false, goal });
  } catch (thrown) {
    work[Symbol.dispose]();
    throw thrown;
  }
  const filed = folderDataset(folder, manifest);
  return {
    ...filed,
    name,
    title,
    ...remedy === undefined ? {} : { remedy },
    whereIs,
    [Symbol.asyncDispose]: () => Promise.resolve(work[Symbol.dispose]()),
  };
}

function isArchived(dataset: Dataset): dataset is ArchiveDataset {
  return "archive" in dataset;
}
