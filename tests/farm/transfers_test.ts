// @ts-types="../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { splitEvenly } from "../../src/farm/exact.ts";
import type { Move } from "../../src/farm/events.ts";
import { planPours } from "../../src/farm/pours.ts";
import type { World } from "../../src/farm/world.ts";
import { live, oneBatch, worldOf } from "../small_farm.ts";
import { fc } from "../random.ts";

Deno.test("planPours() empties container i into container i where the counts are the same", () => {
  assertEquals(planPours([5, 7, 9], [5, 7, 9]), [
    { from: 0, to: 0, before: 5, count: 5 },
    { from: 1, to: 1, before: 7, count: 7 },
    { from: 2, to: 2, before: 9, count: 9 },
  ]);
});

Deno.test("planPours() covers more destinations than sources, in order (B-03)", () => {
  assertEquals(planPours([7, 3], splitEvenly(10, 3)), [
    { from: 0, to: 0, before: 7, count: 4 },
    { from: 0, to: 1, before: 3, count: 3 },
    { from: 1, to: 2, before: 3, count: 3 },
  ]);
});

Deno.test("planPours() joins sources into fewer destinations", () => {
  assertEquals(planPours([2, 3, 4], [9]), [
    { from: 0, to: 0, before: 2, count: 2 },
    { from: 1, to: 0, before: 3, count: 3 },
    { from: 2, to: 0, before: 4, count: 4 },
  ]);
});

Deno.test("planPours() passes over empty sources", () => {
  assertEquals(planPours([0, 6, 0, 2], [4, 4]), [
    { from: 1, to: 0, before: 6, count: 4 },
    { from: 1, to: 1, before: 2, count: 2 },
    { from: 3, to: 1, before: 2, count: 2 },
  ]);
});

Deno.test("planPours() loses and invents no fish, whatever the counts", () => {
  const sources = fc.array(fc.nat(500_000), { minLength: 1, maxLength: 20 });
  fc.assert(fc.property(sources, fc.integer({ min: 1, max: 20 }), (sources, n) => {
    const total = sources.reduce((sum, count) => sum + count, 0);
    const destinations = splitEvenly(total, n);
    const left = [...sources];
    const entered = destinations.map(() => 0);
    for (const { from, to, before, count } of planPours(sources, destinations)) {
      assertEquals(before, left[from]);
      left[from]! -= count;
      entered[to]! += count;
    }
    assertEquals(left, left.map(() => 0));
    assertEquals(entered, destinations);
  }));
});

/** The moves of a batch, with the weights of both sides at that time. */
function movesOf(world: World): (Move & { day: number; before: number[]; after: number[] })[] {
  const moves: (Move & { day: number; before: number[]; after: number[] })[] = [];
  live(world, {
    moved(_batch, move) {
      const before = move.sources.map((one) => one.weight);
      const after = move.destinations.map((one) => one.weight);
      const day = move.destinations[0]!.fromDay - world.firstDay;
      moves.push({ ...move, day, before, after });
    },
  });
  return moves;
}

Deno.test("a batch moves on days 90, 180, 270, 360 and 450, to sea in the end", () => {
  const moves = movesOf(worldOf(oneBatch({ eggs: 3_500_000, duration: 460 })));
  assertEquals(moves.map((move) => move.day), [90, 180, 270, 360, 450]);
  assertEquals(moves.map((move) => [move.fromStage, move.toStage]), [
    [1, 2],
    [2, 3],
    [3, 4],
    [4, 5],
    [5, 6],
  ]);
  assertEquals(moves.map((move) => move.intercompany), [false, false, false, false, true]);
});

Deno.test("a move leaves the weight as it was", () => {
  for (const move of movesOf(worldOf(oneBatch({ eggs: 3_500_000, duration: 460 })))) {
    assertEquals(new Set(move.after), new Set(move.before));
    assertEquals(new Set(move.after).size, 1);
  }
});

Deno.test("fish of different weights are poured together at their mean weight", () => {
  const world = worldOf(oneBatch({ eggs: 3_500_000, duration: 460 }));
  const heavy = { left: 0, entered: 0 };
  live(world, {
    grew(assignment) {
      // Day 449: the last growth before the sea. Ten tanks of ten weights.
      if (assignment.stage === 5) assignment.weight = 40_000 + 1_000 * assignment.ordinal;
    },
    moved(_batch, move) {
      if (move.toStage !== 6) return;
      for (const { from, count } of move.pours) heavy.left += count * from.weight;
      for (const { population, weight } of move.destinations) heavy.entered += population * weight;
    },
  }, 451);
  const each = Math.abs(heavy.entered - heavy.left) / heavy.left;
  assertEquals(each < 1e-6, true, `the mass changes by ${each}`);
});

Deno.test("the totals of a workflow are the sums over its pours (B-05)", () => {
  for (const move of movesOf(worldOf(oneBatch({ eggs: 3_500_003, duration: 460 })))) {
    assertEquals(move.sourceCount, move.pours.reduce((sum, pour) => sum + pour.count, 0));
    assertEquals(move.biomass, move.pours.reduce((sum, pour) => sum + pour.biomass, 0));
    assertEquals(move.movedCount, move.sourceCount);
  }
});
