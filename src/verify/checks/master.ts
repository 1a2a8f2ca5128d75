/** Checks of master data, models, prices and the first feed (acceptance ). */
import { atLeast, type VerifyCheck } from "../check.ts";
import { farmCounts } from "../farm_counts.ts";
import { sqlBy } from "../rates.ts";

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
    sql: `
      SELECT (SELECT count(*) FROM batch_species) AS species,
        (SELECT count(*) FROM batch_lifecyclestage) AS stages,
        (SELECT count(*) FROM environmental_environmentalparameter) AS parameters,
        (SELECT count(*) FROM inventory_feed) AS feeds,
        (SELECT count(*) FROM health_healthparameter WHERE is_active) AS health_parameters,
        (SELECT count(*) FROM health_mortalityreason) AS reasons,
        (SELECT count(*) FROM health_sampletype) AS sample_types,
        (SELECT count(*) FROM health_vaccinationtype) AS vaccines,
        (SELECT count(*) FROM auth_user
         WHERE username IN ('system_admin', 'operator_01', 'vet_01', 'manager_01')) AS users,
        (SELECT count(*) FROM harvest_productgrade) AS grades`,
    expects: {
      species: atLeast(1),
      stages: atLeast(6),
      parameters: atLeast(7),
      feeds: atLeast(6),
      health_parameters: 9,
      reasons: atLeast(7),
      sample_types: atLeast(5),
      vaccines: atLeast(3),
      users: 4,
      grades: atLeast(5),
    },
  },
  {
    id: "A-06",
    title: "the six feeds have their exact names",
    source: "Guide v6.0",
    tables: ["inventory_feed"],
    sql: `
      SELECT count(*) AS feeds FROM inventory_feed
      WHERE name IN ('Starter Feed 0.5mm', 'Starter Feed 1.0mm', 'Grower Feed 2.0mm',
        'Grower Feed 3.0mm', 'Finisher Feed 4.5mm', 'Finisher Feed 6.0mm')`,
    expects: { feeds: 6 },
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
      "3,700 t as documented, or 3,805 t with the documented totals",
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
    sql: `
      SELECT
        (SELECT count(*) FROM (SELECT profile_id FROM scenario_temperaturereading
         GROUP BY profile_id HAVING count(*) = 450 AND max(day_number) = 450) x) AS profiles,
        (SELECT count(*) FROM batch_lifecyclestage WHERE expected_weight_min_g IS NOT NULL
         AND expected_weight_max_g IS NOT NULL) AS stages,
        (SELECT count(*) FROM (SELECT tgc_model_id FROM scenario_tgc_model_stage
         GROUP BY tgc_model_id HAVING count(*) = 6) x) AS tgc_models,
        (SELECT count(*) FROM (SELECT model_id FROM scenario_fcrmodelstage
         GROUP BY model_id HAVING count(*) = 6) x) AS fcr_models,
        (SELECT count(*) FROM scenario_mortalitymodel) AS mortality_models,
        (SELECT count(*) FROM scenario_stage_constraint) AS stage_constraints`,
    expects: {
      profiles: atLeast(4),
      stages: 6,
      tgc_models: atLeast(2),
      fcr_models: atLeast(1),
      mortality_models: atLeast(1),
      stage_constraints: atLeast(6),
    },
  },
  {
    id: "A-11",
    title: "every company, site and price is there once",
    source: "Guide v6.0, finance script (D-05, D-06)",
    tables: ["finance_dimcompany", "finance_dimsite", "finance_intercompanypolicy"],
    sql: `
      SELECT (SELECT count(*) FROM finance_dimcompany) AS companies,
        (SELECT count(*) FROM finance_dimsite) AS sites,
        (SELECT count(*) FROM finance_intercompanypolicy) AS policies,
        (SELECT count(*) FROM finance_dimsite
         WHERE source_model NOT IN ('station', 'area')) AS wrong_source`,
    expects: (manifest) => ({
      companies: 6,
      sites: farmCounts(manifest).sites,
      policies: 18,
      wrong_source: 0,
    }),
  },
];
