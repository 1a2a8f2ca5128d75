/** Decisions under `field`: what the evening before has decided is done. */
import type { Husbandry } from "../../farm/biology.ts";
import type { Facts } from "../../farm/facts.ts";
import type { Assignment, Farm } from "../../farm/state.ts";
import { voyages } from "../../farm/voyage.ts";
import { uniformAt, wholeBetween } from "./chance.ts";
import { FISH } from "./memory.ts";
import { daysOfMove, leavingToday } from "./moving.ts";
import type { RationRules } from "../../fixtures/field/ration_rules.ts";

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
  const { treatments: { lice }, stages } = facts.rates;
  const sea = stages.length - 1;
  const { treatment, move } = rules.fasting_days;
  const treated = treatmentDays(facts);
  return ({ day }, assignment) => {
    const { stage, memory } = assignment;
    const leaving = memory[FISH.leaving]!;
    if (leaving !== 0) {
      const fast = stage === sea ? fastBeforeSlaughter(facts, assignment, rules) : move;
      if (day >= leaving - fast) return true;
    }
    if (stage !== sea || lice.indices.length === 0) return false;
    return treated(assignment).some((on) => day >= on - treatment && day <= on);
  };
}

/**
 * The days on which a ring is treated against lice, as far as is decided: some days after its fish
 * came, and none within the withholding time before its slaughter, also before the latest one.
 */
export function treatmentDays(
  { field, batches, rates: { treatments: { lice }, stages } }: Facts,
): (ring: Assignment) => number[] {
  const sea = stages.length - 1;
  const { fromIndex } = stages.at(-1)!;
  const after = lice.indices.map((index) => index - fromIndex);
  const withholding = lice.withholdingDays + lice.durationDays;
  // While nothing is decided, rings must be free in time for the latest slaughter that the plan has.
  const latest = batches.map(({ startDay, stays }) =>
    startDay + (stays[sea]?.to ?? 0) - field!.harvest.longest_days
  );
  return ({ batch, fromDay, memory }) => {
    const last = memory[FISH.leaving] || latest[batch]!;
    const days = after.map((day) => fromDay + day);
    return days.at(-1)! + withholding <= last
      ? days
      : days.filter((day) => day + withholding <= last);
  };
}

/** Decisions that were made, and vaccination by the calendar of the profile. */
export function fieldHusbandry(
  facts: Facts,
  lostInMove: Husbandry["lostInMove"],
  notes: Husbandry["notes"],
): Husbandry {
  const { batches, rates: { treatments: { vaccination }, stages } } = facts;
  const treated = treatmentDays(facts);
  const sea = stages.length - 1;
  return {
    vaccine({ day }, { index }) {
      const turn = vaccination.indices.indexOf(day - batches[index]!.startDay);
      return turn < 0 ? -1 : turn % vaccination.vaccines.length;
    },
    treatsLice: ({ day }, ring) => treated(ring).includes(day),
    leaving: leavingToday,
    transitionDays: daysOfMove,
    lostInMove,
    voyage: voyages(facts),
    notes,
    harvested: ({ day }, { stage, transition, assignments }) =>
      stage === sea && transition === null
        ? assignments.filter(({ memory }) => memory[FISH.leaving] === day)
        : [],
  };
}
