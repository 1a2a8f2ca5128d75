/** Mutations that bring back what the original's rows had wrong, one defect at a time. */
import { tableNamed } from "../../src/tables/catalog.ts";
import { first, last, type Mutation } from "./mutation.ts";

const STATE = "batch_actualdailyassignmentstate";
const SCENARIO = "scenario";
const PROFILES = "users_historicaluserprofile";
const READING = "environmental_environmentalreading";
const SAMPLING = "health_healthsamplingevent";
const SUMMARY = "inventory_containerfeedingsummary";

const COLUMNS = tableNamed(PROFILES).columns.map(({ name }) => name);
const AGAIN: Readonly<Record<string, string>> = {
  history_id: "history_id + 1000",
  history_type: "'~'",
};

export const anyFarmMutations: readonly Mutation[] = [
  {
    check: "LAW-SENSOR",
    sql: `UPDATE infrastructure_sensor SET sensor_type = 'Salt'
      WHERE ${last("infrastructure_sensor")}`,
  },
  {
    check: "LAW-PARAMETER",
    sql: "UPDATE health_healthparameter SET is_active = true WHERE name = 'Appetite'",
    also: ["A-05", "A-07"],
  },
  { check: "LAW-TGC", sql: "UPDATE scenario_tgcmodel SET tgc_value = tgc_value / 1000" },
  {
    check: "LAW-TGC",
    sql: "DELETE FROM scenario_tgc_model_stage WHERE tgc_model_id = 1",
    also: ["A-10"],
  },
  {
    check: "LAW-CONSTRAINT",
    sql: "DELETE FROM scenario_stage_constraint WHERE id = 1",
    also: ["A-10"],
  },
  {
    check: "LAW-CONSTRAINT",
    sql: "UPDATE scenario_biological_constraints SET is_active = false",
  },
  {
    check: "LAW-SITE",
    sql: "UPDATE finance_dimsite SET source_model = 'Station' WHERE site_id = 2",
    also: ["A-11"],
  },
  {
    check: "LAW-SOLD",
    on: "life",
    sql: "DELETE FROM finance_intercompanypolicy WHERE pricing_basis = 'lifecycle'",
    also: ["A-11", "C-30", "LAW-MONEY-TRANSFER", "LAW-VIEW-TRANSACTIONS"],
  },
  {
    check: "LAW-PROFILE-SAVE",
    // The same once more, under the next number.
    sql: `INSERT INTO ${PROFILES} (${COLUMNS.join(", ")}) SELECT ${
      COLUMNS.map((name) => AGAIN[name] ?? name).join(", ")
    } FROM ${PROFILES} WHERE ${first(PROFILES, "true", "history_id")}`,
    also: ["D-02"],
  },
  {
    check: "LAW-BATCH-END",
    on: "life",
    sql: `UPDATE batch_historicalbatch SET status = 'COMPLETED'
      WHERE ${first("batch_historicalbatch", "history_type = '~'", "history_id")}`,
  },
  {
    check: "LAW-READING-VARIES",
    sql: `UPDATE ${READING} SET value = 90 WHERE parameter_id = 1 AND reading_time
      > (SELECT max(reading_time) FROM ${READING}) - interval '23 hours'`,
  },
  {
    check: "LAW-MEAL-COST",
    sql: `UPDATE inventory_feedingevent SET feed_cost = 0 WHERE ${last("inventory_feedingevent")}`,
    also: ["C-14", "LAW-FEED-COST"],
  },
  {
    check: "LAW-PURCHASE-NUMBER",
    sql: `UPDATE inventory_feedpurchase SET batch_number
        = (SELECT max(batch_number) FROM inventory_feedpurchase WHERE batch_number LIKE 'INIT-%')
      WHERE ${first("inventory_feedpurchase")}`,
    also: ["C-13"],
  },
  {
    check: "LAW-SCENARIO-STAGE",
    on: "life",
    sql: `UPDATE scenario_scenarioprojection SET current_stage_id = 1
      WHERE day_number = 1 AND scenario_id = (SELECT max(scenario_id) FROM ${SCENARIO})`,
  },
  {
    check: "LAW-PROJECTION-DEATHS",
    sql: `UPDATE scenario_scenarioprojection SET
      population = (SELECT max(initial_count) FROM ${SCENARIO}) * 0.999`,
    also: ["LAW-PROJECTION", "LAW-PROJECTION-END"],
  },
  {
    check: "LAW-STATE-TEMPERATURE",
    sql: `UPDATE ${STATE} SET sources =
        '{"temp": "profile", "weight": "measured", "mortality": "actual", "feed": "actual"}'
      WHERE assignment_id = (SELECT min(assignment_id) FROM ${STATE})`,
  },
  {
    check: "LAW-STATE-PLACED",
    sql: `UPDATE ${STATE} SET observed_fcr = 0.02 WHERE ${first(STATE, "day_number = 91")}`,
    also: ["C-10", "LAW-STATE-FCR"],
  },
  {
    check: "LAW-STATE-SAW",
    sql: `UPDATE ${STATE} SET avg_weight_g = avg_weight_g * 1.3,
        biomass_kg = population * (avg_weight_g * 1.3) / 1000 WHERE day_number = 189`,
    also: ["C-31", "LAW-STATE-FCR", "LAW-STATE-WEIGHT"],
  },
  {
    check: "LAW-SUMMARY-AHEAD",
    sql: `UPDATE ${SUMMARY} SET period_end = '2026-01-31', period_start = '2026-01-01'
      WHERE ${first(SUMMARY)}`,
    also: ["LAW-SUMMARY", "LAW-SUMMARY-PERIOD", `LAW-ORDER ${SUMMARY}`],
  },
  {
    check: "LAW-CONDITION",
    on: "life",
    sql: `UPDATE ${SAMPLING} SET avg_k_factor = 0.03 WHERE ${first(SAMPLING)}`,
    also: ["B-11"],
  },
  {
    check: "LAW-DATE",
    sql: `UPDATE infrastructure_sensor SET last_calibration_date = '20255-06-05'
      WHERE ${last("infrastructure_sensor")}`,
  },
];
