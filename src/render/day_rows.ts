/** All rows of a farm's days: the events of the simulation, each given to the module that writes it. */
import type { Events } from "../farm/events.ts";
import type { Farm } from "../farm/state.ts";
import type { World } from "../farm/world.ts";
import { assignmentHistory } from "./assignments.ts";
import { batchHistory } from "./batches.ts";
import { creationRows } from "./creations.ts";
import { dailyStateRows } from "./daily_states.ts";
import { deathRows } from "./deaths.ts";
import { purchaseRows, stockHistory } from "./feed_lots.ts";
import { feedingRows } from "./feedings.ts";
import { harvestRows } from "./harvests.ts";
import { healthRows } from "./health_samples.ts";
import { journalRows } from "./journal.ts";
import { liceRows } from "./lice_counts.ts";
import type { Part } from "./part.ts";
import { readingRows } from "./readings.ts";
import { sampleRows } from "./samples.ts";
import { scenarioRows } from "./scenarios.ts";
import { transferRows } from "./transfers.ts";
import { treatmentRows } from "./treatments.ts";

/** The event tables that days fill, by the farm's word for the row. */
export const DAY_TABLES = {
  creationWorkflow: "batch_creationworkflow",
  creationAction: "batch_creationaction",
  transferWorkflow: "batch_batchtransferworkflow",
  transferAction: "batch_transferaction",
  purchase: "inventory_feedpurchase",
  reading: "environmental_environmentalreading",
  feeding: "inventory_feedingevent",
  mortality: "batch_mortalityevent",
  sample: "batch_growthsample",
  observation: "batch_individualgrowthobservation",
  scenario: "scenario",
  projection: "scenario_scenarioprojection",
  lice: "health_licecount",
  healthSampling: "health_healthsamplingevent",
  healthFish: "health_individualfishobservation",
  healthScore: "health_fishparameterscore",
  treatment: "health_treatment",
  journal: "health_journalentry",
  harvestEvent: "harvest_harvestevent",
  harvestLot: "harvest_harvestlot",
  fact: "finance_factharvest",
  transaction: "finance_intercompanytransaction",
  dailyState: "batch_actualdailyassignmentstate",
  batchHistory: "batch_historicalbatch",
  assignmentHistory: "batch_historicalbatchcontainerassignment",
  creationWorkflowHistory: "batch_historicalbatchcreationworkflow",
  creationActionHistory: "batch_historicalcreationaction",
  transferWorkflowHistory: "batch_historicalbatchtransferworkflow",
  transferActionHistory: "batch_historicaltransferaction",
  purchaseHistory: "inventory_historicalfeedpurchase",
  stockHistory: "inventory_historicalfeedcontainerstock",
  feedingHistory: "inventory_historicalfeedingevent",
  mortalityHistory: "batch_historicalmortalityevent",
  sampleHistory: "batch_historicalgrowthsample",
  observationHistory: "batch_historicalindividualgrowthobservation",
  liceHistory: "health_historicallicecount",
  healthSamplingHistory: "health_historicalhealthsamplingevent",
  treatmentHistory: "health_historicaltreatment",
  journalHistory: "health_historicaljournalentry",
  harvestEventHistory: "harvest_historicalharvestevent",
  harvestLotHistory: "harvest_historicalharvestlot",
  factHistory: "finance_historicalfactharvest",
  transactionHistory: "finance_historicalintercompanytransaction",
} as const;

/** A table that days fill. */
export type DayTable = keyof typeof DAY_TABLES;

/** The part of every table that days fill. */
export type DayParts = Readonly<Record<DayTable, Part>>;

/** Events that write the rows of the farm's days into parts and move its row numbers on. */
export function renderRows(farm: Farm, world: World, parts: DayParts): Events {
  const { numbers } = farm;
  const saveAssignment = assignmentHistory(parts.assignmentHistory, farm, world, numbers);
  const saveBatch = batchHistory(parts.batchHistory, world, numbers);
  const saveStock = stockHistory(parts.stockHistory, world, numbers);
  const purchase = purchaseRows(parts.purchase, parts.purchaseHistory, world, numbers);
  const creation = creationRows(parts, world, numbers);
  const transfer = transferRows(parts, world, numbers);
  const read = readingRows(parts.reading, world, numbers);
  const fed = feedingRows(parts.feeding, parts.feedingHistory, farm, world, numbers);
  const death = deathRows(parts.mortality, parts.mortalityHistory, farm, world, numbers);
  const weighed = sampleRows(parts, farm, world, numbers);
  const scenario = scenarioRows(parts.scenario, parts.projection, world, numbers);
  const liceCounted = liceRows(parts.lice, parts.liceHistory, farm, world, numbers);
  const healthSampled = healthRows(parts, farm, world, numbers);
  const treatment = treatmentRows(parts.treatment, parts.treatmentHistory, farm, world, numbers);
  const journalKept = journalRows(parts.journal, parts.journalHistory, farm, world, numbers);
  const harvest = harvestRows(parts, farm, world, numbers);
  const states = dailyStateRows(parts.dailyState, world, numbers);
  return {
    received(lot, order) {
      purchase(lot, order);
      saveStock(lot, "+");
    },
    created(batch) {
      saveBatch(batch, "+", { status: "PLANNED" });
      creation(batch);
      for (const assignment of batch.assignments) saveAssignment(assignment, "+");
      saveBatch(batch, "~");
    },
    moved(batch, move) {
      for (const assignment of move.sources) saveAssignment(assignment, "~");
      for (const assignment of move.destinations) saveAssignment(assignment, "+");
      transfer(farm.day, batch, move);
      saveBatch(batch, "~");
    },
    read,
    drawn(lot) {
      saveStock(lot, "~");
    },
    fed(assignment, meal) {
      fed(assignment, meal);
      states.fed(assignment, meal);
    },
    died(assignment, deaths, biomass) {
      death(assignment, deaths, biomass);
      states.died(assignment, deaths);
      saveAssignment(assignment, "~");
    },
    grew(assignment) {
      saveAssignment(assignment, "~");
    },
    weighed,
    planned(batch, plan) {
      scenario(batch, plan);
      if (plan.id === batch.pinnedScenario) saveBatch(batch, "~");
    },
    liceCounted,
    healthSampled,
    vaccinated: treatment.vaccinated,
    liceTreated: treatment.liceTreated,
    journalKept,
    harvested(batch, assignments) {
      harvest(batch, assignments);
      for (const assignment of assignments) saveAssignment(assignment, "~");
      saveBatch(batch, "~");
    },
    dayEnded: states.dayEnded,
  };
}
