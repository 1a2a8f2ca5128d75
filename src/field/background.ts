/**
 * The share of fish that dies of nothing special: it differs by site and ring, and a week remembers
 * the one before (fitted to Oliveira et al. 2021, and to public series of farms).
 */
import { exp, ln, power } from "../chance/arithmetic.ts";
import type { DeathRules, EggDeathRules } from "../fixtures/field/death_rules.ts";
import type { Facts } from "../farm/facts.ts";
import type { Assignment, Farm } from "../farm/state.ts";
import { wave } from "./calendar.ts";
import { keysOfPlaces, normalAt, uniformAt } from "./chance.ts";
import { FISH, SITE } from "./memory.ts";
import type { Sites } from "./sites.ts";

/** Items of chance of a site's week, and of a batch for life. */
const ITEM = { life: 0, slow: 1, fast: 2, week: 3, first: 4, cause: 5 } as const;

/** Order of the stage in which fish are not fed yet. */
export const UNFED_STAGE = 1;

/** The logarithm beyond which more die than anybody would call usual. */
const MANY = 0.9;

/** How many times its share the cause has of what dies beyond that. */
const OF_MANY = 6;

/** Deaths of all times. */
export interface Background {
  /** What sites drift to today, and once a week what dies in a container beside others. */
  morning(farm: Farm): void;
  /** What dies this week of fish that have come into an empty container. */
  fill(farm: Farm, assignment: Assignment, before: number): void;
  /**
   * The shares of causes at a site today: where many die, it is mostly of one, the same for weeks.
   *
   * @param shares As usual.
   */
  sharesAt(farm: Farm, site: number, shares: readonly number[]): readonly number[];
  /** Of which of some causes most die at a site today; -1 where no more do than usual. */
  mostOf(farm: Farm, site: number, causes: number): number;
  /** How many fish of a container are expected to die today. */
  expected(farm: Farm, assignment: Assignment): number;
}

/** What is left of a spread when a part of it is remembered. */
function freshOf(deviation: number, memory: number): number {
  return deviation * Math.sqrt(1 - memory * memory);
}

/** The shares of the eggs' losses by day, from the first day of their stage on. */
export function eggLossByDay(rules: EggDeathRules, days: number): number[] {
  const { first_days, first_share, hatching: [from, to], hatching_share } = rules;
  const usual = (1 - first_share - hatching_share) / days;
  return Array.from({ length: days }, (_, day) => {
    const first = day < first_days
      ? first_share * (2 * (first_days - day) - 1) / (first_days * first_days)
      : 0;
    const hatched = day >= from && day <= to ? hatching_share / (to - from + 1) : 0;
    return usual + first + hatched;
  });
}

/** The background of a profile. */
export function fieldBackground(facts: Facts, rules: DeathRules, sites: Sites): Background {
  const { batches, rates: { stages } } = facts;
  const { sea: own, fresh, eggs } = rules;
  const sea = stages.length - 1;
  const siteKeys = keysOfPlaces(facts.seed, "siteDeaths", sites.all);
  const lifeOfSite = siteKeys.map((key) => own.site_sd * normalAt(key, 0, 0, ITEM.life));
  // Sites drift day by day: a week remembers what the rules say.
  const [slowMemory, fastMemory] = [power(own.slow_memory, 1 / 7), power(own.fast_memory, 1 / 7)];
  const slowFresh = freshOf(own.slow_sd, slowMemory);
  const fastFresh = freshOf(own.fast_sd, fastMemory);
  const ringFresh = freshOf(own.ring_sd, own.ring_memory);
  const tankFresh = freshOf(fresh.tank_sd, fresh.tank_memory);
  const lossByDay = eggLossByDay(eggs, stages[UNFED_STAGE]!.days);
  // So that the mean of all tanks is the rate of the stage.
  const meanOfTanks = (fresh.batch_sd * fresh.batch_sd + fresh.tank_sd * fresh.tank_sd) / 2;

  function driftOfSites({ day, sites: memories }: Farm): void {
    memories.forEach((memory, s) => {
      const [slow, fast] = [
        normalAt(siteKeys[s]!, day, 0, ITEM.slow),
        normalAt(siteKeys[s]!, day, 0, ITEM.fast),
      ];
      const begins = memory[SITE.slowDeaths] === 0 && memory[SITE.fastDeaths] === 0;
      memory[SITE.slowDeaths] = begins
        ? own.slow_sd * slow
        : slowMemory * memory[SITE.slowDeaths]! + slowFresh * slow;
      memory[SITE.fastDeaths] = begins
        ? own.fast_sd * fast
        : fastMemory * memory[SITE.fastDeaths]! + fastFresh * fast;
      memory[SITE.deathFactor] = exp(
        lifeOfSite[s]! + memory[SITE.slowDeaths]! + memory[SITE.fastDeaths]! + seasonOf(day),
      );
    });
  }

  /** What the season does to the logarithm of the rate. */
  function seasonOf(day: number): number {
    return own.season * wave(day, own.season_day);
  }

  /** Without what is of the site: that is another every day. */
  function rateAtSea({ batch, weight, memory }: Assignment): number {
    const usual = own.per_day[batches[batch]!.geography.name]!;
    return usual * exp(memory[FISH.deaths]! + own.size_power * ln(weight / 100 / own.size_at_g));
  }

  function rateInTanks({ batch, stage, memory }: Assignment): number {
    const key = batches[batch]!.keys.fishDeaths;
    if (stage === UNFED_STAGE) {
      const [least, most] = eggs.lost;
      const lost = least + (most - least) * uniformAt(key, 0, 0, ITEM.life);
      return lost * exp(memory[FISH.deaths]! - fresh.tank_sd * fresh.tank_sd / 2);
    }
    const ofBatch = fresh.batch_sd * normalAt(key, 0, stage, ITEM.life);
    return stages[stage]!.deathsPerDay * exp(ofBatch + memory[FISH.deaths]! - meanOfTanks);
  }

  function setRate(assignment: Assignment): void {
    assignment.memory[FISH.rate] = assignment.stage === sea
      ? rateAtSea(assignment)
      : rateInTanks(assignment);
  }

  /** How far beyond the usual it is at a site, from 0 on. */
  function beyond({ sites: memories }: Farm, site: number): number {
    const memory = memories[site]!;
    return Math.max(0, memory[SITE.slowDeaths]! + memory[SITE.fastDeaths]! - MANY);
  }

  function mostOf(farm: Farm, site: number, causes: number): number {
    if (beyond(farm, site) === 0) return -1;
    const weeks = Math.floor(farm.day / 28);
    return Math.floor(causes * uniformAt(siteKeys[site]!, weeks, 0, ITEM.cause));
  }

  function drawn(day: number, { batch, position }: Assignment, item: number): number {
    return normalAt(batches[batch]!.keys.fishDeaths, day, position, item);
  }

  return {
    mostOf,
    sharesAt(farm, site, shares) {
      const most = mostOf(farm, site, shares.length);
      const times = 1 + OF_MANY * beyond(farm, site);
      return most < 0 ? shares : shares.map((share, c) => c === most ? share * times : share);
    },
    morning(farm) {
      driftOfSites(farm);
      for (const { index, assignments } of farm.batches) {
        for (const one of assignments) {
          // Each container has a weekday of its own, so that not all rings change on one.
          if ((farm.day + 3 * index + one.position) % 7 !== 0) continue;
          const { stage, memory } = one;
          const z = drawn(farm.day, one, ITEM.week);
          memory[FISH.deaths] = stage === sea
            ? own.ring_memory * memory[FISH.deaths]! + ringFresh * z
            : fresh.tank_memory * memory[FISH.deaths]! + tankFresh * z;
          setRate(one);
        }
      }
    },
    fill(farm, assignment, before) {
      if (before > 0) return;
      const spread = assignment.stage === sea ? own.ring_sd : fresh.tank_sd;
      assignment.memory[FISH.deaths] = spread * drawn(farm.day, assignment, ITEM.first);
      setRate(assignment);
    },
    expected(farm, assignment) {
      const { stage, fromDay, population, memory } = assignment;
      const rate = memory[FISH.rate]!;
      if (stage === sea) {
        const here = farm.sites[sites.of(assignment)]![SITE.deathFactor]!;
        return population * Math.min(own.most_per_day, rate * here);
      }
      return population *
        (stage === UNFED_STAGE ? rate * (lossByDay[farm.day - fromDay] ?? 0) : rate);
    },
  };
}
