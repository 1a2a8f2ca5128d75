/** Where things lie in a dataset folder. Paths are relative to it. */
import { makeFolder } from "../files/create.ts";
import { DAY_TABLES } from "../render/day_rows.ts";
import { tableNamed } from "../tables/catalog.ts";
import { BATCH_NUMBER } from "../schedule/format.ts";
import type { Table } from "../tables/description.ts";

/** The folder of what is only needed until the dataset is finished. */
export const WORK = "work";

/** What the work of a run is of: written first. */
export const IDENTITY_FILE = `${WORK}/identity.json`;

/** The folder in which an extension is made: a dataset of its own until it takes the other's place. */
export const EXTENSION = "extension";

/** The folder of the logs of the batches. */
export const LOGS = "batches";

/** The schedule that the dataset follows. */
export const SCHEDULE_FILE = "schedule.yaml";

/** The types of all columns for pandas. */
export const PANDAS_TYPES_FILE = "pandas_dtypes.json";

/** What reads the tables into other tools, in the order of the manifest. */
export const READER_FILES = ["load_duckdb.sql", "load_pandas.py", PANDAS_TYPES_FILE] as const;

/** Whether a path is that of a reader. */
export function isReader(path: string): boolean {
  return READER_FILES.some((reader) => reader === path);
}

/** The record that a window is complete. */
export function recordPath(window: string): string {
  return `${WORK}/${window}.json`;
}

/**
 * The part of a table that one window writes: its own file, or a body that is joined later. Without
 * rows there is none, except that a monthly table without any row has the header alone in its first
 * month (rulings.md#26).
 */
export function windowPath(table: Table, window: string): string {
  return table.kind === "windowed"
    ? `data/${table.name}/${window}.csv`
    : `${WORK}/${table.name}/${window}.csv`;
}

/** The single part of a table that is not windowed. */
export function wholePath(table: Table): string {
  return `data/${table.name}.csv`;
}

/** The log of a batch. */
export function logPath(number: string): string {
  return `${LOGS}/${number}.log`;
}

/** The number of the batch whose log has this path; undefined for any other path. */
export function numberOfLog(path: string): string | undefined {
  const number = /^batches\/(.{1,50})\.log$/.exec(path)?.[1];
  return number !== undefined && BATCH_NUMBER.test(number) ? number : undefined;
}

/**
 * Makes the folders that parts are written into, or sees that they are real ones.
 *
 * @throws {NotRegular} where a link or something else is in the way.
 */
export function makeFolders(folder: string): void {
  for (const name of ["data", WORK, LOGS]) makeFolder(`${folder}/${name}`);
  for (const name of Object.values(DAY_TABLES)) {
    const parent = tableNamed(name).kind === "windowed" ? "data" : WORK;
    makeFolder(`${folder}/${parent}/${name}`);
  }
}
