/**
 * The weight of daily states (domain.md#16, rulings.md#16): the mean of a sample on its day, else one step
 * of growth at the measured temperature from the day before. In stages that are not weighed yet it is
 * the simulated one, so that nobody has to look back for longer than a week. A worker that begins in the middle of
 * a week looks back to the last sample by addressed values, through the source at a transition.
 */
import { grownWeight, growthCurve } from "../farm/growth.ts";
import type { BatchFacts, World } from "../farm/world.ts";
import { aggregate, type Fish, zeroAggregate } from "./aggregate.ts";
import { meanReading } from "./readings.ts";
import { sampleFish, weightTolerance } from "./samples.ts";

/** Where fish are: the container of a stage, and the one of the stage before that they came from. */
export interface Stay {
  readonly stage: number;
  readonly ordinal: number;
  readonly source: number;
}

/** The state weights of one world. */
export interface StateWeights {
  /** Whether the weight of a day comes from a sample. */
  isSampled(stage: number, index: number): boolean;
  /** Mean of the day's temperature readings in 0.01 °C. */
  temperature(facts: BatchFacts, stay: Stay, index: number): number;
  /** The weight at the end of a day index, in 0.01 g, from the weight of the day before. */
  next(facts: BatchFacts, stay: Stay, index: number, before: number, temperature: number): number;
  /** The weight at the end of the day before an index, in 0.01 g, by looking back. */
  before(facts: BatchFacts, stay: Stay, index: number): number;
}

/** Builds the functions for a world. */
export function stateWeights(world: World): StateWeights {
  const { samples, stages, eggWeight, analysis, readingHours } = world.rates;
  const curve = growthCurve(world.rates);
  const fish: Fish = {
    weights: new Int32Array(samples.fish),
    lengths: new Int32Array(samples.fish),
  };
  const sampled = zeroAggregate();

  const isSampled = (stage: number, index: number) =>
    stage >= samples.fromStage && index % samples.everyDays === 0;

  /** At most a few percent from the weight that the fish really have. */
  function tolerated(weight: number, index: number): number {
    const simulated = curve[index]!;
    const tolerance = weightTolerance(simulated, samples);
    return Math.min(Math.max(weight, simulated - tolerance), simulated + tolerance);
  }

  function temperature(facts: BatchFacts, { stage, ordinal }: Stay, index: number): number {
    const { sensors } = facts.places[stage]![ordinal]!;
    const sensor = sensors.findIndex((one) => one.parameterId === analysis.temperatureParameterId);
    return meanReading(facts, stage, ordinal, sensor, index, readingHours.length);
  }

  function next(
    facts: BatchFacts,
    { stage, ordinal }: Stay,
    index: number,
    before: number,
    temperature: number,
  ): number {
    if (isSampled(stage, index)) {
      sampleFish(fish, facts, index, ordinal, curve[index]!, samples);
      aggregate(fish.weights, sampled);
      return sampled.mean;
    }
    if (stage < samples.fromStage) return curve[index]!;
    const { growthCoefficient, weightCap } = stages[stage]!;
    if (growthCoefficient === 0) return before;
    return tolerated(grownWeight(before, growthCoefficient * temperature / 100, weightCap), index);
  }

  function on(facts: BatchFacts, stay: Stay, index: number): number {
    if (stay.stage < samples.fromStage) return curve[index]!;
    if (isSampled(stay.stage, index)) return next(facts, stay, index, 0, 0);
    const weight = before(facts, stay, index);
    return next(facts, stay, index, weight, temperature(facts, stay, index));
  }

  function before(facts: BatchFacts, stay: Stay, index: number): number {
    if (index === 0) return eggWeight;
    const came = index === stages[stay.stage]!.fromIndex;
    const stayBefore = came ? { stage: stay.stage - 1, ordinal: stay.source, source: 0 } : stay;
    return on(facts, stayBefore, index - 1);
  }

  return { isSampled, temperature, next, before };
}
