/** The rights of `redd export`. */
import { dirname, resolve } from "node:path";
import { duckdbFile } from "../../src/packages/duckdb.ts";
import { marksAround } from "../../src/schedule/marks.ts";
import type { Given } from "../command.ts";
import { targetOf } from "../export_line.ts";
import { filedRights } from "./archive.ts";
import { reach, type Rights, sum } from "./rights.ts";

/**
 * The rights of a line of `redd export`: to read a dataset, to write the target, and to call DuckDB's
 * one library, which is kept from all other files.
 */
export async function exportRights(given: Given): Promise<Rights> {
  const [dataset] = given.operands;
  const target = resolve(targetOf(given));
  const made = reach(target, `${target}.partial`);
  return sum(filedRights(dataset!), {
    // The folder is read to have a new name in it reach the disk.
    read: [...made, ...reach(dirname(target)), ...marksAround(target)],
    write: made,
    ffi: [await duckdbFile()],
  });
}
