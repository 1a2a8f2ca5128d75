/** Laws put to the rows of two whole datasets, and the exact numbers that they compare. */
import { isoOf } from "../../src/farm/days.ts";
import { DAY_TABLES } from "../../src/render/day_rows.ts";
import { oneBatch, twoInOneArea, worldOf } from "../small_farm.ts";
import { rowsOfDataset } from "./dataset.ts";
import type { Rows } from "./rows.ts";

const youngWorld = worldOf(oneBatch({ eggs: 3_500_007 }), 42);
const seaWorld = worldOf(twoInOneArea({ eggs: 2_000_003, duration: 500 }, 12), 42);

/** The two datasets that every law is put to. */
export const datasets = [
  { name: "a batch of 200 days", world: youngWorld, rows: rowsOfDataset(youngWorld) },
  { name: "two batches that share a sea area", world: seaWorld, rows: rowsOfDataset(seaWorld) },
] as const;

const ENTITIES = [
  "batch_batch",
  "batch_batchcontainerassignment",
  "batch_batchtransferworkflow",
  "inventory_feedcontainerstock",
];

/** The tables of events and of entities whose rows a dataset has. */
export const TABLES = [...Object.values(DAY_TABLES), ...ENTITIES];

/** One test per law and dataset. */
export function law(what: string, check: (rows: Rows, asOf: string) => void): void {
  for (const { name, world, rows } of datasets) {
    Deno.test(`${what}: ${name}`, () => check(rows, isoOf(world.asOf)));
  }
}
