/** A schedule that goes up to a later day. */
import { parseIso } from "../farm/days.ts";
import { LONGEST_LIFE, type Schedule } from "./format.ts";

/**
 * The schedule with another as-of date: every start, egg count, target and place stays (rulings.md#29).
 *
 * @param asOf ISO date, after the last start.
 */
export function extendedSchedule(schedule: Schedule, asOf: string): Schedule {
  const until = parseIso(asOf)!;
  return {
    metadata: { ...schedule.metadata, generated_date: asOf, as_of: asOf },
    batches: schedule.batches.map((batch) => ({
      ...batch,
      duration: Math.min(LONGEST_LIFE, until - parseIso(batch.start_date)!),
    })),
  };
}
