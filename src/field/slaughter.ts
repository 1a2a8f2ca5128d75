/**
 * When rings of the biology `field` are slaughtered: one after the other over weeks, the heaviest
 * first, on weekdays, and none within the withholding time of its last treatment. The whole order is
 * decided when the first is due, since fish fast before.
 */
import type { GradingRules } from "../fixtures/field/grading_rules.ts";
import { biomassOf } from "../farm/exact.ts";
import type { Facts } from "../farm/facts.ts";
import { weighAtLeast } from "../farm/mean_weight.ts";
import type { Assignment, Batch, Farm } from "../farm/state.ts";
import { weekday } from "./calendar.ts";
import { uniformAt, wholeBetween } from "./chance.ts";
import { BATCH, FISH } from "./memory.ts";
import type { Sites } from "./sites.ts";

/** The decision to slaughter. */
export interface Slaughter {
  /** Decides in the evening whether the slaughter of a batch begins, and on which day for each ring. */
  evening(farm: Farm, batch: Batch): void;
}

/**
 * The slaughter of every batch.
 *
 * @param fasting Days that fish fast before it, at most.
 */
export function fieldSlaughter(
  facts: Facts,
  rules: GradingRules,
  sites: Sites,
  fasting: number,
): Slaughter {
  const { batches, rates: { stages } } = facts;
  const sea = stages.length - 1;

  function isDue({ assignments, index: b }: Batch, target: number, index: number): boolean {
    // Rings are the batch's no longer than the plan has them.
    const latest = batches[b]!.stays[sea]!.to - rules.longest_days;
    if (index >= latest) return true;
    let biomass = 0;
    for (const one of assignments) {
      const own = biomassOf(one.population, one.weight);
      if (own >= rules.limit_share * sites.place(one).mostBiomass) return true;
      biomass += own;
    }
    const { mostBiomassOfSite } = sites.place(assignments[0]!);
    return weighAtLeast(assignments, target) || biomass >= rules.limit_share * mostBiomassOfSite;
  }

  return {
    evening(farm, batch) {
      const { stage, transition, memory, assignments, index } = batch;
      if (stage !== sea || transition !== null || memory[BATCH.slaughter] !== 0) return;
      const { startDay, stays, harvestWeight, keys } = batches[index]!;
      const first = farm.day + 1 + fasting;
      const mustGo = memory[BATCH.slaughterBy] !== 0;
      if (!mustGo && !isDue(batch, harvestWeight, first - startDay)) return;
      memory[BATCH.slaughter] = first;
      const order = [...assignments].sort((a, b) => b.weight - a.weight || a.ordinal - b.ordinal);
      const daysOf = (between: (ring: Assignment) => number): number[] => {
        let day = weekday(first);
        return order.map((ring) => {
          const its = weekday(Math.max(day, ring.memory[FISH.boundTo]!));
          day = its + between(ring);
          return its;
        });
      };
      let days = daysOf(({ ordinal }) =>
        wholeBetween(rules.days_between, uniformAt(keys.slaughter, 0, ordinal, 0))
      );
      // Where the rings must be empty before, there is a boat on every weekday.
      const end = mustGo ? memory[BATCH.slaughterBy]! : startDay + stays[sea]!.to;
      if (days.at(-1)! > end) days = daysOf(() => 1);
      order.forEach(({ memory: fish }, turn) => {
        fish[FISH.leaving] = days[turn]!;
        // Fish that are going to be sold are not treated any more.
        fish[FISH.treatment] = 0;
      });
    },
  };
}
