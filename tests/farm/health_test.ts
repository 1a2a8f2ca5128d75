/** Health sampling and journal: on which days, and of which container (domain.md#11). */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { live, oneBatch, twoInOneArea, worldOf } from "../small_farm.ts";

/** Multiples of 30 from one day index up to, not including, another. */
function monthly(from: number, to: number): number[] {
  return Array.from({ length: 50 }, (_, n) => 30 * n).filter((day) => day >= from && day < to);
}

Deno.test("health is sampled and the journal kept every thirty days of a life", () => {
  const world = worldOf(oneBatch({ eggs: 3_500_000, duration: 900, target: 6.5 }));
  const samplings: number[] = [];
  const entries: number[] = [];
  let today = world.firstDay;
  live(world, {
    read: (farm) => today = farm.day,
    healthSampled(assignment, index) {
      assertEquals(index, today - world.firstDay);
      assert(assignment.active && assignment.stage >= 5, `stage ${assignment.stage}`);
      samplings.push(index);
    },
    journalKept(assignment) {
      assert(assignment.active);
      entries.push(today - world.firstDay);
    },
  });
  assertEquals(samplings, monthly(360, 835));
  assertEquals(entries, monthly(0, 835));
  assertEquals([samplings.length, entries.length], [16, 28]);
});

Deno.test("days count from each batch's own start", () => {
  const world = worldOf(twoInOneArea({ eggs: 200_000, duration: 400 }, 11));
  const entries = world.batches.map((): number[] => []);
  let today = 0;
  live(world, {
    read: (farm) => today = farm.day,
    journalKept: ({ batch }) => entries[batch]!.push(today - world.batches[batch]!.startDay),
  });
  assertEquals(entries, [monthly(0, 400), monthly(0, 389)]);
});

Deno.test("every container of a batch has its turn, and the two choices are independent", () => {
  const journal = new Array(14).fill(0);
  const health = new Array(14).fill(0);
  let same = 0;
  let both = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const world = worldOf(oneBatch({ eggs: 3_500_000, duration: 780, target: 6.5 }), seed);
    let sampled = -1;
    live(world, {
      read: () => sampled = -1,
      healthSampled({ stage, ordinal }) {
        if (stage !== 6) return;
        health[ordinal]++;
        sampled = ordinal;
      },
      journalKept({ stage, ordinal }) {
        if (stage === 6) journal[ordinal]++;
        if (sampled < 0) return;
        both++;
        if (sampled === ordinal) same++;
      },
    });
  }
  // 60 x 11 choices among 14 rings: 47 each, standard deviation 6.6.
  for (const times of [...journal, ...health]) assert(times > 20 && times < 75, `${times}`);
  assert(same / both > 0.04 && same / both < 0.11, `${same} of ${both} choices agree`);
});
