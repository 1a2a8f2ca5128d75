/** Rows of growth samples, their fish, and the histories of both (domain.md#9). */
import { type Aggregate, aggregate, type Fish, zeroAggregate } from "../farm/aggregate.ts";
import { sampleFish } from "../farm/sampling.ts";
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
        sampleFish(fish, facts, index, assignment.position, assignment.weight, world.rates.samples);
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
