/** Faults of the oxygen sensors of `field` that nobody has noticed, over years of many rings. */
// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { oxygenFaults } from "../../../src/field/water/sensor_faults.ts";
import { parseIso } from "../../../src/farm/days.ts";
import { factsOf } from "../../../src/farm/world.ts";
import { fieldBatch, fieldFixtures, fieldWorld } from "../../field_farm.ts";
import { mean } from "./statistics.ts";

const rules = fieldFixtures.profile.field!.water.sensors;
const facts = factsOf(fieldWorld(fieldBatch()));
const containers = facts.batches.flatMap(({ places }) => places.flat());
const FIRST = parseIso("2010-01-01")!;
const DAYS = 20 * 365;

/** What is wrong with the sensor of each container, day by day. */
const lives = containers.map((place) => {
  const on = oxygenFaults(facts, rules);
  return Array.from({ length: DAYS }, (_, d) => {
    const { off, stuckAt } = on(place, FIRST + d);
    return { off, stuckAt };
  });
});

Deno.test("an oxygen sensor drifts in one direction until it is cleaned, after 30 to 90 days", () => {
  const calm = { ...rules, stuck: 0, off: 0 };
  const on = oxygenFaults(facts, calm);
  for (const place of containers.slice(0, 30)) {
    const off = Array.from({ length: DAYS }, (_, d) => on(place, FIRST + d).off);
    const cleaned = off.flatMap((one, d) => one === 0 ? [d] : []);
    const gaps = new Set(cleaned.slice(1).map((day, i) => day - cleaned[i]!));
    assertEquals(gaps.size, 1, "a sensor is cleaned by its own calendar");
    const [gap] = gaps;
    const [least, most] = rules.cleaning_days;
    assert(gap! >= least && gap! <= most, `cleaned after ${gap} days`);
    const [from, to] = cleaned as [number, number];
    for (let d = from + 1; d < to; d++) {
      assertAlmostEquals(off[d]! / (d - from), off[from + 1]!, 1e-9);
    }
    assert(off.some((one) => one > 0) && off.some((one) => one < 0));
  }
});

Deno.test("2 % of the months of sensors have a stuck or a far wrong value", () => {
  const spells = lives.flatMap((days) =>
    Array.from(
      { length: Math.floor(DAYS / 30) },
      (_, m) => days.slice(m * 30, m * 30 + 30),
    )
  );
  const stuck = spells.filter((days) => days.some(({ stuckAt }) => stuckAt !== null));
  // A window of 30 days often sees the parts of two spells of wrong values, and rarely of stuck ones.
  const share = stuck.length / spells.length;
  assert(share > 0.8 * rules.stuck && share < 2 * rules.stuck, `${share} of months stuck`);
  const wrong = lives.flat().filter(({ off }) => Math.abs(off) > rules.off_by[0] - 3).length;
  const wrongShare = wrong / (lives.length * DAYS);
  assertAlmostEquals(wrongShare, rules.off, rules.off * 0.35);
});

Deno.test("a stuck sensor says one value in steps of a tenth for 3 to 15 days on end", () => {
  const runs: number[] = [];
  for (const days of lives) {
    let run: (number | null)[] = [];
    for (const { stuckAt } of days) {
      if (stuckAt === null) {
        if (run.length > 0) runs.push(run.length);
        run = [];
        continue;
      }
      assertAlmostEquals(stuckAt * 10, Math.round(stuckAt * 10), 1e-9);
      if (run.length > 0) assertEquals(stuckAt, run[0], "the value changes");
      run.push(stuckAt);
    }
  }
  assert(runs.length > 50, `${runs.length} runs`);
  assert(runs.every((days) => days >= 3 && days <= 15), `${runs}`);
  assertAlmostEquals(mean(runs), 9, 1.5);
});

Deno.test("fouled sensors say too little three times out of four", () => {
  const far = lives.flat().map(({ off }) => off).filter((off) => Math.abs(off) > 7);
  const low = far.filter((off) => off < 0).length / far.length;
  assert(low > 0.55 && low < 0.95, `${low} too little`);
});

Deno.test("whoever cleans a sensor says so, and whoever finds one stuck or far off", () => {
  const on = oxygenFaults(facts, rules);
  const found = { cleaned: 0, restarted: 0, corrected: 0 };
  for (const [i, place] of containers.entries()) {
    for (let d = 1; d < DAYS; d++) {
      const { off, stuckAt, care } = on(place, FIRST + d);
      const before = lives[i]![d - 1]!;
      if (stuckAt !== null) assertEquals(care, null, "cared for, and still stuck");
      else if (before.stuckAt !== null) {
        assert(/stuck|had not changed/.test(care!), `${care} after it was stuck`);
        found.restarted++;
      } else if (care !== null && /off,|Off against/.test(care)) {
        assert(Math.abs(before.off) > rules.off_by[0] - 3, `${care}, and it was not`);
        found.corrected++;
      } else if (care !== null) {
        assert(/clean|brushed/.test(care), care);
        assert(Math.abs(off) < 1e-9 || Math.abs(off) >= rules.off_by[0], `${off} when clean`);
        found.cleaned++;
      }
    }
  }
  const years = containers.length * DAYS / 365;
  assert(found.cleaned > years * 365 / 90 && found.cleaned < years * 365 / 30, `${found.cleaned}`);
  const months = containers.length * DAYS / 30;
  assertAlmostEquals(found.restarted, months * rules.stuck, months * rules.stuck * 0.35);
  assertAlmostEquals(found.corrected, months * rules.off, months * rules.off * 0.35);
});

Deno.test("faults of a day are those of any order of asking", () => {
  const [place] = containers as [typeof containers[0]];
  const on = oxygenFaults(facts, rules);
  for (let d = DAYS - 1; d >= 0; d -= 7) {
    const { off, stuckAt } = on(place, FIRST + d);
    assertEquals({ off, stuckAt }, lives[0]![d]);
  }
});
