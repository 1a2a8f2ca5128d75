/**
 * Faults of oxygen sensors that nobody has noticed: they drift until they are cleaned, are stuck for
 * some days, or far off for a month. They follow from the container and the day alone.
 */
import type { RandomKey } from "../../chance/addressed.ts";
import type { SensorRules } from "../../fixtures/field/sensor_rules.ts";
import type { ContainerFacts, Facts } from "../../farm/facts.ts";
import { keysOfContainers, normalAt, uniformAt, wholeBetween } from "../chance.ts";

/** Days of a spell in which a sensor may be stuck or off. */
const SPELL = 30;

/** A stuck sensor says one and the same for so many days of its spell. */
const STUCK_DAYS = [3, 15] as const;

/** What a stuck sensor says, in percent. */
const STUCK_AT = [82, 100] as const;

/** Items of chance of a container's spell. */
const ITEM = {
  slope: 0,
  fault: 1,
  first: 2,
  days: 3,
  value: 4,
  by: 5,
  period: 6,
  phase: 7,
  words: 8,
} as const;

/** What is wrong with a sensor on a day. */
export interface OxygenFault {
  /** Points that it is off. */
  off: number;
  /** What it says all day, null where it is not stuck. */
  stuckAt: number | null;
  /** What somebody has done about it this morning and notes, null for nothing. */
  care: string | null;
}

/** What is noted when a sensor is cleaned, found stuck, and found far off. */
const CARE = {
  cleaned: [
    "Sensor cleaned",
    "Sensor cleaned and checked by hand",
    "Biofilm brushed off the sensor",
  ],
  restarted: ["Value had not changed for days: sensor restarted", "Sensor was stuck, restarted"],
  corrected: ["Sensor was off, calibrated again", "Off against the hand meter: membrane renewed"],
} as const;

/** The faults of the oxygen sensor of a container on a day. */
export function oxygenFaults(
  facts: Facts,
  rules: SensorRules,
): (place: ContainerFacts, day: number) => Readonly<OxygenFault> {
  const known = keysOfContainers(facts, "sensorFault", (key) => ({
    key,
    day: NaN,
    period: wholeBetween(rules.cleaning_days, uniformAt(key, 0, 0, ITEM.period)),
    phase: Math.floor(rules.cleaning_days[1] * uniformAt(key, 0, 0, ITEM.phase)),
    off: 0,
    stuckAt: null as number | null,
    care: null as string | null,
  }));

  /** One of several texts, by the day. */
  function worded(texts: readonly string[], key: RandomKey, day: number): string {
    return texts[Math.floor(uniformAt(key, day, 2, ITEM.words) * texts.length)]!;
  }

  /** Was a sensor far off in a spell? */
  function isOff(key: RandomKey, spell: number): boolean {
    const u = uniformAt(key, spell, 1, ITEM.fault);
    return u >= rules.stuck && u < rules.stuck + rules.off;
  }

  /** Is a sensor stuck, or off, and by how much besides its drift? */
  function faultIn(into: OxygenFault, key: RandomKey, day: number): void {
    const spell = Math.floor(day / SPELL);
    const u = uniformAt(key, spell, 1, ITEM.fault);
    if (u < rules.stuck) {
      const days = wholeBetween(STUCK_DAYS, uniformAt(key, spell, 1, ITEM.days));
      const first = Math.floor((SPELL - days) * uniformAt(key, spell, 1, ITEM.first));
      const within = day - spell * SPELL;
      if (within === first + days) into.care = worded(CARE.restarted, key, day);
      if (within < first || within >= first + days) return;
      const [low, high] = STUCK_AT;
      const value = low + (high - low) * uniformAt(key, spell, 1, ITEM.value);
      into.stuckAt = Math.floor(value * 10 + 0.5) / 10;
    } else if (isOff(key, spell)) {
      const [least, most] = rules.off_by;
      const by = uniformAt(key, spell, 1, ITEM.by);
      // Fouled sensors say too little three times out of four.
      into.off += (by < 0.75 ? -1 : 1) *
        (least + (most - least) * (by < 0.75 ? by / 0.75 : (by - 0.75) / 0.25));
    }
  }

  const byId: (ReturnType<typeof known.get> & object)[] = [];
  for (const [id, own] of known) byId[id] = own;
  return ({ id }, day) => {
    const own = byId[id]!;
    if (own.day === day) return own;
    const since = (day + own.phase) % own.period;
    const turn = (day + own.phase - since) / own.period;
    own.day = day;
    own.off = since * rules.drift_sd * normalAt(own.key, turn, 0, ITEM.slope);
    own.stuckAt = null;
    own.care = since === 0 ? worded(CARE.cleaned, own.key, day) : null;
    const spell = Math.floor(day / SPELL);
    if (day === spell * SPELL && isOff(own.key, spell - 1)) {
      own.care = worded(CARE.corrected, own.key, day);
    }
    faultIn(own, own.key, day);
    if (own.stuckAt !== null) own.care = null;
    return own;
  };
}
