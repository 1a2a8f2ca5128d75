/** Decisions as documented: fixed days of a life (domain.md#11, domain.md#12), the target weight (domain.md#14). */
import { type Husbandry, NO_NOTES, NONE } from "../../farm/biology.ts";
import type { Facts } from "../../farm/facts.ts";
import { weighAtLeast } from "../../farm/mean_weight.ts";
import type { Batch } from "../../farm/state.ts";
import type { Treatment } from "../../farm/treatment.ts";
import { voyages } from "../../farm/voyage.ts";
import { type HarvestSpan, harvestSpan } from "./foreseen.ts";
import { daysAfter, daysOfTurns, shortestOf, type Turns } from "./turns.ts";

/** Decisions of those who look at the calendar, and at harvest at the scales. */
export function documentedHusbandry(facts: Facts): Husbandry {
  const { batches, rates, transitionDays } = facts;
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
  const shortestStage = shortestOf(stages);
  const turnsOf = (containers: number): Turns => ({ containers, transitionDays, shortestStage });
  const spans = new Map<number, HarvestSpan>();
  const spanOf = (containers: number) => {
    const days = daysOfTurns(turnsOf(containers));
    const span = spans.get(days) ?? harvestSpan(rates, days);
    spans.set(days, span);
    return span;
  };
  // A treatment binds the fish from its first day on, and the days that it takes are on the safe side.
  const bound = lice.durationDays + lice.withholdingDays;
  const latest = batches.map(({ harvestWeight, places }) =>
    spanOf(places[1]!.length).earliest(harvestWeight) - bound
  );

  /** Containers whose turn it is, by day index; those of the batch's own stage alone are asked for. */
  function leaving(index: number, { index: b, stage, assignments }: Batch) {
    const day = index - stages[stage + 1]!.fromIndex;
    if (day < 0) return NONE;
    const turns = turnsOf(batches[b]!.places[stage]!.length);
    return assignments.filter((one) => daysAfter(one.ordinal, turns) <= day);
  }
  return {
    vaccine({ day }, { batch }) {
      const turn = vaccination.indices.indexOf(day - batches[batch]!.startDay);
      return turn < 0 ? -1 : turn % vaccination.vaccines.length;
    },
    treatment({ day }, { batch }) {
      const index = day - batches[batch]!.startDay;
      return index <= latest[batch]! && lice.indices.includes(index) ? bath : null;
    },
    leaving: ({ day }, batch) => leaving(day - batches[batch.index]!.startDay, batch),
    transitionDays: (_farm, { assignments }) => daysOfTurns(turnsOf(assignments.length)),
    lostInMove: () => 0,
    // Nothing is noted of a whole batch that is at sea on one morning.
    voyage: transitionDays === 1 ? () => null : voyages(facts),
    notes: () => NO_NOTES,
    harvested({ day }, { index, stage, assignments }) {
      const { startDay, harvestWeight } = batches[index]!;
      const { fromIndex, days } = stages[stage]!;
      const due = weighAtLeast(assignments, harvestWeight) || day - startDay >= fromIndex + days;
      return due ? assignments : NONE;
    },
  };
}
