/** Batches as a plan writes them: number, eggs, target and days follow from the start. */
import { isoOf } from "../farm/days.ts";
import type { Profile } from "../fixtures/profile.ts";
import type { Allocation, Shortage } from "./allocate.ts";
import type { BatchStart } from "./dates.ts";
import { LONGEST_LIFE, type ScheduledBatch } from "./format.ts";
import { lifeOf } from "./life.ts";
import type { Pauses } from "./pauses.ts";
import { harvestTarget } from "./single.ts";

/** `FAR-2020-001`; k runs through all years (schedule.md#4). */
export function batchNumber({ prefix, k, day }: BatchStart): string {
  return `${prefix}-${isoOf(day).slice(0, 4)}-${String(k + 1).padStart(3, "0")}`;
}

/** Eggs of the k-th batch of a geography: 3,000,000 to 3,799,999 as documented (schedule.md#2). */
export function eggsOf(k: number, { field }: Pick<Profile, "field">): number {
  if (field === undefined) return 3_000_000 + (k * 123_456) % 800_000;
  const { eggs, eggs_step, eggs_span } = field.plan;
  return eggs + (k * eggs_step) % eggs_span;
}

/**
 * The batches of some starts in the places that were found for them.
 *
 * @param allocations One for each start.
 * @param asOf The day number of the as-of date.
 * @param seed Decides the harvest targets.
 */
export function plannedBatches(
  starts: readonly BatchStart[],
  allocations: readonly Allocation[],
  asOf: number,
  seed: number,
  profile: Profile,
  { transitionDays }: Pick<Pauses, "transitionDays">,
): ScheduledBatch[] {
  const { reserved } = lifeOf(profile, transitionDays);
  return starts.map((start, i) => {
    const number = batchNumber(start);
    return {
      batch_id: number,
      start_date: isoOf(start.day),
      eggs: eggsOf(start.k, profile),
      duration: Math.min(LONGEST_LIFE, asOf - start.day),
      effective_duration: reserved,
      harvest_target_kg: harvestTarget(seed, number, profile),
      geography: start.geography,
      ...allocations[i]!,
    };
  });
}

/** Why there is no plan: `SCO-2023-035 finds no rings on 2024-07-09, since ...`. */
export function shortageText(start: BatchStart, { resource, day, because }: Shortage): string {
  return `${batchNumber(start)} finds no ${resource} on ${isoOf(day)}, since ${because}`;
}
