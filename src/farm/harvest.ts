/** Harvest (domain.md#14): a batch leaves its rings, all at once or one after the other. */
import { scaled } from "./exact.ts";
import type { Events } from "./events.ts";
import type { Farm } from "./state.ts";
import type { World } from "./world.ts";

/** The least weight, in 0.01 g, of a fish of a target in kg. */
export function harvestWeight(targetKg: number): number {
  return Math.ceil(scaled(targetKg, 6) / 10);
}

/**
 * Harvests the rings that were found due at the end of the day before. It is the first thing of a
 * day, and only of a day that is simulated (rulings.md#4). With its last ring a batch is completed.
 */
export function harvestAll(farm: Farm, world: World, events: Events): void {
  const at = { day: farm.day, hour: world.rates.harvest.hour };
  const last = world.rates.stages.length - 1;
  for (const batch of farm.batches) {
    if (batch.stage !== last || batch.assignments.length === 0) continue;
    const due = new Set(world.biology.husbandry.harvested(farm, batch));
    const rings = batch.assignments.filter((one) => due.has(one));
    if (rings.length === 0) continue;
    for (const assignment of rings) {
      assignment.active = false;
      assignment.departureDay = farm.day;
      assignment.updated = { ...at };
    }
    batch.assignments = batch.assignments.filter((one) => !due.has(one));
    if (batch.assignments.length === 0) {
      batch.status = "COMPLETED";
      batch.harvestDay = farm.day;
      batch.updated = { ...at };
    }
    events.harvested(batch, rings);
  }
}
