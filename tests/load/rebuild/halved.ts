/** Small datasets for the rebuild way, whose halls come in two parts, and loads of them. */
import type { RebuildOptions } from "../../../src/load/rebuild/rebuild.ts";
import { MINI } from "../mini_dataset.ts";
import { datasetsIn, type Rows } from "../mini_load.ts";

/** Writes datasets whose halls come in two parts, each into a folder of its own below this one. */
export function halvedIn(parent: string): (rows?: Rows) => Promise<string> {
  const dataset = datasetsIn(parent);
  return (rows = MINI) => dataset(rows, { infrastructure_hall: ["2021-01", "2021-02"] });
}

/** MINI with one row of a table in place of another. */
export function altered(table: string, index: number, row: string): Rows {
  return { ...MINI, [table]: (MINI[table] ?? []).with(index, row) };
}

/** Options with which the tables of such a dataset are rebuilt. */
export function rebuilding(url: string): RebuildOptions {
  return { url, large: 3, jobs: 2, lockTimeout: 300 };
}
