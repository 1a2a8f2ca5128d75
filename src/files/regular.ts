/**
 * Reading files that somebody else may have put there. A path may lead to a link, a fifo or a device;
 * only a regular file is read, and never more of it than its kind may hold.
 */

/** What lies at a path is no regular file. */
export class NotRegular extends Error {
  override readonly name = "NotRegular";

  constructor(readonly path: string, readonly kind: string, expected = "a regular file") {
    super(`${path} is ${kind}, expected ${expected}`);
  }
}

/** A file is larger than its kind may be; sizes are in bytes. */
export class TooLarge extends Error {
  override readonly name = "TooLarge";

  /** @param size In bytes; undefined where it is not known, since no more was read. */
  constructor(readonly path: string, readonly size: number | undefined, readonly cap: number) {
    super(
      size === undefined
        ? `${path} has more than ${cap} bytes, the most that are read`
        : `${path} has ${size} bytes, expected at most ${cap}`,
    );
  }
}

/** How a path is opened. */
export interface OpenOptions {
  /** Is a link at the path itself followed? Only where the user named the path. */
  readonly follow?: boolean;
}

/** What lies at a path, in words. */
export function kindOf(info: Deno.FileInfo): string {
  if (info.isFile) return "a regular file";
  if (info.isSymlink) return "a link";
  if (info.isDirectory) return "a folder";
  if (info.isFifo) return "a fifo";
  if (info.isSocket) return "a socket";
  return info.isBlockDevice || info.isCharDevice ? "a device" : "no file";
}

/**
 * Opens a regular file for reading. It is looked at before, since opening a fifo waits for its other
 * end, and compared with what was opened, since it may have been exchanged in between.
 *
 * @throws {NotRegular} for anything else; what Deno throws where it is missing or closed to us.
 */
export function openRegular(path: string, { follow = false }: OpenOptions = {}): Deno.FsFile {
  const seen = follow ? Deno.statSync(path) : Deno.lstatSync(path);
  if (!seen.isFile) throw new NotRegular(path, kindOf(seen));
  const file = Deno.openSync(path, { read: true });
  const opened = file.statSync();
  if (opened.isFile && opened.dev === seen.dev && opened.ino === seen.ino) return file;
  file.close();
  throw new NotRegular(path, "another file than a moment ago");
}

/**
 * Reads a regular file as a whole.
 *
 * @param cap The most bytes that a file of this kind may have.
 * @throws {NotRegular}, {TooLarge}; what Deno throws where it is missing or closed to us.
 */
export function readRegular(path: string, cap: number, options: OpenOptions = {}): Uint8Array {
  using file = openRegular(path, options);
  const { size } = file.statSync();
  if (size > cap) throw new TooLarge(path, size, cap);
  // A file that grows meanwhile is read up to one byte beyond its size, which is then too much.
  const bytes = new Uint8Array(size + 1);
  let length = 0;
  while (length < bytes.length) {
    const read = file.readSync(bytes.subarray(length));
    if (read === null) break;
    length += read;
  }
  if (length > size) throw new NotRegular(path, "still being written");
  return bytes.subarray(0, length);
}

/** Reads a regular file as UTF-8 text; a byte order mark stays. Throws as {@linkcode readRegular}. */
export function readRegularText(path: string, cap: number, options: OpenOptions = {}): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(readRegular(path, cap, options));
}
