/**
 * An archive that comes through a pipe. It is kept in a file as it comes, and held against its manifest
 * on the way, which bounds it: then everything that can be asked of an archive can be asked of it,
 * before a database hears of it.
 */
import { dirname } from "node:path";
import { freeBytes } from "../generate/room.ts";
import { createNew, writeAll } from "../files/create.ts";
import { type Goal, writingTo } from "../files/write_failure.ts";
import type { TarInput } from "./input.ts";
import { requireUninterrupted } from "./pool.ts";
import { requireRoomToKeep } from "./unpack.ts";
import { type ArchiveIndex, walkArchive, type WalkOptions } from "./walk.ts";

/** What a pipe is read with. */
export interface SpoolOptions extends Omit<WalkOptions, "onManifest"> {
  /** Whether the dataset will be unpacked beside the file, for which there has to be room as well. */
  readonly unpacks?: boolean;
  /** Free bytes of a folder's disk, where that can be told; the system is asked if absent. */
  readonly freeAt?: (folder: string) => number | undefined;
  /** Called with the bytes that have come so far. */
  readonly onBytes?: (bytes: number) => void;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
  /** What is told where the file cannot be written. */
  readonly goal: Goal;
}

/** What is read at once, in bytes. */
const CHUNK = 1 << 18;

/**
 * Writes an archive into a new file, as far as it is one.
 *
 * @param pipe Gives the next bytes, null at the end.
 * @throws {ReddError} input, for anything but an archive as Redd makes it, or another dataset than is
 *   expected; environment, where the file cannot be written or has no room, which is told before more has come
 *   than the manifest; interrupted: the signal.
 */
export async function spoolArchive(
  pipe: (buffer: Uint8Array) => Promise<number | null>,
  path: string,
  options: SpoolOptions,
): Promise<ArchiveIndex> {
  const { name, expect, signal, goal, unpacks = false } = options;
  const { onBytes = () => {}, freeAt = freeBytes } = options;
  using file = writingTo(goal, () => createNew(path, 0o600));
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  stopped.catch(() => {});
  const stop = () => {
    try {
      requireUninterrupted(`read ${name}`, signal);
    } catch (interrupted) {
      reject(interrupted);
    }
  };
  signal?.addEventListener("abort", stop);
  stop();
  let bytes = 0;
  const buffer = new Uint8Array(CHUNK);
  /** The next bytes, so many at most, which are kept. */
  const next = async (most: number) => {
    const length = await Promise.race([pipe(buffer.subarray(0, Math.min(most, CHUNK))), stopped]);
    if (length === null) return undefined;
    const piece = buffer.subarray(0, length);
    writingTo(goal, () => writeAll(file, piece));
    bytes += length;
    onBytes(bytes);
    return piece;
  };
  const input: TarInput = {
    async read(wanted) {
      const whole = new Uint8Array(wanted);
      let length = 0;
      while (length < wanted) {
        const piece = await next(wanted - length);
        if (piece === undefined) break;
        whole.set(piece, length);
        length += piece.length;
      }
      return whole.subarray(0, length);
    },
    async skip(wanted) {
      let length = 0;
      while (length < wanted) {
        const piece = await next(wanted - length);
        if (piece === undefined) break;
        length += piece.length;
      }
      return length;
    },
  };
  try {
    return await walkArchive(input, {
      name,
      expect,
      onManifest: (one) => requireRoomToKeep(one, unpacks, freeAt(dirname(path)), goal),
    });
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}
