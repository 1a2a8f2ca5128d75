/**
 * The health of fish (domain.md#10 and domain.md#11): its phases, and of these the health sampling
 * and the journal, once a month in one container of a batch.
 */
import { aimA, aimB, type RandomKey, valueAt, wholeOf } from "../chance/addressed.ts";
import type { Events } from "./events.ts";
import { countLiceAll } from "./lice.ts";
import type { Assignment, Farm } from "./state.ts";
import { treatAll, vaccinateAll } from "./treatments.ts";
import type { World } from "./world.ts";

/** One of some containers by chance, addressed by the day index alone. */
function anyOf(assignments: readonly Assignment[], key: RandomKey, index: number): Assignment {
  const u = valueAt(aimA(key, index, 0), aimB(key, index, 0), 0);
  return assignments[wholeOf(u, 0, assignments.length)]!;
}

/** What is done for the health of fish on a day, phase by phase over all batches. */
export function tendHealthAll(farm: Farm, world: World, events: Events): void {
  countLiceAll(farm, world, events);
  sampleHealthAll(farm, world, events);
  vaccinateAll(farm, world, events);
  treatAll(farm, world, events);
  keepJournalAll(farm, world, events);
  for (const note of world.biology.husbandry.notes(farm)) events.noted(note);
  for (const sample of world.biology.health.results(farm)) events.labAnswered(sample);
}

/** Samples the health of fish in one container of every batch that is due. */
function sampleHealthAll(farm: Farm, world: World, events: Events): void {
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
function keepJournalAll(farm: Farm, world: World, events: Events): void {
  const { everyDays } = world.rates.journal;
  for (const batch of farm.batches) {
    if (batch.assignments.length === 0) continue;
    const { startDay, keys } = world.batches[batch.index]!;
    const index = farm.day - startDay;
    if (index % everyDays !== 0) continue;
    events.journalKept(anyOf(batch.assignments, keys.journalContainer, index));
  }
}
