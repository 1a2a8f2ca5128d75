/**
 * What the sensors of `field` say of the water: the truth, with noise, in the steps of the sensor,
 * with the drift of an oxygen sensor that nobody has cleaned, stuck and spiked values, and nothing
 * where one has failed.
 */
import { aimA, aimB, unit, valueAt } from "../../chance/addressed.ts";
import { exp } from "../../chance/arithmetic.ts";
import { normal } from "../../chance/deviates.ts";
import type { WaterRules } from "../../fixtures/field/water_rules.ts";
import { NO_READING, type Water } from "../../farm/biology.ts";
import { divideRounded } from "../../farm/exact.ts";
import type { ContainerFacts, Facts } from "../../farm/facts.ts";
import type { Assignment, Farm } from "../../farm/state.ts";
import { waveOf } from "../calendar.ts";
import { type ContainerWater, densityOf } from "./container_water.ts";
import type { Failures } from "./failures.ts";
import { FISH } from "../memory.ts";
import type { Sea } from "./sea.ts";
import { oxygenFaults } from "./sensor_faults.ts";
import { MEASURES, type SensorKind, sensorKinds } from "./sensor_kinds.ts";
import type { Sites } from "../sites.ts";

/** Items of one hour at an address; no container has more sensors. */
const ITEMS_PER_HOUR = 16;

/** The pH of the sea in equilibrium, and how much a point of oxygen that is missing takes from it. */
const SEA_PH = { level: 8.05, per_point: 0.004 } as const;

/** The readings of a container today. */
interface Today {
  day: number;
  /** Of whose fish it is. */
  assignment: number;
  readonly sensors: number;
  /** By hour, and then by sensor. */
  readonly readings: Int32Array;
  /** Mean of the temperatures in 0.01 °C, -1 without one. */
  mean: number;
}

/** Readings of the water. */
export function fieldWater(
  facts: Facts,
  rules: WaterRules,
  sites: Sites,
  sea: Sea,
  containers: ContainerWater,
  failures: Failures,
): Water {
  const { batches, rates } = facts;
  const hours = rates.readingHours.length;
  const { tanks, sensors: noise } = rules;
  const kindsOf = sensorKinds(facts, noise);
  const faultsOf = oxygenFaults(facts, noise);
  const warmth = rates.readingHours.map((hour) =>
    rules.hourly_c * waveOf(hour - rules.warmest_hour, 24)
  );
  /** Oxygen in a container, and what is true of a sensor's parameter, by hour. */
  const oxygen = new Float64Array(hours);
  const truth = new Float64Array(hours);
  /** A deviate farther out than this makes a spike. */
  const spike = -normal(noise.spikes / 2);

  /** What a sensor with noise says, in 0.0001 of the unit. */
  function noisy(value: number, { noise: sd, step, units }: SensorKind, u: number): number {
    const z = normal(unit(u));
    const said = z > spike
      ? value * (1 + noise.spike_share)
      : z < -spike
      ? value * (1 - noise.spike_share)
      : value + sd * z;
    return Math.max(0, Math.floor(said / step + 0.5)) * units;
  }

  /** What is true of a parameter in a tank, whatever hour it is. */
  function inTank(measures: number, density: number, factor: number): number {
    const co2 = (tanks.co2 + tanks.co2_per_kg_m3 * density) * factor;
    switch (measures) {
      case MEASURES.ph:
        return tanks.ph - tanks.ph_per_co2 * co2;
      case MEASURES.co2:
        return co2;
      case MEASURES.nh4:
        return (tanks.nh4 + tanks.nh4_per_kg_m3 * density) * factor;
      case MEASURES.no2:
        return (tanks.no2 + tanks.no2_per_kg_m3 * density) * factor * factor;
      case MEASURES.no3:
        return (tanks.no3 + tanks.no3_per_kg_m3 * density) * factor;
      default:
        return 0;
    }
  }

  const todays: Today[] = [];

  /** What the sensors of a container say today: all of it is reckoned when the first of it is asked. */
  function todayOf(farm: Farm, one: Assignment): Today {
    const place = sites.place(one);
    let own = todays[place.id];
    if (own === undefined) {
      const sensors = place.sensors.length;
      const readings = new Int32Array(hours * sensors);
      own = todays[place.id] = { day: NaN, assignment: 0, sensors, readings, mean: -1 };
    }
    if (own.day !== farm.day || own.assignment !== one.id) {
      own.day = farm.day;
      own.assignment = one.id;
      setToday(own, farm, one, place);
    }
    return own;
  }

  function setToday(own: Today, farm: Farm, one: Assignment, place: ContainerFacts): void {
    const { readings } = own;
    const { memory, position } = one;
    const site = sites.of(one);
    const kinds = kindsOf(place);
    const sensors = kinds.length;
    const key = batches[one.batch]!.keys.sensorNoise;
    const a = aimA(key, farm.day, position);
    const b = aimB(key, farm.day, position);
    const density = site < 0 ? densityOf(one, place.volume) : 0;
    // Of how much there is, a tank has more or less of all.
    const factor = site < 0 ? exp(tanks.drift_sd * memory[FISH.drift]!) : 1;
    containers.setOxygen(oxygen, farm, one);
    let thermometer = -1;
    for (let s = 0; s < sensors; s++) {
      const kind = kinds[s]!;
      const { measures, step, units } = kind;
      if (measures === MEASURES.temperature) {
        if (thermometer < 0) thermometer = s;
        const temperature = memory[FISH.temperature]!;
        for (let h = 0; h < hours; h++) truth[h] = temperature + warmth[h]!;
      } else if (measures === MEASURES.oxygen) {
        const { stuckAt, off } = faultsOf(place, farm.day);
        if (stuckAt !== null) {
          const said = Math.floor(stuckAt / step + 0.5) * units;
          for (let h = 0; h < hours; h++) readings[h * sensors + s] = said;
          continue;
        }
        for (let h = 0; h < hours; h++) truth[h] = oxygen[h]! + off;
      } else if (site < 0) {
        truth.fill(inTank(measures, density, factor));
      } else if (measures === MEASURES.salinity) {
        truth.fill(sea.salinity(farm, site));
      } else {
        for (let h = 0; h < hours; h++) {
          truth[h] = SEA_PH.level - SEA_PH.per_point * (100 - oxygen[h]!);
        }
      }
      for (let h = 0; h < hours; h++) {
        const u = valueAt(a, b, h * ITEMS_PER_HOUR + s);
        readings[h * sensors + s] = noisy(truth[h]!, kind, u);
      }
    }
    failures.takeOut(readings, one, sensors);
    own.mean = thermometer < 0 ? -1 : meanOf(readings, thermometer, sensors);
  }

  /** The mean of a day's temperatures in 0.01 °C, -1 without one. */
  function meanOf(readings: Int32Array, thermometer: number, sensors: number): number {
    let sum = 0;
    let n = 0;
    for (let h = 0; h < hours; h++) {
      const said = readings[h * sensors + thermometer]!;
      if (said === NO_READING) continue;
      sum += said;
      n++;
    }
    return n === 0 ? -1 : divideRounded(sum, n * 100);
  }

  return {
    count: (_farm, { assignments }) =>
      assignments.reduce((sum, one) => sum + failures.count(one), 0),
    read(into, farm, one, hour) {
      const { readings, sensors } = todayOf(farm, one);
      const from = hour * sensors;
      for (let s = 0; s < sensors; s++) into[s] = readings[from + s]!;
    },
    temperature(farm, one) {
      const { mean } = todayOf(farm, one);
      return mean < 0 ? Math.floor(100 * one.memory[FISH.temperature]! + 0.5) : mean;
    },
    measuresTemperature: (farm, one) => todayOf(farm, one).mean >= 0,
    remark(farm, one, hour) {
      // Who cares for sensors does it before the first reading.
      if (hour !== 0) return null;
      const place = sites.place(one);
      const { care } = faultsOf(place, farm.day);
      if (care === null) return null;
      const sensor = kindsOf(place).findIndex(({ measures }) => measures === MEASURES.oxygen);
      if (sensor < 0 || todayOf(farm, one).readings[sensor] === NO_READING) return null;
      return { sensor, text: care };
    },
  };
}
