/** The rights of `redd report`. */
import { dirname } from "node:path";
import { duckdbFile } from "../../src/packages/duckdb.ts";
import { marksAround } from "../../src/schedule/marks.ts";
import type { Given } from "../command.ts";
import { pagePathOf } from "../report_line.ts";
import { filedRights } from "./archive.ts";
import { reach, type Rights, sum } from "./rights.ts";

/** To write a page, and to know an earlier one again. */
export function pageRights(page: string): Partial<Rights> {
  return {
    // The folder is read to have a new name in it reach the disk.
    read: [...reach(dirname(page), page), ...marksAround(page)],
    write: reach(page, `${page}.partial`),
  };
}

/**
 * The rights of a line of `redd report`: to read a dataset, through DuckDB's one library, and to write
 * a page.
 */
export async function reportRights(given: Given): Promise<Rights> {
  const ffi = [await duckdbFile()];
  return sum(filedRights(given.operands[0]!), pageRights(pagePathOf(given)), { ffi });
}
