/** Deaths (domain.md#8): Poisson per container and day, at the rate of the stage. */
import { aimA, aimB, unit, valueAt } from "../chance/addressed.ts";
import { poisson } from "../chance/deviates.ts";
import { biomassOf } from "./exact.ts";
import type { Events } from "./events.ts";
import type { Assignment, Farm } from "./state.ts";
import type { BatchFacts, World } from "./world.ts";

/** The deaths of a day, at most the population. */
export function deathsOf(
  assignment: Assignment,
  facts: BatchFacts,
  index: number,
  rate: number,
): number {
  const key = facts.keys.death;
  const a = aimA(key, index, assignment.ordinal);
  const b = aimB(key, index, assignment.ordinal);
  const deaths = poisson(assignment.population * rate, unit(valueAt(a, b, 0)));
  return Math.min(deaths, assignment.population);
}

/** Takes the day's dead out of every container. */
export function dieAll(farm: Farm, world: World, events: Events): void {
  const hour = world.rates.mortalityHour;
  for (const batch of farm.batches) {
    if (batch.assignments.length === 0) continue;
    const facts = world.batches[batch.index]!;
    const index = farm.day - facts.startDay;
    const rate = world.rates.stages[batch.stage]!.deathsPerDay;
    for (const assignment of batch.assignments) {
      const deaths = deathsOf(assignment, facts, index, rate);
      if (deaths === 0) continue;
      assignment.population -= deaths;
      assignment.updated.day = farm.day;
      assignment.updated.hour = hour;
      events.died(assignment, deaths, biomassOf(deaths, assignment.weight));
    }
  }
}
