/** All rows of a farm's days, put together from the features that write them. */
import { type Events, joined, type Listener } from "../farm/events.ts";
import { type Numbers, numbersFrom } from "../farm/numbers.ts";
import type { Farm } from "../farm/state.ts";
import type { World } from "../farm/world.ts";
import { tableNamed } from "../tables/catalog.ts";
import type { Table } from "../tables/description.ts";
import { assignments } from "./assignments.ts";
import { batches } from "./batches.ts";
import { creations } from "./creations.ts";
import { dailyStates } from "./daily_states.ts";
import { deaths } from "./deaths.ts";
import type { Counting, Feature, Rendering } from "./feature.ts";
import { feedLots } from "./feed_lots.ts";
import { feedings } from "./feedings.ts";
import { harvests } from "./harvests.ts";
import { healthSamples } from "./health_samples.ts";
import { journal } from "./journal.ts";
import { labSamples } from "./lab_samples.ts";
import { liceCounts } from "./lice_counts.ts";
import type { PartWriter } from "./part.ts";
import { readings } from "./readings.ts";
import { samples } from "./samples.ts";
import { scenarios } from "./scenarios.ts";
import { transfers } from "./transfers.ts";
import { treatments } from "./treatments.ts";

/** Every feature; each writes tables of its own, so their order matters to no file. */
const FEATURES = [
  creations,
  transfers,
  feedLots,
  readings,
  feedings,
  deaths,
  samples,
  scenarios,
  liceCounts,
  healthSamples,
  treatments,
  labSamples,
  journal,
  harvests,
  dailyStates,
  batches,
  assignments,
] as const;

type KeyOf<One> = One extends Feature<infer Key> ? Key : never;

/** A table that days fill, by the farm's word for its row. */
export type DayTable = KeyOf<typeof FEATURES[number]>;

/** The name of every table that days fill. */
export const DAY_TABLES = Object.assign({}, ...FEATURES.map(({ tables }) => tables)) as Readonly<
  Record<DayTable, string>
>;

/** The description of every table that days fill. */
const DESCRIBED = Object.fromEntries(
  Object.entries(DAY_TABLES).map(([key, name]) => [key, tableNamed(name)]),
) as Readonly<Record<DayTable, Table>>;

/** The part of every table that days fill. */
export type DayParts = Readonly<Record<DayTable, PartWriter>>;

/** The next row number of every table that days fill, and of the farm's own rows. */
export type DayNumbers = Numbers & Record<DayTable, number>;

/** Numbers that begin at `first` in every table. */
export function dayNumbersFrom(first: number): DayNumbers {
  return numbersFrom(first, Object.keys(DAY_TABLES) as DayTable[]);
}

/** A farm whose numbers are those of all tables that days fill. */
export type DayFarm = Farm<DayNumbers>;

/** Listeners that only move the farm's row numbers on. */
export function countingListeners(farm: DayFarm, world: World): readonly Listener[] {
  const counting: Counting<DayTable> = { farm, world, numbers: farm.numbers };
  return FEATURES.map(({ count }) => count(counting));
}

/** Listeners that write the rows of the farm's days into parts and move its row numbers on. */
export function renderRows(farm: DayFarm, world: World, parts: DayParts): Events {
  const rendering: Rendering<DayTable> = {
    farm,
    world,
    parts,
    tables: DESCRIBED,
    numbers: farm.numbers,
  };
  return joined(FEATURES.map(({ render }) => render(rendering)));
}
