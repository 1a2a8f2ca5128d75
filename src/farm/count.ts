/** Counts a day's rows from its events, without rendering them (design D3). */
import type { Events } from "./events.ts";
import type { Farm } from "./state.ts";
import type { World } from "./world.ts";

/** Events that only move the farm's row numbers on. */
export function countRows(farm: Farm, world: World): Events {
  const { numbers } = farm;
  const { readingHours, samples } = world.rates;
  return {
    received() {
      numbers.purchaseHistory++;
      numbers.stockHistory++;
    },
    created(batch) {
      const n = batch.assignments.length;
      numbers.creationWorkflow++;
      numbers.creationAction += n;
      numbers.batchHistory += 2;
      numbers.assignmentHistory += n;
      numbers.creationWorkflowHistory += 2;
      numbers.creationActionHistory += n;
    },
    moved(_batch, move) {
      const pours = move.pours.length;
      numbers.transferWorkflow++;
      numbers.transferAction += pours;
      numbers.batchHistory++;
      numbers.assignmentHistory += move.sources.length + move.destinations.length;
      numbers.transferWorkflowHistory += 2 + pours + (move.intercompany ? 1 : 0);
      numbers.transferActionHistory += pours;
    },
    read(farm) {
      let sensors = 0;
      for (const batch of farm.batches) {
        const places = world.batches[batch.index]!.places[batch.stage]!;
        for (const assignment of batch.assignments) {
          sensors += places[assignment.ordinal]!.sensors.length;
        }
      }
      numbers.reading += sensors * readingHours.length;
    },
    drawn() {
      numbers.stockHistory++;
    },
    fed() {
      numbers.feeding++;
      numbers.feedingHistory++;
    },
    died() {
      numbers.mortality++;
      numbers.mortalityHistory++;
      numbers.assignmentHistory++;
    },
    grew() {
      numbers.assignmentHistory++;
    },
    weighed() {
      numbers.sample++;
      numbers.observation += samples.fish;
      numbers.sampleHistory += 2;
      numbers.observationHistory += samples.fish;
    },
  };
}
