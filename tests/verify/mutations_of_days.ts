/** Mutations of daily states, feeding summaries and scenarios. */
import { first, last, type Mutation } from "./mutation.ts";

const STATE = "batch_actualdailyassignmentstate";
const SAMPLE = "batch_growthsample";
const ACTION = "batch_transferaction";
const CONTAINER = "inventory_containerfeedingsummary";
const BATCH = "inventory_batchfeedingsummary";
const PROJECTION = "scenario_scenarioprojection";

const stateMutations: readonly Mutation[] = [
  { check: "C-06-HEALTH", sql: `DELETE FROM ${STATE} WHERE ${last(STATE)}`, also: ["C-31"] },
  {
    check: "B-03",
    sql: `UPDATE ${STATE} SET population = population + 1 WHERE ${first(STATE, "day_number = 91")}`,
    also: ["LAW-STATE", "LAW-STATE-DAY"],
  },
  {
    check: "C-07",
    sql: `UPDATE ${STATE} SET population = floor(population * 0.9),
        biomass_kg = floor(population * 0.9) * avg_weight_g / 1000 WHERE day_number = 91`,
    also: ["B-03", "LAW-STATE", "LAW-STATE-DAY", "LAW-STATE-FCR"],
  },
  {
    check: "C-10",
    sql: `UPDATE ${STATE} SET observed_fcr = 10.5
      WHERE ${first(STATE, "observed_fcr IS NOT NULL")}`,
    also: ["LAW-STATE-FCR"],
  },
  {
    check: "C-20",
    sql: `UPDATE ${STATE} SET batch_id = batch_id + 1`,
    also: ["C-06-HEALTH", "LAW-SUMMARY", "LAW-SUMMARY-BATCH"],
  },
  {
    check: "C-31",
    sql: `UPDATE ${STATE} SET biomass_kg = biomass_kg + 0.02 WHERE ${first(STATE)}`,
  },
  {
    check: "C-31",
    sql: `DELETE FROM ${STATE} WHERE ${first(STATE, "day_number = 50")}`,
    also: ["C-06-HEALTH", "LAW-STATE", "LAW-STATE-DAY"],
  },
  {
    check: "C-32",
    sql: `UPDATE ${STATE} SET avg_weight_g = avg_weight_g * 1.4,
        biomass_kg = population * (avg_weight_g * 1.4) / 1000 WHERE day_number = 91`,
    also: ["C-31", "LAW-STATE-WEIGHT", "LAW-STATE-FCR"],
  },
  {
    check: "C-33",
    sql: `UPDATE ${STATE} SET sources =
        '{"temp": "guessed", "weight": "measured", "mortality": "actual", "feed": "actual"}'
      WHERE ${first(STATE)}`,
  },
  {
    check: "C-33",
    sql: `UPDATE ${STATE} SET confidence_scores = '{"temp": 1, "weight": 1, "mortality": 1}'
      WHERE ${last(STATE)}`,
  },
  { check: "LAW-STATE", sql: `UPDATE ${STATE} SET feed_kg = 0.01 WHERE ${first(STATE)}` },
  {
    check: "LAW-STATE",
    sql: `UPDATE ${STATE} SET mortality_count = mortality_count + 1 WHERE ${last(STATE)}`,
    also: ["LAW-STATE-DAY"],
  },
  {
    check: "LAW-STATE-DAY",
    sql: `UPDATE ${ACTION} SET actual_execution_date = actual_execution_date + 1
      WHERE ${first(ACTION)}`,
    also: ["B-03", "LAW-FISH-EVENING", "LAW-FISH-POUR", "LAW-STATE", "LAW-STATE-FCR"],
  },
  {
    check: "LAW-STATE-DAY",
    on: "life",
    sql: `UPDATE harvest_harvestevent SET event_date = event_date - interval '1 day'
      WHERE ${last("harvest_harvestevent")}`,
    also: ["C-29", "LAW-MONEY-HARVEST", "LAW-ORDER harvest_harvestevent"],
  },
  {
    check: "LAW-STATE-WEIGHT",
    sql: `UPDATE ${STATE} SET anchor_type = NULL WHERE ${first(STATE, "anchor_type <> ''")}`,
    also: ["LAW-SUMMARY-BATCH"],
  },
  {
    check: "LAW-STATE-WEIGHT",
    sql: `UPDATE ${SAMPLE} SET avg_weight_g = avg_weight_g + 0.01 WHERE ${first(SAMPLE)}`,
    also: ["C-34"],
  },
  {
    check: "LAW-STATE-WEIGHT",
    sql: `UPDATE ${STATE} SET avg_weight_g = 0.11, biomass_kg = population * 0.00011
      WHERE ${first(STATE)}`,
  },
  {
    check: "LAW-STATE-FCR",
    sql: `UPDATE ${STATE} SET observed_fcr = NULL
      WHERE ${first(STATE, "observed_fcr IS NOT NULL")}`,
  },
  {
    check: "LAW-STATE-FCR",
    sql: `UPDATE ${STATE} SET observed_fcr = observed_fcr + 0.01
      WHERE ${last(STATE, "observed_fcr < 9")}`,
  },
  {
    check: "LAW-STATE-FCR",
    sql: `UPDATE ${STATE} SET sources =
        '{"temp": "measured", "weight": "measured", "mortality": "actual", "feed": "actual"}'
      WHERE ${last(STATE, "observed_fcr IS NOT NULL")}`,
  },
  {
    check: "LAW-STATE-ADULT",
    on: "life",
    sql: `UPDATE ${STATE} SET observed_fcr = 2.6
      WHERE observed_fcr IS NOT NULL AND day_number BETWEEN 500 AND 560`,
    also: ["LAW-STATE-FCR"],
  },
];

const summaryMutations: readonly Mutation[] = [
  {
    check: "LAW-SUMMARY-PERIOD",
    sql: `UPDATE ${CONTAINER} SET period_start = period_start - 1 WHERE id = 1`,
    also: ["LAW-SUMMARY"],
  },
  {
    check: "LAW-SUMMARY-PERIOD",
    sql: `UPDATE ${BATCH} SET updated_at = updated_at + interval '1 second' WHERE ${last(BATCH)}`,
  },
  ...[
    "fcr = fcr + 0.1",
    "fcr = NULL",
    "confidence_level = 'HIGH'",
    "estimation_method = 'MIXED'",
    "data_points = data_points + 1",
    "total_feed_kg = total_feed_kg + 0.01",
    "growth_kg = NULL",
  ].map((change): Mutation => ({
    check: "LAW-SUMMARY",
    sql: `UPDATE ${CONTAINER} SET ${change} WHERE ${last(CONTAINER, "fcr IS NOT NULL")}`,
  })),
  { check: "LAW-SUMMARY", sql: `UPDATE ${CONTAINER} SET fcr = 1 WHERE id = 1` },
  {
    check: "LAW-SUMMARY",
    on: "pair",
    sql: `UPDATE ${CONTAINER} SET starting_biomass_kg = starting_biomass_kg - 1,
        growth_kg = growth_kg + 1 WHERE ${first(CONTAINER, "growth_kg > 0")}`,
  },
  { check: "LAW-SUMMARY", on: "life", sql: `DELETE FROM ${CONTAINER} WHERE ${last(CONTAINER)}` },
  ...[
    "container_count = 9",
    "weighted_avg_fcr = 9",
    "fcr = fcr + 0.1, weighted_avg_fcr = fcr + 0.1",
    "overall_confidence_level = 'LOW'",
    "estimation_method = NULL",
    "total_feed_consumed_kg = 0",
    "total_biomass_gain_kg = 0",
    "total_ending_biomass_kg = total_ending_biomass_kg + 1",
  ].map((change): Mutation => ({
    check: "LAW-SUMMARY-BATCH",
    sql: `UPDATE ${BATCH} SET ${change} WHERE ${last(BATCH, "fcr IS NOT NULL")}`,
  })),
  { check: "LAW-SUMMARY-BATCH", on: "life", sql: `DELETE FROM ${BATCH} WHERE ${last(BATCH)}` },
];

const scenarioMutations: readonly Mutation[] = [
  {
    check: "B-01",
    sql: "UPDATE batch_batch SET pinned_scenario_id = NULL",
    also: ["C-19", "C-23"],
  },
  { check: "B-01", on: "life", sql: "DELETE FROM scenario WHERE duration_days = 450" },
  {
    check: "B-01",
    sql: `DELETE FROM ${PROJECTION} WHERE day_number = 760`,
    also: ["LAW-PROJECTION-END"],
  },
  {
    check: "B-02",
    sql: `UPDATE ${PROJECTION} SET average_weight = 7001 WHERE day_number = 760`,
    also: ["LAW-PROJECTION"],
  },
  {
    check: "C-19",
    sql: `UPDATE ${PROJECTION} SET scenario_id = 2`,
    also: ["B-01", "LAW-PROJECTION-END"],
  },
  {
    check: "LAW-PROJECTION",
    sql: `UPDATE ${PROJECTION} SET average_weight = average_weight - 0.000001
      WHERE day_number = 2`,
  },
  {
    check: "LAW-PROJECTION",
    on: "pair",
    sql: `UPDATE ${PROJECTION} SET projection_id = -projection_id
      WHERE ${last(PROJECTION, "true", "projection_id")}`,
  },
  {
    check: "LAW-PROJECTION",
    sql: `UPDATE ${PROJECTION} SET projection_date = projection_date + 1 WHERE day_number = 760`,
  },
  {
    check: "LAW-PROJECTION-END",
    sql: `UPDATE ${PROJECTION} SET population = population * 0.998 WHERE day_number = 760`,
    also: ["LAW-PROJECTION"],
  },
  {
    check: "LAW-PROJECTION-END",
    on: "life",
    sql: `DELETE FROM ${PROJECTION} WHERE ${last(PROJECTION, "true", "projection_id")}`,
  },
];

export const dayMutations: readonly Mutation[] = [
  ...stateMutations,
  ...summaryMutations,
  ...scenarioMutations,
];
