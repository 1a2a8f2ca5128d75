/** Harvest: when it comes, how fish are graded, and the rows of a whole life (domain.md#14, domain.md#20). */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { gradeFish } from "../../src/biology/documented/grading.ts";
import { growthCurve } from "../../src/biology/documented/growth.ts";
import type { DayNumbers } from "../../src/render/day_rows.ts";
import type { World } from "../../src/farm/world.ts";
import { passOver } from "../../src/generate/pass.ts";
import { inRings, live, oneBatch, places, type Wish, worldOf } from "../small_farm.ts";
import { fc, runs } from "../random.ts";

const FULL: Wish = { eggs: 3_500_000, duration: 900, target: 6.5 };
const inTenRings = worldOf(inRings(oneBatch(FULL), 10));
const inFourteenRings = worldOf(oneBatch(FULL));
const { harvest } = inTenRings.rates;

/** Days processed until the harvest; negative where there is none. */
function harvestIndex(world: World): number {
  return passOver(world).end.batches[0]!.harvestDay! - world.firstDay;
}

/** How many rows every table has in the end. */
function rowCounts(world: World): DayNumbers {
  const { numbers } = passOver(world).end;
  for (const key of Object.keys(numbers) as (keyof DayNumbers)[]) numbers[key]--;
  return numbers;
}

Deno.test("a batch in ten rings has the documented rows when it is harvested at 6.5 kg", () => {
  const rows = rowCounts(inTenRings);
  assertEquals(rows.assignment, 60);
  assertEquals(rows.reading, 281_400);
  assertEquals(rows.feeding, 14_900);
  assert(rows.mortality > 8_300 && rows.mortality <= 8_350, `${rows.mortality} mortality events`);
  assertEquals([rows.sample, rows.observation], [1_070, 32_100]);
  assert(Math.abs(rows.lice - 2_219) < 45, `${rows.lice} lice rows`);
  assertEquals(rows.journal, 28);
  assertEquals([rows.healthSampling, rows.healthFish, rows.healthScore], [16, 1_200, 10_800]);
  assertEquals(rows.treatment, 60);
  assertEquals([rows.transferWorkflow, rows.transferAction], [5, 50]);
  assertEquals([rows.harvestEvent, rows.harvestLot, rows.fact], [10, 50, 50]);
  assertEquals(rows.transaction, 51);
  assertEquals(rows.dailyState, 8_350);
  assertEquals([rows.scenario, rows.projection], [1, 760]);
});

Deno.test("a batch that stands alone goes to fourteen rings and has the documented rows", () => {
  const rows = rowCounts(inFourteenRings);
  assertEquals(rows.assignment, 64);
  assertEquals(rows.feeding, 17_980);
  assertEquals(rows.treatment, 68);
  assertEquals([rows.harvestEvent, rows.harvestLot, rows.fact], [14, 70, 70]);
  assertEquals(rows.transaction, 71);
  // Every ring has an action, at most nine have two (B-03).
  assertEquals(rows.transferAction, 40 + 14 + 9);
});

Deno.test("the target decides the day of the harvest", () => {
  for (
    const [target, day] of [[4.5, 758], [5, 779], [5.5, 799], [6, 817], [6.5, 835]] as const
  ) {
    assertEquals(harvestIndex(worldOf(oneBatch({ ...FULL, target }))), day, `${target} kg`);
  }
});

Deno.test("a harvest comes the day after the weight reaches any target, and not before", () => {
  const curve = growthCurve(inTenRings.rates);
  const target = fc.integer({ min: 4_500_000, max: 6_500_000 }).map((mg) => mg / 1e6);
  fc.assert(
    fc.property(target, (target) => {
      const m = harvestIndex(worldOf(oneBatch({ eggs: 100_000, duration: 900, target })));
      assert(curve[m - 1]! >= target * 1e5 - 1e-6, `${curve[m - 1]} on day ${m - 1}`);
      assert(curve[m - 2]! < target * 1e5 - 1e-6, `${curve[m - 2]} on day ${m - 2}`);
    }),
    { numRuns: runs(15) },
  );
});

Deno.test("a target is reached by the very weight, and missed by a hundredth of a gram", () => {
  const curve = growthCurve(inTenRings.rates);
  for (const index of [760, 800, 830]) {
    for (const more of [0, 1]) {
      const target = (curve[index]! + more) / 1e5;
      const world = worldOf(oneBatch({ eggs: 100_000, duration: 900, target }));
      assertEquals(harvestIndex(world), index + 1 + more);
    }
  }
});

Deno.test("a batch whose harvest day is not simulated keeps its fish (rulings.md#4)", () => {
  for (const [duration, status, rings] of [[835, "ACTIVE", 14], [836, "COMPLETED", 0]] as const) {
    const { end } = passOver(worldOf(oneBatch({ ...FULL, duration })));
    assertEquals([end.batches[0]!.status, end.batches[0]!.assignments.length], [status, rings]);
  }
});

Deno.test("B-04: the harvest completes a batch, stage transitions do not", () => {
  const world = worldOf(oneBatch(FULL));
  let moves = 0;
  const ends: number[] = [];
  live(
    world,
    {
      moved(batch) {
        moves++;
        assertEquals([batch.status, batch.harvestDay], ["ACTIVE", null]);
      },
      harvested: (batch) => assertEquals(batch.status, "COMPLETED"),
    },
    900,
    ({ day, batches: [batch] }) => {
      if (batch!.status === "COMPLETED") ends.push(day - 1 - world.firstDay);
    },
  );
  assertEquals([moves, ends[0], ends.length], [5, 835, 65]);
});

Deno.test("B-22: no fish of a ring is lost between the grades, the remainder is of GRADE_B", () => {
  const fish = fc.oneof(fc.nat(300), fc.integer({ min: 1, max: 600_000 }));
  fc.assert(
    fc.property(fish, fc.integer({ min: 1, max: 700_000 }), (fish, weight) => {
      const lots = gradeFish(fish, weight, harvest);
      assertEquals(lots.reduce((sum, lot) => sum + lot.units, 0), fish);
      for (const [grade, percent] of [10, 40, 35, 12, 3].entries()) {
        const units = lots.find((lot) => lot.grade === grade)?.units ?? 0;
        const share = fish * percent / 100;
        if (grade === 2) assert(units > share - 1 && units <= share + 4, `${units} of ${fish}`);
        else assertEquals(units, Math.floor(share + 1e-9), `grade ${grade} of ${fish}`);
      }
      assert(lots.every((lot) => lot.units > 0));
    }),
    { numRuns: runs(500) },
  );
  assertEquals(harvest.grades[2]!.code, "GRADE_B");
  assertEquals(gradeFish(0, 500_000, harvest), []);
  assertEquals(gradeFish(1, 500_000, harvest).map((lot) => lot.grade), [2]);
});

Deno.test("lots weigh 100.5 % of the biomass but for the fish that are rounded", () => {
  const fish = fc.integer({ min: 1, max: 600_000 });
  fc.assert(
    fc.property(fish, fc.integer({ min: 1, max: 700_000 }), (fish, weight) => {
      const lots = gradeFish(fish, weight, harvest);
      const live = lots.reduce((sum, lot) => sum + lot.live, 0) / 1000;
      const kg = weight / 100_000;
      // Less than one fish of each other grade weighs as GRADE_B; five weights are rounded.
      const over = live - 1.005 * fish * kg;
      assert(over > -0.2 * kg - 0.0026 && over < 0.55 * kg + 0.0026, `${over} kg of ${live}`);
      for (const lot of lots) {
        assertAlmostEquals(lot.gutted, 0.85 * lot.live, 0.51);
        assertAlmostEquals(lot.fillet, 0.55 * lot.live, 0.51);
      }
    }),
    { numRuns: runs(500) },
  );
});

Deno.test("75.8 % of the eggs are harvested after 835 days", () => {
  for (const seed of [1, 2, 3]) {
    let fish = 0;
    live(worldOf(oneBatch(FULL), seed), {
      harvested: (_batch, rings) => rings.forEach((ring) => fish += ring.population),
    }, 836);
    assertAlmostEquals(fish / 3_500_000, 0.758, 0.001);
  }
});

Deno.test("B-29: populations are kept where the biomass is far above a ring's limit", () => {
  const limit = new Map(places.containers.map((one) => [one.id, one.maxBiomassKg]));
  let rings = 0;
  live(inTenRings, {
    harvested(batch, assignments) {
      const fish = assignments.reduce((sum, one) => sum + one.population, 0);
      assertAlmostEquals(fish / 3_500_000, 0.758, 0.001);
      for (const { population, weight, stage, ordinal } of assignments) {
        const { id } = inTenRings.batches[batch.index]!.places[stage]![ordinal]!;
        const kg = population * weight / 100_000;
        assertEquals(limit.get(id), 500_000);
        assertAlmostEquals(kg / 1000, 1_730, 15);
        rings++;
      }
    },
  }, 836);
  assertEquals(rings, 10);
});

Deno.test("a small batch has days without deaths and is harvested like any other", () => {
  const world = worldOf(oneBatch({ eggs: 100_000, duration: 900, target: 4.5 }));
  const rows = rowCounts(world);
  assert(rows.mortality < 7_000 && rows.mortality > 4_000, `${rows.mortality} mortality events`);
  assertEquals([rows.harvestEvent, rows.harvestLot, rows.fact], [10, 50, 50]);
  assertEquals(rows.dailyState, 7_580);
});
