/**
 * State weights of yesterday, where the containers of a batch change stage in turn. Rings are filled
 * from several tanks on several mornings, so that a day cannot be computed again from one curve: the
 * weight of the last daily state is remembered, and nothing else.
 */
import type { Growth, Remembering } from "../../farm/biology.ts";
import { divideRounded } from "../../farm/exact.ts";
import type { Facts } from "../../farm/facts.ts";

const nothing = () => {};

/** Where in the memory of fish the weight is, in 0.01 g. */
const WEIGHT = 0;

/** The weight of yesterday's state as it is remembered. */
export const rememberedBefore: Growth["stateWeightBefore"] = (_farm, { memory }) => memory[WEIGHT]!;

/** Remembers the weight of every daily state; of fish that come together their mean. */
export function rememberingWeights(
  { rates: { eggWeight, samples } }: Facts,
  stateWeight: Growth["stateWeight"],
): Remembering {
  return {
    sites: () => [],
    begin: nothing,
    fill(_farm, assignment, origins, before) {
      let fish = before;
      let mass = before === 0 ? 0 : before * assignment.memory[WEIGHT]!;
      for (const { from, count } of origins) {
        fish += count;
        mass += count * from.memory[WEIGHT]!;
      }
      const first = origins[0]?.from.memory[WEIGHT] ?? eggWeight;
      assignment.memory = [fish === 0 || origins.length === 0 ? first : divideRounded(mass, fish)];
    },
    morning: nothing,
    evening(farm) {
      for (const { assignments } of farm.batches) {
        for (const one of assignments) {
          const { stage, weight, memory } = one;
          // In stages that are not weighed yet a state has what the fish weigh.
          one.memory = [
            stage < samples.fromStage ? weight : stateWeight(farm, one, memory[WEIGHT]!),
          ];
        }
      }
    },
  };
}
