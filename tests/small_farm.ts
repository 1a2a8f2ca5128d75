/** Small farms for tests: schedules of one or two batches, their worlds, and their days. */
// @ts-types="../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { createHash } from "node:crypto";
import { buildWorld } from "../src/generate/build_world.ts";
import { advanceDay, newFarm } from "../src/farm/day.ts";
import { isoOf, parseIso } from "../src/farm/days.ts";
import { type Events, joined, type Listener } from "../src/farm/events.ts";
import { buildInfrastructure } from "../src/farm/ground/infrastructure.ts";
import type { Farm } from "../src/farm/state.ts";
import type { World } from "../src/farm/world.ts";
import type { Fixtures } from "../src/fixtures/fixtures.ts";
import type { Layout } from "../src/fixtures/layout.ts";
import { readFixtures } from "../src/fixtures/read.ts";
import { checkSchedule } from "../src/schedule/check.ts";
import type { Schedule, ScheduledBatch } from "../src/schedule/format.ts";
import { planSingle } from "../src/schedule/single.ts";

export const fixtures = readFixtures();
export const places = buildInfrastructure(fixtures.layout, fixtures.master);

/**
 * The farm with few places, of which each measures two things: a dataset of it has rows in the same
 * tables, and a third of their number. What a load or a comparison does follows from the tables.
 */
export const lean: Fixtures = leanOf(fixtures);

/** A farm with few places, of which each measures two things. */
export function leanOf(whole: Fixtures): Fixtures {
  const measured = ["Temperature", "Dissolved Oxygen"];
  const { sensors, geographies } = whole.layout;
  const layout: Layout = {
    ...whole.layout,
    sensors: { ...sensors, freshwater: measured, sea: measured },
    geographies: geographies.map(({ freshwater_stations, sea_areas, ...rest }) => ({
      ...rest,
      freshwater_stations: { ...freshwater_stations, count: 2 },
      sea_areas: { ...sea_areas, count: 2 },
    })),
  };
  const restSha256 = createHash("sha256").update(JSON.stringify(layout)).digest("hex");
  return { ...whole, layout, restSha256 };
}

/** What a test may say of a batch; the rest is 100,000 eggs in Scotland for 200 days. */
export interface Wish {
  readonly start?: string;
  readonly eggs?: number;
  readonly geography?: "Faroe Islands" | "Scotland";
  readonly duration?: number;
  readonly seed?: number;
  /** Weight at harvest in kg; drawn from the seed unless given. */
  readonly target?: number;
}

/** A schedule of one batch. */
export function oneBatch(wish: Wish = {}): Schedule {
  const { start = "2024-01-15", eggs = 100_000, geography = "Scotland" } = wish;
  const { duration = 200, seed = 7 } = wish;
  const startDay = parseIso(start)!;
  const plan = planSingle(
    { startDay, eggs, geography, duration, seed },
    fixtures.profile,
    places,
  );
  if (wish.target === undefined) return plan;
  return { ...plan, batches: [{ ...plan.batches[0]!, harvest_target_kg: wish.target }] };
}

/** A schedule of one batch in the first `rings` rings of its area, however many fish it has. */
export function inRings(schedule: Schedule, rings: number): Schedule {
  const batch = schedule.batches[0]!;
  const { area } = batch.sea!;
  const names = places.containers.filter((one) => one.areaName === area).map((one) => one.name);
  const sea = { ...batch.sea!, rings: names.toSorted().slice(0, rings), rings_count: rings };
  return { ...schedule, batches: [{ ...batch, sea }] };
}

/** Adds a batch that starts `later` days after the first and ends on the same as-of date. */
function withSecond(
  wish: Wish,
  later: number,
  change: (second: ScheduledBatch, first: ScheduledBatch) => ScheduledBatch,
): Schedule {
  const schedule = oneBatch(wish);
  const first = schedule.batches[0]!;
  const number = first.batch_id.replace(/001$/, "002");
  const start_date = isoOf(parseIso(first.start_date)! + later);
  const duration = first.duration - later;
  const second = change({ ...first, batch_id: number, start_date, duration }, first);
  const metadata = { ...schedule.metadata, total_batches: 2, batches_per_geography: 2 };
  return { ...schedule, metadata, batches: [first, second] };
}

/** `value` with a part of the names in it replaced by another: FW-01 by FW-02. */
function renamed<Value>(value: Value, from: string, to: string): Value {
  return JSON.parse(JSON.stringify(value).replaceAll(from, to));
}

/** Two batches of different stations that share a sea area and its barges. */
export function twoInOneArea(wish: Wish, later: number): Schedule {
  return withSecond(wish, later, (second, first) => {
    const area = first.sea!.area;
    const taken = new Set(first.sea!.rings);
    const rings = places.containers
      .filter((one) => one.areaName === area && !taken.has(one.name))
      .map((one) => one.name);
    return {
      ...second,
      ...renamed({ station: second.station, freshwater: second.freshwater }, "FW-01", "FW-02"),
      sea: { ...first.sea!, rings, rings_count: rings.length },
    };
  });
}

/** Two batches in the same halls, one `later` >= 90 days behind the other. */
export function oneAfterTheOther(wish: Wish, later: number): Schedule {
  return withSecond(wish, later, (second) => ({
    ...second,
    sea: renamed(second.sea!, "SEA-01", "SEA-02"),
  }));
}

/** The world of a schedule, which must be in order. */
export function worldOf(schedule: Schedule, seed = 7): World {
  assertEquals(checkSchedule(schedule, fixtures.profile, places), undefined);
  return buildWorld({ schedule, fixtures, infrastructure: places, seed });
}

/** A listener that hears only what it is given. */
export function hearing(some: Listener): Events {
  return joined([some]);
}

/** Lives days until the as-of date, or as many as are wanted. */
export function live(
  world: World,
  events: Partial<Events> = {},
  days = world.asOf - world.firstDay,
  evening: (farm: Farm) => void = () => {},
): Farm {
  const farm = newFarm(world);
  const all = hearing(events);
  for (let d = 0; d < days; d++) {
    advanceDay(farm, world, all);
    evening(farm);
  }
  return farm;
}
