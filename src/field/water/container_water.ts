/**
 * The water in every container under `field`: what is true of it today, whatever sensors say. The
 * morning puts it into the memory of the fish, for all who ask later.
 */
import { aimA, aimB, keyOf, type RandomKey, unit, valueAt } from "../../chance/addressed.ts";
import { exp } from "../../chance/arithmetic.ts";
import { normal } from "../../chance/deviates.ts";
import type { WaterRules } from "../../fixtures/field/water_rules.ts";
import type { Origin } from "../../farm/biology.ts";
import type { Facts } from "../../farm/facts.ts";
import type { Assignment, Farm } from "../../farm/state.ts";
import { waveOf } from "../calendar.ts";
import { keysOfContainers, normalAt } from "../chance.ts";
import type { Conditions } from "./conditions.ts";
import { FISH, SITE } from "../memory.ts";
import type { Sea } from "./sea.ts";
import type { Sites } from "../sites.ts";

/** Items of chance of a container's day, and of the first of fish in it. */
const ITEM = { weather: 0, drift: 1, first: 2 } as const;

/** How much of a tank's weather is that of its hall, whose water comes from one plant. */
const OF_HALL = 0.85;

/** Hours before a reading whose currents are still felt: water is not exchanged at once. */
const FELT = [0, 0.5, 1, 1.5] as const;

/** Mean days of a month. */
const MONTH = 365.25 / 12;

const LN2 = 0.6931471805599453;

/** The twelve middles of the months, and a straight line between them. */
export function monthly(values: readonly number[], day: number): number {
  const at = (day - Math.floor(day / 365.25) * 365.25) / MONTH - 0.5;
  const month = Math.floor(at);
  const [before, after] = [values[(month + 12) % 12]!, values[(month + 13) % 12]!];
  return before + (after - before) * (at - month);
}

/** Water of containers. */
export interface ContainerWater extends Conditions {
  /** Sets what the water of every container is like today; the sea has had its morning. */
  morning(farm: Farm): void;
  /** Sets what the water is like in which fish come into an empty container. */
  fill(farm: Farm, assignment: Assignment, origins: readonly Origin[], before: number): void;
  /** Sets the oxygen saturation at every one of the hours of readings, in percent. */
  setOxygen(into: Float64Array, farm: Farm, assignment: Assignment): void;
}

/** kg of fish in a m³. */
export function densityOf({ population, weight }: Assignment, volume: number): number {
  return population * weight / 100_000 / volume;
}

/** A saturation that a sensor may find, in percent. */
function bounded(points: number): number {
  return points < 3 ? 3 : points > 160 ? 160 : points;
}

/** The water of containers by rules. */
export function containerWater(
  facts: Facts,
  rules: WaterRules,
  sites: Sites,
  sea: Sea,
): ContainerWater {
  const { batches, rates } = facts;
  const { oxygen: atSea, tanks } = rules;
  const { readingHours, feedingHours, stages } = rates;
  const lasting = keysOfContainers(facts, "containerWater", (key) => ({
    warmer: rules.ring_sd * normalAt(key, 0, 0, 0),
    oxygen: atSea.ring_sd * normalAt(key, 0, 0, 1),
  }));
  const lastingOf: { readonly warmer: number; readonly oxygen: number }[] = [];
  for (const [id, own] of lasting) lastingOf[id] = own;
  const fresh = atSea.day_sd * Math.sqrt(1 - atSea.day_memory * atSea.day_memory);
  const tankFresh = Math.sqrt(1 - tanks.memory * tanks.memory);
  const light = readingHours.map((hour) => atSea.light * waveOf(hour - atSea.light_hour, 24));
  /** Which meal, if any, fish have had within two hours before an hour of readings. */
  const mealBefore = readingHours.map((hour) =>
    feedingHours.some((at) => hour > at && hour <= at + 2)
  );
  const hours = new Float64Array(readingHours.length);
  /** What passes each site at the hours of readings: the same for all of its rings. */
  const currents = sites.all.map(() => ({
    day: NaN,
    hours: new Float64Array(readingHours.length),
  }));

  function currentsOf(site: number, day: number): Float64Array {
    const own = currents[site]!;
    if (own.day !== day) {
      own.day = day;
      readingHours.forEach((hour, h) => {
        let sum = 0;
        for (const ago of FELT) sum += sea.current(site, day, hour - ago);
        own.hours[h] = sum / FELT.length;
      });
    }
    return own.hours;
  }

  function setOxygen(into: Float64Array, { day }: Farm, assignment: Assignment): void {
    const { memory } = assignment;
    const site = sites.of(assignment);
    const usual = memory[FISH.oxygen]!;
    const fed = memory[FISH.meal]! > 0;
    if (site < 0) {
      for (let h = 0; h < into.length; h++) {
        into[h] = bounded(fed && mealBefore[h]! ? usual - tanks.oxygen_meal : usual);
      }
      return;
    }
    const demand = memory[FISH.demand]!;
    const currents = currentsOf(site, day);
    for (let h = 0; h < into.length; h++) {
      const points = fed && mealBefore[h]! ? usual - atSea.meal : usual;
      into[h] = bounded(points + (light[h]! - demand / (atSea.slack + currents[h]!)));
    }
  }

  function lowest(of: Float64Array): number {
    let least = Infinity;
    for (let h = 0; h < of.length; h++) if (of[h]! < least) least = of[h]!;
    return least;
  }

  function setSea(farm: Farm, one: Assignment, site: number, z: number, month: number): void {
    const { memory } = one;
    const { id, volume } = sites.place(one);
    const own = lastingOf[id]!;
    const temperature = sea.temperature(farm, site) + own.warmer;
    memory[FISH.temperature] = temperature;
    memory[FISH.weather] = atSea.day_memory * memory[FISH.weather]! + fresh * z;
    memory[FISH.oxygen] = 100 + month + memory[FISH.weather]! +
      own.oxygen - sea.spell(farm, site);
    memory[FISH.demand] = atSea.per_kg_m3 * densityOf(one, volume) *
      farm.sites[site]![SITE.demand]!;
  }

  /** The weather of every hall on a day: the same for all of its tanks. */
  const halls = new Map<string, { readonly key: RandomKey; day: number; z: number }>();

  function weatherOfHall(home: string, day: number): number {
    let hall = halls.get(home);
    if (hall === undefined) {
      halls.set(home, hall = { key: keyOf(facts.seed, "tankWater", home), day: NaN, z: 0 });
    }
    if (hall.day !== day) {
      hall.day = day;
      hall.z = normalAt(hall.key, day, 0, ITEM.weather);
    }
    return hall.z;
  }

  function setTank(one: Assignment, day: number, z: number): void {
    const { memory, stage } = one;
    const common = OF_HALL * weatherOfHall(sites.place(one).home, day) +
      Math.sqrt(1 - OF_HALL * OF_HALL) * z;
    memory[FISH.weather] = tanks.memory * memory[FISH.weather]! +
      tankFresh * tanks.temperature_sd * common;
    memory[FISH.temperature] = stages[stage]!.temperature + memory[FISH.weather]!;
    memory[FISH.oxygen] = tanks.oxygen -
      tanks.oxygen_per_kg_m3 * densityOf(one, sites.place(one).volume) - 2 * memory[FISH.drift]!;
  }

  return {
    setOxygen,
    morning(farm) {
      farm.sites.forEach((memory, site) => {
        const warmer = sea.temperature(farm, site) - 12;
        memory[SITE.demand] = exp(LN2 * warmer / atSea.doubling_c);
      });
      const month = monthly(atSea.months, farm.day);
      for (const { assignments } of farm.batches) {
        for (const one of assignments) {
          const { keys } = batches[one.batch]!;
          const a = aimA(keys.tankWater, farm.day, one.position);
          const b = aimB(keys.tankWater, farm.day, one.position);
          const { memory } = one;
          const site = sites.of(one);
          const z = normal(unit(valueAt(a, b, ITEM.weather)));
          if (site >= 0) setSea(farm, one, site, z, month);
          else {
            memory[FISH.drift] = tanks.memory * memory[FISH.drift]! +
              tankFresh * normal(unit(valueAt(a, b, ITEM.drift)));
            setTank(one, farm.day, z);
          }
          setOxygen(hours, farm, one);
          memory[FISH.lowestOxygen] = lowest(hours);
        }
      }
    },
    fill({ day }, one, _origins, before) {
      if (before > 0) return;
      const { memory, batch, position } = one;
      const z = normalAt(batches[batch]!.keys.tankWater, day, position, ITEM.first);
      if (sites.of(one) >= 0) memory[FISH.weather] = atSea.day_sd * z;
      else memory[FISH.drift] = z;
    },
    temperature: (_farm, { memory }) => memory[FISH.temperature]!,
    lowestOxygen: (_farm, { memory }) => memory[FISH.lowestOxygen]!,
  };
}
