/**
 * The share of fish that dies of nothing special: it differs by site and ring, and a week remembers
 * the one before (fitted to Oliveira et al. 2021, and to public series of farms).
 */
import { exp, ln } from "../chance/arithmetic.ts";
import type { DeathRules, EggDeathRules } from "../fixtures/field/death_rules.ts";
import { isMonday } from "../farm/days.ts";
import type { Facts } from "../farm/facts.ts";
import type { Assignment, Farm } from "../farm/state.ts";
import { wave } from "./calendar.ts";
import { keysOfPlaces, normalAt, uniformAt } from "./chance.ts";
import { FISH, SITE } from "./memory.ts";
import type { Sites } from "./sites.ts";

/** Items of chance of a site's week, and of a batch for life. */
const ITEM = { life: 0, slow: 1, fast: 2, week: 3, first: 4 } as const;

/** Order of the stage in which fish are not fed yet. */
export const UNFED_STAGE = 1;

/** Deaths of all times. */
export interface Background {
  /** On Mondays: what sites and containers drift to, and what dies of it this week. */
  morning(farm: Farm): void;
  /** What dies this week of fish that have come into an empty container. */
  fill(farm: Farm, assignment: Assignment, before: number): void;
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
  const slowFresh = freshOf(own.slow_sd, own.slow_memory);
  const fastFresh = freshOf(own.fast_sd, own.fast_memory);
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
        : own.slow_memory * memory[SITE.slowDeaths]! + slowFresh * slow;
      memory[SITE.fastDeaths] = begins
        ? own.fast_sd * fast
        : own.fast_memory * memory[SITE.fastDeaths]! + fastFresh * fast;
    });
  }

  /** What the season does to the logarithm of the rate. */
  function seasonOf(day: number): number {
    return own.season * wave(day, own.season_day);
  }

  function rateAtSea(farm: Farm, assignment: Assignment, season: number): number {
    const { batch, weight, memory } = assignment;
    const site = sites.of(assignment);
    const { slowDeaths, fastDeaths } = SITE;
    const logarithm = lifeOfSite[site]! + memory[FISH.deaths]! +
      farm.sites[site]![slowDeaths]! + farm.sites[site]![fastDeaths]! +
      own.size_power * ln(weight / 100 / own.size_at_g) +
      season;
    const usual = own.per_day[batches[batch]!.geography.name]!;
    return Math.min(own.most_per_day, usual * exp(logarithm));
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

  function setRate(farm: Farm, assignment: Assignment, season: number): void {
    assignment.memory[FISH.rate] = assignment.stage === sea
      ? rateAtSea(farm, assignment, season)
      : rateInTanks(assignment);
  }

  function drawn(day: number, { batch, position }: Assignment, item: number): number {
    return normalAt(batches[batch]!.keys.fishDeaths, day, position, item);
  }

  return {
    morning(farm) {
      if (farm.day === facts.firstDay || isMonday(farm.day)) driftOfSites(farm);
      if (!isMonday(farm.day)) return;
      const season = seasonOf(farm.day);
      for (const { assignments } of farm.batches) {
        for (const one of assignments) {
          const { stage, memory } = one;
          const z = drawn(farm.day, one, ITEM.week);
          memory[FISH.deaths] = stage === sea
            ? own.ring_memory * memory[FISH.deaths]! + ringFresh * z
            : fresh.tank_memory * memory[FISH.deaths]! + tankFresh * z;
          setRate(farm, one, season);
        }
      }
    },
    fill(farm, assignment, before) {
      if (before > 0) return;
      const spread = assignment.stage === sea ? own.ring_sd : fresh.tank_sd;
      assignment.memory[FISH.deaths] = spread * drawn(farm.day, assignment, ITEM.first);
      setRate(farm, assignment, seasonOf(farm.day));
    },
    expected({ day }, { stage, fromDay, population, memory }) {
      const rate = stage === UNFED_STAGE
        ? memory[FISH.rate]! * (lossByDay[day - fromDay] ?? 0)
        : memory[FISH.rate]!;
      return population * rate;
    },
  };
}
