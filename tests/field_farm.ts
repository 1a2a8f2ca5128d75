/** Small farms that live by the profile `field`, for tests. */
// @ts-types="../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { parseIso } from "../src/farm/days.ts";
import type { World } from "../src/farm/world.ts";
import type { Fixtures } from "../src/fixtures/fixtures.ts";
import { readFixtures } from "../src/fixtures/read.ts";
import { buildWorld } from "../src/generate/build_world.ts";
import { checkSchedule } from "../src/schedule/check.ts";
import type { Schedule } from "../src/schedule/format.ts";
import { planSingle } from "../src/schedule/single.ts";
import { leanOf, places, type Wish } from "./small_farm.ts";

export const fieldFixtures = readFixtures(undefined, "field");

/** With few places and sensors, as `lean`. */
export const leanField = leanOf(fieldFixtures);

/** A schedule of one batch under `field`. */
export function fieldBatch(wish: Wish = {}): Schedule {
  const { start = "2023-06-04", eggs = 1_100_000, geography = "Faroe Islands" } = wish;
  const { duration = 900, seed = 7 } = wish;
  const startDay = parseIso(start)!;
  const plan = planSingle(
    { startDay, eggs, duration, geography, seed },
    fieldFixtures.profile,
    places,
  );
  if (wish.target === undefined) return plan;
  return {
    ...plan,
    batches: plan.batches.map((one) => ({ ...one, harvest_target_kg: wish.target! })),
  };
}

/** How a world is built. */
interface Building {
  readonly fixtures?: Fixtures;
  /** Whether the schedule must be in order. */
  readonly inOrder?: boolean;
}

/** The world of a schedule under `field`. */
export function fieldWorld(schedule: Schedule, seed = 7, building: Building = {}): World {
  const { fixtures = fieldFixtures, inOrder = true } = building;
  if (inOrder) assertEquals(checkSchedule(schedule, fixtures.profile, places), undefined);
  return buildWorld({ schedule, fixtures, infrastructure: places, seed });
}
