/**
 * Growth of the biology `field`: the cube root of the weight gains what temperature, light, size, the
 * ring, the site and the eaten share of the ration allow (Iwama and Tautz 1981; Jobling 2003).
 */
import { cubeRoot, exp } from "../chance/arithmetic.ts";
import type { GrowthRules } from "../fixtures/field/growth_rules.ts";
import type { Growth } from "../farm/biology.ts";
import type { Facts } from "../farm/facts.ts";
import type { Assignment, Farm } from "../farm/state.ts";
import { wave } from "./calendar.ts";
import { keysOfPlaces, normalAt } from "./chance.ts";
import type { Conditions } from "./water/conditions.ts";
import { FISH, SITE } from "./memory.ts";
import type { Sites } from "./sites.ts";

/** Fish that were fed more than they can use grow no more than this, as a share of the possible. */
const MOST_OF_POSSIBLE = 1.15;

/** How growth answers to the temperature in °C: as degrees that count. */
export function warmthOf(temperature: number, rules: GrowthRules): number {
  const { coldest_c, best_c, hottest_c } = rules;
  if (temperature <= coldest_c || temperature >= hottest_c) return 0;
  if (temperature <= best_c) return temperature;
  return best_c * (hottest_c - temperature) / (hottest_c - best_c);
}

/** How size slows growth: 1 up to a weight, a half at another, and on along that line to a tenth. */
export function slownessOf(weight: number, { slower_from_g, half_at_g }: GrowthRules): number {
  if (weight <= slower_from_g) return 1;
  return Math.max(0.1, 1 - 0.5 * (weight - slower_from_g) / (half_at_g - slower_from_g));
}

/**
 * The weight in 0.01 g of fish whose cube root gains a step; they never lose any.
 *
 * @param root Cube root of the weight in g.
 */
export function gained(weight: number, step: number, root = cubeRoot(weight / 100)): number {
  const grown = root + step;
  return Math.max(weight, Math.floor(grown * grown * grown * 100 + 0.5));
}

/**
 * The growth that AquaMind's model expects: its coefficient times the temperature, at all sizes.
 *
 * @param temperature In 0.01 °C.
 */
export function expectedGrowth({ rates: { stages } }: Facts): Growth["expected"] {
  return (stage, weight, temperature) =>
    gained(weight, stages[stage]!.growthCoefficient * temperature / 100);
}

/** Growth, and what of it the morning decides. */
export interface FieldGrowth extends Growth {
  /** Lets the sites drift, and sets what every container's fish could gain today. */
  morning(farm: Farm): void;
}

/** Growth by conditions and food. */
export function fieldGrowth(
  facts: Facts,
  rules: GrowthRules,
  sites: Sites,
  conditions: Conditions,
  stateWeight: Growth["stateWeight"],
): FieldGrowth {
  const { stages } = facts.rates;
  const sea = stages.length - 1;
  const coefficients = stages.map(({ name, order }) =>
    order === sea ? rules.sea_coefficient : rules.freshwater_coefficients[name] ?? 0
  );
  const siteKeys = keysOfPlaces(facts.seed, "siteGrowth", sites.all);
  // What the memory of a day leaves is filled up by chance, so that the spread stays.
  const fresh = rules.site_sd * Math.sqrt(1 - rules.site_memory * rules.site_memory);

  function possible(farm: Farm, assignment: Assignment, light: number): number {
    const { stage, weight, memory } = assignment;
    const coefficient = coefficients[stage]!;
    const warmth = warmthOf(conditions.temperature(farm, assignment), rules);
    let step = coefficient / 1000 * warmth * memory[FISH.pace]!;
    if (stage === sea) {
      step *= light * slownessOf(weight / 100, rules) *
        farm.sites[sites.of(assignment)]![SITE.growthFactor]! * (1 - memory[FISH.slower]!);
    }
    return step;
  }

  return {
    morning(farm) {
      farm.sites.forEach((memory, s) => {
        memory[SITE.growth] = rules.site_memory * memory[SITE.growth]! +
          fresh * normalAt(siteKeys[s]!, farm.day, 0, 0);
        memory[SITE.growthFactor] = exp(memory[SITE.growth]!);
      });
      const light = 1 + rules.light_share * wave(farm.day, rules.light_day);
      for (const { assignments } of farm.batches) {
        for (const one of assignments) {
          if (coefficients[one.stage] === 0) continue;
          one.memory[FISH.step] = possible(farm, one, light);
          one.memory[FISH.root] = cubeRoot(one.weight / 100);
        }
      }
    },
    grow(_farm, assignment) {
      const { memory, stage, weight } = assignment;
      if (coefficients[stage] === 0) return false;
      const wanted = memory[FISH.wanted]!;
      const share = wanted === 0 ? 0 : Math.min(memory[FISH.given]! / wanted, MOST_OF_POSSIBLE);
      assignment.weight = gained(weight, memory[FISH.step]! * share, memory[FISH.root]!);
      return true;
    },
    expected: expectedGrowth(facts),
    stateWeight,
    stateWeightBefore: (_farm, { memory }) => memory[FISH.stateWeight]!,
  };
}
