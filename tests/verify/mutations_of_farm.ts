/** Mutations of places, master data and whole batches. */
import { first, last, type Mutation } from "./mutation.ts";

const ASSIGNMENT = "batch_batchcontainerassignment";
const WORKFLOW = "batch_batchtransferworkflow";
const PURCHASE = "inventory_feedpurchase";
const READING = "environmental_environmentalreading";
const FEEDING = "inventory_feedingevent";
const SAMPLE = "batch_growthsample";

export const farmMutations: readonly Mutation[] = [
  {
    check: "LAW-TURNS",
    on: "turns",
    sql: `UPDATE ${WORKFLOW} SET planned_completion_date = planned_completion_date - 5
      WHERE ${first(WORKFLOW)}`,
  },
  {
    check: "ROWS",
    sql: "DELETE FROM auth_historicaluser WHERE history_type = '+'",
    also: ["C-24"],
  },
  { check: "A-01", sql: "DELETE FROM infrastructure_geography WHERE name = 'Scotland'" },
  { check: "A-02", sql: "UPDATE infrastructure_container SET active = false WHERE id = 1" },
  {
    check: "A-02",
    on: "pair",
    sql: "UPDATE infrastructure_container SET active = false WHERE area_id IS NOT NULL",
  },
  {
    check: "A-03",
    sql: `UPDATE infrastructure_sensor SET sensor_type = 'Temperature'
      WHERE ${first("infrastructure_sensor", "sensor_type <> 'Temperature'")}`,
  },
  { check: "A-03", sql: "UPDATE infrastructure_container SET hall_id = hall_id + 1 WHERE id = 1" },
  {
    check: "A-03",
    sql: "UPDATE infrastructure_feedcontainer SET area_id = area_id + 1 WHERE name LIKE '%-1'",
  },
  {
    check: "A-04",
    sql: "UPDATE infrastructure_feedcontainer SET capacity_kg = 50001 WHERE name LIKE 'S%-1'",
  },
  {
    check: "A-05",
    sql: "UPDATE health_healthparameter SET is_active = true",
    also: ["A-07", "LAW-PARAMETER"],
  },
  { check: "LAW-ROLE", sql: "UPDATE users_userprofile SET role = 'VIEW' WHERE id = 3" },
  { check: "LAW-ROLE", sql: "UPDATE auth_user SET is_active = false WHERE username = 'vet_01'" },
  { check: "A-06", sql: "UPDATE inventory_feed SET name = 'Starter' WHERE id = 1" },
  { check: "A-07", sql: "DELETE FROM health_parameterscoredefinition WHERE id = 1" },
  {
    check: "A-08",
    sql: `UPDATE ${PURCHASE} SET quantity_kg = quantity_kg - 1 WHERE ${first(PURCHASE)}`,
    also: ["C-12", "LAW-FEED-STORE", "LAW-FEED-COST", "LAW-FEED-LOT"],
  },
  {
    check: "A-08",
    sql: `UPDATE ${PURCHASE} SET purchase_date = '2025-01-01' WHERE ${first(PURCHASE)}`,
    also: [`LAW-ORDER ${PURCHASE}`],
  },
  { check: "A-09", sql: "DELETE FROM health_licetype WHERE id = 15" },
  { check: "A-10", sql: "DELETE FROM scenario_temperaturereading WHERE day_number = 450" },
  {
    check: "A-11",
    sql: "UPDATE finance_dimsite SET source_model = 'STATION' WHERE site_id = 1",
    also: ["LAW-SITE"],
  },
  {
    check: "B-04",
    sql: `DELETE FROM ${FEEDING} WHERE ${first(FEEDING)}`,
    also: [
      "C-06",
      "C-12",
      "C-14",
      "LAW-FEED-STORE",
      "LAW-FEED-HOUR",
      "LAW-STATE",
      "LAW-SUMMARY-BATCH",
    ],
  },
  {
    check: "B-05",
    sql: `DELETE FROM ${WORKFLOW} WHERE ${first(WORKFLOW)}`,
    also: ["C-23", "LAW-TURNS"],
  },
  {
    check: "B-05",
    sql: `UPDATE ${ASSIGNMENT} SET is_active = true WHERE ${first(ASSIGNMENT)}`,
    also: ["B-08", "LAW-FISH-POUR", "LAW-EGGS", "LAW-STAGE"],
  },
  { check: "LAW-STAGE", sql: "UPDATE batch_batch SET lifecycle_stage_id = 2" },
  {
    check: "B-06",
    on: "pair",
    sql: `UPDATE infrastructure_container SET area_id = area_id + 1
      WHERE id = (SELECT max(container_id) FROM ${ASSIGNMENT})`,
    also: ["A-03", "LAW-FEED-STORE", "LAW-FEED-COST", "LAW-FEED-HOUR"],
  },
  {
    check: "B-07",
    sql: `DELETE FROM ${READING} WHERE ${last(READING)}`,
    also: ["C-06", "C-22"],
  },
  {
    check: "B-08",
    sql: `UPDATE ${ASSIGNMENT} SET avg_weight_g = 15.3, biomass_kg = population_count * 0.0153
      WHERE is_active`,
  },
  { check: "B-09", sql: `DELETE FROM ${SAMPLE} WHERE id = 1`, also: ["C-06", "LAW-STATE-WEIGHT"] },
  { check: "C-01", sql: "UPDATE batch_batch SET status = 'PLANNED'" },
  {
    check: "C-03",
    on: "pair",
    sql: `UPDATE ${ASSIGNMENT} SET batch_id = 100 + id % 4, container_id =
        (SELECT min(id) FROM infrastructure_container WHERE name LIKE 'FI-FW-%')
      WHERE batch_id = 1 AND NOT is_active`,
    also: [
      "B-05",
      "C-06",
      "LAW-FISH-BATCH",
      "C-17",
      "C-27",
      "LAW-PLACE",
      "C-06-HEALTH",
      "LAW-PLACE-HEALTH",
    ],
  },
  {
    check: "C-06",
    sql: "DELETE FROM batch_creationaction WHERE action_number = 10",
    also: ["LAW-FISH-EGGS", "LAW-FISH-STAY", "LAW-FISH-EVENING", "LAW-STATE", "LAW-STATE-DAY"],
  },
  {
    check: "C-06",
    on: "life",
    sql: `DELETE FROM ${SAMPLE} WHERE ${last(SAMPLE)}`,
    also: ["LAW-STATE-WEIGHT"],
  },
  {
    check: "C-16",
    sql: "UPDATE batch_batch SET actual_end_date = '2025-07-20'",
    also: ["C-23"],
  },
  {
    check: "C-17",
    sql: `UPDATE ${ASSIGNMENT} SET departure_date = departure_date + 1, container_id =
        (SELECT container_id FROM ${ASSIGNMENT} WHERE id = 11) WHERE id = 1`,
    also: ["C-22", "C-27", "LAW-PLACE", "C-31", "LAW-TURNS"],
  },
  {
    check: "C-37",
    sql: "UPDATE batch_batch SET batch_number = 'FI-25-1'",
  },
  {
    check: "C-37",
    sql: `UPDATE ${WORKFLOW} SET workflow_number = workflow_number || '1' WHERE ${first(WORKFLOW)}`,
  },
  {
    check: "D-01",
    sql: "ALTER TABLE batch_batch ADD CONSTRAINT later CHECK (batch_number <> '') NOT VALID",
  },
  { check: "D-02", sql: "UPDATE auth_permission SET id = id + 10000 WHERE id = 1" },
];
