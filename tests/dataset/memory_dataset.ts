/** A dataset whose parts are nowhere on a disk. */
import type { Dataset } from "../../src/dataset/dataset.ts";
import type { ReddManifest } from "../../src/dataset/manifest.ts";
import { type ByteSource, PartChanged, signedPart } from "../../src/dataset/part_file.ts";

/** Bytes by path; tests put others there. */
export type Parts = Map<string, Uint8Array>;

/** A dataset of these parts, and how many of them are open. */
export interface MemoryDataset extends Dataset {
  readonly opened: () => number;
}

/**
 * Makes a dataset of bytes, which come in small pieces, as a decompressor gives them, and asks
 * nothing of files.
 *
 * @param title Its own name; messages call it `memory:` and that.
 */
export function memoryDataset(title: string, manifest: ReddManifest, parts: Parts): MemoryDataset {
  let opened = 0;
  return {
    name: `memory:${title}`,
    title,
    manifest,
    whereIs: ({ path }) => `memory:${title}#${path}`,
    open(part) {
      const bytes = parts.get(part.path);
      if (bytes === undefined) throw new PartChanged("it is missing");
      opened++;
      return signedPart(sourceOf(bytes, () => opened--), bytes.length, part);
    },
    read: (path, most) =>
      Promise.resolve().then(() => {
        const bytes = parts.get(path);
        if (bytes === undefined) throw new PartChanged("it is missing");
        if (bytes.length > most) {
          throw new PartChanged(`it has ${bytes.length} bytes, expected at most ${most}`);
        }
        return bytes.slice();
      }),
    opened: () => opened,
  };
}

/** The most bytes that are given at once; no row's length divides it. */
const PIECE = 9973;

function sourceOf(bytes: Uint8Array, close: () => void): ByteSource {
  let position = 0;
  const readSync = (buffer: Uint8Array) => {
    const piece = bytes.subarray(position, position + Math.min(PIECE, buffer.length));
    buffer.set(piece);
    position += piece.length;
    return piece.length === 0 ? null : piece.length;
  };
  return { readSync, read: (buffer) => Promise.resolve().then(() => readSync(buffer)), close };
}

/** All files of a folder's dataset but its descriptor, after which the folder is of no use any more. */
export function partsIn(folder: string, { tables, files = [] }: ReddManifest): Parts {
  const parts = Object.values(tables).flatMap(({ parts }) => parts);
  const paths = [...parts, ...files].map(({ path }) => path);
  return new Map(paths.map((path) => [path, Deno.readFileSync(`${folder}/${path}`)]));
}
