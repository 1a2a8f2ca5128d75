// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertThrows } from "@std/assert";
import { biomassOf, divideRounded, scaled, splitEvenly } from "../../src/farm/exact.ts";
import { mealOf } from "../../src/biology/documented/feeding.ts";
import { fc } from "../random.ts";

Deno.test("divideRounded() rounds half away from zero", () => {
  assertEquals([0, 4, 5, 14, 15, 25].map((n) => divideRounded(n, 10)), [0, 0, 1, 1, 2, 3]);
  assertEquals([1, 2, 3].map((n) => divideRounded(n, 3)), [0, 1, 1]);
});

Deno.test("divideRounded() is exact to 2^53, as integers of any size confirm", () => {
  const n = fc.nat(Number.MAX_SAFE_INTEGER);
  const d = fc.integer({ min: 1, max: 1_000_000 });
  fc.assert(fc.property(n, d, (n, d) => {
    const exact = (2n * BigInt(n) + BigInt(d)) / (2n * BigInt(d));
    assertEquals(BigInt(divideRounded(n, d)), exact);
  }));
});

Deno.test("biomassOf() is fish times grams in 0.01 kg", () => {
  assertEquals(biomassOf(350_000, 10), 3_500);
  assertEquals(biomassOf(1, 49_999), 50);
  assertEquals(biomassOf(1, 49), 0);
  assertEquals(biomassOf(1, 500), 1);
  // The heaviest ring there can be: 5,000,000 fish of 7 kg.
  assertEquals(biomassOf(5_000_000, 700_000), 3_500_000_000);
});

Deno.test("mealOf() is half of the day's feed", () => {
  // 1,000.00 kg at 3 % a day: 15 kg a meal.
  assertEquals(mealOf(100_000, 300), 150_000);
  assertEquals(mealOf(1, 300), 2);
  assertEquals(mealOf(0, 300), 0);
  assertEquals(mealOf(123_456, 250), 154_320);
});

Deno.test("splitEvenly() gives the first shares one more and loses nothing (B-23)", () => {
  assertEquals(splitEvenly(3_500_003, 10).slice(0, 4), [350_001, 350_001, 350_001, 350_000]);
  assertEquals(splitEvenly(3, 5), [1, 1, 1, 0, 0]);
  fc.assert(fc.property(fc.nat(5_000_000), fc.integer({ min: 1, max: 20 }), (total, shares) => {
    const parts = splitEvenly(total, shares);
    assertEquals(parts.length, shares);
    assertEquals(parts.reduce((sum, part) => sum + part, 0), total);
    assertEquals(parts, parts.toSorted((a, b) => b - a));
    assert(parts[0]! - parts.at(-1)! <= 1);
  }));
});

Deno.test("scaled() takes a decimal exactly or not at all", () => {
  assertEquals(scaled(2.3, 2), 230);
  assertEquals(scaled(0.1, 2), 10);
  assertEquals(scaled(1.005, 3), 1005);
  assertThrows(() => scaled(2.345, 2), RangeError, "2.345 has more than 2 decimals");
});
