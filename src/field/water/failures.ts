/**
 * What sensors of `field` do not say: a sensor that has failed for days, all of a container at once,
 * single readings that are lost. It is drawn once for every container and day, so that a day's
 * readings can be counted without reading them.
 */
import { aimA, aimB, unit, valueAt } from "../../chance/addressed.ts";
import type { SensorRules } from "../../fixtures/field/sensor_rules.ts";
import { NO_READING } from "../../farm/biology.ts";
import type { Facts } from "../../farm/facts.ts";
import type { Note } from "../../farm/notes.ts";
import type { Assignment, Farm } from "../../farm/state.ts";
import { wholeBetween } from "../chance.ts";
import { FISH } from "../memory.ts";
import type { Sites } from "../sites.ts";
import { chosenText } from "../words.ts";

/** Items of chance of a container's day. */
const ITEM = { fails: 0, which: 1, days: 2, lost: 3, words: 4 } as const;

/** All sensors have failed. */
const ALL = -1;

/** What is written when a sensor fails, and when it works again; `@` stands for the parameter. */
const FAILED = [
  "@ sensor out: no values since this morning",
  "@ sensor out, cable to be checked",
  "@ sensor out, shows nothing, spare ordered",
  "@ sensor out after the night, technician called",
] as const;
const WORKS = [
  "@ sensor back: cleaned and reset",
  "@ sensor back with a new cable",
  "@ sensor back, replaced",
] as const;

/** What all sensors together are called. */
const EVERY = "Every";

/** Failures of sensors. */
export interface Failures {
  /** Decides what fails today. */
  morning(farm: Farm): void;
  /** How many readings the sensors of a container give today. */
  count(assignment: Assignment): number;
  /** Takes what there is no reading of out of a day's readings of a container, by hour and sensor. */
  takeOut(readings: Int32Array, assignment: Assignment, sensors: number): void;
  /** What is written of failures today. */
  notes(farm: Farm): Note[];
}

/** Failures by chance. */
export function sensorFailures(facts: Facts, rules: SensorRules, sites: Sites): Failures {
  const { batches, ids, rates: { journal, readingHours } } = facts;
  const hours = readingHours.length;
  const names = new Map([...ids.parameters].map(([name, id]) => [id, name]));
  const daily = rules.failures_per_year / 365.25;
  const blackout = rules.blackouts_per_year / 365.25;

  function decide({ day }: Farm, one: Assignment, a: number, b: number): void {
    const { memory } = one;
    const sensors = sites.place(one).sensors.length;
    memory[FISH.lost] = 0;
    const all = hours * sensors;
    const u = unit(valueAt(a, b, ITEM.lost)) / (all * rules.lost);
    if (u < 1) memory[FISH.lost] = 1 + Math.floor(u * all);
    if (memory[FISH.failed] !== 0 && day <= memory[FISH.failedTo]!) return;
    memory[FISH.failed] = 0;
    const fails = unit(valueAt(a, b, ITEM.fails));
    if (fails >= blackout + sensors * daily) return;
    memory[FISH.failed] = fails < blackout
      ? ALL
      : 1 + Math.floor(unit(valueAt(a, b, ITEM.which)) * sensors);
    memory[FISH.failedFrom] = day;
    memory[FISH.failedTo] = day - 1 +
      wholeBetween(rules.failure_days, unit(valueAt(a, b, ITEM.days)));
  }

  function takeOut(readings: Int32Array, { memory }: Assignment, sensors: number): void {
    const failed = memory[FISH.failed]!;
    const lost = memory[FISH.lost]!;
    if (failed === ALL) readings.fill(NO_READING);
    else if (failed !== 0) {
      for (let i = failed - 1; i < readings.length; i += sensors) readings[i] = NO_READING;
    }
    if (lost !== 0) readings[lost - 1] = NO_READING;
  }

  /** What is written of a failure on its first day, and on its last. */
  function say(notes: Note[], farm: Farm, one: Assignment): void {
    const { memory } = one;
    const failed = memory[FISH.failed]!;
    const { sensors } = sites.place(one);
    const name = failed === ALL ? EVERY : names.get(sensors[failed - 1]!.parameterId)!;
    const key = batches[one.batch]!.keys.sensorFault;
    const u = unit(
      valueAt(aimA(key, farm.day, one.position), aimB(key, farm.day, one.position), ITEM.words),
    );
    const write = (texts: readonly string[], hour: number, severity: string, done?: string) => {
      const text = chosenText(texts, u).replace("@", name);
      const resolution = done === undefined ? {} : { resolution: done };
      notes.push({ assignment: one, hour, category: "issue", severity, text, ...resolution });
    };
    if (memory[FISH.failedFrom] === farm.day) {
      write(FAILED, readingHours[0]!, failed === ALL ? "medium" : "low");
    }
    if (memory[FISH.failedTo] === farm.day) {
      const days = farm.day - memory[FISH.failedFrom]! + 1;
      const done = `Out for ${days === 1 ? "a day" : `${days} days`}`;
      write(WORKS, Math.max(journal.hour, readingHours.at(-1)!), "low", done);
    }
  }

  return {
    morning(farm) {
      for (const { assignments } of farm.batches) {
        for (const one of assignments) {
          const key = batches[one.batch]!.keys.sensorFault;
          const a = aimA(key, farm.day, one.position);
          decide(farm, one, a, aimB(key, farm.day, one.position));
        }
      }
    },
    count(one) {
      const { memory } = one;
      const sensors = sites.place(one).sensors.length;
      const failed = memory[FISH.failed]!;
      if (failed === ALL) return 0;
      const lost = memory[FISH.lost]!;
      const counts = lost !== 0 && (failed === 0 || (lost - 1) % sensors !== failed - 1);
      return hours * (failed === 0 ? sensors : sensors - 1) - (counts ? 1 : 0);
    },
    takeOut,
    notes(farm) {
      const notes: Note[] = [];
      for (const { assignments } of farm.batches) {
        for (const one of assignments) {
          if (one.memory[FISH.failed] !== 0) say(notes, farm, one);
        }
      }
      return notes;
    },
  };
}
