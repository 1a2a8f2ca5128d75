/** Counts a day's rows from its events, without rendering them (design D3). */
import type { Events } from "./events.ts";
import { gradeFish } from "./harvest.ts";
import { countLice, newLiceCount } from "./lice.ts";
import type { Farm } from "./state.ts";
import type { World } from "./world.ts";

/** Events that only move the farm's row numbers on. */
export function countRows(farm: Farm, world: World): Events {
  const { numbers } = farm;
  const { readingHours, samples, lice, health, harvest } = world.rates;
  const liceCount = newLiceCount(lice);
  const treated = () => {
    numbers.treatment++;
    numbers.treatmentHistory++;
  };
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
      // Flags and transaction link are saved one after the other where the fish change company.
      numbers.transferWorkflowHistory += 2 + pours + (move.intercompany ? 2 : 0);
      if (move.intercompany) {
        numbers.transaction++;
        numbers.transactionHistory++;
      }
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
    planned(batch, scenario) {
      numbers.projection += scenario.days;
      if (scenario.id === batch.pinnedScenario) numbers.batchHistory++;
    },
    liceCounted(assignment, index, adultDay) {
      const facts = world.batches[assignment.batch]!;
      countLice(liceCount, assignment, facts, index, adultDay, lice);
      numbers.lice += liceCount.rows;
      numbers.liceHistory += liceCount.rows;
    },
    healthSampled() {
      numbers.healthSampling++;
      numbers.healthSamplingHistory += 2;
      numbers.healthFish += health.fish;
      numbers.healthScore += health.fish * health.parameterIds.length;
    },
    vaccinated: treated,
    liceTreated: treated,
    journalKept() {
      numbers.journal++;
      numbers.journalHistory++;
    },
    harvested(_batch, assignments) {
      numbers.batchHistory++;
      numbers.assignmentHistory += assignments.length;
      for (const { population, weight } of assignments) {
        if (population === 0) continue;
        const lots = gradeFish(population, weight, harvest).length;
        numbers.harvestEvent++;
        numbers.harvestEventHistory++;
        numbers.harvestLot += lots;
        numbers.harvestLotHistory += lots;
        numbers.fact += lots;
        numbers.factHistory += lots;
        numbers.transaction += lots;
        numbers.transactionHistory += lots;
      }
    },
    dayEnded(farm) {
      for (const batch of farm.batches) numbers.dailyState += batch.assignments.length;
    },
  };
}
