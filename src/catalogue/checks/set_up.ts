/**
 * Checks of places, master data and models that rows alone are enough for: what the original set up
 * wrongly, wherever it is found (defects.md).
 */
import { literal } from "../../sql_literal.ts";
import type { VerifyCheck } from "../check.ts";

/** Health parameters of AquaMind's migrations, and those that stand for the same since (B-21). */
const SUPERSEDED = [
  ["Gill Condition", "Gill Health"],
  ["Wounds/Lesions", "Wounds and Skin Condition"],
  ["Appetite", "Appetite and Feeding Response"],
  ["Mucous Membrane", "Mucous Membrane Condition"],
  ["Color/Pigmentation", "Color and Pigmentation"],
] as const;

/** What a profile of a user says; a save that changes none of it is no save. */
const PROFILE = [
  "full_name",
  "phone",
  "profile_picture",
  "job_title",
  "department",
  "geography",
  "subsidiary",
  "role",
  "language_preference",
  "date_format_preference",
  "user_id",
];

const profileOf = (alias: string) => PROFILE.map((column) => `${alias}.${column}`).join(", ");

const PROFILES = "users_historicaluserprofile";

/** All checks of this file. */
export const setUpChecks: readonly VerifyCheck[] = [
  {
    id: "LAW-SENSOR",
    title: "every type of sensor in use is a parameter that readings can have",
    source: "domain.md#6",
    defects: ["B-16"],
    wholeFarm: true,
    tables: ["infrastructure_sensor", "environmental_environmentalparameter"],
    sql: `
      SELECT 'infrastructure_sensor' AS table_name, min(s.id) AS id, s.sensor_type, count(*) AS sensors
      FROM infrastructure_sensor s
      LEFT JOIN environmental_environmentalparameter p ON p.name = s.sensor_type
      WHERE s.active AND p.id IS NULL GROUP BY s.sensor_type`,
    expects: "no rows",
  },
  {
    id: "LAW-PARAMETER",
    title: "no health parameter is active beside the one that has replaced it",
    source: "domain.md#3.3",
    defects: ["B-21"],
    wholeFarm: true,
    tables: ["health_healthparameter"],
    sql: `
      WITH replaced (old, new) AS (VALUES ${
      SUPERSEDED.map(([old, now]) => `(${literal(old)}, ${literal(now)})`).join(", ")
    })
      SELECT 'health_healthparameter' AS table_name, o.id, o.name, n.name AS replaced_by
      FROM replaced r JOIN health_healthparameter o ON o.name = r.old AND o.is_active
      JOIN health_healthparameter n ON n.name = r.new AND n.is_active`,
    expects: "no rows",
  },
  {
    id: "LAW-TGC",
    title: "growth coefficients are per 1000 degree-days, and every model has some by stage",
    source: "domain.md#3.5",
    defects: ["B-09"],
    wholeFarm: true,
    tables: ["scenario_tgcmodel", "scenario_tgc_model_stage"],
    sql: `
      SELECT 'scenario_tgcmodel' AS table_name, m.model_id AS id, m.name, m.tgc_value,
        coalesce(s.n, 0) AS stages
      FROM scenario_tgcmodel m LEFT JOIN (
        SELECT tgc_model_id, count(*) AS n FROM scenario_tgc_model_stage GROUP BY tgc_model_id
      ) s ON s.tgc_model_id = m.model_id
      WHERE m.tgc_value < 0.1 OR s.n IS NULL`,
    expects: "no rows",
  },
  {
    id: "LAW-CONSTRAINT",
    title: "a set of biological constraints is active, and has one for every stage by its name",
    source: "domain.md#3.5",
    defects: ["B-11"],
    wholeFarm: true,
    tables: [
      "scenario_biological_constraints",
      "scenario_stage_constraint",
      "batch_lifecyclestage",
    ],
    sql: `
      SELECT 'scenario_stage_constraint' AS table_name, c.id AS set_id, l.name AS missing
      FROM scenario_biological_constraints c CROSS JOIN batch_lifecyclestage l
      LEFT JOIN scenario_stage_constraint s
        ON s.constraint_set_id = c.id AND s.lifecycle_stage = l.name
      WHERE c.is_active AND s.id IS NULL
      UNION ALL
      SELECT 'scenario_biological_constraints', NULL, 'an active set'
      FROM (SELECT count(*) AS n FROM scenario_biological_constraints WHERE is_active) sets
      WHERE n = 0`,
    expects: "no rows",
  },
  {
    id: "LAW-SITE",
    title: "a place has one finance site, and its kind stands there in lower case",
    source: "domain.md#3.6",
    defects: ["B-08"],
    wholeFarm: true,
    tables: ["finance_dimsite"],
    sql: `
      SELECT 'finance_dimsite' AS table_name, site_id AS id, source_model, source_pk, n AS sites
      FROM (
        SELECT *, count(*) OVER (PARTITION BY lower(source_model), source_pk) AS n
        FROM finance_dimsite
      ) sites WHERE n > 1 OR source_model NOT IN ('station', 'area')`,
    expects: "no rows",
  },
  {
    id: "LAW-SOLD",
    title: "fish that change company have a price by their stage, and are posted once moved",
    source: "domain.md#12",
    defects: ["B-05", "B-06"],
    wholeFarm: true,
    tables: ["batch_batchtransferworkflow", "finance_intercompanypolicy"],
    sql: `
      WITH priced AS (
        SELECT DISTINCT lifecycle_stage_id FROM finance_intercompanypolicy
        WHERE pricing_basis = 'lifecycle' AND price_per_kg > 0
      )
      SELECT 'batch_batchtransferworkflow' AS table_name, w.id, w.workflow_number,
        CASE WHEN p.lifecycle_stage_id IS NULL THEN 'no price' ELSE 'not posted' END AS what
      FROM batch_batchtransferworkflow w
      LEFT JOIN priced p ON p.lifecycle_stage_id = w.source_lifecycle_stage_id
      WHERE w.is_intercompany AND (p.lifecycle_stage_id IS NULL
        OR (w.status = 'COMPLETED' AND w.finance_transaction_id IS NULL))`,
    expects: "no rows",
  },
  {
    id: "LAW-PROFILE-SAVE",
    title: "every save of a user's profile after the first changes something",
    source: "domain.md#3.4",
    defects: ["B-31"],
    wholeFarm: true,
    tables: [PROFILES],
    sql: `
      WITH saves AS (
        SELECT history_id, lag(history_id) OVER (PARTITION BY id ORDER BY history_id) AS before
        FROM ${PROFILES}
      )
      SELECT '${PROFILES}' AS table_name, x.history_id, x.id AS profile, x.history_type
      FROM saves s JOIN ${PROFILES} x ON x.history_id = s.history_id
      JOIN ${PROFILES} y ON y.history_id = s.before
      WHERE (${profileOf("x")}) IS NOT DISTINCT FROM (${profileOf("y")})`,
    expects: "no rows",
  },
];
