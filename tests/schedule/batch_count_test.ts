// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertThrows } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { parseIso } from "../../src/farm/days.ts";
import { countBatches } from "../../src/schedule/batch_count.ts";
import { planFarm } from "../../src/schedule/plan.ts";
import { fixtures, places } from "../small_farm.ts";
import { fc, runs } from "../random.ts";

const count = (years: number, stagger: number, saturation: number) =>
  countBatches({ years, stagger, saturation }, fixtures.profile, places);

Deno.test("four years, 13 days and 0.85 give 144 batches, and time binds", () => {
  assertEquals(count(4, 13, 0.85), { perGeography: 72, byTime: 72, byPlaces: 72, binds: "time" });
});

Deno.test("four years, 5 days and 0.85 give 34 per geography, and rings bind (rulings.md#20)", () => {
  assertEquals(count(4, 5, 0.85), { perGeography: 34, byTime: 186, byPlaces: 34, binds: "rings" });
});

Deno.test("four years, 6 days and 0.85 hold 125 per geography and more", () => {
  assertEquals(count(4, 6, 0.85), { perGeography: 155, byTime: 155, byPlaces: 155, binds: "time" });
});

Deno.test("a batch every 8 days in a geography finds no hall in Scotland, which has ten", () => {
  assertEquals(count(4, 4, 1), { perGeography: 10, byTime: 233, byPlaces: 10, binds: "halls" });
});

Deno.test("a count of none is refused", () => {
  const refusals = [
    [
      [0.1, 1000, 0.85],
      "Cannot plan 0.1 years: with a stagger of 1000 days there is no time for a batch per " +
      "geography. Take more years, a shorter stagger or a number of batches.",
    ],
    [
      [4, 13, 0.02],
      "Cannot plan 4 years: not one batch per geography finds a place: 10 of the 440 rings in " +
      "Faroe Islands would be taken, more than a saturation of 0.02 allows. Take a higher " +
      "saturation or a larger farm.",
    ],
  ] as const;
  for (const [[years, stagger, saturation], message] of refusals) {
    const error = assertThrows(() => count(years, stagger, saturation), ReddError);
    assertEquals([error.message, error.exitCode], [message, 2]);
  }
});

Deno.test("the counted batches can be planned, and where places bind no more can", () => {
  const request = fc.record({
    years: fc.integer({ min: 5, max: 60 }).map((tenths) => tenths / 10),
    stagger: fc.integer({ min: 1, max: 40 }),
    saturation: fc.integer({ min: 5, max: 100 }).map((percent) => percent / 100),
  });
  fc.assert(
    fc.property(request, (request) => {
      const { perGeography, byTime, byPlaces, binds } = countBatches(
        request,
        fixtures.profile,
        places,
      );
      const plan = (perGeography: number) =>
        planFarm(
          { ...request, perGeography, asOf: parseIso("2025-11-21")!, seed: 1 },
          fixtures.profile,
          places,
        );
      assertEquals(perGeography, Math.min(byTime, byPlaces));
      assertEquals(plan(perGeography).batches.length, 2 * perGeography);
      assertEquals(binds === "time", byTime === byPlaces);
      if (binds === "time") return;
      const error = assertThrows(() => plan(perGeography + 1), ReddError);
      assert(error.message.includes(`finds no ${binds} on `), error.message);
    }),
    { numRuns: runs(60) },
  );
});
