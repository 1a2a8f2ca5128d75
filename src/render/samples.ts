/** Rows of growth samples, their fish, and the histories of both (domain.md#9). */
import { type Aggregate, aggregate, type Fish, zeroAggregate } from "../farm/aggregate.ts";
import {
  type FixedField,
  fixedField,
  fixedFields,
  writeDate,
  writeEmpty,
  writeField,
  writeHundredths,
  writeInstant,
  writeInteger,
} from "./bytes.ts";
import { feature } from "./feature.ts";
import { writeHistory, writeHistoryAndUser } from "./history.ts";

/** Condition factor 100 W / L^3 of the mean fish (W in g, L in cm), in hundredths. */
export function conditionFactor(weight: Aggregate, length: Aggregate, fish: number): number {
  const meanLength = length.sum / fish / 100;
  const meanWeight = weight.sum / fish / 100;
  return Math.floor(10000 * meanWeight / (meanLength * meanLength * meanLength) + 0.5);
}

/** sample_size 0, avg_weight_g 0 and no aggregates: how the application first saves a sample. */
const NOT_YET_AGGREGATED = fixedFields("0,0.00,,,,,,,");

/** The growth sample of a container, its fish, and the histories of both. */
export const samples = feature({
  tables: {
    sample: "batch_growthsample",
    observation: "batch_individualgrowthobservation",
    sampleHistory: "batch_historicalgrowthsample",
    observationHistory: "batch_historicalindividualgrowthobservation",
  },
  count({ farm, world, numbers }) {
    return {
      weighed(assignment) {
        const fish = world.biology.weighing.fish(farm, assignment);
        numbers.sample++;
        numbers.observation += fish;
        numbers.sampleHistory += 2;
        numbers.observationHistory += fish;
      },
    };
  },
  render({ parts, farm, world, numbers }) {
    const hour = world.rates.growthHour;
    const names: FixedField[] = [];
    const weight = zeroAggregate();
    const length = zeroAggregate();

    /** sample_size to condition_factor, and notes (NULL). */
    function aggregates(out: DataView, at: number, count: number): number {
      at = writeInteger(out, at, count);
      at = writeHundredths(out, at, weight.mean);
      at = writeHundredths(out, at, length.mean);
      at = writeHundredths(out, at, weight.deviation);
      at = writeHundredths(out, at, length.deviation);
      at = writeHundredths(out, at, weight.min);
      at = writeHundredths(out, at, weight.max);
      at = writeHundredths(out, at, conditionFactor(weight, length, count));
      return writeEmpty(out, at);
    }

    const user = world.ids.makers.dailyWork;

    function instants(out: DataView, at: number): number {
      return writeInstant(out, writeInstant(out, at, farm.day, hour), farm.day, hour);
    }

    function writeObservation(sampleId: number, fish: Fish, f: number): void {
      const id = numbers.observation++;
      for (const part of [parts.observation, parts.observationHistory]) {
        const { out } = part;
        let at = writeInteger(out, part.begin(), id);
        at = writeField(out, at, names[f]!);
        at = writeHundredths(out, at, fish.weights[f]!);
        at = writeHundredths(out, at, fish.lengths[f]!);
        at = instants(out, at);
        if (part === parts.observation) {
          part.end(writeInteger(out, at, sampleId));
        } else {
          at = writeHistory(out, at, numbers.observationHistory++, farm.day, hour, "+");
          at = writeInteger(out, at, sampleId);
          part.end(writeInteger(out, at, user));
        }
      }
    }

    return {
      weighed(assignment) {
        const fish = world.biology.weighing.sample(farm, assignment);
        const count = fish.weights.length;
        while (names.length < count) names.push(fixedField(String(names.length + 1)));
        aggregate(fish.weights, weight);
        aggregate(fish.lengths, length);
        const id = numbers.sample++;

        let out = parts.sample.out;
        let at = writeInteger(out, parts.sample.begin(), id);
        at = writeDate(out, at, farm.day);
        at = aggregates(out, at, count);
        at = instants(out, at);
        parts.sample.end(writeInteger(out, at, assignment.id));

        out = parts.sampleHistory.out;
        for (const type of ["+", "~"] as const) {
          at = writeInteger(out, parts.sampleHistory.begin(), id);
          at = writeDate(out, at, farm.day);
          at = type === "+" ? writeField(out, at, NOT_YET_AGGREGATED) : aggregates(out, at, count);
          at = instants(out, at);
          at = writeHistoryAndUser(out, at, numbers.sampleHistory++, farm.day, hour, type, user);
          parts.sampleHistory.end(writeInteger(out, at, assignment.id));
        }
        for (let f = 0; f < count; f++) writeObservation(id, fish, f);
      },
    };
  },
});
