/** Packs a dataset's folder into one file. */
import { commandLine } from "../command_line.ts";
import { openDatasetFolder } from "../dataset/dataset.ts";
import { MANIFEST_CAP, MANIFEST_FILE, parseDescriptor } from "../dataset/manifest.ts";
import { digestOfDataset } from "../dataset/manifest_digest.ts";
import type { ReddManifest } from "../dataset/manifest_type.ts";
import {
  faultOf,
  openPart,
  PartChanged,
  type SignedPart,
  wholeFile,
} from "../dataset/part_file.ts";
import { ReddError } from "../errors.ts";
import { type Goal, writeFailure, writingTo } from "../files/write_failure.ts";
import { ARCHIVE_SUFFIX, expectedEntries } from "./entries.ts";
import { isArchiveFile, openOutput } from "./output.ts";
import { answersOf, type CrewOptions, requireUninterrupted } from "./pool.ts";
import { END, paddingOf, tarHeader } from "./tar.ts";
import type { ArchiveFailure, PackJob } from "./work.ts";

/** The level at which archives are packed: higher ones gain little, 3 nothing. */
export const DEFAULT_LEVEL = 1;

/** The highest level; beyond it whoever unpacks needs more memory than zstd gives by itself. */
export const HIGHEST_LEVEL = 19;

/** How far packing or unpacking is. */
export interface ArchiveProgress {
  /** Bytes of the dataset that are done. */
  readonly bytes: number;
  /** Bytes of all that will be done. */
  readonly totalBytes: number;
}

/** How a dataset is packed. */
export interface ArchiveOptions extends CrewOptions {
  /** The file; beside the folder, called like it and `.redd.tar`, if absent. */
  readonly output?: string;
  /** 1 to 19; 1 if absent. */
  readonly level?: number;
  /** Replaces an archive that is there; never another file. */
  readonly force?: boolean;
  /** Called with every file that is written. */
  readonly onProgress?: (progress: ArchiveProgress) => void;
}

/** An archive that was made. */
export interface Archived {
  /** The file. */
  readonly output: string;
  /** Of the file, as `sha256sum` prints it. */
  readonly sha256: string;
  /** Of the file. */
  readonly bytes: number;
  /** The dataset's own name, `sha256:…`. */
  readonly digest: string;
  /** What the dataset says of itself. */
  readonly manifest: ReddManifest;
}

/** Where the archive of a folder is written unless it is said. */
export function defaultOutput(folder: string): string {
  return `${folder.replace(/(?<=[^/])\/+$/, "")}${ARCHIVE_SUFFIX}`;
}

/**
 * Packs the dataset of a folder into one tar file: the manifest, the files beside the tables, and every
 * part as a frame of zstd, in the order of loading. Each file is compared with its digest as it is
 * packed. The same folder gives the same bytes with any number of workers, wherever it lies; another
 * version of Deno may have another zstd, whose frames differ.
 *
 * ```ts
 * import { archiveDataset, extractArchive } from "@redd/redd";
 *
 * const { output, digest } = await archiveDataset("out/farm");
 * await extractArchive(output, { out: "out/copy", expect: digest });
 * ```
 *
 * @throws {ReddError} input: no dataset, one that is not as its manifest says, a file in the way;
 *   environment: the archive cannot be written; interrupted: the signal. Nothing is left of it then.
 */
export async function archiveDataset(
  folder: string,
  options: ArchiveOptions = {},
): Promise<Archived> {
  const { output = defaultOutput(folder), level = DEFAULT_LEVEL, force = false } = options;
  const cannot = `archive ${folder}`;
  refuseArchive(folder, cannot);
  const { manifest } = await openDatasetFolder(folder);
  const digest = digestOfDataset(manifest);
  const first = manifestBytes(folder, digest, cannot);
  const entries = expectedEntries(manifest, cannot);
  const packed = entries.filter((entry) => entry.packed).map(({ file }) => file);
  const totalBytes = packed.reduce((sum, part) => sum + part.bytes, 0);
  using out = writing(output, () => openOutput(output, force));
  const put = (name: string, bytes: Uint8Array) =>
    writing(output, () => {
      for (const piece of [tarHeader(name, bytes.length), bytes]) out.write(piece);
      out.write(new Uint8Array(paddingOf(bytes.length)));
    });
  put(MANIFEST_FILE, first);
  for (const { file, packed } of entries) {
    if (!packed) put(file.path, smallFile(folder, file, cannot));
  }
  const jobs = packed.map((part): PackJob => ({ kind: "pack", folder, part, level }));
  const names = new Map(entries.map(({ file, name }) => [file.path, name]));
  let bytes = 0;
  for await (const [{ part }, answer] of answersOf(jobs, totalBytes, cannot, options)) {
    if (answer.kind === "failed") throw failure(answer, cannot, output);
    put(names.get(part.path)!, answer.frame!);
    bytes += part.bytes;
    options.onProgress?.({ bytes, totalBytes });
  }
  requireUninterrupted(cannot, options.signal);
  const file = writing(output, () => {
    out.write(END);
    return out.finish();
  });
  return { output, ...file, digest, manifest };
}

function refuseArchive(path: string, cannot: string): void {
  if (!isArchiveFile(path)) return;
  throw new ReddError("input", "IS_ARCHIVE", {
    cannot,
    because: "it is an archive already",
    remedy: `Hand it on as it is, or make a folder of it with ${commandLine("extract")}`,
  });
}

/** The manifest's own bytes, which other tools may have added to; it must be the one that was read. */
function manifestBytes(folder: string, digest: string, cannot: string): Uint8Array {
  const file = { path: MANIFEST_FILE };
  const bytes = reading(file, cannot, () => wholeFile(folder, MANIFEST_FILE, MANIFEST_CAP));
  if (digestOfDataset(parseDescriptor(folder, bytes).redd) === digest) return bytes;
  throw changed(cannot, `${MANIFEST_FILE} was changed while it was read`);
}

/** A file beside the tables, which is the one that the manifest has signed. */
function smallFile(folder: string, file: SignedPart, cannot: string): Uint8Array {
  return reading(file, cannot, () => {
    using part = openPart(folder, file);
    const bytes = new Uint8Array(file.bytes);
    for (let at = 0; at < bytes.length;) {
      const read = part.readSync(bytes.subarray(at));
      if (read === undefined) break;
      at += read;
    }
    part.requireSigned();
    return bytes;
  });
}

function reading<T>(file: Pick<SignedPart, "path">, cannot: string, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof PartChanged) throw changed(cannot, faultOf(file, thrown), thrown);
    throw thrown;
  }
}

function changed(cannot: string, because: string, cause?: unknown): ReddError {
  return new ReddError("input", "PART_CHANGED", {
    cannot,
    because,
    remedy: "The file is not the one that was generated: generate it again, or fetch a good copy",
    cause,
  });
}

function failure(
  { changed: isOther, message, osCode }: ArchiveFailure,
  cannot: string,
  output: string,
) {
  if (isOther) return changed(cannot, message);
  return osCode === undefined ? new Error(message) : writeFailure(goalOf(output), message, osCode);
}

function goalOf(output: string): Goal {
  const again = "run the same command again";
  const cannot = `write the archive ${output}`;
  return { cannot, noun: "file", flag: "--output", again, fewer: "give fewer --workers" };
}

function writing<T>(output: string, write: () => T): T {
  return writingTo(goalOf(output), write);
}
