/** A part on disk: bytes go to a `.partial` file and through a hash; only whole parts get a name. */
import { createHash } from "node:crypto";
import { createNew, writeAll } from "../files/create.ts";
import { headerOf, type Table } from "../tables/description.ts";
import { PartWriter, type Sink } from "../render/part.ts";

/** Marks a file that is not complete. */
export const PARTIAL = ".partial";

const NOTHING = new Uint8Array();

/** The header of a table's files, with its line end. */
export function headerBytes(table: Table): Uint8Array {
  return new TextEncoder().encode(`${headerOf(table)}\n`);
}

/** Rows, bytes and hash of a file. */
export interface Written {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** Appends to `<path>.partial`, counting and hashing what it writes. Without a byte there is no file. */
export class PartialFile implements Sink {
  readonly #path: string;
  readonly #header: Uint8Array;
  readonly #hash = createHash("sha256");
  #file: Deno.FsFile | undefined;
  /** Written so far. */
  bytes = 0;

  /** @param header Comes before the first byte. */
  constructor(path: string, header: Uint8Array = NOTHING) {
    this.#path = path + PARTIAL;
    this.#header = header;
  }

  /** Makes the file with its header, if it is not there yet. */
  begin(): Deno.FsFile {
    if (this.#file !== undefined) return this.#file;
    this.#file = createNew(this.#path);
    this.#append(this.#file, this.#header);
    return this.#file;
  }

  write(bytes: Uint8Array): void {
    this.#append(this.begin(), bytes);
  }

  #append(file: Deno.FsFile, bytes: Uint8Array): void {
    this.#hash.update(bytes);
    writeAll(file, bytes);
    this.bytes += bytes.length;
  }

  /** Closes the file, if there is one; it still bears its partial name. */
  close(): { bytes: number; sha256: string } {
    this.#file?.close();
    return { bytes: this.bytes, sha256: this.#hash.digest("hex") };
  }
}

/** What comes of a table where it has no rows: no file, so no byte. */
export const NO_ROWS: Written = {
  rows: 0,
  bytes: 0,
  sha256: createHash("sha256").digest("hex"),
};

/** A part that is being written to a file. */
export interface OpenPart {
  readonly part: PartWriter;
  /** Bytes that have gone to the file so far. */
  bytes(): number;
  /** Flushes and closes it. */
  finish(): Written;
}

/** The header of a part: also where there are no rows, only before rows, or never. */
export type HeaderRule = "always" | "before rows" | "never";

/**
 * Turns a part to `<path>.partial`, which is made when its first bytes come: a month without rows
 * has no file (rulings.md#26).
 *
 * @param header Bodies that will be joined have none.
 */
export function createPart(
  path: string,
  table: Table,
  part: PartWriter,
  header: HeaderRule,
): OpenPart {
  const file = new PartialFile(path, header === "never" ? NOTHING : headerBytes(table));
  if (header === "always") file.begin();
  part.turnTo(file);
  return {
    part,
    bytes: () => file.bytes,
    finish() {
      part.flush();
      return { rows: part.rows, ...file.close() };
    },
  };
}

/** A part that is not yet turned to a file. */
export function idlePart(size: number): PartWriter {
  const nowhere: Sink = {
    write() {
      throw new Error("A part was written to before it was opened");
    },
  };
  return new PartWriter(nowhere, size);
}
