/** Containers of a documented batch that change stage in turn (domain.md#12). */
// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { growthCurve } from "../../../src/biology/documented/growth.ts";
import { harvestSpan } from "../../../src/biology/documented/foreseen.ts";
import { daysAfter, daysOfTurns } from "../../../src/biology/documented/turns.ts";
import { lifeOf } from "../../../src/schedule/life.ts";
import { inTurn } from "../../in_turn.ts";
import { fixtures, inRings, live, oneBatch, worldOf } from "../../small_farm.ts";
import { fc, runs } from "../../random.ts";

const FROM = [0, 90, 180, 270, 360, 450];

Deno.test("containers leave one a day, or as many as it takes, in the days that there are", () => {
  const turns = (transitionDays: number, shortestStage = 90) => ({
    containers: 10,
    transitionDays,
    shortestStage,
  });
  const days = (transitionDays: number, shortestStage?: number) =>
    Array.from({ length: 10 }, (_, i) => daysAfter(i, turns(transitionDays, shortestStage)));
  assertEquals(days(1), new Array(10).fill(0));
  assertEquals(days(2), [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
  assertEquals(days(4), [0, 0, 0, 1, 1, 1, 2, 2, 2, 3]);
  assertEquals(days(9), [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
  for (const many of [10, 11, 30]) assertEquals(days(many), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  // All are in a stage before the first leave it.
  assertEquals(days(10, 5), [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 400 }),
      (containers, transitionDays, shortestStage) => {
        const all = { containers, transitionDays, shortestStage };
        const took = daysOfTurns(all);
        assert(took <= Math.min(transitionDays, shortestStage, containers));
        assertEquals(daysAfter(containers - 1, all), took - 1);
      },
    ),
    { numRuns: runs(200) },
  );
});

Deno.test("every container is emptied whole on its day, and its fish grow by the stage that they are in", () => {
  for (const transitionDays of [3, 10]) {
    const schedule = inTurn(oneBatch({ eggs: 400_000, duration: 470 }), { transitionDays });
    const world = worldOf(schedule);
    const after = (turn: number) => Math.floor(turn / Math.ceil(10 / transitionDays));
    const left: [stage: number, turn: number, index: number][] = [];
    const curves = Array.from({ length: 10 }, (_, turn) => growthCurve(world.rates, after(turn)));
    live(
      world,
      {
        moved(_batch, { sources, fromStage, pours, first, last, sourceCount }) {
          for (const { ordinal, departureDay, active, fromDay } of sources) {
            left.push([fromStage, ordinal, departureDay! - world.firstDay]);
            assertEquals(active, false);
            if (fromStage > 1) assertEquals(departureDay! - fromDay, 90);
          }
          assertEquals(pours.reduce((sum, { count }) => sum + count, 0), sourceCount);
          assertEquals([first, last], [sources[0]!.ordinal === 0, sources.at(-1)!.ordinal === 9]);
        },
      },
      undefined,
      ({ day, batches }) => {
        for (const { stage, ordinal, weight } of batches[0]!.assignments) {
          if (stage < 6) assertEquals(weight, curves[ordinal]![day - 1 - world.firstDay]);
        }
      },
    );
    const expected = FROM.slice(1).flatMap((from, i) =>
      Array.from({ length: 10 }, (_, turn) => [i + 1, turn, from + after(turn)] as const)
    );
    assertEquals(left, expected.map((one) => [...one]));
  }
});

Deno.test("batches that come to sea on several days are harvested within the days that are foreseen", () => {
  const days = fc.integer({ min: 2, max: 30 });
  const target = fc.integer({ min: 4_500, max: 6_500 }).map((grams) => grams / 1_000);
  const rings = fc.integer({ min: 3, max: 20 });
  let apart = 0;
  fc.assert(
    fc.property(days, target, rings, fc.nat(1e6), (transitionDays, target, rings, seed) => {
      const batch = inRings(oneBatch({ eggs: 300_000, duration: 900, target, seed }), rings);
      const world = worldOf(inTurn(batch, { transitionDays }), seed);
      const harvests: number[] = [];
      live(world, {
        harvested(_batch, all) {
          assertEquals(all.length, rings);
          harvests.push(all[0]!.departureDay! - world.firstDay);
        },
      });
      const moveDays = Math.ceil(10 / Math.ceil(10 / transitionDays));
      const span = harvestSpan(world.rates, moveDays);
      const weight = world.batches[0]!.harvestWeight;
      const [earliest, latest] = [span.earliest(weight), span.latest(weight)];
      assertEquals(harvests.length, 1);
      assert(earliest <= harvests[0]! && harvests[0]! <= latest, `${harvests} of ${earliest}`);
      assertEquals(lifeOf(fixtures.profile, transitionDays).harvestOf(target), latest);
      assert(latest - earliest <= moveDays);
      if (latest > earliest) apart++;
    }),
    { numRuns: runs(20) },
  );
  assert(apart > 0, "every day was certain");
  const { earliest, latest } = harvestSpan(worldOf(oneBatch()).rates, 1);
  for (const weight of [450_000, 555_500, 650_000]) assertEquals(earliest(weight), latest(weight));
});
