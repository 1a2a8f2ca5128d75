/**
 * Feeding of the biology `field`: what today's possible growth needs, by the appetite of the day, in
 * pellets that fit, and nothing on days of fasting and bad weather.
 */
import { exp } from "../chance/arithmetic.ts";
import type { RationRules } from "../fixtures/field/ration_rules.ts";
import type { Feeding } from "../farm/biology.ts";
import { civilOf } from "../farm/days.ts";
import { biomassOf, divideRounded } from "../farm/exact.ts";
import type { Facts } from "../farm/facts.ts";
import type { Assignment, Farm } from "../farm/state.ts";
import { keysOfPlaces, normalAt, uniformAt } from "./chance.ts";
import type { Conditions } from "./water/conditions.ts";
import { gained } from "./growth.ts";
import { FISH } from "./memory.ts";
import type { Sites } from "./sites.ts";

/** Meals from this size on are weighed out in whole kilograms, in 0.0001 kg; smaller ones finer. */
const WHOLE = [[100_000, 10_000], [10_000, 1_000], [0, 100]] as const;

/** Rings are not fed when they hold more than this share of what they may. */
const FULL = 0.985;

/** A meal as it is weighed out, in 0.0001 kg. */
export function weighedOut(amount: number): number {
  let step = 0;
  while (amount < WHOLE[step]![0]) step++;
  const unit = WHOLE[step]![1];
  return divideRounded(Math.floor(amount), unit) * unit;
}

/** kg of feed for a kg of growth at a weight in g. */
export function conversionAt(weight: number, { conversion }: RationRules): number {
  let next = 0;
  while (next < conversion.length && conversion[next]!.at_g < weight) next++;
  if (next === 0) return conversion[0]!.ratio;
  if (next === conversion.length) return conversion.at(-1)!.ratio;
  const from = conversion[next - 1]!;
  const to = conversion[next]!;
  return from.ratio + (to.ratio - from.ratio) * (weight - from.at_g) / (to.at_g - from.at_g);
}

/** Feeding, and what of it the morning decides. */
export interface FieldFeeding extends Feeding {
  /** Decides what every container is fed today; growth has said what its fish could gain. */
  morning(farm: Farm): void;
}

/** Feeding by growth and appetite. */
export function fieldFeeding(
  facts: Facts,
  rules: RationRules,
  sites: Sites,
  conditions: Conditions,
  isFasting: (farm: Farm, assignment: Assignment) => boolean,
): FieldFeeding {
  const { batches, ids, rates: { stages } } = facts;
  const sea = stages.length - 1;
  const pellets = rules.pellets.map(({ below_g = Infinity, feed }) => (
    { below: below_g * 100, feedId: ids.feeds.get(feed)! }
  ));
  const wasteAtSea = batches.map(({ geography }) => rules.waste_at_sea[geography.name] ?? 1);
  const siteKeys = keysOfPlaces(facts.seed, "feedingDay", sites.all);
  const fresh = rules.day_sd * Math.sqrt(1 - rules.day_memory * rules.day_memory);

  /** Sites of which nothing is fed today, for the weather or for what happens on a farm. */
  function isIdle({ day }: Farm, site: number, stormy: boolean): boolean {
    const share = rules.other_share + (stormy ? rules.storm_share : 0);
    return uniformAt(siteKeys[site]!, day, 0, 0) < share;
  }

  function moveAppetite({ day }: Farm, { batch, position, memory }: Assignment): void {
    memory[FISH.appetite] = rules.day_memory * memory[FISH.appetite]! +
      fresh * normalAt(batches[batch]!.keys.appetite, day, position, 0);
  }

  function appetite(farm: Farm, assignment: Assignment): number {
    const { batch, position, memory } = assignment;
    const { keys } = batches[batch]!;
    let eats = exp(memory[FISH.appetite]!);
    if (conditions.lowestOxygen(farm, assignment) < rules.low_oxygen) {
      const [least, most] = rules.low_oxygen_share;
      eats *= least + (most - least) * uniformAt(keys.appetite, farm.day, position, 1);
    }
    return eats * (1 - memory[FISH.hungrier]!);
  }

  function decide(farm: Farm, assignment: Assignment, idle: boolean): void {
    const { batch, stage, population, weight, memory } = assignment;
    memory[FISH.given] = 0;
    const grown = gained(weight, memory[FISH.step]!, memory[FISH.root]!);
    const waste = stage === sea ? wasteAtSea[batch]! : rules.waste_in_halls;
    const need = population * (grown - weight) / 10 * conversionAt(weight / 100, rules) * waste;
    memory[FISH.wanted] = Math.floor(need + 0.5);
    moveAppetite(farm, assignment);
    const biomass = biomassOf(population, weight);
    const full = stage === sea && biomass >= FULL * sites.place(assignment).mostBiomass;
    if (idle || full || isFasting(farm, assignment)) {
      memory[FISH.meal] = 0;
      return;
    }
    const most = biomass * stages[stage]!.feedRate / 100;
    memory[FISH.meal] = weighedOut(Math.min(need * appetite(farm, assignment), most) / 2);
  }

  return {
    morning(farm) {
      const { month } = civilOf(farm.day);
      const stormy = month <= 3 || month >= 11;
      const idle = sites.all.map((_, site) => isIdle(farm, site, stormy));
      for (const { assignments } of farm.batches) {
        for (const one of assignments) {
          if (stages[one.stage]!.feedRate === 0) continue;
          decide(farm, one, one.stage === sea && idle[sites.of(one)]!);
        }
      }
    },
    serve(meal, _farm, { stage, weight, memory }) {
      if (stages[stage]!.feedRate === 0) return;
      const amount = memory[FISH.meal]!;
      if (amount === 0) return;
      memory[FISH.given]! += amount;
      meal.amount = amount;
      let fitting = 0;
      while (weight >= pellets[fitting]!.below) fitting++;
      meal.feedId = pellets[fitting]!.feedId;
      meal.leftoverId = pellets[fitting - 1]?.feedId ?? 0;
      meal.percent = meal.biomass === 0 ? 0 : divideRounded(100 * amount, meal.biomass);
    },
  };
}
