/** Deaths as documented (domain.md#8): Poisson per container and day, at the rate of the stage. */
import { aimA, aimB, unit, valueAt } from "../../chance/addressed.ts";
import { poisson } from "../../chance/deviates.ts";
import type { Mortality } from "../../farm/biology.ts";
import type { Facts } from "../../farm/facts.ts";
import { addRecord } from "../../farm/toll.ts";

/** Deaths without a memory: a day knows nothing of the one before. */
export function documentedMortality({ batches, rates: { stages } }: Facts): Mortality {
  return {
    causes: stages.map(({ name }) => ({ cause: "UNKNOWN", description: `Daily check ${name}` })),
    take(into, { day }, { batch, stage, position, population }) {
      const { keys, startDay } = batches[batch]!;
      const a = aimA(keys.death, day - startDay, position);
      const b = aimB(keys.death, day - startDay, position);
      const rate = stages[stage]!.deathsPerDay;
      const deaths = Math.min(poisson(population * rate, unit(valueAt(a, b, 0))), population);
      if (deaths > 0) addRecord(into, deaths, stage, 0);
    },
    weightOf: (_farm, { weight }) => weight,
  };
}
