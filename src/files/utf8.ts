/** Text files that a person may have written anywhere: UTF-8, whole, and no larger than their kind. */
import { messageOf } from "../errors.ts";
import { NotRegular, type OpenOptions, readRegular, TooLarge } from "./regular.ts";

/** A file is no UTF-8 text. */
export class NotText extends Error {
  override readonly name = "NotText";

  /**
   * @param line The first line with bytes that are none, from 1.
   * @param isUtf16 Does it begin with the byte order mark of UTF-16?
   */
  constructor(readonly path: string, readonly line: number, readonly isUtf16 = false) {
    super(`${path} has bytes in line ${line} that are no UTF-8 text`);
  }
}

/**
 * Reads a regular file as UTF-8 text, without its byte order mark if it has one.
 *
 * @param cap The most bytes that a file of this kind may have.
 * @throws {NotText} where bytes are no UTF-8; otherwise as {@linkcode readRegular}.
 */
export function readUtf8(path: string, cap: number, options: OpenOptions = {}): string {
  return decodeUtf8(path, readRegular(path, cap, options));
}

/**
 * Bytes as UTF-8 text, without their byte order mark if they have one.
 *
 * @param path Where they are from.
 * @throws {NotText} where they are no UTF-8.
 */
export function decodeUtf8(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const mark = `${bytes[0]} ${bytes[1]}`;
    throw new NotText(path, firstWrongLine(bytes), mark === "255 254" || mark === "254 255");
  }
}

/** No byte of a longer character is a line feed, so every line is text by itself or is not. */
function firstWrongLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for (let line = 1, from = 0;; line++) {
    const end = bytes.indexOf(10, from);
    const to = end < 0 ? bytes.length : end;
    try {
      decoder.decode(bytes.subarray(from, to));
    } catch {
      return line;
    }
    if (end < 0) return line;
    from = end + 1;
  }
}

/** Why a file could not be read, for the `because` of a message that names the file. */
export function whyUnread(thrown: unknown): string {
  if (thrown instanceof Deno.errors.NotFound) return "there is no such file";
  if (thrown instanceof Deno.errors.NotADirectory) {
    return "a file stands on its way, where a folder should be";
  }
  if (thrown instanceof NotRegular) return `it is ${thrown.kind}, expected a regular file`;
  if (thrown instanceof TooLarge) {
    return thrown.size === undefined
      ? `it has more than ${thrown.cap} bytes, the most that are read`
      : `it has ${thrown.size} bytes, expected at most ${thrown.cap}`;
  }
  if (thrown instanceof NotText && thrown.isUtf16) {
    return "it is UTF-16 text, expected UTF-8: save it as UTF-8, or iconv -f UTF-16 -t UTF-8";
  }
  if (thrown instanceof NotText) return `line ${thrown.line} is no UTF-8 text`;
  return messageOf(thrown, "read");
}
