/** Rows of growth samples, their fish, and the histories of both (domain.md#9). */
import { aimA, aimB, unit, valueAt } from "../chance/addressed.ts";
import { power } from "../chance/arithmetic.ts";
import { divideRounded } from "../farm/exact.ts";
import type { SampleRates } from "../farm/rates.ts";
import type { BatchFacts } from "../farm/world.ts";
import { type Aggregate, aggregate, type Fish, zeroAggregate } from "./aggregate.ts";
import {
  type Column,
  column,
  columns,
  date,
  empty,
  hundredths,
  instant,
  integer,
  text,
} from "./bytes.ts";
import { feature } from "./feature.ts";
import { history, historyAndUser } from "./history.ts";

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
  ordinal: number,
  weight: number,
  rates: SampleRates,
): void {
  const [lightest, heaviest] = rates.weightSpread;
  const [shortest, longest] = rates.lengthSpread;
  const meanLength = 100 * rates.lengthFactor * power(weight / 100, rates.lengthExponent);
  const weightA = aimA(keys.sampledWeight, index, ordinal);
  const weightB = aimB(keys.sampledWeight, index, ordinal);
  const lengthA = aimA(keys.sampledLength, index, ordinal);
  const lengthB = aimB(keys.sampledLength, index, ordinal);
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

/** Condition factor 100 W / L^3 of the mean fish (W in g, L in cm), in hundredths. */
export function conditionFactor(weight: Aggregate, length: Aggregate, fish: number): number {
  const meanLength = length.sum / fish / 100;
  const meanWeight = weight.sum / fish / 100;
  return Math.floor(10000 * meanWeight / (meanLength * meanLength * meanLength) + 0.5);
}

/** sample_size 0, avg_weight_g 0 and no aggregates: how the application first saves a sample. */
const NOT_YET_AGGREGATED = columns("0,0.00,,,,,,,");

/** The growth sample of a container, its fish, and the histories of both. */
export const samples = feature({
  tables: {
    sample: "batch_growthsample",
    observation: "batch_individualgrowthobservation",
    sampleHistory: "batch_historicalgrowthsample",
    observationHistory: "batch_historicalindividualgrowthobservation",
  },
  count({ world, numbers }) {
    const { fish } = world.rates.samples;
    return {
      weighed() {
        numbers.sample++;
        numbers.observation += fish;
        numbers.sampleHistory += 2;
        numbers.observationHistory += fish;
      },
    };
  },
  render({ parts, farm, world, numbers }) {
    const count = world.rates.samples.fish;
    const hour = world.rates.growthHour;
    const fish: Fish = { weights: new Int32Array(count), lengths: new Int32Array(count) };
    const names: Column[] = Array.from({ length: count }, (_, f) => column(String(f + 1)));
    const weight = zeroAggregate();
    const length = zeroAggregate();

    /** sample_size to condition_factor, and notes (NULL). */
    function aggregates(out: DataView, at: number): number {
      at = integer(out, at, count);
      at = hundredths(out, at, weight.mean);
      at = hundredths(out, at, length.mean);
      at = hundredths(out, at, weight.deviation);
      at = hundredths(out, at, length.deviation);
      at = hundredths(out, at, weight.min);
      at = hundredths(out, at, weight.max);
      at = hundredths(out, at, conditionFactor(weight, length, count));
      return empty(out, at);
    }

    function instants(out: DataView, at: number): number {
      return instant(out, instant(out, at, farm.day, hour), farm.day, hour);
    }

    function writeObservation(sampleId: number, f: number): void {
      const id = numbers.observation++;
      for (const part of [parts.observation, parts.observationHistory]) {
        const { out } = part;
        let at = integer(out, part.begin(), id);
        at = text(out, at, names[f]!);
        at = hundredths(out, at, fish.weights[f]!);
        at = hundredths(out, at, fish.lengths[f]!);
        at = instants(out, at);
        if (part === parts.observation) {
          part.end(integer(out, at, sampleId));
        } else {
          at = history(out, at, numbers.observationHistory++, farm.day, hour, "+");
          at = integer(out, at, sampleId);
          part.end(empty(out, at));
        }
      }
    }

    return {
      weighed(assignment) {
        const facts = world.batches[assignment.batch]!;
        const index = farm.day - facts.startDay;
        sampleFish(fish, facts, index, assignment.ordinal, assignment.weight, world.rates.samples);
        aggregate(fish.weights, weight);
        aggregate(fish.lengths, length);
        const id = numbers.sample++;

        let out = parts.sample.out;
        let at = integer(out, parts.sample.begin(), id);
        at = date(out, at, farm.day);
        at = aggregates(out, at);
        at = instants(out, at);
        parts.sample.end(integer(out, at, assignment.id));

        out = parts.sampleHistory.out;
        for (const type of ["+", "~"] as const) {
          at = integer(out, parts.sampleHistory.begin(), id);
          at = date(out, at, farm.day);
          at = type === "+" ? text(out, at, NOT_YET_AGGREGATED) : aggregates(out, at);
          at = instants(out, at);
          at = historyAndUser(out, at, numbers.sampleHistory++, farm.day, hour, type);
          parts.sampleHistory.end(integer(out, at, assignment.id));
        }
        for (let f = 0; f < count; f++) writeObservation(id, f);
      },
    };
  },
});
