/**
 * Lice of the biology `field`: a population in every ring that develops by temperature, is fed by
 * larvae from the sea around, from the site's own adult females and from neighbours', and of which
 * treatments leave a share (development times by Aldrin et al. 2017).
 */
import { exp, power } from "../../chance/arithmetic.ts";
import type { LiceRules, LiceStageRules } from "../../fixtures/field/lice_rules.ts";
import type { Facts } from "../../farm/facts.ts";
import type { Assignment, Farm } from "../../farm/state.ts";
import { wave } from "../calendar.ts";
import { keysOfPlaces, normalAt } from "../chance.ts";
import { FISH, SITE } from "../memory.ts";
import type { Part } from "../remembering.ts";
import type { Sea } from "../water/sea.ts";
import { neighboursOf, type Sites } from "../sites.ts";

/**
 * The median of the time that some equal steps take, one after the other, in units of a step's mean: so
 * that few lice are much faster than the median.
 */
const MEDIANS = [0, 0.6931471805599453, 1.678346990016661, 2.674060313723003] as const;

/** Steps of a stage. */
const STEPS = { larva: 1, chalimus: 3, preAdult: 2 } as const;

/** More lice than this of a stage no fish carries: it would be dead. */
const MOST = 200;

/** Fish of a site of usual size: what its lice are to its neighbours goes by how many it has. */
const USUAL_SITE = 800_000;

/** Items of chance of a site: for life, and of a day. */
const ITEM = { life: 0, drift: 1, caligus: 2 } as const;

/** The share of a step of a stage that goes on in a day at a temperature in °C. */
export function goingOn(
  { days_at_10, power: by }: Omit<LiceStageRules, "deaths">,
  temperature: number,
  steps: 1 | 2 | 3,
): number {
  return Math.min(1, MEDIANS[steps] / (days_at_10 * power(10 / Math.max(temperature, 1), by)));
}

/** How many larvae catch a fish of a weight in g, beside one that is large. */
export function catchOf(weight: number, { small_below_g }: LiceRules): number {
  return weight >= small_below_g ? 1 : 0.3 + 0.7 * weight / small_below_g;
}

/** What the lice of a site are like today. */
interface Today {
  /** Larvae that settle on a large fish of an average ring. */
  settling: number;
  /** Shares of the attached and of the moving ones that go on. */
  chalimus: number;
  preAdult: number;
}

/** The places of lice that are attached, and of all. */
export const ATTACHED = [FISH.chalimus, FISH.chalimus2, FISH.chalimus3] as const;
const LICE = [...ATTACHED, FISH.preAdults, FISH.preAdults2, FISH.females, FISH.males] as const;

/** Attached lice on a fish. */
export function attachedOn({ memory }: Pick<Assignment, "memory">): number {
  return memory[FISH.chalimus]! + memory[FISH.chalimus2]! + memory[FISH.chalimus3]!;
}

/** Pre-adults on a fish. */
export function preAdultsOn({ memory }: Pick<Assignment, "memory">): number {
  return memory[FISH.preAdults]! + memory[FISH.preAdults2]!;
}

/** The lice of all rings. */
export interface LicePopulation extends Required<Pick<Part, "morning" | "fill">> {
  /** Lice of the herring on a fish of a site today. */
  caligus(farm: Farm, site: number): number;
}

/** The population of a profile. */
export function licePopulation(
  facts: Facts,
  rules: LiceRules,
  sites: Sites,
  sea: Sea,
): LicePopulation {
  const { batches } = facts;
  const last = facts.rates.stages.length - 1;
  const keys = keysOfPlaces(facts.seed, "seaLice", sites.all);
  const usual = keys.map((key, s) =>
    (rules.external[sites.all[s]!.geography] ?? 0) *
    exp(rules.site_sd * normalAt(key, 0, 0, ITEM.life))
  );
  const neighbours = neighboursOf(sites, rules.spacing_km, rules.range_km);
  const drift = Math.sqrt(1 - rules.drift_memory * rules.drift_memory);
  const caligus = Math.sqrt(1 - rules.caligus.memory * rules.caligus.memory);
  const females = new Float64Array(sites.all.length);
  const fish = new Float64Array(sites.all.length);
  const today = sites.all.map((): Today => ({ settling: 0, chalimus: 0, preAdult: 0 }));

  /** Adult females on a fish of every site, and its fish. */
  function count(farm: Farm): void {
    females.fill(0);
    fish.fill(0);
    for (const { assignments } of farm.batches) {
      for (const ring of assignments) {
        if (ring.stage !== last) continue;
        const site = sites.of(ring);
        females[site]! += ring.population * ring.memory[FISH.females]!;
        fish[site]! += ring.population;
      }
    }
  }

  function moveSite(farm: Farm, site: number): void {
    const memory = farm.sites[site]!;
    const { day } = farm;
    memory[SITE.liceDrift] = rules.drift_memory * memory[SITE.liceDrift]! +
      drift * normalAt(keys[site]!, day, 0, ITEM.drift);
    memory[SITE.caligusDrift] = rules.caligus.memory * memory[SITE.caligusDrift]! +
      caligus * normalAt(keys[site]!, day, 0, ITEM.caligus);
    // Eggs become larvae that may settle in two steps of equal length.
    const hatching = 2 * goingOn(rules.larva, sea.temperature(farm, site), STEPS.larva) /
      MEDIANS[STEPS.larva];
    const own = fish[site] === 0 ? 0 : females[site]! / fish[site]!;
    memory[SITE.larvae]! += Math.min(hatching, 1) * (memory[SITE.hatched]! - memory[SITE.larvae]!);
    memory[SITE.hatched]! += Math.min(hatching, 1) * (own - memory[SITE.hatched]!);
  }

  function settle(farm: Farm, site: number): void {
    const { day, sites: memories } = farm;
    const temperature = sea.temperature(farm, site);
    const season = 1 + rules.season * wave(day, rules.season_day);
    let settling = usual[site]! * season * exp(rules.drift_sd * memories[site]![SITE.liceDrift]!);
    let others = 0;
    for (const { site: other, share } of neighbours[site]!) {
      others += share * memories[other]![SITE.larvae]! * fish[other]! / USUAL_SITE;
    }
    settling += rules.reproduction *
      (memories[site]![SITE.larvae]! + rules.neighbour_share * others);
    const isFresh = sea.salinity(farm, site) < rules.fresh_below_ppt;
    const now = today[site]!;
    now.settling = isFresh ? settling / 2 : settling;
    now.chalimus = goingOn(rules.chalimus, temperature, STEPS.chalimus);
    now.preAdult = goingOn(rules.pre_adult, temperature, STEPS.preAdult);
  }

  function live({ day }: Farm, { weight, memory }: Assignment, now: Today): void {
    const { chalimus, pre_adult, adult_deaths } = rules;
    const settling = now.settling * memory[FISH.liceFactor]! * catchOf(weight / 100, rules);
    const left = day >= memory[FISH.killingFrom]! && day <= memory[FISH.killingTo]!
      ? 1 - memory[FISH.killing]!
      : 1;
    const step = (place: number, rate: number, deaths: number, coming: number): number => {
      const there = memory[place]!;
      memory[place] = Math.min(MOST, left * (there * (1 - rate - deaths) + coming));
      return rate * there;
    };
    const [young, older] = [now.chalimus, now.preAdult];
    const first = step(FISH.chalimus, young, chalimus.deaths, settling);
    const second = step(FISH.chalimus2, young, chalimus.deaths, first);
    const moulted = step(FISH.chalimus3, young, chalimus.deaths, second);
    const third = step(FISH.preAdults, older, pre_adult.deaths, moulted);
    const grown = 0.5 * step(FISH.preAdults2, older, pre_adult.deaths, third);
    step(FISH.females, 0, adult_deaths.female, grown);
    step(FISH.males, 0, adult_deaths.male, grown);
  }

  return {
    morning(farm) {
      count(farm);
      for (let site = 0; site < today.length; site++) moveSite(farm, site);
      for (let site = 0; site < today.length; site++) {
        if (fish[site]! > 0) settle(farm, site);
      }
      for (const { assignments } of farm.batches) {
        for (const one of assignments) {
          if (one.stage === last) live(farm, one, today[sites.of(one)]!);
        }
      }
    },
    fill(_farm, { batch, stage, ordinal, memory }, origins, before) {
      if (stage !== last) return;
      if (before === 0) {
        memory[FISH.liceFactor] = exp(
          rules.ring_sd * normalAt(batches[batch]!.keys.ringLice, 0, ordinal, 0),
        );
        return;
      }
      // Fish that come from fresh water have none.
      const share = before / origins.reduce((sum, { count }) => sum + count, before);
      for (const place of LICE) {
        memory[place]! *= share;
      }
    },
    caligus({ day, sites: memories }, site) {
      const { median, sd, season_day } = rules.caligus;
      return median * exp(sd * memories[site]![SITE.caligusDrift]!) *
        (1 + 0.6 * wave(day, season_day));
    },
  };
}
