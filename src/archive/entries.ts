/**
 * What an archive of a dataset has to hold: the manifest first, so that a reader knows what comes, then
 * the files beside the tables, as they are, then every part as a frame of zstd, in the order of
 * loading. It is all in the manifest; nothing else is taken for an archive's content.
 */
import { basename } from "node:path";
import { MANIFEST_CAP, MANIFEST_FILE } from "../dataset/manifest.ts";
import type { ReddManifest } from "../dataset/manifest_type.ts";
import type { SignedPart } from "../dataset/part_file.ts";
import { ReddError } from "../errors.ts";
import { MOST_IN_PART, mostFramed } from "./frame.ts";

/** With what the name of an archive ends. */
export const ARCHIVE_SUFFIX = ".redd.tar";

/** What the name of a part in an archive has besides its path. */
export const FRAME_SUFFIX = ".zst";

/** An entry that must be there. */
export interface ExpectedEntry {
  /** Its name in the archive. */
  readonly name: string;
  /** Bytes that it may have there, from the least to the most. */
  readonly least: number;
  readonly most: number;
  /** The file of the dataset. */
  readonly file: SignedPart;
  /** Whether it is a frame of zstd, or the file as it is. */
  readonly packed: boolean;
}

/**
 * No part becomes smaller than this share of itself: at level 1 it is an eighth, and at 19, all of them
 * as one, a seventeenth.
 */
const SMALLEST_SHARE = 20;

/** The fewest bytes that the archive of a dataset has, as far as its manifest tells. */
export function leastArchive(
  { files = [], tables }: Pick<ReddManifest, "files" | "tables">,
): number {
  const sum = (all: readonly { readonly bytes: number }[]) =>
    all.reduce((total, { bytes }) => total + bytes, 0);
  return sum(files) + Math.floor(sum(Object.values(tables)) / SMALLEST_SHARE);
}

/** What is said of the first entry before it is read. */
export const MANIFEST_ENTRY = { name: MANIFEST_FILE, least: 2, most: MANIFEST_CAP } as const;

/**
 * The entries behind the manifest, in their order.
 *
 * @param cannot What is done with the dataset, for messages.
 * @throws {ReddError} input, for a dataset that no archive holds.
 */
export function expectedEntries(
  { files, tables }: ReddManifest,
  cannot: string,
): readonly ExpectedEntry[] {
  if (files === undefined) {
    throw notHeld(cannot, "its manifest, of Redd 0.1.0, does not name the files beside its tables");
  }
  const parts = Object.values(tables).flatMap(({ parts }) => parts);
  const large = parts.find(({ bytes }) => bytes > MOST_IN_PART);
  if (large !== undefined) {
    throw notHeld(
      cannot,
      `${large.path} has ${large.bytes} bytes, and ${MOST_IN_PART} are the most`,
    );
  }
  return [
    ...files.map((file) => (
      { name: file.path, least: file.bytes, most: file.bytes, file, packed: false }
    )),
    ...parts.map((file) => ({
      name: `${file.path}${FRAME_SUFFIX}`,
      least: 1,
      most: mostFramed(file.bytes),
      file,
      packed: true,
    })),
  ];
}

function notHeld(cannot: string, because: string): ReddError {
  return new ReddError("input", "NOT_FOR_ARCHIVES", {
    cannot,
    because,
    remedy: "Hand its folder on as it is",
  });
}

/** What an archive's dataset is called: the name of its file, without what says that it is one. */
export function titleOfArchive(path: string): string {
  const name = basename(path);
  return name.endsWith(ARCHIVE_SUFFIX) && name !== ARCHIVE_SUFFIX
    ? name.slice(0, -ARCHIVE_SUFFIX.length)
    : name;
}
