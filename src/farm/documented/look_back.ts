/**
 * State weights of days that are over. Nothing of them is remembered: all fish grow along one curve
 * and readings are addressed, so a day is computed again from the last sample on, through the
 * source at a transition.
 */
import type { BatchFacts, Facts } from "../facts.ts";
import type { StateWeights } from "../state_weight.ts";
import type { Stay } from "./stay.ts";
import type { MeanTemperature } from "./water.ts";

/**
 * A function that gives the state weight of the day before a day index, in 0.01 g.
 *
 * @param curve The weight of the fish by day index, in 0.01 g.
 */
export function lookingBack(
  { rates: { eggWeight, samples, stages } }: Facts,
  curve: Int32Array,
  weights: StateWeights,
  mean: MeanTemperature,
): (facts: BatchFacts, stay: Stay, index: number) => number {
  function on(facts: BatchFacts, stay: Stay, index: number): number {
    const { stage, ordinal } = stay;
    const real = curve[index]!;
    if (stage < samples.fromStage) return real;
    if (index % samples.everyDays === 0) return weights.sampled(facts, index, ordinal, real);
    return weights.computed(stage, before(facts, stay, index), mean(facts, stay, index), real);
  }

  function before(facts: BatchFacts, stay: Stay, index: number): number {
    if (index === 0) return eggWeight;
    const came = index === stages[stay.stage]!.fromIndex;
    const stayBefore = came ? { stage: stay.stage - 1, ordinal: stay.source, source: 0 } : stay;
    return on(facts, stayBefore, index - 1);
  }

  return before;
}
