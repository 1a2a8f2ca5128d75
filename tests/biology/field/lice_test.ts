/** Lice under `field`: how they live, how they are counted, and what treatments leave of them. */
// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { catchOf, goingOn } from "../../../src/field/health/lice.ts";
import { unequal } from "../../../src/field/health/lice_counts.ts";
import { FISH } from "../../../src/field/memory.ts";
import { chanceOf, limitOn } from "../../../src/field/health/treatment_decisions.ts";
import { normal } from "../../../src/chance/deviates.ts";
import { parseIso } from "../../../src/farm/days.ts";
import { newLiceCount } from "../../../src/farm/lice_count.ts";
import { fieldBatch, fieldFixtures, fieldWorld } from "../../field_farm.ts";
import { liceLimitOf } from "../../../src/report/data/lice_limits.ts";
import { live } from "../../small_farm.ts";

const { lice, treatments } = fieldFixtures.profile.field!;
const world = fieldWorld(fieldBatch({ geography: "Scotland", seed: 5 }), 5);
const sea = world.rates.stages.length - 1;

/** What a farm has seen in a life: lice that move in every ring by day, treatments and notes. */
const seen = (() => {
  const mobile = new Map<number, Map<number, number>>();
  const treated: { ring: number; day: number; outcome: string; description: string }[] = [];
  const notes: string[] = [];
  let today = world.firstDay;
  live(world, {
    read: (farm) => void (today = farm.day),
    dayEnded(farm) {
      for (const { id, stage, memory } of farm.batches[0]!.assignments) {
        if (stage !== sea) continue;
        const moving = [FISH.preAdults, FISH.preAdults2, FISH.females, FISH.males];
        const own = [FISH.chalimus, FISH.chalimus2, FISH.chalimus3, ...moving]
          .map((place) => memory[place]!);
        assert(own.every((one) => one >= 0 && Number.isFinite(one)), `${own}`);
        const days = mobile.get(id) ?? new Map<number, number>();
        const lice = own.slice(3).reduce((sum, one) => sum + one, 0);
        mobile.set(id, days.set(farm.day, lice));
        // A louse is no adult within three weeks.
        if (days.size < 21) assert(memory[FISH.females]! < 0.01, `${memory[FISH.females]}`);
      }
    },
    treated: ({ id }, { outcome, description }) =>
      void treated.push({ ring: id, day: today, outcome, description }),
    noted: ({ text }) => void notes.push(text),
  });
  return { mobile, treated, notes };
})();

Deno.test("half of a stage has gone on after its days at 10 °C, sooner where it is warmer", () => {
  for (const [stage, steps] of [[lice.chalimus, 3], [lice.pre_adult, 2]] as const) {
    const rate = goingOn(stage, 10, steps);
    const there = new Array(steps).fill(0);
    there[0] = 1;
    for (let day = 0; day < stage.days_at_10; day++) {
      for (let s = steps - 1; s >= 0; s--) {
        const gone = rate * there[s]!;
        there[s] -= gone;
        if (s + 1 < steps) there[s + 1] += gone;
      }
    }
    assertAlmostEquals(there.reduce((sum, one) => sum + one, 0), 0.5, 0.06);
    assert(goingOn(stage, 14, steps) > 1.3 * rate);
    assert(goingOn(stage, 5, steps) < 0.6 * rate);
  }
});

Deno.test("small fish catch fewer larvae", () => {
  assertEquals(catchOf(lice.small_below_g, lice), 1);
  assert(catchOf(100, lice) < 0.5);
});

Deno.test("counts are as unequal as lice are on fish, and right on the mean", () => {
  for (const shape of [6, 12, 24]) {
    const all = Array.from({ length: 2000 }, (_, i) => unequal(shape, normal((i + 0.5) / 2000)));
    const mean = all.reduce((sum, one) => sum + one, 0) / all.length;
    const variance = all.reduce((sum, one) => sum + (one - mean) ** 2, 0) / all.length;
    assertAlmostEquals(mean, 1, 0.005);
    assertAlmostEquals(variance * shape, 1, 0.03);
  }
});

Deno.test("a site treats the sooner the more lice are to come, and by the limit of its day", () => {
  const limit = limitOn(treatments, "Scotland", parseIso("2022-09-01")!);
  assert(limit > limitOn(treatments, "Scotland", parseIso("2022-05-01")!));
  const later = {
    ...treatments,
    limits: [...treatments.limits, { ...treatments.limits[0]!, from: "2024-01-01", females: 0.2 }],
  };
  assertEquals(
    ["2023-12-31", "2024-01-01"].map((day) => limitOn(later, "Faroe Islands", parseIso(day)!)),
    [1.5, 0.2],
  );
  assertEquals(limitOn(treatments, "Atlantis", 0), Infinity);
  const few = chanceOf(treatments, 0, limit);
  assertAlmostEquals(few, treatments.usual, treatments.usual / 10);
  assertEquals(chanceOf(treatments, treatments.share_of_limit * limit, limit), few);
  assert(chanceOf(treatments, 2 * limit, limit) > 0.8);
  assertAlmostEquals(chanceOf(treatments, 5, Infinity), few);
});

Deno.test("fish have no lice when they come to sea, and then more and more", () => {
  for (const days of seen.mobile.values()) {
    const lice = [...days.values()];
    assert(lice[0]! < 0.01, `${lice[0]}`);
    assert(Math.max(...lice) > 0.2, `${Math.max(...lice)}`);
  }
});

Deno.test("a treatment takes of the lice that move what its outcome says, medicated feed over weeks", () => {
  assert(seen.treated.length >= 10, `${seen.treated.length} treatments`);
  for (const { ring, day, outcome, description } of seen.treated) {
    const on = (later: number) => seen.mobile.get(ring)!.get(day + later)!;
    if (description.startsWith("In-feed")) {
      assert(on(0) > 0.9 * on(-1), description);
      if (outcome === "successful") assert(on(31) < on(5), description);
      continue;
    }
    const left = on(0) / on(-1);
    const from = outcome === "successful"
      ? treatments.successful_from
      : outcome === "partial"
      ? treatments.partial_from
      : 0;
    // A day's lice come and go besides.
    assert(left < 1.1 - from, `${left} after ${description}, ${outcome}`);
  }
});

Deno.test("rings have a pause between treatments, and the journal says why there is one", () => {
  const byRing = new Map<number, number[]>();
  for (const { ring, day } of seen.treated) byRing.set(ring, [...byRing.get(ring) ?? [], day]);
  const gaps = [...byRing.values()].flatMap((days) =>
    days.slice(1).map((day, i) => day - days[i]!)
  );
  assert(gaps.length > 0);
  assert(gaps.every((gap) => gap >= 18), `${gaps}`);
  const days = new Set(seen.treated.map(({ day }) => day)).size;
  assert(days > 3, `${days} days`);
  assert(seen.notes.some((text) => /adult females a fish|gill scores call for/.test(text)));
  assert(seen.notes.some((text) => /^Lice not counted in/.test(text)));
});

Deno.test("every count has its row of adult females, some of them 0, on another day for each site", () => {
  const counts: { females: number; fish: number; types: number[]; lice: number }[] = [];
  const days = new Set<number>();
  const count = newLiceCount(world.rates.lice);
  const female = world.ids.liceTypes.get("Lepeophtheirus salmonis, female, adult")!;
  let farmNow = live(world, {}, 0);
  live(world, {
    read: (farm) => void (farmNow = farm),
    liceCounted(ring) {
      days.add((farmNow.day + 3) % 7);
      world.biology.lice.count(count, farmNow, ring);
      const types = count.typeIds.slice(0, count.rows);
      const at = types.indexOf(female);
      assertEquals(at, 0);
      counts.push({
        females: count.counts[at]!,
        fish: count.fish,
        types,
        lice: ring.memory[FISH.females]!,
      });
    },
  });
  // The site's weekday, and now and then the day before or after.
  assert(days.size >= 2 && days.size <= 3, `${days.size} weekdays`);
  assert(counts.length > 200);
  assert(counts.every(({ types }) => new Set(types).size === types.length));
  const none = counts.filter(({ females }) => females === 0).length / counts.length;
  assert(none > 0.05 && none < 0.9, `${none} without a female`);
  const { other_fish: [least, most], fish, other_share } = lice.counts;
  const others = counts.filter((one) => one.fish !== fish).length / counts.length;
  assertAlmostEquals(others, other_share, 0.06);
  assert(counts.every((one) => one.fish >= least && one.fish <= most));
  // The mean of the counts is that of the lice; single ones are far off.
  const expected = counts.reduce(
    (sum, one) => sum + one.lice * one.fish * lice.counts.seen.adult,
    0,
  );
  const found = counts.reduce((sum, one) => sum + one.females, 0);
  assertAlmostEquals(found / expected, 1, 0.12);
});

Deno.test("the limits that the page draws are those that fish are treated by", () => {
  for (const geography of new Set(treatments.limits.map((one) => one.geography))) {
    const { months } = liceLimitOf(geography)!;
    const kept = months.map((_, i) =>
      limitOn(treatments, geography, parseIso(`2024-${String(i + 1).padStart(2, "0")}-15`)!)
    );
    assertEquals(kept, months, geography);
  }
});
