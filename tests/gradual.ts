/**
 * Biologies, for tests of the seam, that do nothing to a whole batch at once: every day one container
 * goes to the next stage, and at the end one ring is harvested. Which one it is changes with the day.
 */
import { type Biology, type BiologyModel, NONE } from "../src/farm/biology.ts";
import { documented } from "../src/biology/documented/documented.ts";
import type { Facts } from "../src/farm/facts.ts";
import type { Assignment } from "../src/farm/state.ts";
import { stateWeights } from "../src/farm/state_weight.ts";
import { rememberedMean, REMEMBERING } from "./remembering.ts";

/** A model that decides when another does, and does one container a day. */
function gradually(model: BiologyModel): BiologyModel {
  return {
    forecast: model.forecast,
    biologyOf(facts) {
      const biology = model.biologyOf(facts);
      const { husbandry } = biology;
      const oneOf = (day: number, assignments: readonly Assignment[]) => [
        assignments[day % assignments.length]!,
      ];
      return {
        ...biology,
        husbandry: {
          ...husbandry,
          leaving(farm, batch) {
            if (husbandry.leaving(farm, batch).length === 0) return NONE;
            return oneOf(farm.day, batch.assignments.filter(({ stage }) => stage === batch.stage));
          },
          transitionDays: (_farm, { assignments }) => assignments.length,
          harvested(farm, batch) {
            const rings = facts.batches[batch.index]!.places[batch.stage]!.length;
            const begun = batch.assignments.length < rings;
            if (!begun && husbandry.harvested(farm, batch).length === 0) return NONE;
            return oneOf(farm.day, batch.assignments);
          },
        },
      };
    },
  };
}

/**
 * The documented biology with a memory of what the daily states said: it cannot be computed again
 * where the days of the transitions are not those of a calendar.
 */
function keepingWeights(facts: Facts): Biology {
  const plain = documented.biologyOf(facts);
  const weights = stateWeights(facts.rates.samples, plain.growth.expected);
  return {
    ...plain,
    growth: { ...plain.growth, stateWeightBefore: (_farm, { memory }) => memory[0]! },
    remembering: {
      ...plain.remembering,
      fill(_farm, assignment, origins, before) {
        const { eggWeight } = facts.rates;
        assignment.memory = [rememberedMean(assignment, origins, before, 0, eggWeight)];
      },
      evening(farm) {
        for (const { assignments, index: batch } of farm.batches) {
          const own = facts.batches[batch]!;
          for (const one of assignments) {
            const { memory, stage, position, weight } = one;
            one.memory = [
              one.weighedDay === farm.day
                ? weights.sampled(own, farm.day - own.startDay, position, weight)
                : weights.computed(stage, memory[0]!, plain.water.temperature(farm, one), weight),
            ];
          }
        }
      },
    },
  };
}

/** The rates of the documents, container by container. */
export const GRADUAL: BiologyModel = gradually(
  { forecast: documented.forecast, biologyOf: keepingWeights },
);

/** The biology with a memory of every kind, container by container. */
export const GRADUAL_REMEMBERING: BiologyModel = gradually(REMEMBERING);
