/** One part of a table on its way from the file into the server. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { ReddError } from "../errors.ts";
import { openInside } from "../files/inside.ts";
import type { Part } from "../generate/manifest.ts";
import type { Table } from "../tables/description.ts";
import type { CopyIn } from "./copy_stream.ts";
import { loadFailure } from "./failure.ts";
import { qualified, quoteIdents } from "./identifier.ts";
import type { Target } from "./target.ts";

/** Bytes handed to the server at once; larger chunks are no faster. */
const CHUNK = 256 * 1024;

const NEWLINE = 10;

/** How a part is copied. */
export interface CopyOptions {
  /** Are the rows frozen, as they may be in a table that this transaction has made? */
  readonly freeze: boolean;
  /** Called with the number of bytes of every chunk that was sent. */
  readonly onBytes?: (bytes: number) => void;
  /** What a person can do when it fails, where that is not to load again from the start. */
  readonly remedy?: string;
  /** A relation of the same columns, quoted, that takes the rows instead of the table. */
  readonly into?: string;
  /** The beginning of the file that has been copied before: its rows do not come again. */
  readonly after?: Pick<Part, "rows" | "bytes" | "sha256">;
}

/**
 * The COPY of a table. From PostgreSQL 15 on the server itself compares the header with the columns;
 * before, the loader's own comparison has to do.
 */
export function copyStatement(
  table: Table,
  relation: string,
  version: number,
  freeze: boolean,
): string {
  const options = ["FORMAT csv", `HEADER ${version >= 150000 ? "MATCH" : "true"}`];
  if (freeze) options.push("FREEZE");
  const columns = quoteIdents(table.columns.map((column) => column.name));
  return `COPY ${relation} (${columns}) FROM STDIN ` +
    `WITH (${options.join(", ")}, ENCODING 'UTF8')`;
}

/**
 * Streams a part into its table and returns the number of rows that the server took. Length and
 * digest are taken on the way and compared with the manifest before the server hears of the end.
 *
 * @throws {ReddError} input, when the server refuses a row (with line, column and value where it
 *   tells them), or the file or its rows are not those of the manifest; environment, when the
 *   connection is lost.
 */
export async function copyPart(
  target: Target,
  folder: string,
  table: Table,
  part: Part,
  options: CopyOptions,
): Promise<number> {
  const cannot = `load ${join(folder, part.path)}`;
  const { remedy, freeze, into = qualified(target.schema, table.name) } = options;
  const before = options.after?.rows ?? 0;
  let copy: CopyIn | undefined;
  try {
    copy = await target.copy(copyStatement(table, into, target.version, freeze));
    const refusal = await sendFile(copy, folder, part, options);
    if (refusal !== undefined) throw mismatch(cannot, refusal, remedy);
    const rows = before + await copy.finish();
    if (rows !== part.rows) {
      throw mismatch(cannot, `it has ${rows} rows, expected ${part.rows}`, remedy);
    }
    return rows - before;
  } catch (error) {
    await copy?.cancel();
    throw loadFailure(error, {
      cannot,
      url: target.url,
      skipped: before,
      ...(remedy === undefined ? {} : { remedy }),
    });
  }
}

/**
 * Sends the file's bytes, or its header and what follows the beginning that is there; returns in
 * words what is wrong with them, if anything.
 */
async function sendFile(
  copy: CopyIn,
  folder: string,
  part: Part,
  { after, onBytes }: CopyOptions,
): Promise<string | undefined> {
  using file = openInside(folder, part.path);
  const hash = createHash("sha256");
  const buffer = new Uint8Array(CHUNK);
  const send = async (bytes: Uint8Array) => {
    await copy.write(bytes);
    onBytes?.(bytes.length);
  };
  let read = 0;
  let there = after?.bytes ?? 0;
  for (let length = await file.read(buffer); length !== null; length = await file.read(buffer)) {
    const bytes = buffer.subarray(0, length);
    if (there > 0 && read === 0) await send(bytes.subarray(0, bytes.indexOf(NEWLINE) + 1));
    const known = Math.min(there, length);
    hash.update(bytes.subarray(0, known));
    there -= known;
    if (known > 0 && there === 0 && hash.copy().digest("hex") !== after?.sha256) {
      return `it does not begin with the ${after?.bytes} bytes that were loaded before`;
    }
    hash.update(bytes.subarray(known));
    if (known < length) await send(bytes.subarray(known));
    read += length;
  }
  if (read !== part.bytes) return `it has ${read} bytes, expected ${part.bytes}`;
  const digest = hash.digest("hex");
  return digest === part.sha256 ? undefined : `its sha256 is ${digest}, expected ${part.sha256}`;
}

function mismatch(cannot: string, because: string, remedy: string | undefined): ReddError {
  const mend =
    "The file is not the one that was generated: generate it again, or fetch a good copy";
  return new ReddError("input", "PART_CHANGED", {
    cannot,
    because,
    remedy: remedy === undefined ? mend : `${mend}. ${remedy}`,
  });
}
