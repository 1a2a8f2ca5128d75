/** Where ids may begin: the last one of every table must fit the column that holds it. */
import { ReddError } from "../errors.ts";
import { DAY_TABLES, type DayNumbers } from "../render/day_rows.ts";
import { tableNamed } from "../tables/catalog.ts";

/** The highest first id of a dataset with one row; a `history_id` is an `integer`. */
export const HIGHEST_FIRST_ID = 2 ** 31 - 1;

/** The highest number of a column type, as far as a JavaScript number is exact. */
const HIGHEST: Readonly<Record<string, number>> = {
  integer: 2 ** 31 - 1,
  bigint: Number.MAX_SAFE_INTEGER,
};

/** Every table whose rows the farm's days number. */
const NUMBERED_TABLES = {
  ...DAY_TABLES,
  batch: "batch_batch",
  assignment: "batch_batchcontainerassignment",
  stock: "inventory_feedcontainerstock",
};

function refusal(because: string, largest: number): ReddError {
  return new ReddError("input", "BAD_FIRST_ID", {
    cannot: "generate the dataset",
    because,
    remedy: `Give a first id from 1 to ${largest}`,
  });
}

/** @throws {ReddError} input, when no dataset's ids can begin there. */
export function requireFirstId(firstId: number): void {
  if (Number.isInteger(firstId) && firstId >= 1 && firstId <= HIGHEST_FIRST_ID) return;
  throw refusal(`its first id is ${firstId}`, HIGHEST_FIRST_ID);
}

/**
 * Sees that all ids of a dataset fit their columns.
 *
 * @param next The number after the last, of every table.
 * @throws {ReddError} input, naming the first table whose ids do not fit and the largest first id
 *   with which those of every table do.
 */
export function requireIdsFit(firstId: number, next: DayNumbers): void {
  const rooms = Object.entries(NUMBERED_TABLES).flatMap(([key, table]) => {
    const rows = next[key as keyof typeof NUMBERED_TABLES] - firstId;
    const column = tableNamed(table).columns.find((column) => column.identity)!;
    const highest = HIGHEST[column.type]!;
    return rows === 0 ? [] : [{ table, column, highest, largest: highest - rows + 1 }];
  });
  const least = rooms.sort((a, b) => a.largest - b.largest)[0];
  if (least === undefined || firstId <= least.largest) return;
  const { table, column, highest, largest } = least;
  throw refusal(
    `with ids from ${firstId} on, ${column.name} of ${table} would reach ` +
      `${firstId + highest - largest}, and ${column.type} ends at ${highest}`,
    largest,
  );
}
