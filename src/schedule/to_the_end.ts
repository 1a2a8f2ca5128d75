/** A batch that stands alone and is alive, or just harvested, on its as-of date. */
import type { Infrastructure } from "../farm/places.ts";
import type { Profile } from "../fixtures/profile.ts";
import type { Schedule } from "./format.ts";
import { lifeOf } from "./life.ts";
import { quietEnd } from "./quiet.ts";
import { planSingle, type SingleBatch } from "./single.ts";

/**
 * Plans a batch up to the end of its days. Where its fish would be harvested before the last week, it
 * starts so much later that they are harvested on the last day.
 *
 * @throws {ReddError} as {@linkcode planSingle}.
 */
export function planToTheEnd(
  batch: SingleBatch,
  profile: Profile,
  infrastructure: Infrastructure,
): Schedule {
  const life = lifeOf(profile);
  const end = batch.startDay + batch.duration;
  let schedule = planSingle(batch, profile, infrastructure);
  // The year of the start is in the batch's number, and the target follows from that. Each turn is
  // shorter than the one before.
  while (quietEnd(schedule, life) !== undefined) {
    const duration = life.harvestOf(schedule.batches[0]!.harvest_target_kg) + 1;
    schedule = planSingle(
      { ...batch, startDay: end - duration, duration },
      profile,
      infrastructure,
    );
  }
  return schedule;
}
