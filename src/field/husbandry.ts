/** Decisions under `field`: what the evening before has decided is done. */
import type { Husbandry } from "../farm/biology.ts";
import type { Facts } from "../farm/facts.ts";
import type { Assignment, Farm } from "../farm/state.ts";
import { voyages } from "../farm/voyage.ts";
import { uniformAt, wholeBetween } from "./chance.ts";
import { FISH } from "./memory.ts";
import { daysOfMove, leavingToday } from "./moving.ts";
import type { RationRules } from "../fixtures/field/ration_rules.ts";

/** Days of fasting before the slaughter of a ring. */
function fastBeforeSlaughter(facts: Facts, { batch, ordinal }: Assignment, rules: RationRules) {
  const u = uniformAt(facts.batches[batch]!.keys.slaughter, 0, ordinal, 4);
  return wholeBetween(rules.fasting_days.harvest, u);
}

/** Whether fish of a container get nothing today, since they are moved, treated or slaughtered soon. */
export function fasting(
  facts: Facts,
  rules: RationRules,
): (farm: Farm, assignment: Assignment) => boolean {
  const sea = facts.rates.stages.length - 1;
  const { treatment, move, vaccination } = rules.fasting_days;
  const { kinds } = facts.field!.treatments;
  return ({ day }, assignment) => {
    const { stage, memory } = assignment;
    const leaving = memory[FISH.leaving]!;
    if (leaving !== 0) {
      const fast = stage === sea ? fastBeforeSlaughter(facts, assignment, rules) : move;
      if (day >= leaving - fast) return true;
    }
    const treated = memory[FISH.treatment]!;
    if (treated === 0) return false;
    if (stage !== sea) return day >= treated - vaccination;
    // A medicine in feed must be eaten.
    return !kinds[memory[FISH.treatmentKind]! - 1]!.in_feed && day >= treated - treatment;
  };
}

/** Decisions that were made. */
export function fieldHusbandry(
  facts: Facts,
  decided: Pick<Husbandry, "vaccine" | "treatment" | "lostInMove" | "notes">,
): Husbandry {
  const sea = facts.rates.stages.length - 1;
  return {
    ...decided,
    leaving: leavingToday,
    transitionDays: daysOfMove,
    voyage: voyages(facts),
    harvested: ({ day }, { stage, transition, assignments }) =>
      stage === sea && transition === null
        ? assignments.filter(({ memory }) => memory[FISH.leaving] === day)
        : [],
  };
}
