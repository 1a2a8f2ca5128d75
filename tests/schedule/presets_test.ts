// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { checkSchedule } from "../../src/schedule/check.ts";
import { planFarm } from "../../src/schedule/plan.ts";
import { FARM_PRESETS } from "../../src/schedule/presets.ts";
import { statisticsOf } from "../../src/schedule/statistics.ts";
import { fixtures, places } from "../small_farm.ts";

const { profile } = fixtures;

function preset(name: keyof typeof FARM_PRESETS, seed = 7) {
  const schedule = planFarm({ ...FARM_PRESETS[name], seed }, profile, places);
  assertEquals(checkSchedule(schedule, profile, places), undefined);
  return statisticsOf(schedule, profile, places);
}

Deno.test("the presets have 20, 40, 144 and 250 batches, in both geographies alike", () => {
  for (
    const [name, batches, firstStart] of [
      ["small", 20, "2023-02-25"],
      ["medium", 40, "2020-05-31"],
      ["production", 144, "2020-08-30"],
      ["saturation", 250, "2021-08-30"],
    ] as const
  ) {
    const statistics = preset(name);
    assertEquals([statistics.batches, statistics.firstStart], [batches, firstStart], name);
    assertEquals(statistics.perGeography, { "Faroe Islands": batches / 2, Scotland: batches / 2 });
    assertEquals([statistics.asOf, statistics.lastStart], ["2025-11-21", "2025-10-02"]);
  }
});

Deno.test("every stage and harvests occur in every preset (rulings.md#28)", () => {
  for (const name of ["small", "medium", "production", "saturation"] as const) {
    const { completed, activeByStage } = preset(name);
    assert(completed > 0, name);
    for (const [stage, n] of Object.entries(activeByStage)) assert(n > 0, `${name}: ${stage}`);
  }
});

Deno.test("the figures of production", () => {
  const { bytes, ...figures } = preset("production");
  assertEquals(figures, {
    asOf: "2025-11-21",
    firstStart: "2020-08-30",
    lastStart: "2025-10-02",
    staggerDays: 13,
    batches: 144,
    perGeography: { "Faroe Islands": 72, Scotland: 72 },
    completed: 87,
    activeByStage: { "Egg&Alevin": 4, Fry: 7, Parr: 6, Smolt: 7, "Post-Smolt": 7, Adult: 26 },
    active: 57,
    sea: {
      ofTwenty: 0,
      ofTen: 144,
      averageRings: 10,
      ringPeriods: 1440,
      mostAtOnce: { "Faroe Islands": 160, Scotland: 160 },
      rings: { "Faroe Islands": 440, Scotland: 400 },
    },
    everAllocated: { count: 820, of: 1940 },
    occupied: { count: 570, of: 1940 },
  });
  assert(bytes > 300_000 && bytes < 400_000, `${bytes}`);
});

Deno.test("whatever the seed, production has 83 to 89 completed batches and 820 containers", () => {
  for (let seed = 0; seed < 20; seed++) {
    const { completed, active, everAllocated, occupied } = preset("production", seed);
    assert(completed >= 83 && completed <= 89, `seed ${seed}: ${completed}`);
    assertEquals([completed + active, everAllocated.count], [144, 820]);
    assertEquals(occupied.count, 10 * active);
  }
});
