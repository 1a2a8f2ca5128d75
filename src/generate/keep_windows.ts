/** Windows of a finished dataset become windows of the longer one that takes its place. */
import { createHash } from "node:crypto";
import { ReddError } from "../errors.ts";
import { createNew, removeFile, writeAll } from "../files/create.ts";
import { openRegular } from "../files/regular.ts";
import { DAY_TABLES } from "../render/day_rows.ts";
import { tableNamed } from "../tables/catalog.ts";
import { damageOf } from "../dataset/digest.ts";
import type { DatasetPart, ReddManifest } from "../dataset/manifest.ts";
import { windowPath } from "../dataset/places.ts";
import type { Prepared } from "./prepare.ts";
import { recordCopied } from "./records.ts";
import { NO_ROWS } from "./part_file.ts";
import { rowsOfWindow } from "./render_windows.ts";
import type { WindowPart } from "./render_window.ts";

/** The indices of the windows of a dataset that a longer one keeps, which is equal to it up to a day. */
export function keptWindows({ pass }: Prepared, until: number): number[] {
  return pass.windows.slice(0, -1).flatMap((window, index) => window.to <= until ? [index] : []);
}

/**
 * Records the windows that end by a day as windows of the new dataset, which takes their files as
 * they are: a second name for each, or a copy where a file can have but one. The window in which the
 * old one ended is never kept.
 *
 * @param folder Of the old dataset, which stays as it is.
 * @param into Of the new dataset; its folders are there.
 * @param until Day number.
 * @param manifest Of the old dataset.
 */
export function keepWindows(
  folder: string,
  into: string,
  until: number,
  manifest: ReddManifest,
  before: Prepared,
  after: Prepared,
): void {
  const kept = keptWindows(before, until);
  const parts = new Map(kept.map((index): [number, WindowPart[]] => [index, []]));
  for (const name of Object.values(DAY_TABLES)) {
    const table = tableNamed(name);
    const [first] = manifest.tables[name]!.parts;
    // A joined table is read once, as the manifest signed it, and cut.
    const lines = table.kind === "windowed" ? undefined : linesOf(readSigned(folder, first!));
    let from = 0;
    for (const index of kept) {
      const path = windowPath(table, before.pass.windows[index]!.name);
      const rows = rowsOfWindow(before.pass, index)(name);
      if (rows === 0) {
        parts.get(index)!.push({ table: name, path, ...NO_ROWS });
        continue;
      }
      if (lines === undefined) {
        const part = manifest.tables[name]!.parts.find((one) => one.path === path);
        if (part?.rows !== rows) {
          throw broken(folder, `${path} has ${part?.rows ?? "no"} rows, expected ${rows}`);
        }
        takeFile(`${folder}/${path}`, `${into}/${path}`);
        parts.get(index)!.push({ table: name, ...part });
        continue;
      }
      const body = lines(from, rows);
      from += rows;
      {
        using file = createNew(`${into}/${path}`);
        writeAll(file, body);
      }
      const sha256 = createHash("sha256").update(body).digest("hex");
      parts.get(index)!.push({ table: name, path, rows, bytes: body.length, sha256 });
    }
  }
  for (const [index, own] of parts) {
    recordCopied(into, before.pass.windows[index]!.name, after.identity, own);
  }
}

/** Gives a file a second name; nothing writes into it under either. A link in its place is refused. */
function takeFile(from: string, to: string): void {
  {
    using _file = openRegular(from, { follow: false });
  }
  removeFile(to);
  try {
    Deno.linkSync(from, to);
  } catch (thrown) {
    // The file system may have one name for a file alone; what else is wrong, a copy meets as well.
    if (thrown instanceof Deno.errors.NotFound) throw thrown;
    copyFile(from, to);
  }
}

function copyFile(from: string, to: string): void {
  using source = openRegular(from, { follow: false });
  using file = createNew(to);
  const buffer = new Uint8Array(256 * 1024);
  for (let read = source.readSync(buffer); read !== null; read = source.readSync(buffer)) {
    writeAll(file, buffer.subarray(0, read));
  }
}

/** The bytes of a part, if they are still those that the manifest signed. */
function readSigned(folder: string, part: DatasetPart): Uint8Array {
  const bytes = new Uint8Array(part.bytes);
  let at = 0;
  const damage = damageOf(folder, part, (piece) => {
    bytes.set(piece, at);
    at += piece.length;
  });
  if (damage === undefined) return bytes;
  throw broken(folder, damage);
}

function broken(folder: string, because: string): ReddError {
  return new ReddError("input", "DATASET_BROKEN", {
    cannot: `extend the dataset ${folder}`,
    because,
    remedy: "Fetch an undamaged copy, or generate it again with --force",
  });
}

/**
 * Gives lines of a joined part: `count` rows after the header and `skip` more. No row has a line
 * break. Calls come in the order of the rows.
 */
function linesOf(bytes: Uint8Array): (skip: number, count: number) => Uint8Array {
  let at = bytes.indexOf(10) + 1;
  let line = 0;
  const moveTo = (wanted: number) => {
    for (; line < wanted; line++) at = bytes.indexOf(10, at) + 1;
    return at;
  };
  return (skip, count) => {
    const from = moveTo(skip);
    return bytes.subarray(from, moveTo(skip + count));
  };
}
