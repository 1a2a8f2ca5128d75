/**
 * An open part of a dataset: as long as the manifest says, from the first byte that is read to the
 * last, wherever the bytes come from. In a folder it is a regular file, reached through no link.
 */
import { createHash, type Hash } from "node:crypto";
import { messageOf, ReddError } from "../errors.ts";
import { openInside, readInside, regularInside } from "../files/inside.ts";
import { NotRegular, TooLarge } from "../files/regular.ts";
import type { DatasetPart } from "./manifest.ts";

/** A part's file is not the one that the manifest names. */
export class PartChanged extends Error {
  /** Its class, by name. */
  override readonly name = "PartChanged";
  /** How many bytes it has, where that is what differs. */
  readonly size?: number;

  /** Says what is wrong with it: `it has 3 bytes, expected 4`. */
  constructor(
    message: string,
    { size, ...options }: ErrorOptions & { readonly size?: number } = {},
  ) {
    super(message, options);
    if (size !== undefined) this.size = size;
  }
}

/** What is wrong with a part or another file of a dataset, in words that name it. */
export function faultOf({ path }: { readonly path: string }, { message }: PartChanged): string {
  if (/^it is\b/.test(message)) return message.replace("it", path);
  if (/^its?\b/.test(message)) return `${path} is damaged: ${message}`;
  return message.includes(path) ? message : `${path}: ${message}`;
}

/** The refusal of a part whose file is another than the one that was generated. */
export function partChanged(cannot: string, { message, cause }: Error, more?: string): ReddError {
  const mend =
    "The file is not the one that was generated: generate it again, or fetch a good copy";
  return new ReddError("input", "PART_CHANGED", {
    cannot,
    because: message,
    remedy: more === undefined ? mend : `${mend}. ${more}`,
    cause,
  });
}

/** An open part. What is read is hashed. */
export interface PartFile extends Disposable {
  /** Reads the next piece; returns its length in bytes, undefined at the end. */
  read(buffer: Uint8Array): Promise<number | undefined>;
  /** The same without letting anything else happen meanwhile. */
  readSync(buffer: Uint8Array): number | undefined;
  /** The sha256 of what was read so far. */
  digest(): string;
  /**
   * Compares what was read with the manifest, at the end of the file.
   *
   * @throws {PartChanged} where length or digest differ.
   */
  requireSigned(): void;
}

/** What the manifest says of a part that is opened: its path, length in bytes and sha256. */
export type SignedPart = Pick<DatasetPart, "path" | "bytes" | "sha256">;

/** Where the bytes of a part come from; it is closed with the part. */
export interface ByteSource {
  /** Reads the next piece; returns its length in bytes, null at the end. */
  read(buffer: Uint8Array): Promise<number | null>;
  /** The same without letting anything else happen meanwhile. */
  readSync(buffer: Uint8Array): number | null;
  /** Lets go of what is held. */
  close(): void;
}

/**
 * Makes a part of bytes, which are measured and hashed as they are read.
 *
 * @param size The length of the source in bytes.
 * @throws {PartChanged} for a source of another length than the part's; the source is closed then.
 */
export function signedPart(
  source: ByteSource,
  size: number,
  { bytes, sha256 }: SignedPart,
): PartFile {
  if (size !== bytes) {
    source.close();
    throw new PartChanged(lengthText(size, bytes), { size });
  }
  const hash: Hash = createHash("sha256");
  let position = 0;
  const taken = (buffer: Uint8Array, length: number | null) => {
    if (length === null) return undefined;
    position += length;
    // Whoever goes on writing to it is not waited for.
    if (position > bytes) throw new PartChanged(lengthText(position, bytes));
    hash.update(buffer.subarray(0, length));
    return length;
  };
  const digest = () => hash.copy().digest("hex");
  return {
    read: async (buffer) => taken(buffer, await source.read(buffer).catch(unreadable)),
    readSync(buffer) {
      let length: number | null;
      try {
        length = source.readSync(buffer);
      } catch (cause) {
        unreadable(cause);
      }
      return taken(buffer, length);
    },
    digest,
    requireSigned() {
      if (position !== bytes) throw new PartChanged(lengthText(position, bytes));
      const found = digest();
      if (found !== sha256) throw new PartChanged(`its sha256 is ${found}, expected ${sha256}`);
    },
    [Symbol.dispose]: () => source.close(),
  };
}

/**
 * Opens a part that is a file in a folder.
 *
 * @throws {PartChanged} for a file that is missing, closed to us, no regular one, or of another
 *   length.
 */
export function openPart(folder: string, part: SignedPart): PartFile {
  let file: Deno.FsFile;
  try {
    file = openInside(folder, part.path);
  } catch (cause) {
    throw new PartChanged(reasonOf(part.path, cause), { cause });
  }
  return signedPart(file, file.statSync().size, part);
}

/**
 * Reads a file of a folder as a whole.
 *
 * @param most The most bytes that a file of its kind may have.
 * @throws {PartChanged} for a file that is missing, closed to us, no regular one, or larger.
 */
export function wholeFile(folder: string, path: string, most: number): Uint8Array {
  try {
    return readInside(folder, path, most);
  } catch (cause) {
    throw new PartChanged(reasonOf(path, cause), { cause });
  }
}

/**
 * The last bytes of a part that is a file in a folder.
 *
 * @throws {PartChanged} as {@linkcode openPart}.
 */
export function endOfPart(
  folder: string,
  { path, bytes }: Pick<SignedPart, "path" | "bytes">,
  length: number,
): Uint8Array {
  const end = new Uint8Array(Math.min(bytes, length));
  try {
    using file = openInside(folder, path);
    const { size } = file.statSync();
    if (size !== bytes) throw new PartChanged(lengthText(size, bytes), { size });
    file.seekSync(bytes - end.length, Deno.SeekMode.Start);
    for (let at = 0; at < end.length;) {
      const read = file.readSync(end.subarray(at));
      if (read === null) throw new PartChanged("it became shorter while it was read");
      at += read;
    }
  } catch (cause) {
    if (cause instanceof PartChanged) throw cause;
    throw new PartChanged(reasonOf(path, cause), { cause });
  }
  return end;
}

/**
 * The path of a part's file in a folder.
 *
 * @throws {PartChanged} for a file that is missing, or reached through a link.
 */
export function partPath(folder: string, { path }: Pick<SignedPart, "path">): string {
  try {
    return regularInside(folder, path);
  } catch (cause) {
    throw new PartChanged(reasonOf(path, cause), { cause });
  }
}

function lengthText(found: number, expected: number): string {
  return `it has ${found} bytes, expected ${expected}`;
}

function unreadable(cause: unknown): never {
  throw new PartChanged(messageOf(cause), { cause });
}

function reasonOf(path: string, cause: unknown): string {
  if (cause instanceof Deno.errors.NotFound) return "it is missing";
  if (cause instanceof TooLarge) return `it has ${cause.size} bytes, expected at most ${cause.cap}`;
  if (!(cause instanceof NotRegular)) return messageOf(cause);
  // On the way to it there may be a link, too.
  return cause.path.endsWith(`/${path}`)
    ? `it is ${cause.kind}, expected a regular file`
    : cause.message;
}
