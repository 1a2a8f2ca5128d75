/** The file of a report: what it may replace, and how it is written. */
import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { ReddError } from "../src/errors.ts";
import { kindOf, openRegular } from "../src/files/regular.ts";
import { PAGE_MARK } from "../src/report/shell/page_html.ts";
import { requireOutside, writeOutside } from "../src/schedule/write.ts";

/** The flag that names another file. */
const FLAG = "--output";

/** Whether a file begins as every page of Redd's does. */
function isPage(path: string): boolean {
  const mark = new TextEncoder().encode(PAGE_MARK);
  const head = new Uint8Array(mark.length);
  using file = openRegular(path);
  for (let at = 0; at < head.length;) {
    const read = file.readSync(head.subarray(at));
    if (read === null) return false;
    at += read;
  }
  return head.every((byte, at) => byte === mark[at]);
}

/**
 * Looks at what is there in the place of a page before anything is read.
 *
 * @throws {ReddError} input, where it is none of Redd's pages and is not to be replaced, or would lie
 *   in a dataset.
 */
export function requireReplaceable(path: string, force: boolean): void {
  const info = found(path);
  // What programs wait at, and what others lie in, is not replaced whatever is wished; below /dev
  // nothing else may be looked at.
  const isFixed = info !== undefined && !info.isFile && !info.isSymlink;
  if (!isFixed) {
    requireOutside(path, FLAG);
    requireParent(path);
    if (info === undefined || force || (info.isFile && isPage(path))) return;
  }
  throw new ReddError("input", "NO_PAGE_OF_REDD", {
    cannot: `write ${path}`,
    because: info.isFile
      ? "it is there already, and is no page that Redd has made"
      : `${kindOf(info)} is there`,
    remedy: `Give another file with ${FLAG}${isFixed ? "" : ", or --force to replace it"}`,
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
function requireParent(path: string): void {
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
    remedy: `Make the folder, or give a file elsewhere with ${FLAG}`,
  });
}

/** A page that was written. */
export interface WrittenPage {
  readonly path: string;
  readonly bytes: number;
  /** Of the file, in hexadecimal digits. */
  readonly sha256: string;
}

/**
 * Writes a page, as a whole or not at all.
 *
 * @throws {ReddError} input, where it would lie in a dataset; environment, when it cannot be written.
 */
export function writePage(path: string, html: string): WrittenPage {
  writeOutside(path, html, FLAG);
  const written = new TextEncoder().encode(html);
  const sha256 = createHash("sha256").update(written).digest("hex");
  return { path, bytes: written.length, sha256 };
}
