/** Health sampling and journal (domain.md#11): once a month, one container of a batch. */
import { aimA, aimB, type Key, valueAt, wholeOf } from "../chance/addressed.ts";
import type { Events } from "./events.ts";
import type { Assignment, Farm } from "./state.ts";
import type { World } from "./world.ts";

/** One of some containers by chance, addressed by the day index alone. */
function anyOf(assignments: readonly Assignment[], key: Key, index: number): Assignment {
  const u = valueAt(aimA(key, index, 0), aimB(key, index, 0), 0);
  return assignments[wholeOf(u, 0, assignments.length)]!;
}

/** Samples the health of fish in one container of every batch that is due. */
export function sampleHealthAll(farm: Farm, world: World, events: Events): void {
  const { everyDays, fromStage } = world.rates.health;
  for (const batch of farm.batches) {
    if (batch.assignments.length === 0) continue;
    const { startDay, keys } = world.batches[batch.index]!;
    const index = farm.day - startDay;
    if (index % everyDays !== 0) continue;
    const old = batch.assignments.filter(({ stage }) => stage >= fromStage);
    if (old.length === 0) continue;
    events.healthSampled(anyOf(old, keys.healthContainer, index), index);
  }
}

/** Writes the journal of every batch that is due. */
export function keepJournalAll(farm: Farm, world: World, events: Events): void {
  const { everyDays } = world.rates.journal;
  for (const batch of farm.batches) {
    if (batch.assignments.length === 0) continue;
    const { startDay, keys } = world.batches[batch.index]!;
    const index = farm.day - startDay;
    if (index % everyDays !== 0) continue;
    events.journalKept(anyOf(batch.assignments, keys.journalContainer, index));
  }
}
