/** What a schedule in order is still warned of. */
import type { Profile } from "../fixtures/profile.ts";
import { type Finding, findingOf, findingText } from "./finding.ts";
import type { Schedule, ScheduledBatch } from "./format.ts";
import { laterConflicts } from "./conflicts.ts";
import { type Life, lifeIn } from "./life.ts";
import { quietEnd } from "./quiet.ts";
import { newRemarks } from "./remarks.ts";
import { type Stay, staysOf } from "./stays.ts";

/** What a schedule is warned of as text: each kind once, and how often. */
export function warningTexts(schedule: Schedule, profile: Profile): string[] {
  const remarks = newRemarks();
  for (const finding of scheduleWarnings(schedule, profile)) {
    const { path } = finding;
    const kind = /\.(?:containers|rings)$/.test(path) ? "twice" : path.replaceAll(/\d+/g, "");
    remarks.say(kind, findingText(finding));
  }
  return remarks.texts();
}

/** What the end of a schedule is warned of, whose batches are known already. */
export function warningsOfEnd(schedule: Schedule, profile: Profile): string[] {
  const finding = quietEnd(schedule, lifeIn(schedule, profile));
  return finding === undefined ? [] : [findingText(finding)];
}

/**
 * The batches whose places are not reserved to the end of their life: a dataset of such a schedule
 * cannot be extended by the days that have passed since (rulings.md#27). Files of the original system
 * may reserve no more than the days that they simulate. Likewise places in which fish would meet
 * that live on, and an as-of date more than a week after the last fish.
 */
export function scheduleWarnings(schedule: Schedule, profile: Profile): Finding[] {
  const life = lifeIn(schedule, profile);
  const short = schedule.batches.flatMap((batch, i) => {
    const finding = shortReservation(batch, `batches[${i}]`, life);
    return finding === undefined ? [] : [finding];
  });
  const quiet = quietEnd(schedule, life);
  return [...short, ...laterConflicts(schedule, life), ...quiet === undefined ? [] : [quiet]];
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
  const reserved = stays.find((stay) => stay.stage === short)?.reserved ?? life.stays[short]!.from;
  const because = `reserved up to day ${reserved} of ${harvest}, so that it cannot be extended`;
  return findingOf(batch, path, because);
}
