/** Tables that the main thread writes in one go: static and entity rows. */
import { type Value, writeValues } from "../render/plain_row.ts";
import type { Table } from "../tables/description.ts";
import type { Part } from "../dataset/manifest.ts";
import { idlePart, openPart, PARTIAL } from "./part_file.ts";
import { wholePath } from "../dataset/places.ts";

const part = idlePart(256 * 1024);

/** Writes `data/<table>.csv`; each row holds the values in the order of the columns. */
export function writeWholeTable(
  folder: string,
  table: Table,
  rows: Iterable<readonly Value[]>,
): Part {
  const path = wholePath(table);
  const open = openPart(`${folder}/${path}`, table, part, true);
  for (const row of rows) writeValues(open.part, row);
  const written = open.finish();
  Deno.renameSync(`${folder}/${path}${PARTIAL}`, `${folder}/${path}`);
  return { path, ...written };
}
