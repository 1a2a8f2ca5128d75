/** The rows of a whole dataset as they are written, in memory: parsed again from their CSV. */
import { parse } from "@std/csv";
import { liveTo } from "../../src/farm/live.ts";
import type { World } from "../../src/farm/world.ts";
import { entityTables } from "../../src/generate/entities.ts";
import { passOver } from "../../src/generate/pass.ts";
import { DAY_TABLES, type DayParts, renderRows } from "../../src/render/day_rows.ts";
import { PartWriter } from "../../src/render/part.ts";
import { writeRow } from "../../src/render/plain_row.ts";
import { tableNamed } from "../../src/tables/catalog.ts";
import { headerOf } from "../../src/tables/description.ts";

/** A row as its file has it: text by column name. */
export type Row = Readonly<Record<string, string>>;

/** A sink that keeps the bytes as text. */
export class Text {
  text = "";
  readonly #decoder = new TextDecoder();
  write(bytes: Uint8Array): void {
    this.text += this.#decoder.decode(bytes, { stream: true });
  }
}

/** The CSV text of every table that the farm's days fill, window after window as workers do it. */
export function csvOfDays(world: World, bufferSize = 64 * 1024): Map<string, string> {
  const { windows, snapshots } = passOver(world);
  const texts = new Map<string, string>();
  const parts = Object.fromEntries(
    Object.keys(DAY_TABLES).map((key) => [key, new PartWriter(new Text(), bufferSize)]),
  ) as DayParts;
  windows.forEach((window, i) => {
    const sinks = Object.entries(DAY_TABLES).map(([key, name]) => {
      const sink = new Text();
      parts[key as keyof DayParts].turnTo(sink);
      return { key: key as keyof DayParts, name, sink };
    });
    const farm = structuredClone(snapshots[i]!);
    const events = renderRows(farm, world, parts);
    liveTo(farm, world, window.to, events);
    for (const { key, name, sink } of sinks) {
      parts[key].flush();
      texts.set(name, (texts.get(name) ?? "") + sink.text);
    }
  });
  return texts;
}

/** The CSV text of the entity tables. */
export function csvOfEntities(world: World): Map<string, string> {
  return new Map(
    entityTables(passOver(world), world).map(({ table, rows }) => {
      const sink = new Text();
      const part = new PartWriter(sink, 64 * 1024);
      for (const row of rows) writeRow(part, tableNamed(table), row);
      part.flush();
      return [table, sink.text];
    }),
  );
}

/** All rows of the operational tables by table name. */
export function rowsOfDataset(world: World): (table: string) => Row[] {
  const texts = new Map([...csvOfDays(world), ...csvOfEntities(world)]);
  const parsed = new Map<string, Row[]>();
  return (name) => {
    let rows = parsed.get(name);
    if (rows === undefined) {
      const csv = `${headerOf(tableNamed(name))}\n${texts.get(name)!}`;
      rows = parse(csv, { skipFirstRow: true });
      parsed.set(name, rows);
    }
    return rows;
  };
}
