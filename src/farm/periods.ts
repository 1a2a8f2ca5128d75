/**
 * Weeks and months of the calendar, the periods of the feeding summaries (domain.md#17). The farm keeps
 * what it was on the morning on which the current ones began, so that a window may begin within them.
 */
import { civilOf, isMonday } from "./days.ts";
import { copyAssignment } from "./snapshot.ts";
import { type BatchThen, copyMemory, type Farm, type FarmThen, type Period } from "./state.ts";

/** The periods, in the order of their rows where two end on one day. */
export const PERIODS = ["week", "month"] as const satisfies readonly Period[];

/** Does a period begin on a day? Weeks begin on Mondays. */
export function beginsOn(period: Period, day: number): boolean {
  return period === "week" ? isMonday(day) : civilOf(day).day === 1;
}

/** Of all batches without fish. */
const NOBODY: BatchThen["assignments"] = [];

/** A copy of what a summary looks back to. */
export function farmThen(
  { day, sites, batches }: Pick<Farm, "day" | "sites" | "batches">,
): FarmThen {
  return {
    day,
    sites: sites.map(copyMemory),
    batches: batches.map(({ eaten, samples, assignments }) => ({
      eaten,
      samples,
      assignments: assignments.length === 0 ? NOBODY : assignments.map(copyAssignment),
    })),
  };
}

/** On the morning of a Monday or of the first of a month: keeps what the farm is. */
export function beginPeriods(farm: Farm): void {
  const begun = PERIODS.filter((period) => beginsOn(period, farm.day));
  if (begun.length === 0) return;
  const then = farmThen(farm);
  farm.began = { ...farm.began, ...Object.fromEntries(begun.map((period) => [period, then])) };
}
