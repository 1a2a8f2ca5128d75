/** Growth models, scenarios and their projections. */
import { index, table } from "./build.ts";
import {
  date,
  double,
  flag,
  id,
  identity,
  integer,
  link,
  numeric,
  optional,
  stamps,
  text,
  unique,
  user,
  varchar,
  withDecimals,
} from "./columns.ts";
import type { Table } from "./description.ts";
import { history } from "./history.ts";

export const temperatureProfile = table({
  name: "scenario_temperatureprofile",
  group: "master",
  kind: "static",
  meaning: "A series of water temperatures for projections",
}, [
  identity("profile_id", "Number of the profile"),
  unique(varchar("name", 255, "Region and water")),
  ...stamps,
]);

export const temperatureReading = table({
  name: "scenario_temperaturereading",
  group: "master",
  kind: "static",
  meaning: "The temperature of one day of a profile",
  unique: [["profile_id", "day_number"]],
}, [
  identity("reading_id", "Number of the value"),
  double("temperature", "Water temperature, °C"),
  ...stamps,
  link("profile_id", "scenario_temperatureprofile.profile_id", "Profile the day belongs to"),
  integer("day_number", "Day of the profile, from 1"),
]);

export const tgcModel = table({
  name: "scenario_tgcmodel",
  group: "master",
  kind: "static",
  meaning: "A growth model by thermal growth coefficients",
}, [
  identity("model_id", "Number of the model"),
  unique(varchar("name", 255, "Region and Standard TGC")),
  varchar("location", 255, "Region"),
  varchar("release_period", 255, "Time of year of the release to sea"),
  double("tgc_value", "General coefficient, per 1,000 degree-days"),
  double("exponent_n", "Exponent of the temperature, unused by the projection"),
  double("exponent_m", "Exponent of the weight, unused by the projection"),
  ...stamps,
  link("profile_id", "scenario_temperatureprofile.profile_id", "Temperature profile"),
]);

export const tgcStage = table({
  name: "scenario_tgc_model_stage",
  group: "master",
  kind: "static",
  meaning: "The growth coefficient of one stage",
  unique: [["tgc_model_id", "lifecycle_stage"]],
}, [
  id,
  varchar("lifecycle_stage", 20, "Name of the stage"),
  numeric("tgc_value", 6, 4, "Thermal growth coefficient, per 1,000 degree-days"),
  numeric("temperature_exponent", 4, 2, "Exponent of the temperature"),
  numeric("weight_exponent", 4, 2, "Exponent of the weight"),
  link("tgc_model_id", "scenario_tgcmodel.model_id", "Growth model"),
]);

export const fcrModel = table({
  name: "scenario_fcrmodel",
  group: "master",
  kind: "static",
  meaning: "A model of feed conversion",
}, [
  identity("model_id", "Number of the model"),
  unique(varchar("name", 255, "Name of the model")),
  ...stamps,
]);

export const fcrStage = table({
  name: "scenario_fcrmodelstage",
  group: "master",
  kind: "static",
  meaning: "The feed conversion ratio of one stage",
  unique: [["model_id", "stage_id"]],
}, [
  id,
  double("fcr_value", "Feed conversion ratio, kg feed per kg gain"),
  integer("duration_days", "Length of the stage, days"),
  ...stamps,
  link("model_id", "scenario_fcrmodel.model_id", "Feed conversion model"),
  link("stage_id", "batch_lifecyclestage", "Lifecycle stage"),
]);

export const fcrOverride = table({
  name: "scenario_fcr_model_stage_override",
  group: "master",
  kind: "empty",
  meaning: "Another feed conversion ratio for a range of weights",
}, [
  id,
  numeric("min_weight_g", 10, 2, "Lower end of the range, g"),
  numeric("max_weight_g", 10, 2, "Upper end of the range, g"),
  numeric("fcr_value", 5, 3, "Feed conversion ratio, kg feed per kg gain"),
  link("fcr_stage_id", "scenario_fcrmodelstage", "Stage of the model it replaces"),
]);

export const mortalityModel = table({
  name: "scenario_mortalitymodel",
  group: "master",
  kind: "static",
  meaning: "A model of mortality",
}, [
  identity("model_id", "Number of the model"),
  unique(varchar("name", 255, "Name of the model")),
  varchar("frequency", 10, "Period of the rate: daily"),
  double("rate", "Deaths, % of the population per period"),
  ...stamps,
]);

export const mortalityStage = table({
  name: "scenario_mortality_model_stage",
  group: "master",
  kind: "empty",
  meaning: "The mortality of one stage",
  unique: [["mortality_model_id", "lifecycle_stage"]],
}, [
  id,
  varchar("lifecycle_stage", 20, "Name of the stage"),
  numeric("daily_rate_percent", 5, 3, "Deaths, % of the population per day"),
  optional(numeric("weekly_rate_percent", 5, 3, "Deaths, % of the population per week")),
  link("mortality_model_id", "scenario_mortalitymodel.model_id", "Model the stage belongs to"),
]);

export const constraints = table({
  name: "scenario_biological_constraints",
  group: "master",
  kind: "static",
  meaning: "A set of limits that projections keep",
}, [
  id,
  unique(varchar("name", 100, "Name of the set")),
  text("description", "Free text"),
  flag("is_active", "Whether it is in use"),
  ...stamps,
  optional(user("created_by_id", "User who made it")),
]);

export const stageConstraint = table({
  name: "scenario_stage_constraint",
  group: "master",
  kind: "static",
  meaning: "The limits of one stage",
  unique: [["constraint_set_id", "lifecycle_stage"]],
}, [
  id,
  varchar("lifecycle_stage", 20, "Name of the stage"),
  numeric("min_weight_g", 10, 2, "Least mean weight, g"),
  numeric("max_weight_g", 10, 2, "Greatest mean weight, g"),
  optional(numeric("min_temperature_c", 5, 2, "Lowest water temperature, °C")),
  optional(numeric("max_temperature_c", 5, 2, "Highest water temperature, °C")),
  optional(integer("typical_duration_days", "Usual length of the stage, days")),
  optional(
    numeric("max_freshwater_weight_g", 10, 2, "Greatest weight in freshwater, g; NULL for Adult"),
  ),
  link("constraint_set_id", "scenario_biological_constraints", "Set of limits"),
]);

export const scenario = table({
  name: "scenario",
  group: "operational",
  kind: "joined",
  day: "created_at",
  meaning: "A plan of a batch's growth from which projections are made",
  indexes: [
    index("scenario_created_277418_idx", "(created_by_id)"),
    index("scenario_start_d_75cb3d_idx", "(start_date)"),
  ],
}, [
  identity("scenario_id", "Number of the scenario"),
  varchar("name", 255, "Kind of projection and batch number"),
  date("start_date", "First day"),
  integer("duration_days", "Length of the projection, days"),
  integer("initial_count", "Eggs or fish on the first day"),
  varchar("genotype", 255, "Stock of the fish"),
  varchar("supplier", 255, "Supplier of the eggs"),
  optional(double("initial_weight", "Mean weight on the first day, g")),
  ...stamps,
  optional(link("batch_id", "batch_batch", "Batch it is made for")),
  optional(user("created_by_id", "User who made it")),
  link("fcr_model_id", "scenario_fcrmodel.model_id", "Feed conversion model"),
  link("mortality_model_id", "scenario_mortalitymodel.model_id", "Model of the deaths"),
  link("tgc_model_id", "scenario_tgcmodel.model_id", "Growth model"),
  optional(
    link(
      "biological_constraints_id",
      "scenario_biological_constraints",
      "Set of limits; NULL in every row",
    ),
  ),
]);

export const projection = table({
  name: "scenario_scenarioprojection",
  group: "operational",
  kind: "joined",
  meaning: "One day of a scenario's projection",
  indexes: [
    index("scenario_sc_scenari_182db9_idx", "(scenario_id, projection_date)"),
    index("scenario_sc_scenari_8d8b89_idx", "(scenario_id, day_number)"),
  ],
}, [
  identity("projection_id", "Number of the projected day"),
  date("projection_date", "Day that is projected"),
  integer("day_number", "Day of the scenario, from 1"),
  withDecimals(6, double("average_weight", "Mean weight, g")),
  withDecimals(6, double("population", "Fish alive at the end of the day")),
  withDecimals(6, double("biomass", "Population times mean weight, kg")),
  withDecimals(6, double("daily_feed", "Feed of the day, kg")),
  withDecimals(6, double("cumulative_feed", "Feed from the first day on, kg")),
  withDecimals(6, double("temperature", "Water temperature, °C")),
  ...stamps,
  link("current_stage_id", "batch_lifecyclestage", "Lifecycle stage"),
  link("scenario_id", "scenario.scenario_id", "Scenario that is projected"),
]);

export const modelChange = table({
  name: "scenario_scenariomodelchange",
  group: "operational",
  kind: "empty",
  meaning: "A change of models within a scenario",
}, [
  identity("change_id", "Number of the change"),
  integer("change_day", "Day of the scenario on which the models change"),
  ...stamps,
  optional(
    link("new_fcr_model_id", "scenario_fcrmodel.model_id", "Feed conversion model from then on"),
  ),
  optional(
    link(
      "new_mortality_model_id",
      "scenario_mortalitymodel.model_id",
      "Mortality model from then on",
    ),
  ),
  optional(link("new_tgc_model_id", "scenario_tgcmodel.model_id", "Growth model from then on")),
  link("scenario_id", "scenario.scenario_id", "Scenario in which the models change"),
]);

export const temperatureProfileHistory = history(temperatureProfile, { kind: "empty" });
export const tgcModelHistory = history(tgcModel, { kind: "empty" });
export const fcrModelHistory = history(fcrModel, { kind: "empty" });
export const mortalityModelHistory = history(mortalityModel, { kind: "empty" });
export const constraintsHistory = history(constraints, {
  kind: "empty",
  name: "scenario_historicalbiologicalconstraints",
});

/** All tables of this file. */
export const scenarioTables: readonly Table[] = [
  temperatureProfile,
  temperatureReading,
  tgcModel,
  tgcStage,
  fcrModel,
  fcrStage,
  fcrOverride,
  mortalityModel,
  mortalityStage,
  constraints,
  stageConstraint,
  scenario,
  projection,
  modelChange,
  temperatureProfileHistory,
  tgcModelHistory,
  fcrModelHistory,
  mortalityModelHistory,
  constraintsHistory,
];
