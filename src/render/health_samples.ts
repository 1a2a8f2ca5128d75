/** Rows of health samplings, their fish and scores (domain.md#11). */
import { aimA, aimB, unit, valueAt } from "../chance/addressed.ts";
import { cubeRoot } from "../chance/arithmetic.ts";
import { normal } from "../chance/deviates.ts";
import { isoOf } from "../farm/days.ts";
import type { Assignment } from "../farm/state.ts";
import type { World } from "../farm/world.ts";
import { type Aggregate, aggregate, type Fish, zeroAggregate } from "../farm/aggregate.ts";
import { fixedField, writeField, writeHundredths, writeInstant, writeInteger } from "./bytes.ts";
import { feature } from "./feature.ts";
import {
  historyColumns,
  hundredthsText,
  isoInstant,
  type PlainRow,
  writeRow,
} from "./plain_row.ts";

function within(value: number, mean: number, [low, high]: readonly [number, number]): number {
  return Math.min(Math.max(value, low * mean), high * mean);
}

/**
 * Fills `fish`: weight ~ N(w, 0.15 w), length ~ N(m, 0.10 m) with m = (100 w / 1.2)^(1/3), so that
 * the condition factor is near 1.2 (defects.md#b-20 had it near 0.03).
 */
export function sampleHealth(fish: Fish, assignment: Assignment, index: number, world: World) {
  const { health } = world.rates;
  const { healthWeight, healthLength } = world.batches[assignment.batch]!.keys;
  const meanLength = cubeRoot(100 * (assignment.weight / 100) / health.conditionFactor) * 100;
  const at = (key: typeof healthWeight, f: number) =>
    unit(
      valueAt(aimA(key, index, assignment.position), aimB(key, index, assignment.position), f),
    );
  for (let f = 0; f < fish.weights.length; f++) {
    const w = assignment.weight * (1 + health.weightDeviation * normal(at(healthWeight, f)));
    const l = meanLength * (1 + health.lengthDeviation * normal(at(healthLength, f)));
    fish.weights[f] = Math.floor(within(w, assignment.weight, health.weightLimits) + 0.5);
    fish.lengths[f] = Math.floor(within(l, meanLength, health.lengthLimits) + 0.5);
  }
}

/** Mean of 100 W / L^3 over the fish (W in g, L in cm), in 0.0001. */
export function meanConditionFactor({ weights, lengths }: Fish): number {
  let sum = 0;
  for (let f = 0; f < weights.length; f++) {
    const length = lengths[f]! / 100;
    sum += 100 * (weights[f]! / 100) / (length * length * length);
  }
  return Math.floor(sum / weights.length * 10000 + 0.5);
}

/** The aggregates of a sampling that has none yet: how the application first saves it. */
const NOT_YET_AGGREGATED: PlainRow = {
  avg_k_factor: null,
  avg_length_cm: null,
  avg_weight_g: null,
  calculated_sample_size: null,
  max_length_cm: null,
  max_weight_g: null,
  min_length_cm: null,
  min_weight_g: null,
  std_dev_length_cm: null,
  std_dev_weight_g: null,
};

function fourDecimals(n: number): string {
  return `${Math.floor(n / 10000)}.${String(n % 10000).padStart(4, "0")}`;
}

/** The health sampling of a container, its fish and their scores. */
export const healthSamples = feature({
  tables: {
    healthSampling: "health_healthsamplingevent",
    healthFish: "health_individualfishobservation",
    healthScore: "health_fishparameterscore",
    healthSamplingHistory: "health_historicalhealthsamplingevent",
  },
  count({ world, numbers }) {
    const { fish, parameterIds } = world.rates.health;
    return {
      healthSampled() {
        numbers.healthSampling++;
        numbers.healthSamplingHistory += 2;
        numbers.healthFish += fish;
        numbers.healthScore += fish * parameterIds.length;
      },
    };
  },
  render({ parts, tables, farm, world, numbers }) {
    const { health, stages } = world.rates;
    const live = tables.healthSampling;
    const past = tables.healthSamplingHistory;
    const count = health.fish;
    const fish: Fish = { weights: new Int32Array(count), lengths: new Int32Array(count) };
    const names = Array.from(
      { length: count },
      (_, f) => fixedField(`F${String(f + 1).padStart(3, "0")}`),
    );
    const scores = new Uint8Array(count * health.parameterIds.length);
    const weight = zeroAggregate();
    const length = zeroAggregate();
    const aggregates = (w: Aggregate, l: Aggregate): PlainRow => ({
      avg_k_factor: fourDecimals(meanConditionFactor(fish)),
      avg_length_cm: hundredthsText(l.mean),
      avg_weight_g: hundredthsText(w.mean),
      calculated_sample_size: count,
      max_length_cm: hundredthsText(l.max),
      max_weight_g: hundredthsText(w.max),
      min_length_cm: hundredthsText(l.min),
      min_weight_g: hundredthsText(w.min),
      std_dev_length_cm: hundredthsText(l.deviation),
      std_dev_weight_g: hundredthsText(w.deviation),
    });

    function writeFish(samplingId: number, f: number): number {
      const { out } = parts.healthFish;
      const id = numbers.healthFish++;
      let at = writeInteger(out, parts.healthFish.begin(), id);
      at = writeField(out, at, names[f]!);
      at = writeHundredths(out, at, fish.lengths[f]!);
      at = writeHundredths(out, at, fish.weights[f]!);
      at = writeInstant(out, at, farm.day, health.hour);
      at = writeInstant(out, at, farm.day, health.hour);
      parts.healthFish.end(writeInteger(out, at, samplingId));
      return id;
    }

    function writeScore(fishId: number, parameterId: number, score: number): void {
      const { out } = parts.healthScore;
      let at = writeInteger(out, parts.healthScore.begin(), numbers.healthScore++);
      at = writeInteger(out, at, score);
      at = writeInstant(out, at, farm.day, health.hour);
      at = writeInstant(out, at, farm.day, health.hour);
      at = writeInteger(out, at, fishId);
      parts.healthScore.end(writeInteger(out, at, parameterId));
    }

    return {
      healthSampled(assignment, index) {
        sampleHealth(fish, assignment, index, world);
        aggregate(fish.weights, weight);
        aggregate(fish.lengths, length);
        const at = isoInstant({ day: farm.day, hour: health.hour });
        const row: PlainRow = {
          id: numbers.healthSampling++,
          sampling_date: isoOf(farm.day),
          number_of_fish_sampled: count,
          notes: `Monthly health sampling, ${stages[assignment.stage]!.name}`,
          created_at: at,
          updated_at: at,
          assignment_id: assignment.id,
          sampled_by_id: world.ids.makers.health,
          ...aggregates(weight, length),
        };
        writeRow(parts.healthSampling, live, row);
        for (const type of ["+", "~"] as const) {
          writeRow(parts.healthSamplingHistory, past, {
            ...row,
            ...(type === "+" ? NOT_YET_AGGREGATED : {}),
            ...historyColumns(numbers.healthSamplingHistory++, type, at, world.ids.makers.health),
          });
        }
        const { parameterIds } = health;
        world.biology.health.score(scores, farm, assignment);
        for (let f = 0; f < count; f++) {
          const fishId = writeFish(row.id as number, f);
          for (let p = 0; p < parameterIds.length; p++) {
            writeScore(fishId, parameterIds[p]!, scores[f * parameterIds.length + p]!);
          }
        }
      },
    };
  },
});
