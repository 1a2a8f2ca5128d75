/** What a schedule in order is still warned of. */
import type { Profile } from "../fixtures/profile.ts";
import { type Finding, findingOf } from "./finding.ts";
import type { Schedule, ScheduledBatch } from "./format.ts";
import { type Life, lifeOf } from "./life.ts";
import { type Stay, staysOf } from "./stays.ts";

/**
 * The batches whose places are not reserved to the end of their life: a dataset of such a schedule
 * cannot be extended by the days that have passed since (rulings.md#27). Files of the original system
 * may reserve no more than the days that they simulate.
 */
export function scheduleWarnings(schedule: Schedule, profile: Profile): Finding[] {
  const life = lifeOf(profile);
  return schedule.batches.flatMap((batch, i) => {
    const finding = shortReservation(batch, `batches[${i}]`, life);
    return finding === undefined ? [] : [finding];
  });
}

function shortReservation(
  batch: ScheduledBatch,
  path: string,
  life: Life,
): Finding | undefined {
  const harvest = life.harvestOf(batch.harvest_target_kg);
  const stays = staysOf(batch, life);
  // Days of stages that have passed are fixed already, however long they were reserved.
  const isShort = (stay: Stay | undefined) =>
    stay === undefined || (stay.reserved < stay.end && batch.duration < stay.end);
  const stages = Array.from({ length: life.halls.length + 1 }, (_, stage) => stage);
  const short = stages.find((stage) => isShort(stays.find((stay) => stay.stage === stage)));
  if (short === undefined) return undefined;
  const reserved = stays.find((stay) => stay.stage === short)?.reserved ?? life.starts[short]!;
  const because = `reserved up to day ${reserved} of ${harvest}, so that it cannot be extended`;
  return findingOf(batch, path, because);
}
