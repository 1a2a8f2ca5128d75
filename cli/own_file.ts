/** A file that a flag names: what stands in its place, and whether a line may replace that. */
import { dirname } from "node:path";
import { ReddError } from "../src/errors.ts";
import { kindOf, openRegular } from "../src/files/regular.ts";
import { requireOutside } from "../src/schedule/write.ts";

/** A kind of file that Redd makes, and knows again. */
export interface OwnFile {
  /** The flag that names it: `--output`. */
  readonly flag: string;
  /** What every file of the kind begins with. */
  readonly mark: string;
  /** What another is, completing "it is there already, and …". */
  readonly another: string;
  /** The code of the refusal. */
  readonly code: string;
}

/** Whether a file begins as every one of a kind does. */
function beginsWith(path: string, mark: string): boolean {
  const wanted = new TextEncoder().encode(mark);
  const head = new Uint8Array(wanted.length);
  using file = openRegular(path);
  for (let at = 0; at < head.length;) {
    const read = file.readSync(head.subarray(at));
    if (read === null) return false;
    at += read;
  }
  return head.every((byte, at) => byte === wanted[at]);
}

/**
 * Looks at the place of a file before anything is read or checked.
 *
 * @param force Replaces a file, or a link, whatever it is; never a folder, a fifo or a device.
 * @throws {ReddError} input, where it would lie in a dataset or in no folder, or would replace what
 *   is not of its kind.
 */
export function requireOwnPlace(path: string, kind: OwnFile, force: boolean): void {
  const { flag, mark, another, code } = kind;
  const info = found(path);
  // What programs wait at, and what others lie in, is not replaced whatever is wished; below /dev
  // nothing else may be looked at.
  const isFixed = info !== undefined && !info.isFile && !info.isSymlink;
  if (!isFixed) {
    requireOutside(path, flag);
    requireParent(path, flag);
    if (info === undefined || force || (info.isFile && beginsWith(path, mark))) return;
  }
  throw new ReddError("input", code, {
    cannot: `write ${path}`,
    because: info.isFile ? `it is there already, and ${another}` : `${kindOf(info)} is there`,
    remedy: `Give another file with ${flag}${isFixed ? "" : ", or --force to replace it"}`,
  });
}

/** What is at a path; undefined where nothing is. */
function found(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.lstatSync(path);
  } catch (thrown) {
    const { NotFound, NotADirectory } = Deno.errors;
    if (thrown instanceof NotFound || thrown instanceof NotADirectory) return undefined;
    throw thrown;
  }
}

/** @throws {ReddError} input, where there is no folder that a file would lie in. */
function requireParent(path: string, flag: string): void {
  const folder = dirname(path);
  let because: string;
  try {
    const info = Deno.statSync(folder);
    if (info.isDirectory) return;
    because = `${folder} is ${kindOf(info)}, expected a folder`;
  } catch (thrown) {
    const { NotFound, NotADirectory } = Deno.errors;
    // What else keeps it from being written is said when it is.
    if (!(thrown instanceof NotFound || thrown instanceof NotADirectory)) return;
    because = `there is no folder ${folder}`;
  }
  throw new ReddError("input", "NO_FOLDER", {
    cannot: `write ${path}`,
    because,
    remedy: `Make the folder, or give a file elsewhere with ${flag}`,
  });
}
