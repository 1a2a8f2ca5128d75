/**
 * A part of an archive as one frame of zstd (RFC 8878) with its length and a checksum.
 *
 * The library beneath `node:zlib` in Deno gives what it has of a frame that breaks off, and nothing of
 * a second frame, and says nothing of either. So a frame is walked through block by block before it
 * is unpacked: it has to end with the bytes, and it has to say how much it holds, which caps it.
 */
import { constants, zstdCompressSync, zstdDecompressSync, type ZstdOptions } from "node:zlib";
import { messageOf } from "../errors.ts";
import { PartChanged } from "../dataset/part_file.ts";

/** The largest part that an archive holds, in bytes: it is packed and unpacked in memory. */
export const MOST_IN_PART = 512_000_000;

/** So many bytes say how a frame begins. */
export const FRAME_START = 18;

/** No frame is shorter: an empty one has a beginning, a block, and a checksum. */
const SHORTEST = 13;

const MAGIC = 0xfd2fb528;
const CHECKSUM = 4;

/** A block comes to at most so many bytes, packed or not. */
const LARGEST_BLOCK = 1 << 17;
const BLOCK_HEADER = 3;
const [RAW, RUN, PACKED] = [0, 1, 2];

/** What the beginning of a frame says. */
interface FrameStart {
  /** How many bytes it holds. */
  readonly holds: number;
  /** Where its first block begins. */
  readonly end: number;
}

/** The most bytes that a frame of so many takes, as zstd's own bound has it. */
export function mostFramed(bytes: number): number {
  return bytes + Math.floor(bytes / 256) + 1024;
}

/** Parts of so many bytes need one bit more of places than those of half as many; smaller ones none. */
const SMALL_PART = 8_000_000;

/** The least and the most bits of places. */
const [FEWEST, MOST] = [11, 14];

/** The window of parts that need most: with less, large ones are larger. */
const WIDEST = 21;

/**
 * What the first level is narrowed to. A row is like the one of the same sensor or tank some hours or a
 * day before, which lies as far back as the farm is large. A table of more places than that takes finds
 * worse matches in longer time: of 2,048 places all are in the processor's nearest memory
 * (`bench/frame.ts`).
 */
function narrowedTo(bytes: number): Readonly<Record<number, number>> {
  const doublings = Math.floor(Math.log2(Math.max(1, bytes / SMALL_PART)));
  const more = bytes < SMALL_PART ? 0 : doublings + 1;
  const hashLog = Math.min(MOST, FEWEST + more);
  return {
    [constants.ZSTD_c_hashLog]: hashLog,
    ...hashLog === MOST ? { [constants.ZSTD_c_windowLog]: WIDEST } : {},
  };
}

/** Tables come to a quarter of their bytes at most; what does not is packed into a larger buffer. */
const USUAL_SHARE = 1 / 4;

/** Bytes as one frame. The same bytes and level give the same frame by one version of Deno. */
export function framed(bytes: Uint8Array, level: number): Uint8Array {
  const most = mostFramed(bytes.length);
  const usual = Math.min(most, Math.floor(bytes.length * USUAL_SHARE) + 1024);
  let frame = compressed(bytes, level, usual);
  // A frame that fills a buffer to its end is followed by an empty one in Deno 2.9.6.
  if (frame.length >= usual) frame = compressed(bytes, level, most);
  requireWhole(frame, frameStart(frame).end);
  // As bytes of its own: zlib's lie in a larger buffer, which no worker can hand over.
  return new Uint8Array(frame);
}

function compressed(bytes: Uint8Array, level: number, chunkSize: number): Uint8Array {
  // Node's types do not know yet that a frame can be told how much it will hold.
  const options: ZstdOptions & { readonly pledgedSrcSize: number } = {
    chunkSize,
    params: {
      [constants.ZSTD_c_compressionLevel]: level,
      [constants.ZSTD_c_checksumFlag]: 1,
      [constants.ZSTD_c_contentSizeFlag]: 1,
      ...level === 1 ? narrowedTo(bytes.length) : {},
    },
    pledgedSrcSize: bytes.length,
  };
  return zstdCompressSync(bytes, options);
}

/**
 * Reads how a frame begins.
 *
 * @throws {PartChanged} where it begins otherwise than {@linkcode framed} has it.
 */
export function frameStart(bytes: Uint8Array): FrameStart {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < SHORTEST) throw broken("it is too short");
  if (view.getUint32(0, true) !== MAGIC) throw broken("it does not begin as one");
  const flags = bytes[4]!;
  if ((flags & 0b1000) !== 0) throw broken("it has a flag that there is not");
  if ((flags & 0b100) === 0) throw broken("it has no checksum");
  if ((flags & 0b11) !== 0) throw broken("it needs a dictionary");
  const single = (flags & 0b100000) !== 0;
  const at = single ? 5 : 6;
  const width = [single ? 1 : 0, 2, 4, 8][flags >> 6]!;
  if (width === 0) throw broken("it does not say how much it holds");
  if (at + width > bytes.length) throw broken("it is too short");
  const holds = width === 1
    ? bytes[at]!
    : width === 2
    ? view.getUint16(at, true) + 256
    : width === 4
    ? view.getUint32(at, true)
    : Number(view.getBigUint64(at, true));
  return { holds, end: at + width };
}

/** Walks over the blocks of a frame, which has to end with the bytes. */
function requireWhole(bytes: Uint8Array, first: number): void {
  let at = first;
  for (let last = false; !last;) {
    if (at + BLOCK_HEADER > bytes.length) throw broken("it breaks off");
    const block = blockAt(bytes, at);
    last = block.last;
    at = block.end;
  }
  const rest = bytes.length - at - CHECKSUM;
  if (rest < 0) throw broken("it breaks off");
  if (rest > 0) throw broken(`${rest} bytes follow behind its end`);
}

function blockAt(bytes: Uint8Array, at: number) {
  const header = bytes[at]! | bytes[at + 1]! << 8 | bytes[at + 2]! << 16;
  const kind = header >> 1 & 0b11;
  const size = header >> 3;
  if (size > LARGEST_BLOCK || kind > PACKED) throw broken("it has a block that there is not");
  return {
    last: (header & 1) === 1,
    end: at + BLOCK_HEADER + (kind === RUN ? 1 : size),
    holds: kind === RAW || kind === RUN ? size : LARGEST_BLOCK,
  };
}

/**
 * The bytes of one frame.
 *
 * @param size How many there have to be: no more are unpacked.
 * @throws {PartChanged} for what is no such frame, is broken, holds more or less, or has bytes behind.
 */
export function unframed(bytes: Uint8Array, size: number): Uint8Array {
  const { holds, end } = frameStart(bytes);
  if (holds !== size || size > MOST_IN_PART) throw broken(`it holds ${holds} bytes, not ${size}`);
  requireWhole(bytes, end);
  const unpacked = unpack(bytes, size);
  if (unpacked.length !== size) throw broken(`it gives ${unpacked.length} bytes, not ${size}`);
  return unpacked;
}

/** So many bytes of a frame have its first block in any case. */
export const WITH_FIRST_BLOCK = FRAME_START + BLOCK_HEADER + LARGEST_BLOCK;

/**
 * The bytes of a frame's first block, by itself: who wants the header of a table need not unpack all of
 * it. What they are worth shows when the whole is unpacked.
 *
 * @param bytes The beginning of a frame, {@linkcode WITH_FIRST_BLOCK} of it if there are as many.
 * @throws {PartChanged} as {@linkcode unframed}.
 */
export function firstUnframed(bytes: Uint8Array): Uint8Array {
  const { end: at } = frameStart(bytes);
  if (at + BLOCK_HEADER > bytes.length) throw broken("it breaks off");
  const { end, holds } = blockAt(bytes, at);
  if (end > bytes.length) throw broken("it breaks off");
  // A frame of this one block, the last of it: a window of 2 MB, no checksum, no length.
  const start = [0x28, 0xb5, 0x2f, 0xfd, 0, 0x58, bytes[at]! | 1];
  const alone = new Uint8Array(start.length + end - at - 1);
  alone.set(start);
  alone.set(bytes.subarray(at + 1, end), start.length);
  return unpack(alone, holds);
}

function unpack(bytes: Uint8Array, most: number): Uint8Array {
  try {
    const maxOutputLength = Math.max(most, 1);
    const { buffer, byteOffset, byteLength } = zstdDecompressSync(bytes, {
      maxOutputLength,
      chunkSize: Math.max(most, 64),
    });
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch (cause) {
    throw broken(messageOf(cause).split("\n")[0]!, cause);
  }
}

function broken(because: string, cause?: unknown): PartChanged {
  return new PartChanged(`its zstd frame is damaged: ${because}`, { cause });
}
