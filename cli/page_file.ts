/** The file of a report. */
import { createHash } from "node:crypto";
import { PAGE_MARK } from "../src/report/shell/page_html.ts";
import { writeOutside } from "../src/schedule/write.ts";
import { type OwnFile, requireOwnPlace } from "./own_file.ts";

const PAGE: OwnFile = {
  flag: "--output",
  mark: PAGE_MARK,
  another: "is no page that Redd has made",
  code: "NO_PAGE_OF_REDD",
};

/** @throws {ReddError} as {@linkcode requireOwnPlace}. */
export function requirePagePlace(path: string, force: boolean): void {
  requireOwnPlace(path, PAGE, force);
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
  writeOutside(path, html, PAGE.flag);
  const written = new TextEncoder().encode(html);
  const sha256 = createHash("sha256").update(written).digest("hex");
  return { path, bytes: written.length, sha256 };
}
