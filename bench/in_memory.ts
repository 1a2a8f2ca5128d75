/** What one thread does without a disk: the pass over all days, and rendering. */
import { advanceDay } from "../src/farm/day.ts";
import { snapshotOf } from "../src/farm/snapshot.ts";
import type { World } from "../src/farm/world.ts";
import { type Pass, passOver } from "../src/generate/pass.ts";
import { DAY_TABLES, type DayParts, type DayTable, renderRows } from "../src/render/day_rows.ts";
import { PartWriter } from "../src/render/part.ts";
import { readings } from "../src/render/readings.ts";
import { tableNamed } from "../src/tables/catalog.ts";

/** Counts bytes and forgets them. */
function counting() {
  return {
    bytes: 0,
    write(bytes: Uint8Array) {
      this.bytes += bytes.length;
    },
  };
}

/** Rows and bytes that were rendered. */
export interface Rendered {
  readonly rows: number;
  readonly bytes: number;
}

/** A function that renders all windows of a pass, all tables, into nothing. */
export function renderer(world: World, pass: Pass): () => Rendered {
  const sink = counting();
  const parts = Object.fromEntries(
    Object.keys(DAY_TABLES).map((name) => [name as DayTable, new PartWriter(sink, 512 * 1024)]),
  ) as DayParts;
  return () => {
    sink.bytes = 0;
    for (const part of Object.values(parts)) part.turnTo(sink);
    pass.windows.forEach((window, i) => {
      const farm = snapshotOf(pass.snapshots[i]!);
      const events = renderRows(farm, world, parts);
      while (farm.day < window.to) advanceDay(farm, world, events);
    });
    for (const part of Object.values(parts)) part.flush();
    const rows = Object.values(parts).reduce((sum, part) => sum + part.rows, 0);
    return { rows, bytes: sink.bytes };
  };
}

/** A function that formats the readings of one day in fresh water `days` times, into nothing. */
export function readingFormatter(world: World, days: number): () => Rendered {
  const { snapshots } = passOver(world);
  const farm = snapshotOf(snapshots.find(({ batches }) => batches[0]!.stage === 3)!);
  const sink = counting();
  const part = new PartWriter(sink, 512 * 1024);
  const tables = { reading: tableNamed(readings.tables.reading) };
  return () => {
    sink.bytes = 0;
    part.turnTo(sink);
    const numbers = { ...farm.numbers };
    const parts = { reading: part };
    const { read } = readings.render({ parts, tables, farm, world, numbers });
    for (let day = 0; day < days; day++) read!(farm);
    part.flush();
    return { rows: part.rows, bytes: sink.bytes };
  };
}
