/** Mutations of readings, feedings, deaths, samples, and of the fish and feed they count. */
import { first, last, type Mutation } from "./mutation.ts";

const ASSIGNMENT = "batch_batchcontainerassignment";
const PAST = "batch_historicalbatchcontainerassignment";
const WORKFLOW = "batch_batchtransferworkflow";
const ACTION = "batch_transferaction";
const DEATH = "batch_mortalityevent";
const SAMPLE = "batch_growthsample";
const FISH = "batch_individualgrowthobservation";
const READING = "environmental_environmentalreading";
const FEEDING = "inventory_feedingevent";
const PURCHASE = "inventory_feedpurchase";
const STOCK = "inventory_feedcontainerstock";
const STOCK_PAST = "inventory_historicalfeedcontainerstock";

const recordMutations: readonly Mutation[] = [
  {
    check: "C-14",
    sql: `UPDATE ${FEEDING} SET feed_cost = NULL WHERE ${first(FEEDING)}`,
    also: ["LAW-MEAL-COST"],
  },
  { check: "C-14", sql: `UPDATE ${FEEDING} SET feeding_percentage = 1.6 WHERE ${first(FEEDING)}` },
  {
    check: "C-14",
    sql: `UPDATE ${FEEDING} SET feeding_date = feeding_date + 1 WHERE ${first(FEEDING)}`,
    also: ["LAW-FEED-HOUR", `LAW-ORDER ${FEEDING}`, "LAW-STATE"],
  },
  {
    check: "C-21",
    sql: `UPDATE ${READING} SET sensor_id = NULL WHERE ${first(READING)}`,
    also: ["C-22"],
  },
  {
    check: "C-22",
    sql: `UPDATE ${READING} SET reading_time = reading_time + interval '1 day' WHERE id = 421`,
    also: [`LAW-ORDER ${READING}`],
  },
  {
    check: "C-34",
    sql: `UPDATE ${SAMPLE} SET condition_factor = condition_factor + 0.02 WHERE id = 1`,
  },
  { check: "C-34", sql: `DELETE FROM ${FISH} WHERE ${first(FISH)}` },
  {
    check: "C-35",
    sql: `UPDATE ${DEATH} SET event_date = '2025-04-01' WHERE ${last(DEATH, "assignment_id = 1")}`,
    also: ["LAW-FISH-EVENING", "LAW-FISH-BATCH", `LAW-ORDER ${DEATH}`, "LAW-STATE"],
  },
  {
    check: "C-40",
    sql: `UPDATE ${READING} SET value = 99.1 WHERE ${first(READING, "parameter_id = 1")}`,
  },
  {
    check: "C-40",
    sql: `UPDATE ${READING} SET value = 90 WHERE parameter_id = 1`,
    also: ["LAW-READING-VARIES"],
  },
  {
    check: "LAW-PLACE",
    sql: `UPDATE ${READING} SET container_id = container_id + 1 WHERE ${first(READING)}`,
  },
  {
    check: "LAW-PLACE",
    sql: `UPDATE ${FEEDING} SET batch_assignment_id = batch_assignment_id + 1
      WHERE ${first(FEEDING)}`,
    also: ["C-14", "LAW-STATE"],
  },
  {
    check: "LAW-PLACE",
    sql: `UPDATE ${DEATH} SET assignment_id = NULL WHERE ${first(DEATH)}`,
    also: ["C-23", "LAW-FISH-STAY", "LAW-FISH-EVENING", "LAW-STATE"],
  },
  {
    check: "LAW-TIME-ENTITY",
    sql: `UPDATE ${ASSIGNMENT} SET created_at = '2025-06-01', updated_at = '2025-06-01'
      WHERE id = 1`,
  },
  { check: "LAW-TIME-ENTITY", sql: "UPDATE batch_batch SET updated_at = '2026-01-01'" },
  { check: "LAW-TIME-PARENT", sql: `UPDATE ${SAMPLE} SET created_at = '2026-01-01' WHERE id = 1` },
];

const feedMutations: readonly Mutation[] = [
  {
    check: "C-11",
    sql: `UPDATE ${STOCK} SET quantity_kg = 50000.01 WHERE ${last(STOCK)}`,
    also: ["C-12", "LAW-FEED-STORE", "LAW-FEED-COST"],
  },
  {
    check: "C-11",
    sql: `UPDATE ${STOCK} SET quantity_kg = 0 WHERE ${first(STOCK)}`,
    also: ["C-12", "LAW-FEED-STORE", "LAW-FEED-COST"],
  },
  {
    check: "C-12",
    sql: `UPDATE ${STOCK} SET quantity_kg = quantity_kg - 5 WHERE ${first(STOCK)}`,
    also: ["LAW-FEED-STORE", "LAW-FEED-COST"],
  },
  { check: "C-13", sql: `UPDATE ${PURCHASE} SET cost_per_kg = 2.31 WHERE ${last(PURCHASE)}` },
  {
    check: "C-13",
    sql: `UPDATE ${STOCK} SET entry_date = entry_date + interval '1 day' WHERE ${last(STOCK)}`,
  },
  {
    check: "C-13",
    sql: `UPDATE ${PURCHASE} SET batch_number = (SELECT max(batch_number) FROM ${PURCHASE})
      WHERE ${first(PURCHASE)}`,
    also: ["LAW-PURCHASE-NUMBER"],
  },
  {
    check: "C-36",
    sql: `UPDATE ${STOCK_PAST} SET history_type = '~', quantity_kg = quantity_kg - 1
      WHERE ${last(STOCK_PAST, "history_type = '+'", "history_id")}`,
    also: [`C-24 ${STOCK_PAST}`, "LAW-FEED-HOUR", "LAW-FEED-LOT"],
  },
  {
    check: "C-36",
    sql: `UPDATE ${STOCK} SET quantity_kg = 0.02 WHERE ${first(STOCK, "quantity_kg = 0")}`,
  },
  {
    check: "LAW-FEED-STORE",
    sql: `UPDATE ${FEEDING} SET amount_kg = amount_kg + 1 WHERE ${first(FEEDING)}`,
    also: ["C-12", "C-14", "LAW-FEED-HOUR", "LAW-STATE", "LAW-SUMMARY-BATCH"],
  },
  {
    check: "LAW-FEED-STORE",
    on: "life",
    sql: `UPDATE infrastructure_feedcontainer SET name = 'B-' || (4 - CAST(right(name, 1) AS int))
      WHERE area_id IS NOT NULL`,
    also: ["LAW-FEED-COST", "LAW-FEED-HOUR"],
  },
  {
    check: "LAW-FEED-COST",
    sql: `UPDATE ${FEEDING} SET feed_cost = feed_cost + 100 WHERE ${first(FEEDING)}`,
  },
  {
    check: "LAW-FEED-HOUR",
    sql: `UPDATE ${STOCK_PAST} SET history_date = history_date - interval '1 hour'
      WHERE ${last(STOCK_PAST, "true", "history_id")}`,
  },
  {
    check: "LAW-FEED-LOT",
    sql: `UPDATE ${STOCK_PAST} SET entry_date = history_date + interval '1 hour'
      WHERE ${last(STOCK_PAST, "history_type = '~'", "history_id")}`,
    also: [`C-24 ${STOCK_PAST}`],
  },
  {
    check: "LAW-FEED-LOT",
    sql: `UPDATE ${STOCK_PAST} SET quantity_kg = -quantity_kg WHERE history_id = 400`,
  },
  {
    check: "LAW-FEED-CAPACITY",
    sql: `UPDATE ${STOCK_PAST} SET quantity_kg = 50001 WHERE history_id = 1`,
    also: [`C-24 ${STOCK_PAST}`, "LAW-FEED-LOT"],
  },
];

const fishMutations: readonly Mutation[] = [
  { check: "C-27", sql: `UPDATE ${WORKFLOW} SET total_source_count = 1 WHERE ${first(WORKFLOW)}` },
  {
    check: "C-27",
    sql: `UPDATE ${ACTION} SET dest_assignment_id = dest_assignment_id + 1 WHERE ${first(ACTION)}`,
    also: [
      "LAW-FISH-STAY",
      "LAW-FISH-EVENING",
      "LAW-FISH-POUR",
      "B-03",
      "LAW-STATE",
      "LAW-STATE-DAY",
    ],
  },
  {
    check: "C-28",
    sql: `UPDATE ${DEATH} SET batch_id = 2 WHERE ${first(DEATH)}`,
    also: ["LAW-FISH-BATCH", "LAW-PLACE", "LAW-EGGS"],
  },
  {
    check: "LAW-FISH-EGGS",
    sql: "UPDATE batch_creationworkflow SET total_eggs_received = total_eggs_received - 1",
    also: ["C-28", "LAW-FISH-BATCH", "LAW-EGGS"],
  },
  {
    check: "LAW-FISH-STAY",
    sql: `UPDATE ${ASSIGNMENT} SET population_count = population_count + 1
      WHERE ${last(ASSIGNMENT)}`,
    also: ["C-28", "LAW-BIOMASS", "LAW-EGGS"],
  },
  {
    check: "LAW-FISH-EVENING",
    sql: `UPDATE ${DEATH} SET count = count + 1 WHERE ${last(DEATH)}`,
    also: ["C-28", "LAW-FISH-BATCH", "LAW-FISH-STAY", "LAW-STATE", "LAW-EGGS"],
  },
  {
    check: "LAW-FISH-BATCH",
    sql: `UPDATE ${PAST} SET population_count = population_count + 1
      WHERE ${last(PAST, "id = 1 AND is_active", "history_id")}`,
    also: ["LAW-FISH-EVENING"],
  },
  {
    check: "LAW-FISH-POUR",
    sql: `UPDATE ${ACTION} SET source_population_before = 1 WHERE ${first(ACTION)}`,
  },
  {
    check: "LAW-FISH-POUR",
    sql: `UPDATE ${ACTION} SET transferred_biomass_kg = transferred_biomass_kg + 1
      WHERE ${first(ACTION)}`,
    also: ["C-27"],
  },
  {
    check: "LAW-BIOMASS",
    sql: `UPDATE ${PAST} SET biomass_kg = biomass_kg + 0.01 WHERE history_id = 20`,
  },
  {
    check: "LAW-GROWTH",
    sql: `UPDATE ${PAST} SET avg_weight_g = avg_weight_g + 0.01
      WHERE ${last(PAST, "history_date = '2025-06-01T18:00:00Z'", "history_id")}`,
    also: ["LAW-BIOMASS"],
  },
  {
    check: "C-23",
    sql: `DELETE FROM ${PAST} WHERE history_id = 15`,
    also: ["LAW-FISH-EVENING", "LAW-FISH-BATCH"],
  },
  {
    check: "C-23",
    sql: "UPDATE batch_historicalbatch SET id = 2 WHERE history_id = 2",
    also: ["C-24 batch_historicalbatch"],
  },
  { check: "C-24", sql: "UPDATE auth_historicaluser SET history_type = '~' WHERE id = 1" },
  { check: "C-24", sql: "UPDATE infrastructure_hall SET area_sqm = 999 WHERE id = 1" },
];

export const countMutations: readonly Mutation[] = [
  ...recordMutations,
  ...feedMutations,
  ...fishMutations,
];
