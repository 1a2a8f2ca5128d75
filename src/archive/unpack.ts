/** Unpacks an archive into a folder that is there and empty. */
import { dirname } from "node:path";
import type { ReddManifest } from "../dataset/manifest_type.ts";
import { makeFolder, syncFiles, syncFolder } from "../files/create.ts";
import { ReddError } from "../errors.ts";
import { type Goal, writeFailure, writingTo } from "../files/write_failure.ts";
import type { ArchiveDataset } from "./archive_dataset.ts";
import { leastArchive } from "./entries.ts";
import { answersOf, type CrewOptions } from "./pool.ts";
import type { ArchiveProgress } from "./pack.ts";
import type { UnpackJob } from "./work.ts";

/** How an archive is unpacked. */
export interface UnpackOptions extends CrewOptions {
  /** Has everything reach the disk. */
  readonly sync: boolean;
  /** Whether files are compared with their digests; otherwise that is left to whoever reads them. */
  readonly compared: boolean;
  /** What is told where the folder cannot be written to. */
  readonly goal: Goal;
  readonly onProgress?: ((progress: ArchiveProgress) => void) | undefined;
}

/**
 * Writes every file of an archive's dataset but its manifest. The paths
 * are those that the manifest has, of which the laws say that Redd itself gives them.
 *
 * @throws {ReddError} input, for an entry that is not the file that the manifest names; environment,
 *   where the folder cannot be written to; interrupted: the signal.
 */
export async function unpackInto(
  folder: string,
  { name, archive }: ArchiveDataset,
  options: UnpackOptions,
): Promise<void> {
  const { goal, sync, compared } = options;
  const entries = [...archive.entries.values()];
  const folders = foldersOf(entries.map(({ file }) => file.path));
  writingTo(goal, () => folders.forEach((one) => makeFolder(`${folder}/${one}`)));
  const totalBytes = entries.reduce((sum, { holds }) => sum + holds, 0);
  const { path, mark } = archive;
  const jobs = entries.map(({ at, size, packed, holds, file }): UnpackJob => ({
    kind: "unpack",
    archive: { path, mark },
    entry: { at, size, packed, holds, file },
    folder,
    compared,
  }));
  let bytes = 0;
  const cannot = `unpack ${name}`;
  for await (
    const [{ entry }, answer] of answersOf(jobs, totalBytes, cannot, options)
  ) {
    if (answer.kind === "failed") {
      if (answer.changed) throw damaged(name, answer.message);
      if (answer.osCode === undefined) throw new Error(answer.message);
      throw writeFailure(goal, answer.message, answer.osCode);
    }
    bytes += entry.holds;
    options.onProgress?.({ bytes, totalBytes });
  }
  if (!sync) return;
  await syncFiles(entries.map(({ file }) => `${folder}/${file.path}`));
  for (const one of [...folders, "."]) syncFolder(`${folder}/${one}`);
}

/**
 * Looks whether a dataset has room, before a byte of it is written.
 *
 * @param free Free bytes where it will be; undefined where that cannot be told.
 * @throws {ReddError} environment, where it has none.
 */
export function requireRoomFor(
  { bytes }: Pick<ReddManifest, "bytes">,
  free: number | undefined,
  { cannot, flag }: Pick<Goal, "cannot" | "flag">,
): void {
  if (free === undefined || free >= bytes) return;
  throw noRoom(cannot, `the dataset has ${bytes} bytes, and ${free} are free`, flag);
}

function noRoom(cannot: string, because: string, flag: string): ReddError {
  return new ReddError("environment", "DISK_FULL", {
    cannot,
    because,
    remedy: `Free some space, or give a folder on another disk with ${flag}`,
  });
}

/**
 * Looks whether an archive that comes through a pipe has room, when no more of it has come than its
 * manifest, which tells its least size alone: one that is refused cannot be kept, whatever comes.
 *
 * @param unpacks Whether its dataset will be unpacked beside it.
 * @throws {ReddError} environment, where it has none.
 */
export function requireRoomToKeep(
  manifest: Pick<ReddManifest, "bytes" | "files" | "tables">,
  unpacks: boolean,
  free: number | undefined,
  { cannot, flag }: Pick<Goal, "cannot" | "flag">,
): void {
  const archive = leastArchive(manifest);
  if (free === undefined || free >= archive + (unpacks ? manifest.bytes : 0)) return;
  const beside = unpacks ? `, the dataset that is unpacked beside it ${manifest.bytes}` : "";
  throw noRoom(
    cannot,
    `the archive has at least ${archive} bytes${beside}, and ${free} are free`,
    flag,
  );
}

/** The folders of some paths, each behind the one in which it lies. */
function foldersOf(paths: readonly string[]): string[] {
  const folders = new Set<string>();
  for (const path of paths) {
    const steps = dirname(path) === "." ? [] : dirname(path).split("/");
    steps.forEach((_, i) => folders.add(steps.slice(0, i + 1).join("/")));
  }
  return [...folders];
}

function damaged(name: string, because: string): ReddError {
  return new ReddError("input", "ARCHIVE_DAMAGED", {
    cannot: `unpack ${name}`,
    because,
    remedy: "Fetch the archive again; sha256sum tells whether it is the one that was made",
  });
}
