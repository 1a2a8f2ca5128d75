/**
 * Fish that are weighed in the biology `field`: the mean of a sample is drawn first and the fish
 * around it, so that the pass over all days knows it without drawing the fish.
 */
import { cubeRoot, exp } from "../chance/arithmetic.ts";
import { normal } from "../chance/deviates.ts";
import { aimA, aimB, unit, valueAt } from "../chance/addressed.ts";
import type { WeighingRules } from "../fixtures/field/weighing_rules.ts";
import type { Fish } from "../farm/aggregate.ts";
import type { Weighing } from "../farm/biology.ts";
import type { Facts } from "../farm/facts.ts";
import { weightTolerance } from "../farm/sampling.ts";
import type { Assignment, Farm } from "../farm/state.ts";
import { wave } from "./calendar.ts";
import { normalAt, uniformAt, wholeBetween } from "./chance.ts";
import { FISH } from "./memory.ts";

/** Items of chance of a container and day. */
const ITEM = { mean: 0, fish: 1, next: 2 } as const;

/** How far a fish is from the mean at the most, in standard deviations. */
const FARTHEST = 3;

/** Weighing, and the mean of a sample without its fish. */
export interface FieldWeighing extends Weighing {
  /** Mean weight of today's sample of a container, in 0.01 g. */
  mean(farm: Farm, assignment: Assignment): number;
  /** Days after a day until fish of a container are weighed next. */
  daysToNext(assignment: Assignment, day: number): number;
}

/** Weighing of some fish of every container, every few weeks. */
export function fieldWeighing(facts: Facts, rules: WeighingRules): FieldWeighing {
  const { batches, rates } = facts;
  const { fromStage } = rates.samples;
  const sea = rates.stages.length - 1;
  const sizes = new Map<number, Fish>();

  const mean: FieldWeighing["mean"] = ({ day }, { batch, position, weight }) => {
    const error = rules.bias +
      rules.error_sd * normalAt(batches[batch]!.keys.weighing, day, position, ITEM.mean);
    const tolerance = weightTolerance(weight, rates.samples);
    const off = Math.floor(weight * error + 0.5);
    // No sample takes back much of what a state has run ahead.
    return weight + Math.min(Math.max(off, -Math.floor(tolerance / 2)), tolerance);
  };

  const fish: Weighing["fish"] = ({ day }, { batch, position }) =>
    wholeBetween(rules.fish, uniformAt(batches[batch]!.keys.weighing, day, position, ITEM.fish));

  /** Weights of fish around a mean, which is theirs to the last unit. */
  function weigh(into: Int32Array, farm: Farm, assignment: Assignment): void {
    const { batch, position, stage } = assignment;
    const key = batches[batch]!.keys.fishWeight;
    const [a, b] = [aimA(key, farm.day, position), aimB(key, farm.day, position)];
    const spread = stage === sea ? rules.sea_sd : rules.freshwater_sd;
    const shares = new Float64Array(into.length);
    let sum = 0;
    for (let f = 0; f < into.length; f++) {
      const z = normal(unit(valueAt(a, b, f)));
      const near = Math.min(Math.max(z, -FARTHEST), FARTHEST);
      sum += shares[f] = exp(spread * (near + rules.skew / 6 * (near * near - 1)));
    }
    const wanted = mean(farm, assignment) * into.length;
    let left = wanted;
    for (let f = 0; f < into.length; f++) {
      left -= into[f] = Math.max(1, Math.floor(wanted * shares[f]! / sum));
    }
    for (let f = 0; left !== 0; f = (f + 1) % into.length) {
      const step = left > 0 ? 1 : into[f]! > 1 ? -1 : 0;
      into[f]! += step;
      left -= step;
    }
  }

  /** Lengths by weight and condition: L = (100 W / K)^(1/3), cm and g. */
  function measure({ weights, lengths }: Fish, farm: Farm, assignment: Assignment): void {
    const { batch, position } = assignment;
    const key = batches[batch]!.keys.fishCondition;
    const [a, b] = [aimA(key, farm.day, position), aimB(key, farm.day, position)];
    const [least, most] = rules.condition;
    const usual = (least + most) / 2 + (most - least) / 2 * wave(farm.day, rules.condition_day);
    for (let f = 0; f < weights.length; f++) {
      const z = normal(unit(valueAt(a, b, f)));
      const near = Math.min(Math.max(z, -FARTHEST), FARTHEST);
      const condition = usual * (1 + rules.condition_sd * near);
      lengths[f] = Math.max(1, Math.floor(100 * cubeRoot(weights[f]! / condition) + 0.5));
    }
  }

  return {
    mean,
    fish,
    due: ({ day }, { stage, memory }) => stage >= fromStage && memory[FISH.weighing] === day,
    sample(farm, assignment) {
      const n = fish(farm, assignment);
      let sampled = sizes.get(n);
      if (sampled === undefined) {
        sampled = { weights: new Int32Array(n), lengths: new Int32Array(n) };
        sizes.set(n, sampled);
      }
      weigh(sampled.weights, farm, assignment);
      measure(sampled, farm, assignment);
      return sampled;
    },
    daysToNext: ({ batch, position }, day) =>
      wholeBetween(
        rules.days_between,
        uniformAt(batches[batch]!.keys.weighing, day, position, ITEM.next),
      ),
  };
}
