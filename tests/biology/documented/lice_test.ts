/** Lice counts: how many lice, of which types, found how (domain.md#10). */
// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { countLice } from "../../../src/biology/documented/lice.ts";
import { newLiceCount } from "../../../src/farm/lice_count.ts";
import type { LiceRates } from "../../../src/farm/rates.ts";
import { numberMaster } from "../../../src/fixtures/numbering.ts";
import { fixtures, live, oneBatch, worldOf } from "../../small_farm.ts";

const world = worldOf(oneBatch({ eggs: 3_500_000, duration: 900, target: 6.5 }));
const rates = world.rates.lice;
const ids = numberMaster(fixtures).liceTypes;
const salmon = (gender: string, stage: string) =>
  ids.get(`Lepeophtheirus salmonis, ${gender}, ${stage}`)!;

/** Lice types in the order of the shares, and then whatever Caligus there is. */
const ORDER = rates.shares.map(({ typeId }) => typeId);

/** Counts of many rings and days: of every type in that order, 0 where it has no row. */
function manyCounts(adultDay: number, from: LiceRates = rates, rings = 14, days = 200) {
  const count = newLiceCount(from);
  const found: { typeIds: number[]; counts: number[]; method: number; rows: number }[] = [];
  for (let index = 0; index < days; index++) {
    for (let position = 0; position < rings; position++) {
      countLice(count, { position }, world.batches[0]!, index, adultDay, from);
      const types = count.typeIds.slice(0, count.rows);
      const at = (typeId: number) => count.counts[types.indexOf(typeId)] ?? 0;
      const caligus = types.find((typeId) => !ORDER.includes(typeId)) ?? 0;
      found.push({
        method: count.method,
        rows: count.rows,
        typeIds: [...ORDER, caligus],
        counts: [...ORDER.map(at), at(caligus)],
      });
    }
  }
  return found;
}

Deno.test("counts are the documented shares of all lice on twenty fish", () => {
  for (
    const [adultDay, factor] of [[0, 0.5], [89, 0.5], [90, 1], [180, 1.8], [360, 2.5]] as const
  ) {
    const totals = Array.from({ length: 100 }, (_, n) => n).filter((n) =>
      n >= 6 && n <= 20 * (0.3 + 1.7 * factor)
    );
    const possible = new Set(
      totals.map((n) => [35, 25, 30, 10].map((share) => Math.floor(n * share / 100)).join()),
    );
    const seen = new Set<string>();
    for (const { typeIds, counts, rows } of manyCounts(adultDay)) {
      assertEquals(typeIds.slice(0, 4), [
        salmon("female", "adult"),
        salmon("male", "adult"),
        salmon("female", "chalimus"),
        salmon("female", "pre-adult"),
      ]);
      assert(possible.has(counts.slice(0, 4).join()), `${counts} on day ${adultDay}`);
      seen.add(counts.slice(0, 4).join());
      assertEquals(rows, counts.filter((n) => n > 0).length);
    }
    assert(seen.size >= 0.9 * possible.size, `${seen.size} of ${possible.size} counts occur`);
  }
});

Deno.test("pressure rises after 90, 180 and 360 days at sea", () => {
  const mean = (adultDay: number) => {
    const all = manyCounts(adultDay, rates, 14, 800);
    return all.reduce((sum, { counts }) => sum + counts[0]!, 0) / all.length;
  };
  // 35 % of 20 x (0.3 + 0.85 p), less what two roundings drop.
  for (
    const [days, factor] of [[[0, 89], 0.5], [[90, 179], 1], [[180, 359], 1.8], [
      [360, 449],
      2.5,
    ]] as const
  ) {
    for (const day of days) {
      assertAlmostEquals(mean(day), 0.35 * (20 * (0.3 + 0.85 * factor) - 0.5) - 0.48, 0.25);
    }
  }
});

Deno.test("a Caligus is found in 15 % of the rings, of every type, one to a fifth of the lice", () => {
  const types = fixtures.master.health.lice_types.flatMap((type, i) =>
    type.species === "Caligus elongatus" ? [i + 1] : []
  );
  assertEquals(types.length, 4);
  const all = manyCounts(200, rates, 14, 1_000);
  const found = all.filter(({ counts }) => counts[4]! > 0);
  assertAlmostEquals(found.length / all.length, 0.15, 0.01);
  for (const type of types) {
    const share = found.filter(({ typeIds }) => typeIds[4] === type).length / found.length;
    assertAlmostEquals(share, 0.25, 0.04);
  }
  // At most 67 lice under this pressure.
  assertEquals(new Set(found.map(({ counts }) => counts[4]!)).size, 13);
});

Deno.test("B-28: fewer than five lice leave room for one Caligus", () => {
  const few = { ...rates, base: 0, span: 0.2 };
  const found = manyCounts(0, few, 14, 500);
  assert(found.every(({ counts }) => counts.every((n) => n >= 0)));
  const caligus = found.filter(({ counts }) => counts[4]! > 0);
  assertEquals(new Set(caligus.map(({ counts }) => counts[4])), new Set([1]));
  assertAlmostEquals(caligus.length / found.length, 0.15, 0.02);
});

Deno.test("methods have their shares and their confidence", () => {
  const all = manyCounts(0, rates, 14, 1_000);
  const documented = [
    ["manual", 0.7, 95],
    ["visual", 0.2, 75],
    ["automated", 0.05, 98],
    ["camera", 0.05, 90],
  ] as const;
  documented.forEach(([method, share, confidence], i) => {
    assertEquals([rates.detection[i]!.method, rates.detection[i]!.confidence], [
      method,
      confidence,
    ]);
    const found = all.filter((one) => one.method === i).length / all.length;
    assertAlmostEquals(found, share, 0.01, method);
  });
});

Deno.test("a method finds a Caligus as often as another", () => {
  const all = manyCounts(0, rates, 14, 2_000);
  for (const method of rates.detection.keys()) {
    const own = all.filter((one) => one.method === method);
    const found = own.filter(({ counts }) => counts[4]! > 0).length / own.length;
    assertAlmostEquals(found, 0.15, 0.035);
  }
});

Deno.test("every ring is counted once a week at sea and nowhere else", () => {
  const counted = new Map<number, number>();
  live(world, {
    liceCounted(assignment, index) {
      assertEquals([assignment.stage, assignment.active], [6, true]);
      assertEquals(index % 7, 0);
      counted.set(index, (counted.get(index) ?? 0) + 1);
    },
  });
  assertEquals([...counted.keys()], Array.from({ length: 55 }, (_, week) => 455 + 7 * week));
  assertEquals(new Set(counted.values()), new Set([14]));
});

Deno.test("a ring's count gives 4.03 rows on average", () => {
  let rows = 0;
  let rings = 0;
  for (const seed of [1, 2, 3, 4]) {
    const other = worldOf(oneBatch({ eggs: 3_500_000, duration: 835, target: 6.5 }), seed);
    const count = newLiceCount(rates);
    live(other, {
      liceCounted(assignment, index) {
        countLice(count, assignment, other.batches[0]!, index, index - 450, rates);
        rows += count.rows;
        rings++;
      },
    });
  }
  assertAlmostEquals(rows / rings, 4.03, 0.03);
});
