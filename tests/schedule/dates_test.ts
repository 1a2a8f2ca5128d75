// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertThrows } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { isoOf, parseIso } from "../../src/farm/days.ts";
import { batchStarts } from "../../src/schedule/dates.ts";
import { places } from "../small_farm.ts";

const AS_OF = parseIso("2025-11-21")!;

for (
  const [perGeography, stagger, days] of [
    [10, 30, 620],
    [20, 30, 1220],
    [20, 50, 2000],
    [72, 13, 1909],
    [85, 13, 2247],
    [85, 30, 5120],
    [125, 5, 1295],
  ] as const
) {
  Deno.test(`${perGeography} per geography every ${stagger} days begin ${days} days before`, () => {
    const starts = batchStarts(perGeography, stagger, AS_OF, places.homes);
    assertEquals(starts.length, 2 * perGeography);
    assertEquals(AS_OF - starts[0]!.day, days);
    assertEquals(AS_OF - starts.at(-1)!.day, 50, "the youngest is 50 days old");
    for (const [i, { day, geography, k }] of starts.entries()) {
      assertEquals(day, starts[0]!.day + i * stagger);
      assertEquals(geography, i % 2 === 0 ? "Faroe Islands" : "Scotland");
      assertEquals(k, Math.floor(i / 2));
    }
  });
}

Deno.test("72 batches per geography every 13 days up to 2025-11-21 begin on 2020-08-30", () => {
  assertEquals(isoOf(batchStarts(72, 13, AS_OF, places.homes)[0]!.day), "2020-08-30");
});

Deno.test("a plan is no longer than 100 years, and begins with the dates", () => {
  const cannot = (perGeography: number, stagger: number, asOf = AS_OF) => {
    const error = assertThrows(
      () => batchStarts(perGeography, stagger, asOf, places.homes),
      ReddError,
    );
    assertEquals([error.code, error.exitCode], ["PLAN_TOO_LONG", 2]);
    return error.message;
  };
  assertEquals(
    cannot(999, 30),
    "Cannot plan 999 batches per geography: with a stagger of 30 days up to 2025-11-21 the first " +
      "would start more than 100 years before. Take fewer batches or a shorter stagger.",
  );
  assertEquals(
    cannot(2, 1000, parseIso("1918-05-01")!),
    "Cannot plan 2 batches per geography: with a stagger of 1000 days up to 1918-05-01 the first " +
      "would start before 1910-01-01. Take an as-of date from 1918-05-09 on, fewer batches or a " +
      "shorter stagger.",
  );
  // (36,525 - 50) / 25 is 1,459 starts after the first.
  assertEquals(batchStarts(730, 25, AS_OF, places.homes).length, 1460);
  cannot(731, 25);
});
