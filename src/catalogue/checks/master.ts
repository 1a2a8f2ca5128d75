/** Checks of master data, models, prices and the first feed (acceptance ). */
import { atLeast, type VerifyCheck } from "../check.ts";
import { layoutOf } from "../layout.ts";
import { sqlBy } from "../rates.ts";
import { literal } from "../../sql_literal.ts";

/** A condition: a text is one of some, which may be none. */
function among(column: string, texts: readonly string[]): string {
  return texts.length === 0 ? "false" : `${column} IN (${texts.map(literal).join(", ")})`;
}

/** All checks of this file. */
export const masterChecks: readonly VerifyCheck[] = [
  {
    id: "A-05",
    title: "species, stages, parameters, feeds, health data, users and grades are there",
    source: "master data validation",
    tables: [
      "batch_species",
      "batch_lifecyclestage",
      "environmental_environmentalparameter",
      "inventory_feed",
      "health_healthparameter",
      "health_mortalityreason",
      "health_sampletype",
      "health_vaccinationtype",
      "auth_user",
      "harvest_productgrade",
    ],
    basis: "layout",
    sql: ({ users }) => `
      SELECT (SELECT count(*) FROM batch_species) AS species,
        (SELECT count(*) FROM batch_lifecyclestage) AS stages,
        (SELECT count(*) FROM environmental_environmentalparameter) AS parameters,
        (SELECT count(*) FROM inventory_feed) AS feeds,
        (SELECT count(*) FROM health_healthparameter WHERE is_active) AS health_parameters,
        (SELECT count(*) FROM health_mortalityreason) AS reasons,
        (SELECT count(*) FROM health_sampletype) AS sample_types,
        (SELECT count(*) FROM health_vaccinationtype) AS vaccines,
        (SELECT count(*) FROM auth_user WHERE ${among("username", Object.keys(users))}) AS users,
        (SELECT count(*) FROM harvest_productgrade) AS grades`,
    expects: (manifest) => {
      const { master } = layoutOf(manifest);
      return {
        species: atLeast(1),
        stages: atLeast(master.stages),
        parameters: atLeast(master.parameters),
        feeds: atLeast(master.feeds.length),
        health_parameters: master.healthParameters,
        reasons: atLeast(master.mortalityReasons),
        sample_types: atLeast(master.sampleTypes),
        vaccines: atLeast(master.vaccines),
        users: Object.keys(manifest.users).length,
        grades: atLeast(master.grades),
      };
    },
  },
  {
    id: "A-06",
    title: "the feeds have their exact names",
    source: "Guide v6.0",
    tables: ["inventory_feed"],
    basis: "layout",
    sql: (manifest) =>
      `SELECT count(*) AS feeds FROM inventory_feed
      WHERE ${among("name", layoutOf(manifest).master.feeds)}`,
    expects: (manifest) => ({ feeds: layoutOf(manifest).master.feeds.length }),
  },
  {
    id: "A-07",
    title: "every active health parameter defines all its scores",
    source: "health script",
    tables: ["health_healthparameter", "health_parameterscoredefinition"],
    sql: `
      SELECT p.name, count(s.id) AS scores FROM health_healthparameter p
      LEFT JOIN health_parameterscoredefinition s ON s.parameter_id = p.id
      WHERE p.is_active
      GROUP BY p.id, p.name, p.min_score, p.max_score
      HAVING count(s.id) <> p.max_score - p.min_score + 1`,
    expects: "no rows",
  },
  {
    id: "A-08",
    title:
      "all feed containers are stocked with their amount before the first batch starts, or none; " +
      "3,700 t, or 3,730 t with the documented totals, as documented",
    source: "master data validation, feed inventory check (D-02)",
    tables: [
      "inventory_feedpurchase",
      "inventory_feedcontainerstock",
      "infrastructure_feedcontainer",
      "batch_batch",
    ],
    ...sqlBy(["initialFeed"], ({ initialFeed }, manifest) => `
      WITH initial AS (
        SELECT p.*, s.feed_container_id FROM inventory_feedpurchase p
        LEFT JOIN inventory_feedcontainerstock s ON s.feed_purchase_id = p.id
        WHERE p.batch_number NOT LIKE 'AUTO-%'
      ), wanted AS (
        SELECT id, CASE WHEN area_id IS NULL THEN ${initialFeed.siloKg}
          ELSE ${initialFeed.bargeKg} END AS kg
        FROM infrastructure_feedcontainer WHERE ${manifest.initialFeed}
      ), beginning AS (SELECT min(start_date) AS day FROM batch_batch)
      SELECT w.id AS feed_container, i.id AS purchase, i.purchase_date, i.quantity_kg, w.kg
      FROM wanted w FULL JOIN initial i ON i.feed_container_id = w.id LEFT JOIN beginning f ON true
      WHERE w.id IS NULL OR i.id IS NULL OR i.quantity_kg <> w.kg
        OR i.purchase_date <> f.day - ${initialFeed.daysBefore}`),
    expects: "no rows",
  },
  {
    id: "A-09",
    title: "there are the 15 types of lice that the migrations insert",
    source: "schema (D-03)",
    tables: ["health_licetype"],
    sql: "SELECT count(*) AS types FROM health_licetype",
    expects: { types: atLeast(15) },
  },
  {
    id: "A-10",
    title: "scenario models are complete",
    source: "scenario dependency check, README v3.0, Guide v6.0",
    tables: [
      "scenario_temperaturereading",
      "batch_lifecyclestage",
      "scenario_tgc_model_stage",
      "scenario_fcrmodelstage",
      "scenario_mortalitymodel",
      "scenario_stage_constraint",
    ],
    basis: "layout",
    sql: (manifest) => {
      const { models } = layoutOf(manifest);
      const days = [...new Set(models.temperatureDays)].join(", ");
      return `
      SELECT
        (SELECT count(*) FROM (SELECT profile_id FROM scenario_temperaturereading
         GROUP BY profile_id HAVING count(*) IN (${days}) AND max(day_number) = count(*)) x)
          AS profiles,
        (SELECT count(*) FROM batch_lifecyclestage WHERE expected_weight_min_g IS NOT NULL
         AND expected_weight_max_g IS NOT NULL) AS stages,
        (SELECT count(*) FROM (SELECT tgc_model_id FROM scenario_tgc_model_stage
         GROUP BY tgc_model_id HAVING count(*) = ${models.growthStages}) x) AS tgc_models,
        (SELECT count(*) FROM (SELECT model_id FROM scenario_fcrmodelstage
         GROUP BY model_id HAVING count(*) = ${models.conversionStages}) x) AS fcr_models,
        (SELECT count(*) FROM scenario_mortalitymodel) AS mortality_models,
        (SELECT count(*) FROM scenario_stage_constraint) AS stage_constraints`;
    },
    expects: (manifest) => {
      const { master, models } = layoutOf(manifest);
      return {
        profiles: atLeast(models.temperatureDays.length),
        stages: master.stages,
        tgc_models: atLeast(models.growth),
        fcr_models: atLeast(1),
        mortality_models: atLeast(1),
        stage_constraints: atLeast(models.constraints),
      };
    },
  },
  {
    id: "A-11",
    title: "every company, site and price is there once",
    source: "Guide v6.0, finance script (D-05, D-06)",
    tables: ["finance_dimcompany", "finance_dimsite", "finance_intercompanypolicy"],
    basis: "layout",
    sql: `
      SELECT (SELECT count(*) FROM finance_dimcompany) AS companies,
        (SELECT count(*) FROM finance_dimsite) AS sites,
        (SELECT count(*) FROM finance_intercompanypolicy) AS policies,
        (SELECT count(*) FROM finance_dimsite
         WHERE source_model NOT IN ('station', 'area')) AS wrong_source`,
    expects: (manifest) => {
      const { companies, sites, policies } = layoutOf(manifest).trade;
      return { companies, sites, policies, wrong_source: 0 };
    },
  },
];
