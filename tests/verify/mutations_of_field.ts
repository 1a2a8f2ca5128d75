/** What breaks the laws of farms whose days differ from one another. */
import { first, last, type Mutation } from "./mutation.ts";

const IN_RINGS =
  "container_id IN (SELECT id FROM infrastructure_container WHERE area_id IS NOT NULL)";

/** A stay of which the journal tells no failure of a sensor. */
const QUIET = `container_id NOT IN (SELECT container_id FROM health_journalentry
  WHERE category = 'issue' AND container_id IS NOT NULL)`;

/** A treatment before which fish starve. */
const STARVED = "treatment_type <> 'vaccination' AND description NOT LIKE 'In-feed%'";

/** Mutations of the dataset `field`, and of `life` for the law of both profiles. */
export const fieldMutations: readonly Mutation[] = [
  {
    check: "LAW-WITHHOLDING",
    on: "life",
    sql: `UPDATE health_treatment SET withholding_period_days = 400
      WHERE ${last("health_treatment", "treatment_type = 'physical'")}`,
    also: ["B-12"],
  },
  {
    check: "LAW-WITHHOLDING",
    on: "field",
    sql: `UPDATE health_treatment SET withholding_period_days = 400
      WHERE ${last("health_treatment", "treatment_type <> 'vaccination'")}`,
  },
  {
    check: "LAW-BIOMASS-LIMIT",
    on: "field",
    sql: `UPDATE infrastructure_area SET max_biomass = 100
      WHERE id IN (SELECT area_id FROM infrastructure_container WHERE id IN
        (SELECT container_id FROM batch_batchcontainerassignment))`,
  },
  {
    check: "LAW-GENERATIONS",
    on: "field",
    sql: `UPDATE batch_batchcontainerassignment SET batch_id = batch_id + 1
      WHERE ${last("batch_batchcontainerassignment", IN_RINGS)}`,
    also: ["C-27", "C-28", "C-29", "LAW-PLACE", "LAW-PLACE-HEALTH"],
  },
  {
    check: "LAW-FASTING",
    on: "field",
    sql: `UPDATE health_treatment SET treatment_date = treatment_date - INTERVAL '5 days'
      WHERE ${last("health_treatment", STARVED)}`,
    also: ["LAW-ORDER health_treatment"],
  },
  {
    check: "LAW-MEAL",
    on: "field",
    sql: `UPDATE inventory_feedingevent SET feed_cost = 0 WHERE ${first("inventory_feedingevent")}`,
    also: ["LAW-MEAL-COST"],
  },
  {
    check: "LAW-SAMPLE",
    on: "field",
    sql: `UPDATE batch_growthsample SET sample_size = sample_size + 1
      WHERE ${first("batch_growthsample")}`,
  },
  {
    check: "LAW-LICE-ZERO",
    on: "field",
    sql: `DELETE FROM health_licecount WHERE ${first("health_licecount", "count_value = 0")}`,
  },
  {
    check: "LAW-VACCINATED",
    on: "field",
    sql: `DELETE FROM health_treatment
      WHERE ${first("health_treatment", "treatment_type = 'vaccination'")}`,
  },
  {
    check: "LAW-TREATED",
    on: "field",
    sql: `UPDATE health_treatment SET outcome = 'pending'
      WHERE ${last("health_treatment", "treatment_type <> 'vaccination'")}`,
  },
  {
    check: "LAW-LAB",
    on: "field",
    sql: `UPDATE health_healthlabsample SET date_results_received = sample_date - 1
      WHERE ${first("health_healthlabsample")}`,
  },
  {
    check: "LAW-LOTS",
    on: "field",
    sql: `UPDATE harvest_harvestlot SET gutted_weight_kg = live_weight_kg
      WHERE ${first("harvest_harvestlot")}`,
  },
  {
    check: "LAW-READING",
    on: "field",
    sql: `DELETE FROM environmental_environmentalreading
      WHERE batch_container_assignment_id = (
        SELECT min(id) FROM batch_batchcontainerassignment WHERE ${QUIET}
      ) AND sensor_id = (
        SELECT min(sensor_id) FROM environmental_environmentalreading
        WHERE batch_container_assignment_id = (
          SELECT min(id) FROM batch_batchcontainerassignment WHERE ${QUIET}
        )
      ) AND CAST(reading_time AS date) = (
        SELECT min(assignment_date) + 3 FROM batch_batchcontainerassignment WHERE id = (
          SELECT min(id) FROM batch_batchcontainerassignment WHERE ${QUIET}
        )
      )`,
  },
];
