/** The ids that a dataset's rows have, by its manifest. */
import type { DatasetPart, TableEntry } from "./manifest.ts";
import type { Table } from "../tables/description.ts";

/** Values of a table's identity column, both ends included. */
export interface IdRange {
  readonly first: number;
  readonly last: number;
}

/** The identity column of a table. */
export function identityColumn(table: Table): string | undefined {
  return table.columns.find(({ identity }) => identity)?.name;
}

/** The ids of a table's rows, which ascend without a gap; those of master data may have gaps. */
export function idsOfRows({ rows, lastId }: Pick<TableEntry, "rows" | "lastId">): IdRange {
  return { first: lastId - rows + 1, last: lastId };
}

/**
 * The ids of the rows of one part: months follow each other without a gap, and master data lies
 * anywhere up to its last id. A part without rows ends before it begins.
 */
export function idsOfPart(entry: TableEntry, part: DatasetPart): IdRange {
  if (entry.kind === "static") return { first: 1, last: entry.lastId };
  const at = entry.parts.findIndex(({ path }) => path === part.path);
  const before = entry.parts.slice(0, at).reduce((sum, { rows }) => sum + rows, 0);
  const first = idsOfRows(entry).first + before;
  return { first, last: first + part.rows - 1 };
}
