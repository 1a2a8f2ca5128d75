/**
 * The blocks of a tar file, as little of it as an archive of Redd has: regular files under plain
 * names, each behind one header of the ustar form with fixed owner, mode and time.
 *
 * A reader knows from the manifest which entry must come next, so it makes that header itself and
 * compares all 512 bytes. What a general reader has to decide by rules (links, devices, absolute
 * paths, PAX and GNU extensions, sparse files, names that differ by case alone) is another header
 * here, and is refused as such.
 */
import { quoted } from "../quoted.ts";

/** Headers and contents begin at multiples of so many bytes. */
export const BLOCK = 512;

/** Two blocks of zeros end an archive. */
export const END = new Uint8Array(2 * BLOCK);

/** 1 January 2018, midnight UTC: the instant of all that is the same in every dataset. */
const TIME = 1_514_764_800;

/** The longest name in bytes: that of a part is much shorter. */
const LONGEST_NAME = 100;

/** What other programs write of a longer name, in bytes. */
const LONGEST_PREFIX = 155;

/** What a header of eleven octal digits can say. */
const LARGEST = 8 ** 11 - 1;

const encoder = new TextEncoder();

/**
 * The header of a regular file.
 *
 * @param size In bytes.
 * @throws RangeError for a name or a size that a plain header does not hold.
 */
export function tarHeader(name: string, size: number): Uint8Array {
  const named = encoder.encode(name);
  if (named.length > LONGEST_NAME || size > LARGEST) {
    throw new RangeError(`no plain tar header holds ${quoted(name)} of ${size} bytes`);
  }
  const header = new Uint8Array(BLOCK);
  const put = (at: number, text: string) => header.set(encoder.encode(text), at);
  const octal = (n: number, digits: number) => `${n.toString(8).padStart(digits, "0")}\0`;
  header.set(named, 0);
  put(100, octal(0o644, 7));
  put(108, octal(0, 7));
  put(116, octal(0, 7));
  put(124, octal(size, 11));
  put(136, octal(TIME, 11));
  put(148, "        ");
  put(156, "0");
  put(257, "ustar\x0000");
  put(329, octal(0, 7));
  put(337, octal(0, 7));
  put(148, `${octal(header.reduce((sum, byte) => sum + byte, 0), 6)} `);
  return header;
}

/** How many bytes of zeros follow a content of this size. */
export function paddingOf(size: number): number {
  return (BLOCK - size % BLOCK) % BLOCK;
}

/** The size that a header names; undefined where it is no plain number. */
export function sizeIn(header: Uint8Array): number | undefined {
  const text = textIn(header, 124, 12);
  return /^[0-7]{11}$/.test(text) ? Number.parseInt(text, 8) : undefined;
}

/** What a tar calls its kinds of entries. */
const KINDS: Readonly<Record<string, string>> = {
  "1": "a hard link",
  "2": "a symbolic link",
  "3": "a device",
  "4": "a device",
  "5": "a folder",
  "6": "a fifo",
  "7": "a contiguous file",
  "g": "an extended header (PAX)",
  "x": "an extended header (PAX)",
  "L": "a long name (GNU)",
  "K": "a long name (GNU)",
  "S": "a sparse file (GNU)",
  "M": "a part of a file (GNU)",
  "V": "a label (GNU)",
};

/** In what a header differs from the one that must stand there, in words; undefined in nothing. */
export function headerFault(found: Uint8Array, name: string): string | undefined {
  if (found.every((byte) => byte === 0)) return `${name} is missing, the archive ends before it`;
  if (textIn(found, 257, 5) !== "ustar") return `there is no header of a tar where ${name} begins`;
  const own = textIn(found, 345, LONGEST_PREFIX) + textIn(found, 0, LONGEST_NAME);
  // As a whole: two long names may differ at their ends alone.
  const there = quoted(own, LONGEST_PREFIX + LONGEST_NAME);
  const kind = textIn(found, 156, 1) || "0";
  if (kind !== "0") {
    const what = KINDS[kind] ?? `an entry of the unknown kind ${quoted(kind)}`;
    return `${there} is ${what}, expected the regular file ${name}`;
  }
  if (own !== name) return `${there} stands in the place of ${name}`;
  const size = sizeIn(found);
  if (size === undefined) return `the size of ${name} is ${quoted(textIn(found, 124, 12))}`;
  const expected = tarHeader(name, size);
  if (found.every((byte, at) => byte === expected[at])) return undefined;
  return `the header of ${name} has another owner, mode, time or checksum than Redd writes`;
}

/** A field of a header, up to its first zero. */
function textIn(header: Uint8Array, at: number, length: number): string {
  const field = header.subarray(at, at + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}
