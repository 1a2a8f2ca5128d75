/** Projections: growth, deaths and feed by the models, day after day (domain.md#13). */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  project,
  type ProjectedDay,
  type Scenario,
  type ScenarioStart,
} from "../../src/farm/projection.ts";
import { buildWorld } from "../../src/generate/build_world.ts";
import { fixtures, live, oneBatch, places, worldOf } from "../small_farm.ts";
import { fc, runs } from "../random.ts";

const GEOGRAPHIES = ["Faroe Islands", "Scotland"] as const;
const { projection, stages } = worldOf(oneBatch()).rates;

const seaOf = new Map(GEOGRAPHIES.map((geography) => [
  geography,
  worldOf(oneBatch({ geography })).batches[0]!.geography.seaTemperatures,
]));

/** All days of a projection. */
function daysOf(start: ScenarioStart, sea: readonly number[]): ProjectedDay[] {
  const days: ProjectedDay[] = [];
  project(start, projection, sea, (day, n) => {
    assertEquals(n, days.length + 1);
    days.push({ ...day });
  });
  return days;
}

const BASELINE: ScenarioStart = {
  fromIndex: 0,
  day: 19_000,
  days: 760,
  fish: 3_500_000,
  weight: 0.1,
};

/** Order of the stage on a day index by the documented durations. */
function orderOn(index: number): number {
  return Math.min(6, Math.floor(index / 90) + 1);
}

const starts: fc.Arbitrary<ScenarioStart> = fc.record({
  fromIndex: fc.constantFrom(0, 180, 450),
  day: fc.nat(30_000),
  days: fc.integer({ min: 1, max: 900 }),
  fish: fc.integer({ min: 1, max: 5_000_000 }),
  weight: fc.integer({ min: 10, max: 900_000 }).map((n) => n / 100),
});

Deno.test("a projection follows the rule of domain.md#13, computed anew with Math.cbrt()", () => {
  const TGC = [0, 0, 2.25, 2.75, 2.75, 3.25, 3.1];
  const FCR = [0, 0, 1, 1.1, 1, 1.1, 1.2];
  const CAP = [0, 1, 10, 100, 250, 700, 8000];
  fc.assert(
    fc.property(starts, fc.constantFrom(...GEOGRAPHIES), (start, geography) => {
      const sea = seaOf.get(geography)!;
      let { weight, fish } = start;
      let eaten = 0;
      daysOf(start, sea).forEach((day, i) => {
        const order = orderOn(start.fromIndex + i);
        const temperature = order >= 5 ? sea[Math.min(i, sea.length - 1)]! : 12;
        const grown = Math.min(
          (Math.cbrt(weight) + TGC[order]! / 1000 * temperature) ** 3,
          CAP[order]!,
        );
        const next = order === 1 ? weight : Math.max(weight, grown);
        fish -= Math.round(fish * 0.0003);
        eaten += day.dailyFeed;
        assertEquals([day.population, day.temperature], [fish, temperature]);
        assertEquals(day.stageId, stages[order]!.id);
        assertAlmostEquals(day.weight, next, 1e-9 * next);
        assertAlmostEquals(day.biomass, next * fish / 1000, 0.00501 + 1e-9 * next * fish);
        assertAlmostEquals(day.dailyFeed, (next - weight) * fish / 1000 * FCR[order]!, 0.0006);
        assertAlmostEquals(day.cumulativeFeed, eaten, 1e-4);
        weight = day.weight;
      });
    }),
    { numRuns: runs(60) },
  );
});

Deno.test("projected weights never fall and fish never become more", () => {
  fc.assert(fc.property(starts, (start) => {
    let { weight, fish } = start;
    for (const day of daysOf(start, seaOf.get("Scotland")!)) {
      assert(day.weight >= weight && day.population <= fish && day.population >= 0);
      weight = day.weight;
      fish = day.population;
    }
  }));
});

Deno.test("B-10: 79.6 % survive 760 days, not 99.8 %", () => {
  for (const geography of GEOGRAPHIES) {
    const days = daysOf(BASELINE, seaOf.get(geography)!);
    assertAlmostEquals(days.at(-1)!.population / BASELINE.fish, 0.796, 0.0005);
  }
});

Deno.test("after 760 days the fish weigh 6.0 kg in Scotland and 6.9 kg in the Faroe Islands", () => {
  const last = (geography: typeof GEOGRAPHIES[number]) =>
    daysOf(BASELINE, seaOf.get(geography)!).at(-1)!.weight;
  assertAlmostEquals(last("Scotland"), 6_000, 100);
  assertAlmostEquals(last("Faroe Islands"), 6_900, 100);
});

Deno.test("B-30: a scenario that starts with parr grows as parr from its first day", () => {
  const parr = daysOf(
    { ...BASELINE, fromIndex: 180, weight: 6, days: 720 },
    seaOf.get("Scotland")!,
  );
  assertEquals(parr[0]!.stageId, stages[3]!.id);
  assertAlmostEquals(parr[0]!.weight, (Math.cbrt(6) + 0.00275 * 12) ** 3, 1e-9);
  const stageChanges = parr.flatMap(({ stageId }, i) =>
    i === 0 || stageId !== parr[i - 1]!.stageId ? [[i, stageId]] : []
  );
  assertEquals(
    stageChanges,
    [[0, 3], [90, 4], [180, 5], [270, 6]].map(([i, order]) => [
      i!,
      stages[order!]!.id,
    ]),
  );
  const adult = daysOf({ ...BASELINE, fromIndex: 450, weight: 500, days: 450 }, [9]);
  assertEquals(new Set(adult.map(({ stageId }) => stageId)), new Set([stages[6]!.id]));
  assertAlmostEquals(adult[0]!.weight, (Math.cbrt(500) + 0.0031 * 9) ** 3, 1e-9);
});

Deno.test("later scenarios begin with the fish, weight and remaining days of their stage", () => {
  const schedule = oneBatch({ eggs: 3_500_000, duration: 900, target: 4.5 });
  const parts = { schedule, fixtures, infrastructure: places, seed: 7 };
  for (const laterScenarios of [true, false]) {
    const world = buildWorld({ ...parts, laterScenarios });
    const plans: Scenario[] = [];
    const entered: [number, number, number][] = [];
    live(world, {
      planned: (_batch, scenario) => plans.push(scenario),
      moved(_batch, { toStage, movedCount, destinations }) {
        if (toStage !== 3 && toStage !== 6) return;
        entered.push([toStage, movedCount, destinations[0]!.weight / 100]);
      },
    });
    const later = plans.slice(1);
    assertEquals(plans[0]!.name, "Baseline Projection");
    assertEquals([plans[0]!.fish, plans[0]!.weight, plans[0]!.days], [3_500_000, 0.1, 760]);
    assertEquals(later.length, laterScenarios ? 2 : 0);
    later.forEach(({ fish, weight, fromIndex, day, days, id }, i) => {
      assertEquals([fish, weight], entered[i]!.slice(1));
      assertEquals([fromIndex, days, id], [[180, 720, 2], [450, 450, 3]][i]!);
      assertEquals(day, world.firstDay + fromIndex);
    });
  }
});
