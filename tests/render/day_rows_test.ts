/** Rows are the same wherever a window begins (design.md#d5): the farm may be cut on any day. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { createHash } from "node:crypto";
import { advanceDay, newFarm } from "../../src/farm/day.ts";
import { joined } from "../../src/farm/events.ts";
import { snapshotOf } from "../../src/farm/snapshot.ts";
import type { World } from "../../src/farm/world.ts";
import {
  countingListeners,
  DAY_TABLES,
  type DayFarm,
  dayNumbersFrom,
  type DayParts,
  renderRows,
} from "../../src/render/day_rows.ts";
import { PartWriter } from "../../src/render/part.ts";
import type { Schedule } from "../../src/schedule/format.ts";
import { anyWish } from "../any_wish.ts";
import { inRings, oneBatch, twoInOneArea, worldOf } from "../small_farm.ts";
import { fc, runs } from "../random.ts";

const life = worldOf(
  oneBatch({ eggs: 3_500_003, geography: "Faroe Islands", duration: 840, target: 6.5 }),
  11,
);

/** Digest of every table, rendered in windows that begin on the first day and on the cuts. */
function digestsOf(world: World, cuts: ReadonlySet<number>): Map<string, string> {
  const farm = newFarm(world, dayNumbersFrom(1));
  const count = joined(countingListeners(farm, world));
  const snapshots: DayFarm[] = [];
  while (farm.day < world.asOf) {
    if (snapshots.length === 0 || cuts.has(farm.day)) {
      snapshots.push(snapshotOf(farm, snapshots.at(-1)));
    }
    advanceDay(farm, world, count);
  }
  const hashes = Object.entries(DAY_TABLES).map(([key, table]) => {
    const hash = createHash("sha256");
    const part = new PartWriter({ write: (bytes) => void hash.update(bytes) }, 16 * 1024);
    return { key, table, hash, part };
  });
  const parts = Object.fromEntries(hashes.map(({ key, part }) => [key, part])) as DayParts;
  snapshots.forEach((snapshot, i) => {
    // As a message to a worker copies it.
    const window = structuredClone(snapshot);
    const events = renderRows(window, world, parts);
    while (window.day < (snapshots[i + 1]?.day ?? world.asOf)) advanceDay(window, world, events);
  });
  return new Map(hashes.map(({ table, hash, part }) => {
    part.flush();
    return [table, hash.digest("hex")];
  }));
}

const schedules: fc.Arbitrary<{ schedule: Schedule; seed: number }> = fc.tuple(anyWish, fc.nat(400))
  .map(([wish, later]) => ({
    seed: wish.seed,
    schedule: later < 300
      ? oneBatch(wish)
      : twoInOneArea({ ...wish, duration: 900, eggs: Math.min(wish.eggs!, 3_500_000) }, later),
  }));

Deno.test("rows do not depend on where windows begin, wherever they are cut", () => {
  fc.assert(
    fc.property(
      schedules,
      fc.array(fc.nat(899), { minLength: 1, maxLength: 25 }),
      ({ schedule, seed }, cuts) => {
        const world = worldOf(schedule, seed);
        const days = new Set(cuts.map((cut) => world.firstDay + cut));
        assertEquals(digestsOf(world, days), digestsOf(world, new Set()));
      },
    ),
    { numRuns: runs(20) },
  );
});

Deno.test("rows do not depend on where windows begin, if every day is a window of its own", () => {
  for (
    const world of [
      life,
      worldOf(oneBatch({ eggs: 5_000_000, duration: 470 }), 5),
      worldOf(inRings(oneBatch({ eggs: 400_000, duration: 470 }), 7), 6),
    ]
  ) {
    const all = Array.from({ length: world.asOf - world.firstDay }, (_, d) => world.firstDay + d);
    assertEquals(digestsOf(world, new Set(all)), digestsOf(world, new Set()));
  }
});
