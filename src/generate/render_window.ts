/** Renders one window: what a worker does. */
import { liveTo } from "../farm/live.ts";
import type { World } from "../farm/world.ts";
import {
  DAY_TABLES,
  type DayFarm,
  type DayNumbers,
  type DayParts,
  type DayTable,
  renderRows,
} from "../render/day_rows.ts";
import type { PartWriter } from "../render/part.ts";
import { tableNamed } from "../tables/catalog.ts";
import { createPart, idlePart, type Written } from "./part_file.ts";
import { windowPath } from "../dataset/places.ts";
import type { Window } from "../dataset/windows.ts";

/** Buffer of a large table and of a small one, in bytes. */
const LARGE = 512 * 1024;
const SMALL = 64 * 1024;

/** The parts of a worker, by table; their buffers serve one window after the other. */
export function dayParts(): DayParts {
  const part = (name: string) => idlePart(tableNamed(name).kind === "windowed" ? LARGE : SMALL);
  const entries = Object.entries(DAY_TABLES).map(([key, name]): [DayTable, PartWriter] => [
    key as DayTable,
    part(name),
  ]);
  return Object.fromEntries(entries) as DayParts;
}

/** What a window wrote of one table; without rows there is no file at its path. */
export interface WindowPart extends Written {
  readonly table: string;
  readonly path: string;
}

/** Called after every day with the rows that the day added and the bytes that went to files. */
export type OnDay = (rows: number, bytes: number) => void;

/**
 * Lives the days of a window from a snapshot and writes its parts under their partial names.
 *
 * @param parts Of this worker.
 * @param farm The snapshot; it is lived on.
 * @param expected The row numbers at the end of the window, as the pass over all days counted them.
 * @throws {Error} When rendering and counting disagree: a defect of Redd, never of its input.
 */
export function renderWindow(
  folder: string,
  world: World,
  parts: DayParts,
  window: Window,
  farm: DayFarm,
  expected: DayNumbers,
  onDay: OnDay,
): WindowPart[] {
  const open = Object.entries(DAY_TABLES).map(([key, name]) => {
    const table = tableNamed(name);
    const path = windowPath(table, window.name);
    const part = parts[key as DayTable];
    const header = table.kind === "windowed" ? "before rows" : "never";
    const opened = createPart(`${folder}/${path}`, table, part, header);
    return { name, path, opened };
  });
  const events = renderRows(farm, world, parts);
  let rowsBefore = 0;
  let bytesBefore = 0;
  liveTo(farm, world, window.to, events, () => {
    const rows = open.reduce((sum, { opened }) => sum + opened.part.rows, 0);
    const bytes = open.reduce((sum, { opened }) => sum + opened.bytes(), 0);
    onDay(rows - rowsBefore, bytes - bytesBefore);
    rowsBefore = rows;
    bytesBefore = bytes;
  });
  compareNumbers(farm.numbers, expected, window);
  return open.map(({ name, path, opened }) => ({ table: name, path, ...opened.finish() }));
}

function compareNumbers(found: DayNumbers, expected: DayNumbers, window: Window): void {
  for (const [name, number] of Object.entries(expected)) {
    const rendered = found[name as keyof DayNumbers];
    if (rendered !== number) {
      throw new Error(
        `Window ${window.name}: the next ${name} is ${rendered} after rendering, ${number} by count`,
      );
    }
  }
}
