/** A dataset that lies in an archive: its parts are unpacked as they are read. */
import type { Dataset } from "../dataset/dataset_type.ts";
import { type ByteSource, PartChanged, signedPart } from "../dataset/part_file.ts";
import { messageOf } from "../errors.ts";
import { firstUnframed, unframed, WITH_FIRST_BLOCK } from "./frame.ts";
import { type FileMark, readAt, reopened } from "./input.ts";
import { type ArchiveIndex, FETCH_AGAIN, type PlacedEntry } from "./walk.ts";

/** An archive that was walked over. */
export interface OpenArchive extends ArchiveIndex {
  /** Its absolute path. */
  readonly path: string;
  /** Of the file that was walked over. */
  readonly mark: FileMark;
}

/** A dataset of an archive. */
export interface ArchiveDataset extends Dataset {
  /** Where its parts lie. */
  readonly archive: OpenArchive;
}

/** What a dataset is called. */
export interface DatasetNames {
  /** What messages call it. */
  readonly name: string;
  /** Its own name. */
  readonly title: string;
}

/** The dataset of an archive. A file is opened for every part, and let go with it. */
export function datasetInArchive(
  archive: OpenArchive,
  { name, title }: DatasetNames,
): ArchiveDataset {
  return {
    name,
    title,
    remedy: FETCH_AGAIN,
    manifest: archive.descriptor.redd,
    archive,
    whereIs: ({ path }) => `${name}#${path}`,
    open(part) {
      const entry = entryOf(archive, part.path);
      return signedPart(sourceOf(archive, entry), entry.holds, part);
    },
    read: (path, most) =>
      Promise.resolve().then(() => {
        const entry = entryOf(archive, path);
        if (entry.holds > most) {
          throw new PartChanged(`it has ${entry.holds} bytes, expected at most ${most}`);
        }
        return contentOf(archive, entry);
      }),
  };
}

function entryOf({ entries }: OpenArchive, path: string): PlacedEntry {
  const entry = entries.get(path);
  if (entry === undefined) throw new PartChanged("it is missing");
  return entry;
}

/**
 * Bytes of an entry as they lie in the archive.
 *
 * @throws {PartChanged} where the archive is another file than was walked over, or cannot be read.
 */
export function rawOf(
  { path, mark }: Pick<OpenArchive, "path" | "mark">,
  { at, size }: Pick<PlacedEntry, "at" | "size">,
  most = size,
): Uint8Array {
  let file: Deno.FsFile | undefined;
  try {
    file = reopened(path, mark);
    if (file === undefined) throw new PartChanged("the archive was changed after it was opened");
    const wanted = Math.min(size, most);
    const bytes = readAt(file, at, wanted);
    if (bytes.length === wanted) return bytes;
    throw new PartChanged("the archive became shorter while it was read");
  } catch (cause) {
    if (cause instanceof PartChanged) throw cause;
    throw new PartChanged(`the archive cannot be read: ${messageOf(cause)}`, { cause });
  } finally {
    file?.close();
  }
}

/**
 * A file of the dataset as a whole; its digest is left to the caller.
 *
 * @throws {PartChanged} as {@linkcode rawOf}, and where its frame is damaged.
 */
export function contentOf(
  archive: Pick<OpenArchive, "path" | "mark">,
  entry: Pick<PlacedEntry, "at" | "size" | "packed" | "holds">,
): Uint8Array {
  const raw = rawOf(archive, entry);
  return entry.packed ? unframed(raw, entry.holds) : raw;
}

/** An entry's content, of which no more is unpacked than is read: its first block, or all of it. */
function sourceOf(archive: OpenArchive, entry: PlacedEntry): ByteSource {
  let at = 0;
  let first: Uint8Array | undefined;
  let whole: Uint8Array | undefined;
  const bytes = () => {
    if (at === 0 && entry.packed && entry.size > WITH_FIRST_BLOCK) {
      first ??= firstUnframed(rawOf(archive, entry, WITH_FIRST_BLOCK));
    }
    if (first !== undefined && at < first.length) return first;
    return whole ??= contentOf(archive, entry);
  };
  const readSync = (buffer: Uint8Array) => {
    // Whoever reads to the end hears what is wrong with the frame behind the last byte, too.
    const piece = bytes().subarray(at, at + buffer.length);
    buffer.set(piece);
    at += piece.length;
    return piece.length === 0 ? null : piece.length;
  };
  return {
    readSync,
    read: (buffer) => Promise.resolve().then(() => readSync(buffer)),
    close: () => first = whole = undefined,
  };
}
