/** What the health of fish is judged by. */
import { index, table } from "./build.ts";
import {
  flag,
  governed,
  id,
  integer,
  link,
  optional,
  stamps,
  text,
  unique,
  varchar,
} from "./columns.ts";
import type { Table } from "./description.ts";

export const healthParameter = table({
  name: "health_healthparameter",
  group: "master",
  kind: "static",
  meaning: "A trait that a health sampling scores on every fish",
  seeded: true,
}, [
  id,
  unique(varchar("name", 100, "Name of the trait")),
  governed(flag("is_active", "Whether it is scored")),
  ...stamps,
  optional(text("description", "Free text")),
  governed(integer("max_score", "Worst score")),
  governed(integer("min_score", "Best score")),
]);

export const scoreDefinition = table({
  name: "health_parameterscoredefinition",
  group: "master",
  kind: "static",
  meaning: "What one score of a health parameter means",
  unique: [["parameter_id", "score_value"]],
}, [
  id,
  integer("score_value", "Score, 0 (great) to 3 (critical)"),
  varchar("label", 50, "Great, Fair, Poor or Critical"),
  text("description", "What the fish looks like"),
  integer("display_order", "Place in lists, equal to the score"),
  ...stamps,
  link("parameter_id", "health_healthparameter", "Health parameter"),
]);

export const mortalityReason = table({
  name: "health_mortalityreason",
  group: "master",
  kind: "static",
  meaning: "A cause of death",
  seeded: true,
}, [
  id,
  unique(varchar("name", 100, "Name of the cause")),
  text("description", "Free text"),
]);

export const sampleType = table({
  name: "health_sampletype",
  group: "master",
  kind: "static",
  meaning: "A kind of laboratory sample",
}, [
  id,
  unique(varchar("name", 100, "Name of the kind")),
  text("description", "Free text"),
]);

export const vaccinationType = table({
  name: "health_vaccinationtype",
  group: "master",
  kind: "static",
  meaning: "A vaccine",
}, [
  id,
  unique(varchar("name", 100, "Name of the vaccine")),
  varchar("manufacturer", 100, "Maker"),
  varchar("dosage", 100, "Dose of one fish, ml, as text"),
  text("description", "Free text"),
]);

export const liceType = table({
  name: "health_licetype",
  group: "master",
  kind: "static",
  meaning: "A species, sex and stage of sea lice",
  seeded: true,
  unique: [["species", "gender", "development_stage"]],
  indexes: [
    index("health_lice_is_acti_ae0e03_idx", "(is_active)"),
    index("health_lice_species_6bb9eb_idx", "(species, development_stage)"),
  ],
}, [
  id,
  varchar("species", 100, "Species of louse, Latin name"),
  varchar("gender", 20, "male, female or unknown"),
  varchar("development_stage", 50, "Stage: copepodid, chalimus, pre-adult, adult, juvenile"),
  text("description", "Free text"),
  flag("is_active", "Whether it is counted"),
  ...stamps,
]);

/** All tables of this file. */
export const healthMasterTables: readonly Table[] = [
  healthParameter,
  scoreDefinition,
  mortalityReason,
  sampleType,
  vaccinationType,
  liceType,
];
