/** Makes a dataset's folder of an archive. */
import { basename, dirname, resolve } from "node:path";
import { folderDataset } from "../dataset/dataset.ts";
import { requireTrue } from "../dataset/dataset_laws.ts";
import { foreignIn } from "../dataset/contents.ts";
import { MANIFEST_FILE } from "../dataset/manifest.ts";
import { digestOfDataset } from "../dataset/manifest_digest.ts";
import type { ReddManifest } from "../dataset/manifest_type.ts";
import { onEarlyExit } from "../early_exit.ts";
import { commandLine } from "../command_line.ts";
import { ReddError } from "../errors.ts";
import { openRegular } from "../files/regular.ts";
import { createNew, removeFile, removeFolder, syncFolder, writeWhole } from "../files/create.ts";
import { type Goal, writingTo } from "../files/write_failure.ts";
import { refuseInDataset } from "../schedule/write.ts";
import { ARCHIVE_SUFFIX, titleOfArchive } from "./entries.ts";
import { readAt } from "./input.ts";
import { openArchive } from "./open_dataset.ts";
import type { ArchiveProgress } from "./pack.ts";
import { type CrewOptions, requireUninterrupted } from "./pool.ts";
import { requireRoomFor, unpackInto } from "./unpack.ts";
import { BLOCK } from "./tar.ts";
import { readingArchive, refuseOtherKind } from "./walk.ts";
import { isThere } from "../files/there.ts";

/** How an archive is extracted. */
export interface ExtractOptions extends CrewOptions {
  /** The folder, which must not be there; beside the archive, called like it, if absent. */
  readonly out?: string | undefined;
  /** The digest of the dataset that is wanted, `sha256:…`; any other one is refused. */
  readonly expect?: string | undefined;
  /** Free bytes where the folder will be, where that is known. */
  readonly free?: number | undefined;
  /** What messages call the archive; its path if absent. */
  readonly name?: string | undefined;
  /** Called with every file that is written. */
  readonly onProgress?: (progress: ArchiveProgress) => void;
}

/** A dataset that was extracted. */
export interface Extracted {
  /** Where it lies now. */
  readonly folder: string;
  /** The dataset's own name, `sha256:…`. */
  readonly digest: string;
  /** What it says of itself. */
  readonly manifest: ReddManifest;
}

/** By this file, its first, a folder is known to be an extraction's that was killed. */
const MARK = "redd.extracting";

/** Where the folder lies until the dataset in it is whole. */
export function beforeExtracted(out: string): string {
  return `${out}.partial`;
}

/**
 * The folder that an archive is extracted into unless it is said.
 *
 * @throws {ReddError} input, for a file with another name than archives have.
 */
export function defaultFolder(archive: string): string {
  const title = titleOfArchive(archive);
  const path = resolve(archive);
  if (title !== basename(path)) return archive.slice(0, -ARCHIVE_SUFFIX.length);
  refuseNoArchive(archive);
  throw new ReddError("input", "NO_OUT", {
    cannot: `extract ${archive}`,
    because: `its name does not end with ${ARCHIVE_SUFFIX}: what stands before it names the folder`,
    remedy: "Name the folder with --out",
  });
}

/** What is no archive would not be one with --out either. */
function refuseNoArchive(path: string): void {
  if (isFolder(path)) {
    throw new ReddError("input", "NO_ARCHIVE", {
      cannot: `extract ${path}`,
      because: "it is a folder, expected an archive",
      remedy: `A dataset in a folder is read as it is; ${
        commandLine("archive")
      } makes a file of it`,
    });
  }
  let file: Deno.FsFile;
  try {
    file = openRegular(path, { follow: true });
  } catch {
    // What is wrong with it is told when it is opened.
    return;
  }
  using open = file;
  refuseOtherKind(path, readAt(open, 0, BLOCK));
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

/**
 * Makes a dataset's folder of an archive: everything in it is compared with the manifest, the whole is
 * held to the laws of a dataset, and only then it gets its name.
 *
 * @throws {ReddError} input: no archive, another dataset than is expected, a file or folder in the way;
 *   environment: the folder cannot be written; interrupted: the signal. Nothing is left of it then.
 */
export async function extractArchive(
  path: string,
  options: ExtractOptions = {},
): Promise<Extracted> {
  const { out = defaultFolder(path), expect, signal, name = path, free } = options;
  const cannot = `extract ${name} into ${out}`;
  const dataset = await openArchive(path, { unread: true, expect, name });
  const { manifest, archive } = dataset;
  const goal = {
    cannot,
    noun: "folder",
    flag: "--out",
    again: "extract it again",
    fewer: "",
  } as const;
  writingTo(goal, () => {
    refuseInDataset(out, cannot, "Give a folder elsewhere with --out");
    refuseThere(out, cannot);
  });
  requireRoomFor(manifest, free, goal);
  using before = beginFolder(beforeExtracted(out), goal);
  await unpackInto(before.path, dataset, { ...options, sync: true, compared: true, goal });
  const written = { ...folderDataset(before.path, manifest), name };
  await readingArchive(() => requireTrue(written, archive.descriptor));
  requireUninterrupted(cannot, signal);
  writingTo(goal, () => {
    removeFile(`${before.path}/${MARK}`);
    // The last file: without it nothing takes the folder for a dataset.
    writeWhole(`${before.path}/${MANIFEST_FILE}`, archive.manifest);
    refuseThere(out, cannot);
    before.become(out);
  });
  return { folder: out, digest: digestOfDataset(manifest), manifest };
}

function refuseThere(out: string, cannot: string): void {
  if (!isThere(out)) return;
  throw new ReddError("input", "OUT_EXISTS", {
    cannot,
    because: `${out} is there already`,
    remedy: "Give another folder with --out, or move that away",
  });
}

/** A folder that goes when it is disposed, unless it has got another name before. */
interface BegunFolder extends Disposable {
  readonly path: string;
  become(out: string): void;
}

/**
 * Makes a folder and holds it locked. What an extraction that was killed has left there is removed: it
 * has its mark, no manifest, and no file that Redd would not give a dataset.
 */
function beginFolder(path: string, goal: Goal): BegunFolder {
  return writingTo(goal, () => {
    if (isThere(path)) removeRemains(path, goal.cannot);
    Deno.mkdirSync(path, { recursive: true });
    createNew(`${path}/${MARK}`).close();
    const lock = lockOf(path);
    if (lock === undefined && Deno.build.os !== "windows") throw inUse(path, goal.cannot);
    let there = true;
    const remove = () => {
      lock?.close();
      if (there) removeFolder(path);
      there = false;
    };
    const forget = onEarlyExit(remove, { signals: false });
    return {
      path,
      become(out) {
        Deno.renameSync(path, out);
        there = false;
        syncFolder(dirname(out));
      },
      [Symbol.dispose]() {
        forget();
        remove();
      },
    };
  });
}

/** The lock of a folder; undefined where somebody else holds it, or folders cannot be locked. */
function lockOf(path: string): Deno.FsFile | undefined {
  if (Deno.build.os === "windows") return undefined;
  const file = Deno.openSync(path, { read: true });
  try {
    if (file.tryLockSync(true)) return file;
  } catch {
    // Only the file system can refuse to try; then nobody is kept out.
    return file;
  }
  file.close();
  return undefined;
}

function inUse(path: string, cannot: string): ReddError {
  return new ReddError("environment", "OUT_IN_USE", {
    cannot,
    because: `${path} is being written by another extraction`,
    remedy: "Wait for that, or give another folder with --out",
  });
}

function isOwnRemains(path: string): boolean {
  if (!Deno.lstatSync(path).isDirectory || isThere(`${path}/${MANIFEST_FILE}`)) return false;
  const names = Array.from(Deno.readDirSync(path)).map(({ name }) => name);
  return names.length === 0 ||
    names.includes(MARK) && foreignIn(path).every((one) => one === MARK);
}

function removeRemains(path: string, cannot: string): void {
  if (!isOwnRemains(path)) {
    throw new ReddError("input", "OUT_EXISTS", {
      cannot,
      because: `${path} is there already, and is somebody's own`,
      remedy: "Move that away, or give another folder with --out",
    });
  }
  using lock = lockOf(path);
  if (lock === undefined && Deno.build.os !== "windows") throw inUse(path, cannot);
  Deno.removeSync(path, { recursive: true });
}
