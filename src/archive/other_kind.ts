/** What a file is that is no archive, by how it begins: what helps depends on that. */
import { commandLine } from "../command_line.ts";

/** A kind of file. */
export interface OtherKind {
  /** What is wrong, with the archive as `it`. */
  readonly because: string;
  /** What helps. */
  readonly remedy: string;
}

const GIVE = `Give a dataset's folder, or a file that ${commandLine("archive")} has made`;

/** Kinds by bytes that they have at a place. */
const MAGIC: readonly (readonly [at: number, bytes: readonly number[], kind: OtherKind])[] = [
  [0, [0x1f, 0x8b], {
    because: "it is packed with gzip",
    remedy:
      "Unpack it with gunzip and give what comes of it; archives of Redd are not packed again",
  }],
  [0, [0x28, 0xb5, 0x2f, 0xfd], {
    because: "it is packed with zstd as a whole",
    remedy:
      "Unpack it with zstd -d and give what comes of it; archives of Redd are not packed again",
  }],
  [0, [0x42, 0x5a, 0x68], { because: "it is packed with bzip2", remedy: GIVE }],
  [0, [0xfd, 0x37, 0x7a, 0x58, 0x5a], { because: "it is packed with xz", remedy: GIVE }],
  [0, [0x50, 0x4b, 0x03, 0x04], { because: "it is a zip file", remedy: GIVE }],
  [0, [0x50, 0x41, 0x52, 0x31], {
    because: "it is a file of Parquet, as an export has them",
    remedy: GIVE,
  }],
  [8, [0x44, 0x55, 0x43, 0x4b], {
    because: "it is a database of DuckDB, as an export is one",
    remedy: `${GIVE}; the export is read by DuckDB`,
  }],
];

const EMPTY: OtherKind = {
  because: "it is empty: not one byte is in it",
  remedy: "Look whether what should have written or sent it has failed",
};

const PAGE: OtherKind = {
  because: "it is a web page, as servers send one in place of a file",
  remedy: "Look at it, and at the address that it came from (curl --fail refuses such an answer)",
};

const SUM: OtherKind = {
  because: "it is the sha256 of an archive",
  remedy: "Give the archive itself, whose name has no .sha256 at its end",
};

const TEXT: OtherKind = { because: "it is a text", remedy: GIVE };

/**
 * The kind of a file that is no archive.
 *
 * @param start Its first bytes, 512 if it has as many.
 * @returns undefined where it may be an archive, or nothing can be said.
 */
export function otherKind(start: Uint8Array): OtherKind | undefined {
  if (start.length === 0) return EMPTY;
  for (const [at, bytes, kind] of MAGIC) {
    if (bytes.every((byte, i) => start[at + i] === byte)) return kind;
  }
  if (!start.every(isOfText)) return undefined;
  const text = new TextDecoder().decode(start).trimStart();
  if (/^<(?:!doctype|html|\?xml)/i.test(text)) return PAGE;
  return /^\\?[0-9a-f]{64} [ *]/.test(text) ? SUM : TEXT;
}

/** Whether a byte may stand in a text: no control but tabs and the ends of lines. */
function isOfText(byte: number): boolean {
  return byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
