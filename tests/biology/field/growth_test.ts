/** Growth, feed, samples and grades of `field`, each by itself. */
// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { aggregate, zeroAggregate } from "../../../src/farm/aggregate.ts";
import { isoOf } from "../../../src/farm/days.ts";
import { wave } from "../../../src/field/calendar.ts";
import { conversionAt, weighedOut } from "../../../src/field/feeding.ts";
import { gained, slownessOf, warmthOf } from "../../../src/field/growth.ts";
import { meanOf } from "../../../src/field/remembering.ts";
import { feedAtHand, stockOf } from "../../../src/farm/feed_store.ts";
import type { Assignment, Lot } from "../../../src/farm/state.ts";
import { fieldBatch, fieldFixtures, fieldWorld } from "../../field_farm.ts";
import { live } from "../../small_farm.ts";

const rules = fieldFixtures.profile.field!;
const world = fieldWorld(fieldBatch());

Deno.test("wave() is 1 on its day, -1 half a year later, and the same on every machine", () => {
  assertAlmostEquals(wave(235, 235), 1, 1e-9);
  assertAlmostEquals(wave(235 + 182.625, 235), -1, 1e-9);
  assertAlmostEquals(wave(235 + 91.3125, 235), 0, 1e-9);
  for (let day = 0; day < 400; day++) {
    assertAlmostEquals(wave(day, 17), Math.cos(2 * Math.PI * (day - 17) / 365.25), 1e-9);
  }
});

Deno.test("warmthOf() rises to the best temperature and falls to none", () => {
  const at = (temperature: number) => warmthOf(temperature, rules.growth);
  assertEquals([at(1), at(2), at(8), at(13), at(16), at(19), at(25)], [0, 0, 8, 13, 6.5, 0, 0]);
});

Deno.test("slownessOf() leaves small fish alone and never stops growth", () => {
  const at = (weight: number) => slownessOf(weight, rules.growth);
  assertEquals([at(100), at(1500), at(3250), at(5000)], [1, 1, 0.75, 0.5]);
  assertAlmostEquals(at(20_000), 0.1, 1e-12);
});

Deno.test("gained() adds to the cube root, and fish lose no weight", () => {
  assertEquals(gained(100_000, 0), 100_000);
  assertEquals(gained(100_000, 0.1), 103_030);
  assertEquals(gained(100_000, -5), 100_000);
});

Deno.test("meals are weighed out in whole kilograms from ten on, small ones finer", () => {
  assertEquals(weighedOut(123_456_789), 123_460_000);
  assertEquals(weighedOut(104_999), 100_000);
  assertEquals(weighedOut(54_321), 54_000);
  assertEquals(weighedOut(4_321.9), 4_300);
  assertEquals(weighedOut(20), 0);
});

Deno.test("conversionAt() goes on a straight line between the weights of the profile", () => {
  const at = (weight: number) => conversionAt(weight, rules.feeding);
  assertEquals([at(0.05), at(0.1), at(50), at(9000)], [0.75, 0.75, 0.88, 1.22]);
  assertAlmostEquals(at(125), (0.88 + 0.95) / 2, 1e-12);
});

Deno.test("feedAtHand() eats up what fills the store before another feed is ordered", () => {
  const lot = (feedId: number, left: number) => ({ feedId, left }) as Lot;
  const facts = { capacity: 1000, room: 1000 };
  const orders = { ...world.rates.orders, belowPercent: 20 };
  const at = (lots: Lot[]) => {
    const store = { total: lots.reduce((sum, { left }) => sum + left, 0), lots };
    assertEquals(
      stockOf(store, 9),
      lots.filter((one) => one.feedId === 9).reduce((sum, one) => sum + one.left, 0),
    );
    return feedAtHand(store, facts, orders, { amount: 50, feedId: 9, leftoverId: 7 });
  };
  assertEquals(at([lot(9, 50), lot(8, 900)]), 9);
  assertEquals(at([lot(9, 40), lot(8, 900)]), 8);
  assertEquals(at([lot(8, 700)]), 9);
  assertEquals(at([lot(7, 40), lot(8, 860)]), 8);
  assertEquals(at([lot(9, 500), lot(7, 60)]), 7);
  assertEquals(at([lot(8, 45), lot(1, 40)]), 9);
});

Deno.test("meanOf() weighs what fish remember by their number", () => {
  const with_ = (value: number) => ({ memory: [value] }) as unknown as Assignment;
  const origins = [{ from: with_(2), count: 30 }, { from: with_(6), count: 10 }];
  assertEquals(meanOf(with_(0), origins, 0, 0), 3);
  assertEquals(meanOf(with_(7), origins, 40, 0), 5);
  assertEquals(meanOf(with_(7), [], 0, 0), 0);
});

Deno.test("a sample's fish have the mean that was drawn before them, and lengths that fit", () => {
  const { weighing } = world.biology;
  const mean = zeroAggregate();
  const gaps: number[] = [];
  const last = new Map<number, number>();
  const sizes = new Set<number>();
  live(world, {
    weighed(assignment) {
      const farm = { day: assignment.weighedDay! } as Parameters<typeof weighing.sample>[0];
      const fish = weighing.sample(farm, assignment);
      sizes.add(fish.weights.length);
      assertEquals(fish.weights.length, weighing.fish(farm, assignment));
      aggregate(fish.weights, mean);
      assertEquals(
        mean.mean,
        world.biology.growth.stateWeight(farm, assignment, 1),
        isoOf(farm.day),
      );
      assert(mean.min > 0);
      fish.weights.forEach((weight, f) => {
        const length = fish.lengths[f]! / 100;
        const condition = weight / (length * length * length);
        assert(weight < 1000 || condition > 0.8 && condition < 1.8, `K = ${condition}`);
      });
      if (last.has(assignment.id)) gaps.push(assignment.weighedDay! - last.get(assignment.id)!);
      last.set(assignment.id, assignment.weighedDay!);
    },
  });
  const { days_between: [least, most], fish: [fewest, all] } = rules.weighing;
  assert(gaps.length > 100 && gaps.every((gap) => gap >= least && gap <= most));
  assert([...sizes].every((size) => size >= fewest && size <= all) && sizes.size > 30);
});

Deno.test("grades take every fish and every gram of a ring, and differ from ring to ring", () => {
  const superior = new Set<number>();
  live(world, {
    harvested(_batch, [ring]) {
      const lots = world.biology.grading.lots(ring!);
      const sum = (of: (lot: typeof lots[0]) => number) =>
        lots.reduce((all, lot) => all + of(lot), 0);
      assertEquals(sum(({ units }) => units), ring!.population);
      assertEquals(sum(({ live }) => live), Math.round(ring!.population * ring!.weight / 100));
      const share = lots[0]!.units / ring!.population;
      superior.add(Math.round(share * 1000));
      assert(share > 0.7 && share < 0.99);
      for (const { live, gutted } of lots) {
        assert(gutted >= 0.829 * live && gutted <= 0.861 * live);
      }
    },
  });
  assert(superior.size >= 8);
});

Deno.test("fish that get nothing do not grow, and feed follows growth", () => {
  const weights = new Map<number, number>();
  const fed = new Set<number>();
  let [feed, gain] = [0, 0];
  live(world, {
    fed({ id }, { amount }) {
      fed.add(id);
      feed += amount / 10_000;
    },
    grew({ id, weight, population, stage }) {
      const before = weights.get(id);
      if (before !== undefined) {
        if (!fed.has(id)) assertEquals(weight, before, "growth without feed");
        gain += (weight - before) * population / 100_000;
        assert(stage > 1);
      }
      weights.set(id, weight);
    },
    dayEnded: () => fed.clear(),
  });
  const conversion = feed / gain;
  assert(conversion > 1 && conversion < 1.4, `${conversion}`);
});
