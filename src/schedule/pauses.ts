/** Days that a plan leaves between batches, and over which it moves one (schedule.md#7). */
import type { Profile } from "../fixtures/profile.ts";
import type { Schedule } from "./format.ts";

/** What a plan was made with. */
export interface Pauses {
  /** Days over which the containers of a batch go to the next stage, one after the other. */
  readonly transitionDays: number;
  /** Days between two batches in a container. */
  readonly graceDays: number;
  /** Weeks that a sea area rests between two batches, which then have it for themselves; 0 for none. */
  readonly fallowWeeks: number;
}

/** Batches that follow one another without a day between, and change stage on one morning. */
const NO_PAUSES: Pauses = { transitionDays: 1, graceDays: 0, fallowWeeks: 0 };

/** What a plan by a profile has unless told otherwise. */
export function usualPauses({ field }: Profile): Pauses {
  if (field === undefined) return NO_PAUSES;
  const { transition_days, grace_days, fallow_weeks } = field.plan;
  return { transitionDays: transition_days, graceDays: grace_days, fallowWeeks: fallow_weeks };
}

/** What a schedule was planned with, as it says. */
export function pausesOf({ metadata }: Pick<Schedule, "metadata">): Pauses {
  const { transition_days = 1, grace_days = 0, fallow_weeks = 0 } = metadata;
  return { transitionDays: transition_days, graceDays: grace_days, fallowWeeks: fallow_weeks };
}

/** What a schedule says of its pauses: nothing of those that there are not. */
export function pausesText(
  { transitionDays, graceDays, fallowWeeks }: Pauses,
): Pick<Schedule["metadata"], "transition_days" | "grace_days" | "fallow_weeks"> {
  return {
    ...transitionDays === 1 ? {} : { transition_days: transitionDays },
    ...graceDays === 0 ? {} : { grace_days: graceDays },
    ...fallowWeeks === 0 ? {} : { fallow_weeks: fallowWeeks },
  };
}
