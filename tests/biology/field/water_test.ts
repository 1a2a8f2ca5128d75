/** The water of `field` over whole lives: what readings say, what is counted, and what is known of it. */
// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { FISH, SITE } from "../../../src/field/memory.ts";
import { NO_READING } from "../../../src/farm/biology.ts";
import { civilOf, isoOf } from "../../../src/farm/days.ts";
import { divideRounded } from "../../../src/farm/exact.ts";
import { placeOf, type World } from "../../../src/farm/world.ts";
import { csvQuoted } from "../../../src/render/bytes.ts";
import { fieldBatch, fieldWorld } from "../../field_farm.ts";
import { csvOfDays } from "../../render/dataset.ts";
import { live } from "../../small_farm.ts";
import { correlation, mean, standardDeviation } from "./statistics.ts";

/** What the sensors of a container say on a day. */
interface Day {
  readonly day: number;
  readonly stage: number;
  readonly assignment: number;
  readonly container: number;
  /** By parameter, and then by hour; null where there is no reading. */
  readonly values: ReadonlyMap<string, readonly (number | null)[]>;
  readonly temperature: number;
  readonly measured: boolean;
  /** What is true: temperature, oxygen where nobody feeds, the sensor that is out, the site's spell. */
  readonly truth: number;
  readonly oxygen: number;
  readonly failed: number;
  readonly spell: number;
  /** kg of fish in a m³, and the oxygen that they take where the current is strongest. */
  readonly density: number;
  readonly demand: number;
}

/** Every day of every container of a life; the batch's count is what is there on each day. */
function livedIn(world: World): Day[] {
  const { water } = world.biology;
  const names = new Map([...world.ids.parameters].map(([name, id]) => [id, name]));
  const into = new Int32Array(16);
  const days: Day[] = [];
  live(world, {
    read(farm) {
      for (const batch of farm.batches) {
        let there = 0;
        for (const one of batch.assignments) {
          const { id: container, volume, sensors, atSea } = placeOf(world, one);
          const values = new Map<string, (number | null)[]>(
            sensors.map(({ parameterId }) => [names.get(parameterId)!, []]),
          );
          world.rates.readingHours.forEach((_, h) => {
            water.read(into, farm, one, h);
            sensors.forEach(({ parameterId }, s) => {
              const said = into[s] === NO_READING ? null : into[s]! / 10_000;
              if (said !== null) there++;
              values.get(names.get(parameterId)!)!.push(said);
            });
          });
          days.push({
            day: farm.day,
            stage: one.stage,
            assignment: one.id,
            container,
            values,
            temperature: water.temperature(farm, one),
            measured: water.measuresTemperature(farm, one),
            truth: one.memory[FISH.temperature]!,
            oxygen: one.memory[FISH.oxygen]!,
            failed: one.memory[FISH.failed]!,
            spell: atSea ? farm.sites[0]![SITE.spell]! : 0,
            demand: one.memory[FISH.demand]!,
            density: one.population * one.weight / 100_000 / volume,
          });
        }
        assertEquals(water.count(farm, batch), there, `readings of day ${farm.day}`);
      }
    },
  });
  return days;
}

const faroe = livedIn(fieldWorld(fieldBatch({ seed: 1 }), 1));
const scotland = livedIn(fieldWorld(fieldBatch({ geography: "Scotland", seed: 1 }), 1));
const both = [...faroe, ...scotland];
const sea = Math.max(...faroe.map(({ stage }) => stage));

/** What there is of a parameter, over days. */
function said(days: readonly Day[], parameter: string): number[] {
  return days.flatMap(({ values }) => values.get(parameter) ?? []).filter((one) => one !== null);
}

/** The days of each stay of fish in a container of some stages. */
function stays(days: readonly Day[], isWanted: (stage: number) => boolean): Day[][] {
  const found = Map.groupBy(days.filter(({ stage }) => isWanted(stage)), (one) => one.assignment);
  return [...found.values()];
}

/** The mean of a parameter on a day. */
function dailyMean(one: Day, parameter: string): number {
  return mean(said([one], parameter));
}

Deno.test("the temperature of a day is the mean of its readings, or what is true where there are none", () => {
  let without = 0;
  for (const { values, temperature, measured, truth } of both) {
    const read = values.get("Temperature")!.filter((one) => one !== null);
    assertEquals(measured, read.length > 0);
    if (measured) {
      const sum = read.reduce((all, one) => all + Math.round(one * 10_000), 0);
      assertEquals(temperature, divideRounded(sum, read.length * 100));
    } else {
      without++;
      assertAlmostEquals(temperature / 100, truth, 0.0051);
    }
  }
  assert(without > 0, "no thermometer has ever failed");
});

Deno.test("a reading is missing only where the sensor is out, or for a single hour", () => {
  let lost = 0;
  for (const { values, failed } of both) {
    const missing = [...values.values()].map((hours) => hours.filter((one) => one === null).length);
    const partly = missing.filter((n) => n > 0 && n < 6);
    lost += partly.length;
    assert(partly.length <= 1 && partly.every((n) => n === 1), `${missing}`);
    const out = missing.map((n) => n === 6);
    assertEquals(out, missing.map((_, s) => failed === -1 || failed === s + 1));
  }
  const all = both.reduce((sum, { values }) => sum + 6 * values.size, 0);
  assertAlmostEquals(lost / all, 0.006, 0.001);
});

Deno.test("rings of a site are warm and cold together, and differ by hundredths for as long as they are", () => {
  for (const days of [faroe, scotland]) {
    const rings = stays(days, (stage) => stage === sea);
    assertEquals(rings.length, 10);
    const residuals = rings.map((ring) => {
      const byMonth = Map.groupBy(ring, ({ day }) => Math.floor(day / 30));
      const usual = new Map(
        [...byMonth].map(([m, own]) => [m, mean(own.map((d) => d.temperature))]),
      );
      return new Map(ring.map((d) => [d.day, d.temperature - usual.get(Math.floor(d.day / 30))!]));
    });
    for (let r = 1; r < rings.length; r++) {
      const common = [...residuals[r]!.keys()].filter((day) => residuals[r - 1]!.has(day));
      const [a, b] = [r - 1, r].map((i) => common.map((day) => residuals[i]!.get(day)!));
      assert(correlation(a!, b!) >= 0.8, `rings ${r - 1} and ${r}`);
    }
    const day = rings[0]!.at(-1)!.day - 60;
    const now = rings.map((ring) => ring.find((d) => d.day === day)!.truth);
    assert(standardDeviation(now) > 0.01 && standardDeviation(now) < 0.15, `${now}`);
  }
});

Deno.test("tanks and seas stay what they are: temperature by stage, water within what fish live in", () => {
  for (const stay of stays(both, (stage) => stage < sea)) {
    if (stay.length < 30) continue;
    const sd = standardDeviation(stay.flatMap((d) => said([d], "Temperature")));
    assert(sd >= 0.1 && sd <= 2.5, `${sd} degrees in a tank`);
  }
  const eggs = both.filter(({ stage }) => stage === 1);
  const cold = mean(said(eggs, "Temperature"));
  assert(cold > 6 && cold < 8, `eggs at ${cold} degrees`);
  for (
    const [parameter, low, high] of [
      ["Dissolved Oxygen", 85, 105],
      ["CO2", 1, 20],
      ["pH", 6.6, 7.6],
      ["NO2", 0.005, 0.5],
      ["NO3", 5, 100],
      ["NH4", 0.02, 2],
    ] as const
  ) {
    const values = said(both.filter(({ stage }) => stage < sea), parameter);
    const inside = values.filter((one) => one >= low && one <= high).length / values.length;
    assert(inside > 0.97, `${parameter}: ${inside} within ${low} to ${high}`);
  }
});

Deno.test("in tanks CO2 and what the filter makes of ammonia rise with the fish, and pH falls with CO2", () => {
  const tanks = both.filter(({ stage, failed }) => stage > 1 && stage < sea && failed === 0);
  const densities = tanks.map(({ density }) => density);
  const of = (parameter: string) => tanks.map((d) => dailyMean(d, parameter));
  assert(correlation(densities, of("CO2")) > 0.6);
  assert(correlation(densities, of("NH4")) > 0.6);
  assert(correlation(densities, of("NO3")) > 0.6);
  assert(correlation(densities, of("NO2")) > 0.3);
  assert(correlation(of("CO2"), of("pH")) < -0.6);
  for (const parameter of ["CO2", "NO2", "NO3", "NH4"]) {
    const kept = stays(tanks, () => true).filter((stay) => stay.length > 40).map((stay) => {
      const means = stay.map((d) => dailyMean(d, parameter));
      return correlation(means.slice(0, -1), means.slice(1));
    });
    assert(mean(kept) > 0.6, `${parameter} forgets: ${mean(kept)}`);
  }
});

Deno.test("oxygen at sea is what sensors elsewhere say: seldom low", () => {
  const oxygen = said(both.filter(({ stage }) => stage === sea), "Dissolved Oxygen");
  const share = (below: number) => oxygen.filter((one) => one < below).length / oxygen.length;
  const median = oxygen.toSorted((a, b) => a - b)[oxygen.length >> 1]!;
  assert(median > 82 && median < 102, `median ${median}`);
  assert(share(70) > 0.003 && share(70) < 0.05, `${share(70)} below 70 %`);
  assert(share(60) > 0.0005 && share(60) < 0.02, `${share(60)} below 60 %`);
});

Deno.test("oxygen in a ring knows the day before, and is lower the more fish there are", () => {
  for (const ring of stays(both, (stage) => stage === sea)) {
    const days = ring.filter((d) => said([d], "Dissolved Oxygen").length > 0);
    const means = days.map((d) => dailyMean(d, "Dissolved Oxygen"));
    const kept = correlation(means.slice(0, -1), means.slice(1));
    assert(kept > 0.5, `oxygen forgets: ${kept}`);
    const crowded = correlation(means, days.map(({ density }) => density));
    assert(crowded < -0.2, `oxygen against density: ${crowded}`);
  }
});

Deno.test("fish take twice as much oxygen in water that is ten degrees warmer", () => {
  const rings = both.filter(({ stage }) => stage === sea).toSorted((a, b) => a.truth - b.truth);
  const [cold, warm] = [rings.slice(0, 200), rings.slice(-200)];
  const each = [cold, warm].map((days) => mean(days.map((d) => d.demand / d.density)));
  const degrees = mean(warm.map((d) => d.truth)) - mean(cold.map((d) => d.truth));
  assert(degrees > 5, `${degrees} degrees between cold and warm days`);
  assertAlmostEquals(each[1]! / each[0]!, 2 ** (degrees / 10), 0.02);
});

Deno.test("oxygen is lowest at slack water, at the same hours in all rings of a site", () => {
  const rings = stays(faroe, (stage) => stage === sea).map((ring) =>
    new Map(
      ring.flatMap(({ day, values }) =>
        values.get("Dissolved Oxygen")!.flatMap((value, h) =>
          value === null ? [] : [[day * 6 + h, value] as const]
        )
      ),
    )
  );
  const [one, other] = rings as [typeof rings[0], typeof rings[0]];
  const common = [...one.keys()].filter((at) => other.has(at));
  const together = correlation(
    common.map((at) => one.get(at)!),
    common.map((at) => other.get(at)!),
  );
  assert(together > 0.5, `two rings: ${together}`);
  // Slack comes every 6.21 hours: by its phase the worst hour is far below the best.
  const hours = [6, 8, 10, 14, 16, 18];
  const byPhase = Array.from({ length: 8 }, (): number[] => []);
  for (const [at, value] of one) {
    const hour = Math.floor(at / 6) * 24 + hours[at % 6]!;
    byPhase[Math.floor(hour % 6.2103 / 6.2103 * 8)]!.push(value);
  }
  const means = byPhase.map(mean);
  assert(Math.max(...means) - Math.min(...means) > 5, `${means}`);
});

Deno.test("a spell of bad water takes oxygen in all rings of its site", () => {
  const rings = both.filter(({ stage, failed }) => stage === sea && failed === 0);
  const spells = rings.filter(({ spell }) => spell !== 0);
  assert(spells.length >= 20, "no spell in two lives: take other seeds");
  const other = rings.filter((d) =>
    d.spell === 0 && spells.some(({ day }) => civilOf(day).month === civilOf(d.day).month)
  );
  const [bad, usual] = [spells, other].map((days) => mean(said(days, "Dissolved Oxygen")));
  assert(bad! < usual! - 8, `${bad} in spells, ${usual} elsewhere`);
});

Deno.test("rows of windows are what sensors say in a life without windows, noted where one was cared for", () => {
  const world = fieldWorld(fieldBatch({ duration: 300 }));
  const { biology: { water }, ids, rates } = world;
  const into = new Int32Array(16);
  const expected: string[] = [];
  live(world, {
    read(farm) {
      rates.readingHours.forEach((hour, h) => {
        for (const one of farm.batches[0]!.assignments) {
          water.read(into, farm, one, h);
          const remark = water.remark(farm, one, h);
          const { sensors } = placeOf(world, one);
          sensors.forEach(({ id, parameterId }, s) => {
            const noted = remark?.sensor === s;
            if (noted) assertEquals(parameterId, ids.parameters.get("Dissolved Oxygen"));
            if (into[s] === NO_READING) return assert(!noted, "a note beside no reading");
            const value = (into[s]! / 10_000).toFixed(4);
            const text = noted ? csvQuoted(remark.text) : '""';
            expected.push([value, isoOf(farm.day), hour, text, id].join());
          });
        }
      });
    },
  });
  const rows = csvOfDays(world).get("environmental_environmentalreading")!.trim().split("\n");
  const columns = rows.map((row) => row.split(","));
  const said = columns.map(([, value, time, , text, , , , , , sensor]) =>
    [value, time!.slice(0, 10), Number(time!.slice(11, 13)), text, sensor].join()
  );
  assertEquals(said.length, expected.length);
  const different = said.findIndex((row, i) => row !== expected[i]);
  assertEquals(said[different], expected[different]);
  const noted = columns.filter((row) => row[4] !== '""').length;
  // Ten tanks for 300 days, cleaned every 30 to 90.
  assert(noted > 20 && noted < 110, `${noted} notes`);
});

Deno.test("a reading is the truth, with noise of its own at every hour", () => {
  const eggs = both.filter(({ stage }) => stage === 1);
  for (
    const [parameter, noise, truth] of [
      ["Temperature", 0.04, (d: Day) => d.truth],
      ["Dissolved Oxygen", 0.5, (d: Day) => d.oxygen],
    ] as const
  ) {
    const off = eggs.map((d) => said([d], parameter).map((one) => one - truth(d)));
    const all = off.flat().toSorted((a, b) => a - b);
    // Sensors drift, and are off; the one in the middle is right, but for the warmth of the day.
    assertAlmostEquals(all[all.length >> 1]!, 0, Math.max(noise / 2, 0.06), parameter);
    const within = off.filter((day) => day.length === 6).map(standardDeviation);
    const usual = within.toSorted((a, b) => a - b)[within.length >> 1]!;
    assert(usual > 0.6 * noise && usual < 2.5 * noise, `${parameter}: ${usual} within a day`);
  }
});

Deno.test("sensors are read in tenths or hundredths, each in its own steps", () => {
  for (const parameter of ["Temperature", "Dissolved Oxygen"]) {
    const steps = new Set<number>();
    for (const own of Map.groupBy(both, ({ container }) => container).values()) {
      const inTenths = said(own, parameter).every((one) => Math.round(one * 10_000) % 1000 === 0);
      const inHundredths = said(own, parameter).every((one) =>
        Math.round(one * 10_000) % 100 === 0
      );
      assert(inHundredths, parameter);
      steps.add(inTenths ? 10 : 100);
    }
    assertEquals(steps.size, 2, parameter);
  }
});
