/** Health as documented (domain.md#11): the same odds for every fish, organ and sampling. */
import { aimA, aimB, valueAt, wholeOf } from "../../chance/addressed.ts";
import type { Examination } from "../../farm/biology.ts";
import type { Facts } from "../../farm/facts.ts";
import { NO_LAB_SAMPLES } from "../../farm/lab_sample.ts";

/** Scores by chance alone, and no laboratory. */
export function documentedHealth({ batches, rates: { health } }: Facts): Examination {
  return {
    score(into, { day }, { batch, position }) {
      const { startDay, keys: { healthScore } } = batches[batch]!;
      const a = aimA(healthScore, day - startDay, position);
      const b = aimB(healthScore, day - startDay, position);
      for (let i = 0; i < into.length; i++) {
        const percentile = wholeOf(valueAt(a, b, i), 0, 100);
        into[i] = health.scoreUpTo.findIndex((upTo) => percentile < upTo);
      }
    },
    results: () => NO_LAB_SAMPLES,
  };
}
