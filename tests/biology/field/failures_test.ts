/** Sensors of `field` that say nothing: how often, for how long, and what is written of it. */
// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { sensorFailures } from "../../../src/field/water/failures.ts";
import { NO_READING } from "../../../src/farm/biology.ts";
import { blankFish, FISH } from "../../../src/field/memory.ts";
import { sitesOf } from "../../../src/field/sites.ts";
import type { Note } from "../../../src/farm/notes.ts";
import type { Assignment, Farm } from "../../../src/farm/state.ts";
import { factsOf } from "../../../src/farm/world.ts";
import type { SensorRules } from "../../../src/fixtures/field/sensor_rules.ts";
import { fieldBatch, fieldFixtures, fieldWorld } from "../../field_farm.ts";

const rules = fieldFixtures.profile.field!.water.sensors;
const facts = factsOf(fieldWorld(fieldBatch()));
const sites = sitesOf(facts);
const sea = facts.rates.stages.length - 1;
const hours = facts.rates.readingHours.length;
const DAYS = 6_000;

/** The ten rings of a batch, as much of them as failures ask for. */
function rings(): Assignment[] {
  return facts.batches[0]!.places[sea]!.map((_, ordinal) => ({
    batch: 0,
    stage: sea,
    ordinal,
    position: ordinal,
    memory: blankFish(),
  } as unknown as Assignment));
}

const assignments = rings();
const sensors = sites.place(assignments[0]!).sensors.length;

/** Calls `onDay` for every day of the rings' lives. */
function live(own: SensorRules, onDay: (day: number, notes: readonly Note[]) => void): void {
  const failures = sensorFailures(facts, own, sites);
  for (const one of assignments) one.memory = blankFish();
  for (let day = 20_000; day < 20_000 + DAYS; day++) {
    const farm = { day, batches: [{ assignments }], sites: [] } as unknown as Farm;
    failures.morning(farm);
    onDay(day, failures.notes(farm));
  }
}

Deno.test("sensors fail as often and as long as the rules say, one by one or all at once", () => {
  const began = { one: 0, all: 0 };
  const days: number[] = [];
  live(rules, (day) => {
    for (const { memory } of assignments) {
      if (memory[FISH.failed] === 0 || memory[FISH.failedFrom] !== day) continue;
      began[memory[FISH.failed] === -1 ? "all" : "one"]++;
      days.push(memory[FISH.failedTo]! - day + 1);
    }
  });
  const ringYears = assignments.length * DAYS / 365.25;
  const [one, all] = [
    ringYears * sensors * rules.failures_per_year,
    ringYears * rules.blackouts_per_year,
  ];
  assert(Math.abs(began.one - one) < 5 * Math.sqrt(one), `${began.one} failures, not ${one}`);
  assert(Math.abs(began.all - all) < 4 * Math.sqrt(all), `${began.all} blackouts, not ${all}`);
  assertEquals([Math.min(...days), Math.max(...days)], rules.failure_days);
});

Deno.test("what is counted is what is not missing, whatever has failed or is lost", () => {
  const often = { ...rules, failures_per_year: 12, blackouts_per_year: 8, lost: 0.02 };
  const failures = sensorFailures(facts, often, sites);
  for (const one of assignments) one.memory = blankFish();
  const seen = new Set<string>();
  for (let day = 0; day < 500; day++) {
    failures.morning({ day, batches: [{ assignments }], sites: [] } as unknown as Farm);
    for (const ring of assignments) {
      const readings = new Int32Array(hours * sensors);
      failures.takeOut(readings, ring, sensors);
      assertEquals(failures.count(ring), readings.filter((one) => one !== NO_READING).length);
      const { failed, lost } = FISH;
      seen.add(`${Math.sign(ring.memory[failed]!)} ${ring.memory[lost] === 0}`);
    }
  }
  assertEquals(seen.size, 6, "not every kind of day has been");
});

Deno.test("six in a thousand single readings are lost, evenly over hours and sensors", () => {
  const calm = { ...rules, failures_per_year: 0, blackouts_per_year: 0 };
  const bySensor = new Array(sensors).fill(0);
  const byHour = new Array(hours).fill(0);
  let lost = 0;
  live(calm, () => {
    for (const { memory } of assignments) {
      if (memory[FISH.lost] === 0) continue;
      lost++;
      bySensor[(memory[FISH.lost]! - 1) % sensors]++;
      byHour[Math.floor((memory[FISH.lost]! - 1) / sensors)]++;
    }
  });
  const all = assignments.length * DAYS * sensors * hours;
  assertAlmostEquals(lost / all, rules.lost, rules.lost * 0.05);
  for (const each of [bySensor, byHour]) {
    for (const n of each) assertAlmostEquals(n, lost / each.length, 0.15 * lost / each.length);
  }
});

Deno.test("the journal says when a sensor is out, and when it is back, in several words", () => {
  const texts = new Set<string>();
  const open = new Map<number, number>();
  live(rules, (day, notes) => {
    for (const { assignment, category, severity, text } of notes) {
      assertEquals(category, "issue");
      const { ordinal, memory } = assignment;
      const every = text.startsWith("Every sensor ");
      assertEquals(memory[FISH.failed] === -1, every);
      texts.add(text);
      if (/ sensor out/.test(text)) {
        assertEquals(severity, every ? "medium" : "low");
        assert(!open.has(ordinal), "out twice");
        open.set(ordinal, day);
      } else {
        assert(/ sensor back/.test(text), text);
        assert(open.delete(ordinal), "back without having been out");
      }
    }
    for (const { ordinal, memory } of assignments) {
      const out = memory[FISH.failed] !== 0 && day < memory[FISH.failedTo]!;
      if (out) assert(open.has(ordinal), "out, and nobody says so");
    }
  });
  assert(texts.size > 20, `${texts.size} texts`);
});
