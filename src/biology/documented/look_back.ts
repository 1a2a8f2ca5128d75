/**
 * State weights of days that are over, where all containers of a batch change stage on one morning.
 * Nothing of them is remembered: all fish grow along one curve and readings are addressed, so a day is
 * computed again from the last sample on, through the source at a transition.
 */
import type { BatchFacts, Facts } from "../../farm/facts.ts";
import type { StateWeights } from "../../farm/state_weight.ts";
import type { Whereabouts } from "./stay.ts";
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
): (facts: BatchFacts, stay: Whereabouts, index: number) => number {
  function on(facts: BatchFacts, stay: Whereabouts, index: number): number {
    const { stage, position } = stay;
    const real = curve[index]!;
    if (stage < samples.fromStage) return real;
    if (index % samples.everyDays === 0) return weights.sampled(facts, index, position, real);
    return weights.computed(stage, before(facts, stay, index), mean(facts, stay, index), real);
  }

  function before(facts: BatchFacts, stay: Whereabouts, index: number): number {
    if (index === 0) return eggWeight;
    const came = index === stages[stay.stage]!.fromIndex;
    return on(facts, came ? sourceOf(stay) : stay, index - 1);
  }

  return before;
}

/** The container of the stage before, which all fish left on one morning. */
function sourceOf({ stage, source }: Whereabouts): Whereabouts {
  return { stage: stage - 1, ordinal: source, position: source, source: 0 };
}
