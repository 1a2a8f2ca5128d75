/** Fish that are weighed and measured (domain.md#9). */
import { aimA, aimB, unit, valueAt } from "../chance/addressed.ts";
import { power } from "../chance/arithmetic.ts";
import { aggregate, type Fish, zeroAggregate } from "./aggregate.ts";
import { divideRounded } from "./exact.ts";
import type { BatchFacts } from "./facts.ts";
import type { SampleRates } from "./rates.ts";

/**
 * How far the weight of a sample or of a daily state may be from the simulated one (rulings.md#16).
 *
 * @param simulated In 0.01 g, like the result.
 */
export function weightTolerance(simulated: number, { tolerancePercent }: SampleRates): number {
  return Math.floor(simulated * tolerancePercent / 100);
}

/** Of ten draws with the documented spread none is good with a chance of at most 1e-19. */
const DRAWS = 10;

/**
 * Fills `fish` with the sample of a container on a day index: weight w x U(0.85, 1.15), length
 * 5 w^0.33 x U(0.90, 1.10), both rounded to two decimals (domain.md#9). Weights whose mean is beyond
 * the tolerance are drawn again, as a daily state has the weight of its sample and keeps within the
 * tolerance too (rulings.md#16): one sample in a hundred of fry of 0.12 g, hardly any later.
 *
 * @param weight Average weight in 0.01 g.
 */
export function sampleFish(
  fish: Fish,
  { keys }: BatchFacts,
  index: number,
  position: number,
  weight: number,
  rates: SampleRates,
): void {
  const [lightest, heaviest] = rates.weightSpread;
  const [shortest, longest] = rates.lengthSpread;
  const meanLength = 100 * rates.lengthFactor * power(weight / 100, rates.lengthExponent);
  const weightA = aimA(keys.sampledWeight, index, position);
  const weightB = aimB(keys.sampledWeight, index, position);
  const lengthA = aimA(keys.sampledLength, index, position);
  const lengthB = aimB(keys.sampledLength, index, position);
  const count = fish.weights.length;
  const tolerance = weightTolerance(weight, rates);
  for (let draw = 0; draw < DRAWS; draw++) {
    let sum = 0;
    for (let f = 0; f < count; f++) {
      const w = lightest +
        (heaviest - lightest) * unit(valueAt(weightA, weightB, draw * count + f));
      sum += fish.weights[f] = Math.floor(weight * w + 0.5);
    }
    if (Math.abs(divideRounded(sum, count) - weight) <= tolerance) break;
  }
  for (let f = 0; f < count; f++) {
    const l = shortest + (longest - shortest) * unit(valueAt(lengthA, lengthB, f));
    fish.lengths[f] = Math.floor(meanLength * l + 0.5);
  }
}

/**
 * A function that gives the mean of the sample of a container on a day index, in 0.01 g, from the
 * weight of its fish.
 */
export function sampleMeans(
  rates: SampleRates,
): (facts: BatchFacts, index: number, position: number, weight: number) => number {
  const fish: Fish = { weights: new Int32Array(rates.fish), lengths: new Int32Array(rates.fish) };
  const sample = zeroAggregate();
  return (facts, index, position, weight) => {
    sampleFish(fish, facts, index, position, weight, rates);
    aggregate(fish.weights, sample);
    return sample.mean;
  };
}
