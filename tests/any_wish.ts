/** Random batches for properties: any size, place, start, length of life, seed and target. */
import { isoOf } from "../src/farm/days.ts";
import type { Wish } from "./small_farm.ts";
import { fc } from "./random.ts";

/** A batch of any size; a third of them lives long enough to be harvested. */
export const anyWish: fc.Arbitrary<Wish & { seed: number }> = fc.record({
  eggs: fc.oneof(fc.integer({ min: 100_000, max: 5_000_000 }), fc.constant(100_000)),
  geography: fc.constantFrom("Faroe Islands", "Scotland"),
  start: fc.integer({ min: 11_000, max: 30_000 }).map(isoOf),
  duration: fc.oneof(
    { arbitrary: fc.integer({ min: 1, max: 900 }), weight: 2 },
    { arbitrary: fc.integer({ min: 759, max: 900 }), weight: 1 },
  ),
  seed: fc.nat(Number.MAX_SAFE_INTEGER),
  target: fc.integer({ min: 4_500, max: 6_500 }).map((grams) => grams / 1000),
});
