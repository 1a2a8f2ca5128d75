/**
 * Checks of what days have written that rows alone are enough for, where the other laws of the same
 * rows need a dataset's numbers: what the original wrote wrongly, wherever it is found (defects.md).
 */
import type { Need, VerifyCheck } from "../check.ts";
import { ratesOf } from "../rates.ts";

const STATE = "batch_actualdailyassignmentstate";
const ASSIGNMENTS = "batch_batchcontainerassignment";
const READINGS = "environmental_environmentalreading";
const PARAMETERS = "environmental_environmentalparameter";
const PROJECTION = "scenario_scenarioprojection";
const SUMMARIES = ["inventory_containerfeedingsummary", "inventory_batchfeedingsummary"];

/** Four decimals show that they vary. */
const VARYING: Need = {
  what: "readings that vary",
  holds(manifest) {
    const { readings } = ratesOf(manifest);
    return readings?.bases.every(({ base }) => base * readings.spread >= 0.001) ?? true;
  },
};

/** Projections may be made without deaths. */
const DYING: Need = {
  what: "projections in which fish die",
  holds: (manifest) => (ratesOf(manifest).projection?.deathsPerDay ?? 1) >= 0.0001,
};

/** All checks of this file. */
export const anyFarmChecks: readonly VerifyCheck[] = [
  {
    id: "LAW-BATCH-END",
    title: "a batch that was completed once is so ever after",
    source: "domain.md#12",
    defects: ["B-04"],
    wholeFarm: true,
    tables: ["batch_historicalbatch"],
    sql: `
      WITH saves AS (
        SELECT history_id, id, batch_number, status,
          lead(status) OVER (PARTITION BY id ORDER BY history_id) AS next_status
        FROM batch_historicalbatch
      )
      SELECT 'batch_historicalbatch' AS table_name, history_id, batch_number, status, next_status
      FROM saves WHERE status = 'COMPLETED' AND next_status <> 'COMPLETED'`,
    expects: "no rows",
  },
  {
    id: "LAW-READING-VARIES",
    title: "the readings of a parameter are not all the same on the last day",
    source: "domain.md#6",
    defects: ["B-15"],
    tables: [READINGS, PARAMETERS],
    needs: [VARYING],
    sql: `
      SELECT '${READINGS}' AS table_name, min(r.id) AS id, p.name AS parameter,
        min(r.value) AS value, count(*) AS readings
      FROM ${READINGS} r JOIN ${PARAMETERS} p ON p.id = r.parameter_id
      WHERE r.reading_time >= :as_of AND r.reading_time < :as_of + 1
      GROUP BY p.name HAVING count(*) >= 20 AND min(r.value) = max(r.value)`,
    expects: "no rows",
  },
  {
    id: "LAW-MEAL-COST",
    title: "every meal costs money",
    source: "domain.md#7.1",
    defects: ["B-17"],
    wholeFarm: true,
    tables: ["inventory_feedingevent"],
    sql: `
      SELECT 'inventory_feedingevent' AS table_name, id, feeding_date, amount_kg, feed_cost
      FROM inventory_feedingevent WHERE coalesce(feed_cost, 0) <= 0`,
    expects: "no rows",
  },
  {
    id: "LAW-PURCHASE-NUMBER",
    title: "every purchase has a number of its own",
    source: "domain.md#7.2",
    defects: ["B-19"],
    wholeFarm: true,
    tables: ["inventory_feedpurchase"],
    sql: `
      SELECT 'inventory_feedpurchase' AS table_name, min(id) AS id, batch_number,
        count(*) AS purchases
      FROM inventory_feedpurchase GROUP BY batch_number HAVING count(*) > 1`,
    expects: "no rows",
  },
  {
    id: "LAW-SCENARIO-STAGE",
    title: "a scenario that begins in the middle of a life begins at the stage of the fish",
    source: "domain.md#13",
    defects: ["B-30"],
    wholeFarm: true,
    tables: ["scenario", PROJECTION, "batch_batch", ASSIGNMENTS],
    sql: `
      WITH later AS (
        SELECT s.scenario_id, s.batch_id, s.start_date, p.current_stage_id
        FROM scenario s JOIN batch_batch b ON b.id = s.batch_id
        JOIN ${PROJECTION} p ON p.scenario_id = s.scenario_id AND p.day_number = 1
        WHERE s.start_date > b.start_date
      ), stages AS (
        SELECT l.scenario_id, min(a.lifecycle_stage_id) AS stage,
          max(CASE WHEN a.lifecycle_stage_id = l.current_stage_id THEN 1 ELSE 0 END) AS met
        FROM later l JOIN ${ASSIGNMENTS} a ON a.batch_id = l.batch_id
          AND a.assignment_date <= l.start_date
          AND (a.departure_date IS NULL OR a.departure_date > l.start_date)
        GROUP BY l.scenario_id
      )
      SELECT 'scenario' AS table_name, l.scenario_id AS id, l.start_date, l.current_stage_id,
        g.stage AS stage_of_fish
      FROM later l JOIN stages g ON g.scenario_id = l.scenario_id WHERE g.met = 0`,
    expects: "no rows",
  },
  {
    id: "LAW-PROJECTION-DEATHS",
    title: "in a projection fish die, a tenth at least of what its daily mortality model says",
    source: "domain.md#13",
    defects: ["B-10"],
    tables: ["scenario", PROJECTION, "scenario_mortalitymodel"],
    needs: [DYING],
    sql: `
      WITH ends AS (
        SELECT scenario_id, count(*) AS days, min(population) AS fish FROM ${PROJECTION}
        GROUP BY scenario_id
      )
      SELECT 'scenario' AS table_name, s.scenario_id AS id, s.initial_count, e.days, e.fish, m.rate
      FROM scenario s JOIN ends e ON e.scenario_id = s.scenario_id
      JOIN scenario_mortalitymodel m ON m.model_id = s.mortality_model_id
      WHERE m.frequency = 'daily' AND s.initial_count > 1000 AND m.rate BETWEEN 0.001 AND 50
        AND s.initial_count - e.fish
          < 0.1 * s.initial_count * (1 - power(1 - m.rate / 100, e.days))`,
    expects: "no rows",
  },
  {
    id: "LAW-STATE-TEMPERATURE",
    title: "where the temperature of a stay was read, its daily states have measured ones",
    source: "domain.md#16",
    defects: ["B-12"],
    wholeFarm: true,
    tables: [STATE, READINGS, PARAMETERS],
    sql: `
      WITH guessed AS (
        SELECT assignment_id, min(id) AS id, count(*) AS states FROM ${STATE}
        GROUP BY assignment_id
        HAVING sum(CASE WHEN (sources->>'temp') = 'measured' THEN 1 ELSE 0 END) = 0
      )
      SELECT '${STATE}' AS table_name, g.id, g.assignment_id, g.states FROM guessed g
      WHERE EXISTS (
        SELECT 1 FROM ${READINGS} r JOIN ${PARAMETERS} p ON p.id = r.parameter_id
        WHERE r.batch_container_assignment_id = g.assignment_id AND lower(p.name) = 'temperature'
      )`,
    expects: "no rows",
  },
  {
    id: "LAW-STATE-PLACED",
    title: "there is no feed conversion on the day that fish are placed",
    source: "domain.md#16",
    defects: ["B-14"],
    wholeFarm: true,
    tables: [STATE, ASSIGNMENTS],
    sql: `
      SELECT '${STATE}' AS table_name, s.id, s.assignment_id, s.date, s.observed_fcr
      FROM ${STATE} s JOIN ${ASSIGNMENTS} a ON a.id = s.assignment_id
        AND a.assignment_date = s.date
      WHERE s.observed_fcr IS NOT NULL`,
    expects: "no rows",
  },
  {
    id: "LAW-STATE-SAW",
    title: "no sample takes back more than 15 % of the weight of the day before",
    source: "domain.md#16, rulings.md#16",
    defects: ["B-36"],
    wholeFarm: true,
    tables: [STATE, "batch_transferaction"],
    sql: `
      WITH arrived AS (
        SELECT DISTINCT dest_assignment_id AS id, actual_execution_date AS day
        FROM batch_transferaction
      ), days AS (
        SELECT id, assignment_id, date, anchor_type, avg_weight_g,
          lag(avg_weight_g) OVER (PARTITION BY assignment_id ORDER BY date) AS before
        FROM ${STATE}
      )
      SELECT '${STATE}' AS table_name, d.id, d.assignment_id, d.date, d.before, d.avg_weight_g
      FROM days d LEFT JOIN arrived r ON r.id = d.assignment_id AND r.day = d.date
      WHERE d.anchor_type = 'growth_sample' AND r.id IS NULL
        AND d.avg_weight_g < 0.85 * d.before - 0.01`,
    expects: "no rows",
  },
  {
    id: "LAW-SUMMARY-AHEAD",
    title: "no feeding summary is of days that have not been",
    source: "domain.md#17",
    defects: ["B-33"],
    tables: SUMMARIES,
    sql: SUMMARIES.map((table) => `
      SELECT '${table}' AS table_name, id, period_start, period_end FROM ${table}
      WHERE period_end > :as_of`).join("\n      UNION ALL"),
    expects: "no rows",
  },
  {
    id: "LAW-CONDITION",
    title: "fish that were sampled for health are as long as fish of their weight are",
    source: "domain.md#11",
    defects: ["B-20"],
    wholeFarm: true,
    tables: ["health_healthsamplingevent"],
    sql: `
      SELECT 'health_healthsamplingevent' AS table_name, id, sampling_date, avg_weight_g,
        avg_length_cm, avg_k_factor
      FROM health_healthsamplingevent WHERE avg_k_factor NOT BETWEEN 0.1 AND 10`,
    expects: "no rows",
  },
];
