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
import type { Facts } from "../../farm/facts.ts";
import type { Assignment, Farm } from "../../farm/state.ts";
import { waveOf } from "./calendar.ts";
import { type ContainerWater, densityOf } from "./container_water.ts";
import type { Failures } from "./failures.ts";
import { FISH } from "./memory.ts";
import type { Sea } from "./sea.ts";
import { oxygenFaults } from "./sensor_faults.ts";
import { sensorKinds } from "./sensor_kinds.ts";
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
  const { readingHours } = rates;
  const { tanks, sensors: noise } = rules;
  const kindsOf = sensorKinds(facts, noise);
  const faultsOf = oxygenFaults(facts, noise);
  const warmth = readingHours.map((hour) => rules.hourly_c * waveOf(hour - rules.warmest_hour, 24));
  /** A deviate farther out than this makes a spike. */
  const spike = -normal(noise.spikes / 2);

  function co2Of(one: Assignment, volume: number): number {
    return (tanks.co2 + tanks.co2_per_kg_m3 * densityOf(one, volume)) *
      exp(tanks.drift_sd * one.memory[FISH.drift]!);
  }

  /** What is true of a parameter at an hour. */
  function truth(farm: Farm, one: Assignment, name: string, hour: number): number {
    const { memory } = one;
    const site = sites.of(one);
    switch (name) {
      case "Temperature":
        return memory[FISH.temperature]! + warmth[hour]!;
      case "Dissolved Oxygen":
        return containers.oxygen(farm, one, hour);
      case "Salinity":
        return site < 0 ? 0 : sea.salinity(farm, site);
      case "pH":
        return site < 0
          ? tanks.ph - tanks.ph_per_co2 * co2Of(one, sites.place(one).volume)
          : SEA_PH.level - SEA_PH.per_point * (100 - containers.oxygen(farm, one, hour));
      case "CO2":
        return co2Of(one, sites.place(one).volume);
      case "NH4": {
        const own = tanks.nh4 + tanks.nh4_per_kg_m3 * densityOf(one, sites.place(one).volume);
        return own * exp(tanks.drift_sd * memory[FISH.drift]!);
      }
      case "NO2":
        return tanks.no2 * exp(2 * tanks.drift_sd * memory[FISH.drift]!);
      case "NO3":
        return tanks.no3 * exp(tanks.drift_sd * memory[FISH.drift]!);
      default:
        return 0;
    }
  }

  /** What a sensor says at an hour, in 0.0001 of the unit. */
  function said(
    farm: Farm,
    one: Assignment,
    sensor: number,
    hour: number,
    a: number,
    b: number,
  ): number {
    const place = sites.place(one);
    const kind = kindsOf(place)[sensor]!;
    let value = truth(farm, one, kind.name, hour);
    if (kind.isOxygen) {
      const fault = faultsOf(place, farm.day);
      value = fault.stuckAt ?? value + fault.off;
    }
    const z = normal(unit(valueAt(a, b, hour * ITEMS_PER_HOUR + sensor)));
    if (z > spike || z < -spike) value *= z > 0 ? 1 + noise.spike_share : 1 - noise.spike_share;
    else if (!kind.isOxygen || faultsOf(place, farm.day).stuckAt === null) value += kind.noise * z;
    return Math.max(0, Math.floor(value / kind.step + 0.5)) * kind.units;
  }

  function addressOf({ day }: Farm, { batch, position }: Assignment): [number, number] {
    const key = batches[batch]!.keys.sensorNoise;
    return [aimA(key, day, position), aimB(key, day, position)];
  }

  function thermometerOf(one: Assignment): number {
    const { temperatureParameterId } = rates.analysis;
    return sites.place(one).sensors.findIndex((own) => own.parameterId === temperatureParameterId);
  }

  function isRead(one: Assignment, thermometer: number, hour: number): boolean {
    return thermometer >= 0 && !failures.isMissing(one, thermometer, hour);
  }

  return {
    count: (_farm, { assignments }) =>
      assignments.reduce((sum, one) => sum + failures.count(one), 0),
    read(into, farm, one, hour) {
      const [a, b] = addressOf(farm, one);
      const { sensors } = sites.place(one);
      for (let s = 0; s < sensors.length; s++) {
        into[s] = failures.isMissing(one, s, hour) ? NO_READING : said(farm, one, s, hour, a, b);
      }
    },
    temperature(farm, one) {
      const thermometer = thermometerOf(one);
      const [a, b] = addressOf(farm, one);
      let [sum, n] = [0, 0];
      for (let h = 0; h < readingHours.length; h++) {
        if (!isRead(one, thermometer, h)) continue;
        sum += said(farm, one, thermometer, h, a, b);
        n++;
      }
      if (n === 0) return Math.floor(100 * one.memory[FISH.temperature]! + 0.5);
      return divideRounded(sum, n * 100);
    },
    measuresTemperature(_farm, one) {
      const thermometer = thermometerOf(one);
      return readingHours.some((_, h) => isRead(one, thermometer, h));
    },
  };
}
