/** All rows of a farm's days: the events of the simulation, each given to the module that writes it. */
import type { Events } from "../farm/events.ts";
import type { Farm } from "../farm/state.ts";
import type { World } from "../farm/world.ts";
import { assignmentHistory } from "./assignments.ts";
import { batchHistory } from "./batches.ts";
import { creationRows } from "./creations.ts";
import { deathRows } from "./deaths.ts";
import { purchaseRows, stockHistory } from "./feed_lots.ts";
import { feedingRows } from "./feedings.ts";
import type { Part } from "./part.ts";
import { readingRows } from "./readings.ts";
import { sampleRows } from "./samples.ts";
import { transferRows } from "./transfers.ts";

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
    fed,
    died(assignment, deaths, biomass) {
      death(assignment, deaths, biomass);
      saveAssignment(assignment, "~");
    },
    grew(assignment) {
      saveAssignment(assignment, "~");
    },
    weighed,
  };
}
