// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { isFree, type Occupancy, reserve, takenOn } from "../../src/schedule/occupancy.ts";
import { fc } from "../random.ts";

Deno.test("intervals are half-open: one may begin on the day that another ends", () => {
  const occupancy: Occupancy = new Map();
  assert(isFree(occupancy, "Ring-01", { from: 10, to: 20 }));
  reserve(occupancy, "Ring-01", { from: 10, to: 20 });
  for (const [from, to] of [[9, 11], [19, 20], [10, 20], [0, 99], [12, 13]] as const) {
    assert(!isFree(occupancy, "Ring-01", { from, to }), `${from} to ${to}`);
  }
  for (const [from, to] of [[0, 10], [20, 21]] as const) {
    assert(isFree(occupancy, "Ring-01", { from, to }), `${from} to ${to}`);
    assert(isFree(occupancy, "Ring-02", { from, to }));
  }
  const taken = [9, 10, 19, 20].map((day) => takenOn(occupancy, ["Ring-01", "Ring-02"], day));
  assertEquals(taken, [0, 1, 1, 0]);
});

Deno.test("reservations in any order leave the same containers free as a calendar of days", () => {
  const interval = fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 20 }))
    .map(([from, days]) => ({ from, to: from + days }));
  fc.assert(fc.property(fc.array(interval, { maxLength: 30 }), (intervals) => {
    const occupancy: Occupancy = new Map();
    const days = new Set<number>();
    for (const one of intervals) {
      const all = Array.from({ length: one.to - one.from }, (_, i) => one.from + i);
      const free = all.every((day) => !days.has(day));
      assertEquals(isFree(occupancy, "C01", one), free);
      if (!free) continue;
      reserve(occupancy, "C01", one);
      for (const day of all) days.add(day);
    }
  }));
});
