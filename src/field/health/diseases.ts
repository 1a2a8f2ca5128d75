/**
 * Diseases of the biology `field`: they come to a site from outside in their season, by hand or from
 * a neighbour, and go from ring to ring. What a disease is stands in a file of its own.
 */
import { exp } from "../../chance/arithmetic.ts";
import type { DiseaseRules } from "../../fixtures/field/health_rules.ts";
import { civilOf } from "../../farm/days.ts";
import type { Facts } from "../../farm/facts.ts";
import type { Assignment, Farm } from "../../farm/state.ts";
import { isSeason } from "../calendar.ts";
import { keysOfPlaces, normalAt, uniformAt } from "../chance.ts";
import type { Conditions } from "../water/conditions.ts";
import type { Illnesses } from "./illness.ts";
import { BATCH, FISH } from "../memory.ts";
import type { Part } from "../remembering.ts";
import type { Sea } from "../water/sea.ts";
import { neighboursOf, type Sites } from "../sites.ts";

/** Items of chance of a site's day, by disease, and of a year. */
const ITEM = { begins: 0, which: 1, severity: 2 } as const;

/** Days of a year, with its leap days shared out. */
const YEAR = 365.25;

/** It goes from ring to ring in water that is so many °C colder or warmer than where it starts. */
const SPREADS_BEYOND = 3;

/** From so many rings of a site samples are sent; of others everybody knows what it is. */
const SAMPLED_RINGS = 3;

/** A treatment is felt for so many days by those who fall ill of it. */
const AFTER_TREATMENT = 30;

/** How many months a season has. */
export function monthsOf([from, to]: readonly [number, number]): number {
  return from <= to ? to - from + 1 : 13 - from + to;
}

/** The diseases of all sites. */
export function fieldDiseases(
  facts: Facts,
  spacing: number,
  sites: Sites,
  sea: Sea,
  conditions: Conditions,
  illnesses: Illnesses,
): Required<Pick<Part, "morning">> {
  const { batches, diseases, outbreaks, field } = facts;
  const last = facts.rates.stages.length - 1;
  const keys = keysOfPlaces(facts.seed, "siteDisease", sites.all);
  const neighbours = diseases.map(({ spread }) => neighboursOf(sites, spacing, spread.range_km));
  const kinds = field!.treatments.kinds;

  function mayStart(farm: Farm, ring: Assignment, { starts }: DiseaseRules): boolean {
    const { weight, memory } = ring;
    const temperature = conditions.temperature(farm, ring);
    const [light, heavy] = starts.weight_g;
    if (weight < light * 100 || weight > heavy * 100) return false;
    if (temperature < starts.temperature_c[0] || temperature > starts.temperature_c[1]) {
      return false;
    }
    if (starts.after.length === 0) return true;
    const kind = kinds[memory[FISH.treatmentKind]! - 1];
    return kind !== undefined && farm.day - memory[FISH.treated]! <= AFTER_TREATMENT &&
      starts.after.some((word) => kind.name.startsWith(word));
  }

  /** How bad an outbreak is that begins at a site in a year. */
  function severity({ day }: Farm, site: number, d: number): number {
    return normalAt(keys[site]!, civilOf(day).year, d, ITEM.severity);
  }

  /** Brings a disease to a site from outside, by chance. */
  function bring(farm: Farm, site: number, d: number, rings: readonly Assignment[]): void {
    const { starts } = diseases[d]!;
    const often = starts.per_site_year[sites.all[site]!.geography] ?? 0;
    const daily = often / (monthsOf(starts.months) * YEAR / 12);
    if (uniformAt(keys[site]!, farm.day, d, ITEM.begins) >= daily) return;
    if (sea.salinity(farm, site) < starts.salinity_from) return;
    const may = rings.filter((ring) =>
      illnesses.isSusceptible(ring, d) && mayStart(farm, ring, diseases[d]!)
    );
    if (may.length === 0) return;
    const which = Math.floor(uniformAt(keys[site]!, farm.day, d, ITEM.which) * may.length);
    illnesses.infect(farm, may[which]!, d, severity(farm, site, d), true);
  }

  /**
   * Is an outbreak of today, or of a day on which the fish had not come that the plan has for it? Then it
   * waits for the first of them.
   */
  function isToday({ day: today }: Farm, day: number, rings: readonly Assignment[]): boolean {
    if (day >= today || rings.some(({ fromDay }) => fromDay < today)) return day === today;
    const { startDay, stays } = batches[rings[0]!.batch]!;
    return day >= startDay + stays[last]!.from;
  }

  /** Puts outbreaks where the schedule has them. */
  function put(farm: Farm, rings: readonly (readonly Assignment[])[]): void {
    for (const { disease: d, site: name, day } of outbreaks) {
      const site = sites.all.findIndex((one) => one.name === name);
      const there = rings[site] ?? [];
      if (there.length === 0 || !isToday(farm, day, there)) continue;
      const ring = there.find((one) => illnesses.isSusceptible(one, d));
      if (ring === undefined) continue;
      illnesses.infect(farm, ring, d, Math.abs(severity(farm, site, d)), true);
    }
  }

  /** The share of the rings of every site from which others catch each disease today. */
  const shares = diseases.map(() => new Float64Array(sites.all.length));

  /** Lets every disease go on, and sees from which rings others catch it. */
  function goOn(farm: Farm, rings: readonly (readonly Assignment[])[]): void {
    for (const own of shares) own.fill(0);
    rings.forEach((some, site) => {
      for (const ring of some) {
        illnesses.goOn(farm, ring);
        for (const { disease, from, to, answered, sampled, rules } of illnesses.of(farm, ring)) {
          if (farm.day >= from && farm.day <= to) shares[disease]![site]! += 1 / some.length;
          const { slaughter_days: days } = rules.course;
          if (days !== undefined && sampled && answered === farm.day) order(farm, ring, days);
        }
      }
    });
  }

  /** What a treatment has taken off the gills does not come back at once. */
  function isClean({ day }: Farm, { memory }: Assignment, d: number): boolean {
    return diseases[d]!.course.treated_after_days !== undefined && memory[FISH.treated] !== 0 &&
      day - memory[FISH.treated]! <= AFTER_TREATMENT &&
      kinds[memory[FISH.treatmentKind]! - 1]!.helps_gills;
  }

  function spread(farm: Farm, d: number, rings: readonly (readonly Assignment[])[]): void {
    const { spread: { ring: inside, site: between } } = diseases[d]!;
    const own = shares[d]!;
    if (own.every((share) => share === 0)) return;
    rings.forEach((some, site) => {
      let force = inside * own[site]!;
      for (const { site: other, share } of neighbours[d]![site]!) {
        force += between * share * own[other]!;
      }
      if (force === 0) return;
      const chance = 1 - exp(-force);
      let ill = some.filter((ring) => illnesses.has(ring, d)).length;
      for (const ring of some) {
        if (!illnesses.isSusceptible(ring, d)) continue;
        const { weight_g: [light], temperature_c: [cold, warm] } = diseases[d]!.starts;
        const temperature = conditions.temperature(farm, ring);
        if (temperature < cold - SPREADS_BEYOND || temperature > warm + SPREADS_BEYOND) continue;
        if (ring.weight < light * 100 || isClean(farm, ring, d)) continue;
        const key = batches[ring.batch]!.keys.ringDisease;
        // Infections have their items at positions of rings: these are beyond.
        const u = uniformAt(key, farm.day, ring.position + 1000, d);
        if (u < chance) {
          illnesses.infect(farm, ring, d, severity(farm, site, d), ill < SAMPLED_RINGS);
          ill++;
        }
      }
    });
  }

  /** What the laboratory has answered is an order: all fish of the batch are slaughtered in time. */
  function order(farm: Farm, { batch }: Assignment, days: number): void {
    const { memory } = farm.batches[batch]!;
    if (memory[BATCH.slaughterBy] === 0) memory[BATCH.slaughterBy] = farm.day + days;
  }

  return {
    morning(farm) {
      const rings = sites.rings(farm);
      goOn(farm, rings);
      const { month } = civilOf(farm.day);
      for (let d = 0; d < diseases.length; d++) {
        spread(farm, d, rings);
        if (!isSeason(diseases[d]!.starts.months, month)) continue;
        rings.forEach((some, site) => {
          if (some.length > 0) bring(farm, site, d, some);
        });
      }
      put(farm, rings);
    },
  };
}
