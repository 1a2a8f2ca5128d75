/** The bytes of an archive, one after the other: of a file, or as they come. */
import { openRegular } from "../files/regular.ts";

/** Bytes that are read once, from the first to the last. */
export interface TarInput {
  /** The next bytes: so many, or fewer where it ends. */
  read(bytes: number): Promise<Uint8Array>;
  /** Passes over so many; fewer than were asked for are there where it ends. */
  skip(bytes: number): Promise<number>;
}

/** An archive that lies on a disk; bytes that are passed over are not read. */
export function fileInput(file: Deno.FsFile): TarInput {
  const { size } = file.statSync();
  let at = 0;
  return {
    read(bytes) {
      const piece = readAt(file, at, Math.min(bytes, size - at));
      at += piece.length;
      return Promise.resolve(piece);
    },
    skip(bytes) {
      const there = Math.min(bytes, size - at);
      at += there;
      return Promise.resolve(there);
    },
  };
}

/** So many bytes of a file from a place on; fewer where it ends. */
export function readAt(file: Deno.FsFile, from: number, bytes: number): Uint8Array {
  const piece = new Uint8Array(bytes);
  file.seekSync(from, Deno.SeekMode.Start);
  let length = 0;
  while (length < bytes) {
    const read = file.readSync(piece.subarray(length));
    if (read === null) break;
    length += read;
  }
  return piece.subarray(0, length);
}

/** By what a file is known again. */
export interface FileMark {
  readonly dev: number;
  readonly ino: number | null;
  readonly size: number;
  readonly mtime: number | undefined;
}

/** What marks an open file. */
export function fileMarkOf(file: Deno.FsFile): FileMark {
  const { dev, ino, size, mtime } = file.statSync();
  return { dev, ino, size, mtime: mtime?.getTime() };
}

/**
 * Opens a file that was looked at before.
 *
 * @returns undefined where another lies there now, or the same has changed.
 */
export function reopened(path: string, mark: FileMark): Deno.FsFile | undefined {
  const file = openRegular(path, { follow: true });
  const now = fileMarkOf(file);
  const keys = ["dev", "ino", "size", "mtime"] as const;
  if (keys.every((key) => now[key] === mark[key])) return file;
  file.close();
  return undefined;
}
