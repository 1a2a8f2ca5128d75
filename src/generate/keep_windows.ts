/** Windows of a finished dataset become windows of the longer one that takes its place. */
import { createHash } from "node:crypto";
import { DAY_TABLES, type DayTable } from "../render/day_rows.ts";
import { tableNamed } from "../tables/catalog.ts";
import type { ReddManifest } from "./manifest.ts";
import { wholePath, windowPath } from "./places.ts";
import type { Prepared } from "./prepare.ts";
import { recordCopied } from "./records.ts";
import type { WindowPart } from "./render_window.ts";

/**
 * Records the windows that end by a day as windows of the new dataset. The window in which the old
 * one ended is never kept.
 *
 * @param until Day number.
 * @param manifest Of the old dataset, which stays as it is.
 */
export function keepWindows(
  folder: string,
  until: number,
  manifest: ReddManifest,
  before: Prepared,
  after: Prepared,
): void {
  for (const [index, window] of before.pass.windows.slice(0, -1).entries()) {
    if (window.to <= until) keepWindow(folder, index, manifest, before, after);
  }
}

function keepWindow(
  folder: string,
  index: number,
  manifest: ReddManifest,
  { pass }: Prepared,
  after: Prepared,
): void {
  const window = pass.windows[index]!;
  const next = (pass.snapshots[index + 1] ?? pass.end).numbers;
  const { numbers } = pass.snapshots[index]!;
  const parts = Object.entries(DAY_TABLES).map(([key, name]): WindowPart => {
    const table = tableNamed(name);
    const path = windowPath(table, window.name);
    if (table.kind === "windowed") {
      const part = manifest.tables[name]!.parts.find((one) => one.path === path)!;
      return { table: name, ...part };
    }
    const from = numbers[key as DayTable] - manifest.firstId;
    const rows = next[key as DayTable] - numbers[key as DayTable];
    const body = linesOf(`${folder}/${wholePath(table)}`, from, rows);
    Deno.writeFileSync(`${folder}/${path}`, body);
    const sha256 = createHash("sha256").update(body).digest("hex");
    return { table: name, path, rows, bytes: body.length, sha256 };
  });
  recordCopied(folder, window.name, after.identity, parts);
}

/** Rows of a joined part: `count` lines after the header and `skip` more. No row has a line break. */
function linesOf(path: string, skip: number, count: number): Uint8Array {
  const bytes = Deno.readFileSync(path);
  let at = bytes.indexOf(10) + 1;
  for (let line = 0; line < skip; line++) at = bytes.indexOf(10, at) + 1;
  const from = at;
  for (let line = 0; line < count; line++) at = bytes.indexOf(10, at) + 1;
  return bytes.subarray(from, at);
}
