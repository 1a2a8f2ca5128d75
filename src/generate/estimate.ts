/** What a dataset will be, before its first byte: rows exactly, bytes and time from a sample. */
import { ReddError } from "../errors.ts";
import { advanceDay } from "../farm/day.ts";
import { snapshotOf } from "../farm/snapshot.ts";
import { DAY_TABLES, type DayParts, type DayTable, renderRows } from "../render/day_rows.ts";
import { PartWriter } from "../render/part.ts";
import { csvOf } from "../render/plain_row.ts";
import { staticTables } from "../render/static/static_tables.ts";
import { entityTables } from "./entities.ts";
import type { Prepared } from "./prepare.ts";
import { rowsBetween } from "./render_windows.ts";
import { freeBytes } from "./room.ts";

export { freeBytes } from "./room.ts";

/** The size of a dataset. */
export interface Estimate {
  readonly rows: number;
  readonly bytes: number;
  /** Milliseconds with some workers, as fast as the sample was rendered. */
  readonly milliseconds: number;
  readonly windows: number;
}

/** Days that are rendered to see how long rows are and how fast they come. */
const SAMPLE_DAYS = 7;

/** A first run is slower than the sample's pace for files, hashes and the start of workers. */
const WRITING_SHARE = 2;

/** Estimates a dataset; nothing is written. */
export function estimate(prepared: Prepared, workers: number): Estimate {
  const { world, pass, fixtures, infrastructure } = prepared;
  const first = pass.snapshots[0]!.numbers;
  const eventRows = rowsBetween(first, pass.end.numbers);
  const sample = renderSample(prepared);
  let wholeRows = 0;
  let wholeBytes = 0;
  for (const { rows } of staticTables(fixtures, infrastructure, world.firstDay)) {
    for (const row of rows) {
      wholeRows++;
      for (const value of row) wholeBytes += csvOf(value).length + 1;
    }
  }
  for (const { rows } of entityTables(pass, world)) {
    for (const row of rows) {
      wholeRows++;
      for (const value of Object.values(row)) wholeBytes += csvOf(value).length + 1;
    }
  }
  return {
    rows: eventRows + wholeRows,
    bytes: Math.round(eventRows * sample.bytesPerRow) + wholeBytes,
    milliseconds: WRITING_SHARE * eventRows * sample.millisecondsPerRow /
      Math.min(workers, pass.windows.length),
    windows: pass.windows.length,
  };
}

/** Renders some days of the window in the middle into nothing. */
function renderSample({ world, pass }: Prepared) {
  let bytes = 0;
  const sink = { write: (chunk: Uint8Array) => void (bytes += chunk.length) };
  const parts = Object.fromEntries(
    Object.keys(DAY_TABLES).map((name) => [name as DayTable, new PartWriter(sink, 64 * 1024)]),
  ) as DayParts;
  const middle = Math.floor(pass.windows.length / 2);
  const farm = snapshotOf(pass.snapshots[middle]!);
  const events = renderRows(farm, world, parts);
  const end = Math.min(farm.day + SAMPLE_DAYS, pass.windows[middle]!.to);
  const began = performance.now();
  while (farm.day < end) advanceDay(farm, world, events);
  for (const part of Object.values(parts)) part.flush();
  const milliseconds = performance.now() - began;
  const rows = Math.max(1, Object.values(parts).reduce((sum, part) => sum + part.rows, 0));
  return { bytesPerRow: bytes / rows, millisecondsPerRow: milliseconds / rows };
}

/** Twice what the rows of a farm take on average, and more than all tables without a day. */
const AMPLE = { bytesPerRow: 200, bytes: 500e6 };

/**
 * Whether there is so much room for a dataset that no sample is needed to see it.
 *
 * @param free Free bytes there, where the caller has looked.
 */
export function hasAmpleRoom(
  folder: string,
  { pass }: Prepared,
  free = freeBytes(folder),
): boolean {
  const rows = rowsBetween(pass.snapshots[0]!.numbers, pass.end.numbers);
  return (free ?? 0) >= rows * AMPLE.bytesPerRow + AMPLE.bytes;
}

/**
 * Refuses a dataset for which the disk lacks room.
 *
 * @param free Free bytes there, where the caller has looked.
 * @throws {ReddError} environment, with what is needed and what is free.
 */
export function requireRoom(
  folder: string,
  { bytes }: Estimate,
  free = freeBytes(folder),
): void {
  if (free === undefined || free >= bytes) return;
  const mega = (n: number) => `${Math.ceil(n / 1e6)} MB`;
  throw new ReddError("environment", "DISK_TOO_SMALL", {
    cannot: `write the dataset ${folder}`,
    because: `it needs about ${mega(bytes)} and ${mega(free)} are free`,
    remedy: "Free some space, or give a folder on another disk with --out",
  });
}
