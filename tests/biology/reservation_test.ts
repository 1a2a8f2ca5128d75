/** Fish are nowhere but where their plan has places for them, and on no other days. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { isoOf, parseIso } from "../../src/farm/days.ts";
import type { World } from "../../src/farm/world.ts";
import type { Fixtures } from "../../src/fixtures/fixtures.ts";
import { buildWorld } from "../../src/generate/build_world.ts";
import { checkSchedule, findingText } from "../../src/schedule/check.ts";
import type { Schedule } from "../../src/schedule/format.ts";
import { lifeOf } from "../../src/schedule/life.ts";
import { planFarm } from "../../src/schedule/plan.ts";
import { fieldBatch, fieldFixtures } from "../field_farm.ts";
import { fixtures, live, oneBatch, places } from "../small_farm.ts";
import { PAUSES } from "../in_turn.ts";
import { fc, runs } from "../random.ts";

/** The world of a schedule in order. */
function worldOf(schedule: Schedule, by: Fixtures, seed = 7): World {
  const finding = checkSchedule(schedule, by.profile, places);
  assertEquals(finding === undefined ? undefined : findingText(finding), undefined);
  return buildWorld({ schedule, fixtures: by, infrastructure: places, seed });
}

/** Lives a world and sees that fish are in reserved places alone; says what became of the batches. */
function lived(world: World): string[] {
  const days = world.asOf - world.firstDay;
  const farm = live(world, {}, days, ({ day, batches }) => {
    // The evening of the day before: what leaves on the last day leaves in the morning.
    for (const { index, assignments } of batches) {
      const { number, startDay, stays } = world.batches[index]!;
      const at = day - 1 - startDay;
      for (const { stage } of assignments) {
        const { from, to } = stays[stage]!;
        assert(at >= from && at < to, `${number}, stage ${stage}, day ${at} of ${from} to ${to}`);
      }
    }
  });
  return farm.batches.map(({ status }) => status);
}

/** A batch with other days of its stays: from, to, of every stage. */
function edited(schedule: Schedule, days: readonly (readonly [number, number])[]): Schedule {
  const batch = schedule.batches[0]!;
  const freshwater = Object.entries(batch.freshwater).map(([stage, stay], i) => [
    stage,
    { ...stay!, start_day: days[i]![0], end_day: days[i]![1] },
  ]);
  const [start_day, end_day] = days.at(-1)!;
  const sea = { ...batch.sea!, start_day, end_day };
  return {
    ...schedule,
    batches: [{ ...batch, freshwater: Object.fromEntries(freshwater), sea }],
  };
}

for (
  const [name, by, pauses] of [
    ["documented", fixtures, {}],
    ["documented, container by container,", fixtures, PAUSES],
    ["field", fieldFixtures, {}],
  ] as const
) {
  Deno.test(`batches of a plan by ${name} are in places that it has for them`, () => {
    const asOf = parseIso("2025-11-21")!;
    const request = { perGeography: 2, stagger: 300, saturation: 0.85, asOf, seed: 7, pauses };
    const schedule = planFarm(request, by.profile, places);
    const stati = lived(worldOf(schedule, by));
    assertEquals(stati.map((status) => status === "COMPLETED"), [true, false, false, false]);
  });
}

Deno.test("a documented schedule is lived under field on its own days", () => {
  const eggs = 1_000_000;
  const schedule = oneBatch({ eggs, duration: 900, target: 6.5 });
  assertEquals(lived(worldOf(schedule, fixtures)), ["COMPLETED"]);
  assertEquals(lived(worldOf(schedule, fieldFixtures)), ["COMPLETED"]);
});

Deno.test("fish that come late leave in time all the same, however short a schedule's stays are", () => {
  const { least, reserved } = lifeOf(fieldFixtures.profile);
  const atSea = least.at(-1)!;
  const halls = fc.array(
    fc.record({
      /** How long before the end of the stay before a stay begins. */
      early: fc.nat({ max: 60 }),
      /** How much longer than it must a stay is. */
      more: fc.oneof(fc.constant(0), fc.nat({ max: 100 })),
    }),
    { minLength: 6, maxLength: 6 },
  );
  const target = fc.constantFrom(4.5, 6.5);
  const transition = fc.integer({ min: 1, max: 30 });
  let shortest = reserved;
  fc.assert(
    fc.property(halls, target, transition, fc.nat({ max: 1e6 }), (halls, target, days, seed) => {
      const stays: [number, number][] = [];
      for (const [i, { early, more }] of halls.entries()) {
        const [from, to] = stays.at(-1) ?? [-1, 0];
        // The stays that follow need some days too.
        const rest = least.slice(i + 1).reduce((sum, one) => sum + one, 0);
        const end = Math.min(to + least[i]! + more, reserved - rest);
        stays.push([i === 0 ? 0 : Math.max(from + 1, to - early), end]);
      }
      const batch = fieldBatch({ eggs: 1_400_000, target, seed });
      const schedule = edited(batch, stays);
      const metadata = { ...schedule.metadata, transition_days: days };
      shortest = Math.min(shortest, stays.at(-1)![1] - stays.at(-1)![0]);
      assertEquals(
        lived(worldOf({ ...schedule, metadata }, fieldFixtures, seed)),
        ["COMPLETED"],
        JSON.stringify(stays),
      );
    }),
    { numRuns: runs(12) },
  );
  assert(shortest < atSea + 160, `${shortest} days at sea`);
});

Deno.test("all rings of an area are empty when its days end, also after a treatment", () => {
  const batch = fieldBatch({ eggs: 1_400_000, target: 6.5 });
  const { area } = batch.batches[0]!.sea!;
  const rings = places.containers.filter((one) => one.areaName === area).map(({ name }) => name);
  // Fish are treated on days 150 and 270 at sea and may not be sold for seven weeks.
  for (const length of [58, 100, 195, 205, 215, 225, 235, 245]) {
    const schedule = edited(batch, [
      [0, 90],
      [90, 180],
      [180, 270],
      [270, 360],
      [360, 450],
      [450, 450 + length],
    ]);
    const one = schedule.batches[0]!;
    const sea = { ...one.sea!, rings, rings_count: 20 };
    const full = { ...schedule, batches: [{ ...one, sea }] };
    assertEquals(lived(worldOf(full, fieldFixtures, length)), ["COMPLETED"], `${length} days`);
  }
});

Deno.test("a batch whose plan ends before it leaves a hall stays there", () => {
  const schedule = fieldBatch({ duration: 155 });
  const { parr: _parr, smolt: _smolt, post_smolt: _last, ...freshwater } =
    schedule.batches[0]!.freshwater;
  const batch = { ...schedule.batches[0]!, freshwater, sea: null };
  const short = { ...schedule, batches: [batch] };
  assertEquals(isoOf(parseIso(batch.start_date)! + 155), schedule.metadata.as_of);
  assertEquals(lived(worldOf(short, fieldFixtures)), ["ACTIVE"]);
});
