/** Growth as documented (domain.md#9): the cube root of the weight gains the same amount every day. */
import { cubeRoot } from "../../chance/arithmetic.ts";
import type { Growth } from "../../farm/biology.ts";
import type { Facts } from "../../farm/facts.ts";
import type { GrowthRates } from "../../farm/rates.ts";
import { type StateWeights, stateWeights } from "../../farm/state_weight.ts";
import type { MeanTemperature } from "./water.ts";

/**
 * The weight after one day: w' = (w^(1/3) + c T)^3, at most the cap, rounded to 0.01 g (Iwama and
 * Tautz 1981; rule of domain.md#9).
 *
 * @param weight In 0.01 g.
 * @param step The gain c T of the cube root of the weight in g.
 * @param cap In 0.01 g.
 * @return In 0.01 g.
 */
export function grownWeight(weight: number, step: number, cap: number): number {
  const root = cubeRoot(weight / 100) + step;
  return Math.min(Math.floor(root * root * root * 100 + 0.5), cap);
}

/**
 * The weight at the end of every day index of a life, in 0.01 g. Growth has no chance in it, so all
 * fish of all batches follow this curve that change stage on the same days.
 *
 * @param late Days that they come to every stage but the first after the first fish of their batch.
 */
export function growthCurve(rates: GrowthRates, late = 0): Int32Array {
  const last = rates.stages.at(-1)!;
  const curve = new Int32Array(last.fromIndex + last.days);
  let weight = rates.eggWeight;
  let order = 1;
  for (let index = 0; index < curve.length; index++) {
    if (rates.stages[order + 1]?.fromIndex === index - late) order++;
    const { growthStep, weightCap } = rates.stages[order]!;
    if (growthStep > 0) weight = grownWeight(weight, growthStep, weightCap);
    curve[index] = weight;
  }
  return curve;
}

/** What growth needs to know of the state weights of yesterday. */
export type WeightsBefore = (weights: StateWeights) => Growth["stateWeightBefore"];

/**
 * Growth by the coefficient of the stage that fish are in.
 *
 * @param beforeBy Says how the weight in yesterday's daily state is found.
 */
export function documentedGrowth(
  facts: Facts,
  mean: MeanTemperature,
  beforeBy: WeightsBefore,
): Growth {
  const { batches, rates } = facts;
  const { stages, samples } = rates;
  const expected: Growth["expected"] = (stage, weight, temperature) => {
    const { growthCoefficient, weightCap } = stages[stage]!;
    if (growthCoefficient === 0) return weight;
    return grownWeight(weight, growthCoefficient * temperature / 100, weightCap);
  };
  const weights = stateWeights(samples, expected);
  /** The last weight that was grown: the fish of a batch weigh the same mostly. */
  const last = { stage: 0, from: 0, to: 0 };
  return {
    grow(_farm, assignment) {
      const { stage, weight } = assignment;
      const { growthStep, weightCap } = stages[stage]!;
      if (growthStep <= 0) return false;
      if (last.stage !== stage || last.from !== weight) {
        last.stage = stage;
        last.from = weight;
        last.to = grownWeight(weight, growthStep, weightCap);
      }
      assignment.weight = last.to;
      return true;
    },
    expected,
    stateWeight({ day }, assignment, before) {
      const { batch, stage, position, weight, weighedDay } = assignment;
      const own = batches[batch]!;
      const index = day - own.startDay;
      if (weighedDay === day) return weights.sampled(own, index, position, weight);
      return weights.computed(stage, before, mean(own, assignment, index), weight);
    },
    stateWeightBefore: beforeBy(weights),
  };
}
