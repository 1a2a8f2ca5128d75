/** Where rendering spends its time: each event of the farm alone, and the tables it writes. */
import { advanceDay, newFarm } from "../src/farm/day.ts";
import type { Events } from "../src/farm/events.ts";
import type { World } from "../src/farm/world.ts";
import {
  DAY_TABLES,
  dayNumbersFrom,
  type DayParts,
  type DayTable,
  renderRows,
} from "../src/render/day_rows.ts";
import { PartWriter } from "../src/render/part.ts";
import { median } from "./measure.ts";

/** The rows of one table that an event wrote, and what the event cost beyond living the days. */
export interface EventCost {
  readonly event: string;
  readonly tables: readonly { readonly table: string; readonly rows: number }[];
  readonly seconds: number;
}

const ROUNDS = 5;

/** Lives all days of a world, listening to one event only; returns the rows by table. */
function liveWith(world: World, parts: DayParts, event: keyof Events | undefined) {
  for (const part of Object.values(parts)) part.turnTo({ write() {} });
  const farm = newFarm(world, dayNumbersFrom(1));
  const all = renderRows(farm, world, parts);
  const nothing = () => {};
  const events = Object.fromEntries(
    Object.keys(all).map((name) => [name, name === event ? all[event] : nothing]),
  ) as unknown as Events;
  while (farm.day < world.asOf) advanceDay(farm, world, events);
  for (const part of Object.values(parts)) part.flush();
  return (Object.keys(parts) as DayTable[]).flatMap((key) =>
    parts[key].rows === 0 ? [] : [{ table: DAY_TABLES[key], rows: parts[key].rows }]
  );
}

/** The costs of all events, the dearest first. */
export function costsByEvent(world: World): EventCost[] {
  const parts = Object.fromEntries(
    Object.keys(DAY_TABLES).map((
      name,
    ) => [name as DayTable, new PartWriter({ write() {} }, 512 * 1024)]),
  ) as DayParts;
  const farm = newFarm(world, dayNumbersFrom(1));
  const names = Object.keys(renderRows(farm, world, parts)) as (keyof Events)[];
  const timed = (event: keyof Events | undefined) => {
    const tables = liveWith(world, parts, event);
    const seconds = median(Array.from({ length: ROUNDS }, () => {
      const began = performance.now();
      liveWith(world, parts, event);
      return (performance.now() - began) / 1000;
    }));
    return { tables, seconds };
  };
  timed(undefined);
  const alone = timed(undefined).seconds;
  return names.map((event) => {
    const { tables, seconds } = timed(event);
    return { event, tables, seconds: Math.max(seconds - alone, 0) };
  }).sort((a, b) => b.seconds - a.seconds);
}
