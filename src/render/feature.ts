/**
 * A feature of the rows: what the farm's days put into a few tables. It names them, counts their
 * rows (design.md#d3) and renders them; the lists of tables, numbers and events are made from the
 * features in `day_rows.ts`.
 */
import type { Listener } from "../farm/events.ts";
import type { Farm } from "../farm/state.ts";
import type { Numbers } from "../farm/numbers.ts";
import type { World } from "../farm/world.ts";
import type { Table } from "../tables/description.ts";
import type { PartWriter } from "./part.ts";

/** What counting rows needs; `Key` is the farm's word for a row of a table. */
export interface Counting<Key extends string> {
  readonly farm: Farm;
  readonly world: World;
  /** The next id of every table; whoever counts or writes a row moves it on. */
  readonly numbers: Numbers & Record<Key, number>;
}

/** What rendering rows needs. */
export interface Rendering<Key extends string> extends Counting<Key> {
  readonly parts: Readonly<Record<Key, PartWriter>>;
  /** The descriptions of the tables. */
  readonly tables: Readonly<Record<Key, Table>>;
}

/** A feature: its tables by the farm's words for their rows, and its two listeners. */
export interface Feature<Key extends string> {
  readonly tables: Readonly<Record<Key, string>>;
  /** Moves the numbers on without rendering. */
  count(counting: Counting<Key>): Listener;
  /** Writes the rows, and moves the numbers on by as many. */
  render(rendering: Rendering<Key>): Listener;
}

/** Declares a feature. */
export function feature<const Key extends string>(one: Feature<Key>): Feature<Key> {
  return one;
}
