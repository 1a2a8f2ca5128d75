/** Decisions as documented: fixed days of a life (domain.md#11, domain.md#12), the target weight (domain.md#14). */
import { type Husbandry, NO_NOTES, NONE } from "../../farm/biology.ts";
import type { Facts } from "../../farm/facts.ts";
import type { Treatment } from "../../farm/treatment.ts";
import { growthCurve } from "./growth.ts";
import { harvestIndex } from "./harvest_index.ts";

/** Decisions of those who look at the calendar, and at harvest at the scales. */
export function documentedHusbandry({ batches, rates }: Facts): Husbandry {
  const { stages, treatments: { vaccination, lice } } = rates;
  const bath: Treatment = {
    type: "physical",
    description: lice.description,
    dosage: lice.dosage,
    durationDays: lice.durationDays,
    withholdingDays: lice.withholdingDays,
    outcome: "successful",
    said: "treated against lice",
  };
  const curve = growthCurve(rates);
  const sea = stages.at(-1)!.fromIndex;
  // A treatment binds the fish from its first day on, and the days that it takes are on the safe side.
  const bound = lice.durationDays + lice.withholdingDays;
  const latest = batches.map(({ harvestWeight }) =>
    harvestIndex(harvestWeight, curve, sea) - bound
  );
  return {
    vaccine({ day }, { batch }) {
      const turn = vaccination.indices.indexOf(day - batches[batch]!.startDay);
      return turn < 0 ? -1 : turn % vaccination.vaccines.length;
    },
    treatment({ day }, { batch }) {
      const index = day - batches[batch]!.startDay;
      return index <= latest[batch]! && lice.indices.includes(index) ? bath : null;
    },
    leaving: ({ day }, { index, stage, assignments }) =>
      day - batches[index]!.startDay >= stages[stage + 1]!.fromIndex ? assignments : NONE,
    transitionDays: () => 1,
    lostInMove: () => 0,
    notes: () => NO_NOTES,
    harvested({ day }, { index, stage, assignments }) {
      const { startDay, harvestWeight } = batches[index]!;
      const { fromIndex, days } = stages[stage]!;
      let mass = 0;
      let fish = 0;
      for (const { population, weight } of assignments) {
        mass += population * weight;
        fish += population;
      }
      const due = mass >= harvestWeight * fish || day - startDay >= fromIndex + days;
      return due ? assignments : NONE;
    },
  };
}
