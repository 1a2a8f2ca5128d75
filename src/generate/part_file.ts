/** A part on disk: bytes go to a `.partial` file and through a hash; only whole parts get a name. */
import { createHash } from "node:crypto";
import { createNew, writeAll } from "../files/create.ts";
import { headerOf, type Table } from "../tables/description.ts";
import { Part, type Sink } from "../render/part.ts";

/** Marks a file that is not complete. */
export const PARTIAL = ".partial";

const encoder = new TextEncoder();

/** Rows, bytes and hash of a file. */
export interface Written {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** Appends to `<path>.partial`, counting and hashing what it writes. */
export class PartialFile implements Sink {
  readonly #file: Deno.FsFile;
  readonly #hash = createHash("sha256");
  /** Written so far. */
  bytes = 0;

  constructor(path: string) {
    this.#file = createNew(path + PARTIAL);
  }

  write(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    writeAll(this.#file, bytes);
    this.bytes += bytes.length;
  }

  /** Closes the file; it still bears its partial name. */
  close(): { bytes: number; sha256: string } {
    this.#file.close();
    return { bytes: this.bytes, sha256: this.#hash.digest("hex") };
  }
}

/** A part that is being written to a file. */
export interface OpenPart {
  readonly part: Part;
  /** Bytes that have gone to the file so far. */
  bytes(): number;
  /** Flushes and closes it. */
  finish(): Written;
}

/**
 * Opens `<path>.partial` for rows of a table and turns the part to it.
 *
 * @param header Whether the file begins with the header; bodies that will be joined do not.
 */
export function openPart(path: string, table: Table, part: Part, header: boolean): OpenPart {
  const file = new PartialFile(path);
  if (header) file.write(encoder.encode(headerOf(table) + "\n"));
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
export function idlePart(size: number): Part {
  const nowhere: Sink = {
    write() {
      throw new Error("A part was written to before it was opened");
    },
  };
  return new Part(nowhere, size);
}
