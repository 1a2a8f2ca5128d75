/** Files that the main thread writes in one go: static and entity rows, tables without any. */
import { type PlainValue, writeValues } from "../render/plain_row.ts";
import type { Table } from "../tables/description.ts";
import type { DatasetPart } from "../dataset/manifest.ts";
import { createPart, idlePart, PARTIAL } from "./part_file.ts";

const part = idlePart(256 * 1024);

/**
 * Writes the only file of a table; each row holds the values in the order of the columns. Without
 * rows it has its header.
 */
export function writeWholeTable(
  folder: string,
  path: string,
  table: Table,
  rows: Iterable<readonly PlainValue[]>,
): DatasetPart {
  const open = createPart(`${folder}/${path}`, table, part, "always");
  for (const row of rows) writeValues(open.part, row);
  const written = open.finish();
  Deno.renameSync(`${folder}/${path}${PARTIAL}`, `${folder}/${path}`);
  return { path, ...written };
}
