/**
 * The weight of daily states (domain.md#16, rulings.md#16): the mean of a sample on its day, else one
 * step of growth at the measured temperature from the day before. In stages that are not weighed yet
 * it is the simulated one, so that nobody has to look back for longer than a week.
 */
import type { Growth } from "./biology.ts";
import type { BatchFacts } from "./facts.ts";
import type { SampleRates } from "./rates.ts";
import { sampleMeans, weightTolerance } from "./sampling.ts";

/** The two ways to a state weight; all weights in 0.01 g, and `real` is what the fish weigh. */
export interface StateWeights {
  /** On the day of a sample. */
  sampled(facts: BatchFacts, index: number, position: number, real: number): number;
  /**
   * On any other day: at most a few percent from the weight that the fish really have.
   *
   * @param before The state weight of the day before.
   * @param temperature Mean of the day's readings, in 0.01 °C.
   */
  computed(stage: number, before: number, temperature: number, real: number): number;
}

/** State weights by the rates of samples and the growth that is expected of fish. */
export function stateWeights(rates: SampleRates, expected: Growth["expected"]): StateWeights {
  return {
    sampled: sampleMeans(rates),
    computed(stage, before, temperature, real) {
      if (stage < rates.fromStage) return real;
      const tolerance = weightTolerance(real, rates);
      const weight = expected(stage, before, temperature);
      return Math.min(Math.max(weight, real - tolerance), real + tolerance);
    },
  };
}
