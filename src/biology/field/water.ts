/**
 * What the sensors of `field` say of the water: the truth, with noise, in the steps of the sensor,
 * with the drift of an oxygen sensor that nobody has cleaned, stuck and spiked values, and nothing
 * where one has failed.
 */
import { aimA, aimB, unit, valueAt } from "../../chance/addressed.ts";
import { normal } from "../../chance/deviates.ts";
import type { WaterRules } from "../../fixtures/field/water_rules.ts";
import { NO_READING, type Water } from "../../farm/biology.ts";
import { divideRounded } from "../../farm/exact.ts";
import type { Facts } from "../../farm/facts.ts";
import type { Assignment, Farm } from "../../farm/state.ts";
import { waveOf } from "./calendar.ts";
import { type ContainerWater, densityOf } from "./container_water.ts";
import type { Failures } from "./failures.ts";
import { FISH } from "./memory.ts";
import type { Sea } from "./sea.ts";
import { oxygenFaults } from "./sensor_faults.ts";
import { MEASURES, type SensorKind, sensorKinds } from "./sensor_kinds.ts";
import type { Sites } from "./sites.ts";

/** Items of one hour at an address; no container has more sensors. */
const ITEMS_PER_HOUR = 16;

/** The pH of the sea in equilibrium, and how much a point of oxygen that is missing takes from it. */
const SEA_PH = { level: 8.05, per_point: 0.004 } as const;

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
  function inTank({ measures }: SensorKind, { memory }: Assignment, density: number): number {
    const factor = memory[FISH.driftFactor]!;
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

  function read(into: Int32Array, farm: Farm, one: Assignment, hour: number): void {
    const place = sites.place(one);
    const site = sites.of(one);
    const kinds = kindsOf(place);
    const key = batches[one.batch]!.keys.sensorNoise;
    const a = aimA(key, farm.day, one.position);
    const b = aimB(key, farm.day, one.position);
    const oxygen = containers.oxygen(farm, one, hour);
    const density = site < 0 ? densityOf(one, place.volume) : 0;
    for (let s = 0; s < kinds.length; s++) {
      if (failures.isMissing(one, s, hour)) {
        into[s] = NO_READING;
        continue;
      }
      const kind = kinds[s]!;
      const u = valueAt(a, b, hour * ITEMS_PER_HOUR + s);
      if (kind.measures === MEASURES.temperature) {
        into[s] = noisy(one.memory[FISH.temperature]! + warmth[hour]!, kind, u);
      } else if (kind.measures === MEASURES.oxygen) {
        const { stuckAt, off } = faultsOf(place, farm.day);
        into[s] = stuckAt === null
          ? noisy(oxygen + off, kind, u)
          : Math.floor(stuckAt / kind.step + 0.5) * kind.units;
      } else if (site < 0) {
        into[s] = noisy(inTank(kind, one, density), kind, u);
      } else if (kind.measures === MEASURES.salinity) {
        into[s] = noisy(sea.salinity(farm, site), kind, u);
      } else {
        into[s] = noisy(SEA_PH.level - SEA_PH.per_point * (100 - oxygen), kind, u);
      }
    }
  }

  /** What was asked last: daily states ask for the mean, and whether there is one. */
  const last = { day: NaN, assignment: 0, mean: -1 };

  /** The mean of the day's temperatures in 0.01 °C, -1 without one. */
  function measuredOn(farm: Farm, one: Assignment): number {
    if (last.day !== farm.day || last.assignment !== one.id) {
      last.day = farm.day;
      last.assignment = one.id;
      last.mean = meanOf(farm, one);
    }
    return last.mean;
  }

  function meanOf({ day }: Farm, one: Assignment): number {
    const kinds = kindsOf(sites.place(one));
    const s = kinds.findIndex(({ measures }) => measures === MEASURES.temperature);
    if (s < 0) return -1;
    const key = batches[one.batch]!.keys.sensorNoise;
    const [a, b] = [aimA(key, day, one.position), aimB(key, day, one.position)];
    let [sum, n] = [0, 0];
    for (let h = 0; h < hours; h++) {
      if (failures.isMissing(one, s, h)) continue;
      const u = valueAt(a, b, h * ITEMS_PER_HOUR + s);
      sum += noisy(one.memory[FISH.temperature]! + warmth[h]!, kinds[s]!, u);
      n++;
    }
    return n === 0 ? -1 : divideRounded(sum, n * 100);
  }

  return {
    count: (_farm, { assignments }) =>
      assignments.reduce((sum, one) => sum + failures.count(one), 0),
    read,
    temperature(farm, one) {
      const measured = measuredOn(farm, one);
      return measured < 0 ? Math.floor(100 * one.memory[FISH.temperature]! + 0.5) : measured;
    },
    measuresTemperature: (farm, one) => measuredOn(farm, one) >= 0,
    remark(farm, one, hour) {
      // Who cares for sensors does it before the first reading.
      if (hour !== 0) return null;
      const place = sites.place(one);
      const { care } = faultsOf(place, farm.day);
      if (care === null) return null;
      const sensor = kindsOf(place).findIndex(({ measures }) => measures === MEASURES.oxygen);
      if (sensor < 0 || failures.isMissing(one, sensor, hour)) return null;
      return { sensor, text: care };
    },
  };
}
