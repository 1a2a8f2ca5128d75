/** Seasons in which smolts go to sea: starts keep their order, and plans go on by themselves. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertThrows } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { civilOf, isoOf, parseIso } from "../../src/farm/days.ts";
import { planRules } from "../../src/fixtures/field/plan_rules.ts";
import { appendBatches, nextStart } from "../../src/schedule/append.ts";
import { countBatches } from "../../src/schedule/batch_count.ts";
import { checkSchedule } from "../../src/schedule/check.ts";
import type { Schedule } from "../../src/schedule/format.ts";
import { lifeOf } from "../../src/schedule/life.ts";
import { type FarmRequest, planFarm } from "../../src/schedule/plan.ts";
import { type Season, seasonal, seasonOf } from "../../src/schedule/seasons.ts";
import { scheduleText } from "../../src/schedule/text.ts";
import { fieldFixtures } from "../field_farm.ts";
import { fixtures, places } from "../small_farm.ts";
import { fc, runs } from "../random.ts";

const { profile } = fieldFixtures;
const SEA_START = lifeOf(profile).starts.at(-2)!;

const anyDay = fc.integer({ min: -21_000, max: 80_000 });

/** Seasons one after the other in a year. */
const anySeasons = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 })
  .map((months) => months.sort((a, b) => a - b))
  .map((from) =>
    from.map((month, i): Season => [month, i + 1 < from.length ? from[i + 1]! - 1 : month])
  );

Deno.test("smolts go to sea in a season, and no start comes before one that was before it", () => {
  fc.assert(
    fc.property(
      anySeasons,
      fc.nat({ max: 600 }),
      anyDay,
      fc.nat(400),
      (seasons, sea, day, later) => {
        const season = seasonal(seasons, sea);
        const { month } = civilOf(season(day) + sea);
        assert(seasons.some(([from, to]) => month >= from && month <= to), `month ${month}`);
        assert(season(day) <= season(day + later), isoOf(day));
        assert(Math.abs(season(day) - day) <= 366);
      },
    ),
    { numRuns: runs(500) },
  );
});

Deno.test("without seasons starts stay where they are, as under documented", () => {
  for (const day of [-20_000, 0, 18_500]) {
    assertEquals([seasonal([], 300)(day), seasonOf(fixtures.profile)(day)], [day, day]);
  }
});

Deno.test("half of the year goes to sea from April to June, half from August to October", () => {
  const entryOf = (planned: string) => {
    const day = parseIso(planned)! - SEA_START;
    return isoOf(seasonOf(profile)(day) + SEA_START);
  };
  assertEquals(
    ["2023-01-01", "2023-07-01", "2023-07-03", "2023-12-31", "2024-01-01"].map(entryOf),
    ["2023-04-01", "2023-06-30", "2023-08-01", "2023-10-31", "2024-04-01"],
  );
});

Deno.test("seasons of a profile come one after the other in a year", () => {
  const rules = profile.field!.plan;
  const parsed = (sea_entry: [number, number][]) => planRules.safeParse({ ...rules, sea_entry });
  assert(parsed([[1, 3], [4, 4], [12, 12]]).success);
  for (const seasons of [[[8, 10], [4, 6]], [[1, 4], [4, 6]]] as [number, number][][]) {
    assertEquals(
      parsed(seasons).error?.issues.map(({ message }) => message),
      ["seasons one after the other in a year"],
    );
  }
});

const anyRequest: fc.Arbitrary<FarmRequest> = fc.record({
  perGeography: fc.integer({ min: 2, max: 40 }),
  stagger: fc.integer({ min: 8, max: 60 }),
  saturation: fc.integer({ min: 30, max: 100 }).map((percent) => percent / 100),
  asOf: fc.integer({ min: 18_000, max: 24_000 }),
  seed: fc.constant(7),
});

/** The plan of a request, or why a batch of it finds no place. */
function planned(request: FarmRequest): Schedule | ReddError {
  try {
    return planFarm(request, profile, places);
  } catch (thrown) {
    if (thrown instanceof ReddError && thrown.code === "NO_PLACE") return thrown;
    throw thrown;
  }
}

Deno.test("a plan is in order, and its youngest batch is old enough on the as-of date", () => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      const schedule = planned(request);
      if (schedule instanceof ReddError) return;
      assertEquals(checkSchedule(schedule, profile, places), undefined);
      const last = parseIso(schedule.batches.at(-1)!.start_date)!;
      assert(last <= request.asOf - 50, `${request.asOf - last} days`);
    }),
    { numRuns: runs(30) },
  );
});

Deno.test("a plan that has gone on is the plan of as many batches from the same day on", () => {
  let gone = 0;
  fc.assert(
    fc.property(anyRequest, fc.nat(), (request, n) => {
      const whole = planned(request);
      if (whole instanceof ReddError) return;
      // A season may leave room for one more on the same day, which would be appended.
      if (nextStart(whole, profile) <= request.asOf - 50) return;
      const perGeography = 1 + n % (request.perGeography - 1);
      // The day on which the last batch of the shorter plan is old enough.
      const last = whole.batches[2 * perGeography - 1]!;
      const asOf = parseIso(last.start_date)! + 50;
      const shorter = planFarm({ ...request, perGeography, asOf }, profile, places);
      // Days of two plans that are the same in a season are two days without.
      if (shorter.metadata.planned_from !== whole.metadata.planned_from) return;
      const until = isoOf(request.asOf);
      const longer = appendBatches(shorter, until, 7, profile, places);
      assertEquals(scheduleText(longer), scheduleText(whole));
      assert(nextStart(longer, profile) >= parseIso(whole.batches.at(-1)!.start_date)!);
      const between = isoOf(Math.floor((asOf + request.asOf) / 2));
      const half = appendBatches(shorter, between, 7, profile, places);
      assertEquals(
        scheduleText(appendBatches(half, until, 7, profile, places)),
        scheduleText(whole),
      );
      gone++;
    }),
    { numRuns: runs(40) },
  );
  assert(gone > 5, `${gone} of the plans went on`);
});

Deno.test("what is advised where a batch finds no place can be planned", () => {
  const crowded = fc.record({
    perGeography: fc.integer({ min: 15, max: 60 }),
    stagger: fc.integer({ min: 4, max: 18 }),
    asOf: fc.integer({ min: 18_000, max: 24_000 }),
  });
  let advised = 0;
  fc.assert(
    fc.property(crowded, (some) => {
      const request: FarmRequest = { ...some, saturation: 0.85, seed: 7 };
      const error = planned(request);
      if (!(error instanceof ReddError)) return;
      const [, stagger, fewer] = /a stagger of (\d+) days, or (\d+) batches/.exec(error.remedy!)!;
      planFarm({ ...request, stagger: Number(stagger) }, profile, places);
      planFarm({ ...request, perGeography: Number(fewer) }, profile, places);
      advised++;
    }),
    { numRuns: runs(15) },
  );
  assert(advised > 5, `${advised} of the plans had no place`);
});

Deno.test("the counted batches can be planned on the day for which they were counted", () => {
  const request = fc.record({
    years: fc.integer({ min: 10, max: 80 }).map((tenths) => tenths / 10),
    stagger: fc.integer({ min: 10, max: 30 }),
    asOf: fc.integer({ min: 18_000, max: 24_000 }),
  });
  fc.assert(
    fc.property(request, (some) => {
      const request = { ...some, saturation: 0.85 };
      const { perGeography, byTime, binds } = countBatches(request, profile, places);
      const plan = (perGeography: number) => planned({ ...request, perGeography, seed: 1 });
      assert(!(plan(perGeography) instanceof ReddError));
      assertEquals(perGeography < byTime, binds !== "time");
      if (binds !== "time") assert(plan(perGeography + 1) instanceof ReddError);
    }),
    { numRuns: runs(30) },
  );
});

Deno.test("of batches every 18 days as many are counted as find a place on their own days", () => {
  const request = { years: 4, stagger: 18, saturation: 0.85, asOf: parseIso("2025-11-21")! };
  const { perGeography, byTime, binds } = countBatches(request, profile, places);
  assertEquals([perGeography, byTime, binds], [28, 49, "rings"]);
  assertThrows(
    () => planFarm({ ...request, perGeography: byTime, seed: 1 }, profile, places),
    ReddError,
    "SCO-2023-031 finds no rings on 2024-10-19, since no sea area in Scotland is empty from 8 " +
      "weeks before to 8 weeks after. What fits is a stagger of 19 days, or 28 batches per geography.",
  );
});
