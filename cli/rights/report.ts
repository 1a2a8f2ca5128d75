/** The rights of `redd report`. */
import { dirname } from "node:path";
import { duckdbFile } from "../../src/packages/duckdb.ts";
import { marksAround } from "../../src/schedule/marks.ts";
import type { Given } from "../command.ts";
import { pagePathOf } from "../report_line.ts";
import { filedRights } from "./archive.ts";
import { reach, type Rights, sum } from "./rights.ts";

/** The rights of a line of `redd report`: to read a dataset, through DuckDB's one library, and to write a page. */
export async function reportRights(given: Given): Promise<Rights> {
  const page = pagePathOf(given);
  return sum(filedRights(given.operands[0]!), {
    // The folder is read to have a new name in it reach the disk, and the page to know it again.
    read: [...reach(dirname(page), page), ...marksAround(page)],
    write: reach(page, `${page}.partial`),
    ffi: [await duckdbFile()],
  });
}
