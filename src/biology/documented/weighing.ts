/** Weighing as documented (domain.md#9): fish of every container, every seventh day of the batch. */
import type { Fish } from "../../farm/aggregate.ts";
import type { Weighing } from "../../farm/biology.ts";
import type { Facts } from "../../farm/facts.ts";
import { sampleFish } from "../../farm/sampling.ts";

/** Weighing by the calendar of the batch. */
export function documentedWeighing({ batches, rates: { samples } }: Facts): Weighing {
  const { everyDays, fromStage, fish } = samples;
  const sampled: Fish = { weights: new Int32Array(fish), lengths: new Int32Array(fish) };
  return {
    due: ({ day }, { batch, stage }) =>
      stage >= fromStage && (day - batches[batch]!.startDay) % everyDays === 0,
    fish: () => fish,
    sample({ day }, { batch, position, weight }) {
      const facts = batches[batch]!;
      sampleFish(sampled, facts, day - facts.startDay, position, weight, samples);
      return sampled;
    },
  };
}
