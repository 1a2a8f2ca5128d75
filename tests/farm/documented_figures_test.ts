/** The figures that the documents state of a batch's days (domain.md#5 to domain.md#12, domain.md#20). */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import type { DayNumbers } from "../../src/render/day_rows.ts";
import { passOver } from "../../src/generate/pass.ts";
import { live, oneBatch, worldOf } from "../small_farm.ts";

/** Harvested as late as a target allows. */
const full = { eggs: 3_500_000, target: 6.5 } as const;

/** The weight (0.01 g) after every processed day, all containers alike. */
function weights(duration: number): number[] {
  const found: number[] = [];
  live(worldOf(oneBatch({ ...full, duration })), {}, duration, (farm) => {
    const each = new Set(farm.batches[0]!.assignments.map((one) => one.weight));
    assertEquals(each.size, 1, "every container follows the same curve");
    found.push([...each][0]!);
  });
  return found;
}

/** How many rows a dataset has of every table. */
function rowsOf(wish: Parameters<typeof oneBatch>[0]): DayNumbers {
  const { numbers } = passOver(worldOf(oneBatch(wish))).end;
  for (const key of Object.keys(numbers) as (keyof DayNumbers)[]) numbers[key]--;
  return numbers;
}

Deno.test("weights after N days are the documented ones", () => {
  const after = weights(700);
  const stated = { 50: 10, 90: 10, 200: 1_520, 300: 11_802, 450: 50_000, 650: 246_976 };
  for (const [days, weight] of Object.entries(stated)) {
    assertEquals(after[Number(days) - 1], weight, `after ${days} days`);
  }
});

Deno.test("plateaus are reached on days 140, 243, 322 and 438 (B-34)", () => {
  const after = weights(450);
  for (const [index, cap] of [[140, 600], [243, 6_000], [322, 18_000], [438, 50_000]] as const) {
    assert(after[index - 1]! < cap, `below ${cap} before day ${index}`);
    assertEquals(after[index], cap, `at ${cap} on day ${index}`);
  }
  // Held until the stage ends, and still fed.
  assertEquals([after[179], after[269], after[359], after[449]], [600, 6_000, 18_000, 50_000]);
});

Deno.test("harvest weights are reached after 758, 779, 799, 817 and 835 days", () => {
  const after = weights(835);
  const targets = [[758, 450_000], [779, 500_000], [799, 550_000], [817, 600_000], [835, 650_000]];
  for (const [days, target] of targets) {
    assertEquals(after.findIndex((weight) => weight >= target!) + 1, days);
  }
});

Deno.test("a 200-day batch has the documented number of rows", () => {
  const rows = rowsOf(full);
  assertEquals(rows.reading, 84_000);
  assertEquals(rows.feeding, 2_200);
  assertEquals([rows.sample, rows.observation], [160, 4_800]);
  assertEquals(rows.assignment, 30);
  assertEquals([rows.transferWorkflow, rows.transferAction], [2, 20]);
  assertEquals([rows.creationWorkflow, rows.creationAction], [1, 10]);
  assertEquals(rows.batch, 1);
  assert(rows.mortality <= 2_000 && rows.mortality > 1_990, `${rows.mortality} mortality events`);
});

Deno.test("a 200-day batch ends with 2.89 to 2.92 M fish of 15.20 g, about 44 t", () => {
  for (const seed of [1, 2, 3, 42]) {
    for (const geography of ["Faroe Islands", "Scotland"] as const) {
      const farm = live(worldOf(oneBatch({ ...full, geography }), seed));
      const { assignments } = farm.batches[0]!;
      const fish = assignments.reduce((sum, one) => sum + one.population, 0);
      const grams = assignments.reduce((sum, one) => sum + one.population * one.weight, 0) / 100;
      assert(fish > 2_890_000 && fish < 2_920_000, `${fish} fish`);
      assertEquals(new Set(assignments.map((one) => one.weight)), new Set([1_520]));
      assert(Math.abs(grams / 1e6 - 44) < 0.5, `${grams / 1e6} t`);
    }
  }
});

Deno.test("the batch of 14 rings has 64 assignments and its readings at sea have Salinity", () => {
  const rows = rowsOf({ ...full, duration: 799 });
  assertEquals(rows.assignment, 64);
  // 450 days of 42 readings in ten containers, 349 days of 24 in fourteen rings.
  assertEquals(rows.reading, 450 * 6 * 7 * 10 + 349 * 6 * 4 * 14);
  assertEquals(rows.feeding, 360 * 20 + 349 * 28);
  assertEquals(rows.sample, 1_220);
});

Deno.test("the batch of 10 rings has the rows that domain.md#20 derives", () => {
  const rows = rowsOf({ ...full, eggs: 2_400_000, duration: 799 });
  assertEquals(rows.assignment, 60);
  assertEquals(rows.reading, 272_760);
  assertEquals(rows.feeding, 14_180);
  assertEquals([rows.sample, rows.observation], [1_020, 30_600]);
  assertEquals([rows.transferWorkflow, rows.transferAction], [5, 50]);
  assert(rows.mortality > 7_950 && rows.mortality <= 7_990);
});

Deno.test("survival is 83 % after 200 days, 87.3 % on day 91 and about 76 % over a life (D-07)", () => {
  const alive: number[] = [];
  live(worldOf(oneBatch({ ...full, duration: 900 })), {}, 835, (farm) => {
    const fish = farm.batches[0]!.assignments.reduce((sum, one) => sum + one.population, 0);
    alive.push(fish / 3_500_000);
  });
  assert(Math.abs(alive[90]! - 0.873) < 0.002, `${alive[90]} on day 91`);
  assert(Math.abs(alive[199]! - 0.83) < 0.004, `${alive[199]} after 200 days`);
  assert(Math.abs(alive[834]! - 0.76) < 0.006, `${alive[834]} after a life`);
});

Deno.test("purchases of a whole life are 471 to 900 (D-15)", () => {
  for (const [eggs, duration] of [[3_000_000, 758], [3_800_000, 835]] as const) {
    const { purchase } = rowsOf({ ...full, eggs, duration });
    assert(purchase - 236 > 400 && purchase - 236 < 1_000, `${purchase - 236} orders`);
  }
});

Deno.test("assignment history has 92 rows per egg container and 182 per freshwater stage", () => {
  // Every container has deaths on every day at 350,000 fish but for a rare one.
  const rows = (duration: number) => rowsOf({ ...full, duration }).assignmentHistory;
  const upToFry = rows(90) - 10;
  assert(upToFry <= 900 && upToFry > 895, `${upToFry} in the egg stage`);
  // Ten closings, ten openings, and at most two changes a day in each of ten containers.
  const fry = rows(180) - rows(90);
  assert(fry <= 20 + 90 * 20 && fry > 20 + 90 * 20 - 10, `${fry} in the fry stage`);
});
