/** Species, stages, batches and what is seen of their fish. */
import { index, key, table, uniqueIndex } from "./build.ts";
import {
  createdAt,
  date,
  flag,
  id,
  indexed,
  instant,
  json,
  link,
  natural,
  numeric,
  optional,
  smallNatural,
  stamps,
  text,
  unique,
  unsaved,
  varchar,
  withKeys,
} from "./columns.ts";
import type { Table } from "./description.ts";

export const species = table({
  name: "batch_species",
  group: "master",
  kind: "static",
  meaning: "A species that is farmed",
}, [
  id,
  unique(varchar("name", 100, "Common name")),
  unique(varchar("scientific_name", 200, "Latin name")),
  text("description", "Free text"),
  optional(numeric("optimal_temperature_min", 5, 2, "Lower end of the best water temperature, °C")),
  optional(numeric("optimal_temperature_max", 5, 2, "Upper end of the best water temperature, °C")),
  optional(numeric("optimal_oxygen_min", 5, 2, "Lowest good dissolved oxygen, mg/L")),
  optional(numeric("optimal_ph_min", 5, 2, "Lower end of the best pH")),
  optional(numeric("optimal_ph_max", 5, 2, "Upper end of the best pH")),
  ...stamps,
]);

export const lifecycleStage = table({
  name: "batch_lifecyclestage",
  group: "master",
  kind: "static",
  meaning: "One of the six stages of life, from Egg&Alevin to Adult",
  unique: [["species_id", "order"]],
}, [
  id,
  unique(varchar("name", 100, "Name of the stage")),
  smallNatural("order", "Place in life, 1 (Egg&Alevin) to 6 (Adult)"),
  text("description", "Free text"),
  optional(numeric("expected_weight_min_g", 10, 2, "Mean weight at which the stage begins, g")),
  optional(numeric("expected_weight_max_g", 10, 2, "Mean weight at which the stage ends, g")),
  optional(numeric("expected_length_min_cm", 10, 2, "Length at which the stage begins, cm")),
  optional(numeric("expected_length_max_cm", 10, 2, "Length at which the stage ends, cm")),
  ...stamps,
  link("species_id", "batch_species", "Species the stage belongs to"),
  optional(natural("typical_duration_days", "Usual length of the stage, days")),
]);

export const batch = table({
  name: "batch_batch",
  group: "operational",
  kind: "entity",
  meaning: "A batch: the fish hatched from one delivery of eggs, until harvest",
}, [
  id,
  unique(varchar("batch_number", 50, "Region, year and number: FI-2025-001")),
  varchar("status", 20, "PLANNED, ACTIVE or COMPLETED"),
  date("start_date", "Day index 0: the day the eggs arrive"),
  optional(date("expected_end_date", "Day the harvest is expected; NULL in every row")),
  optional(date("actual_end_date", "Day of harvest; NULL until then")),
  text("notes", "Free text; empty where nothing was noted"),
  ...stamps,
  link("lifecycle_stage_id", "batch_lifecyclestage", "Stage the batch is in"),
  link("species_id", "batch_species", "Species of the fish"),
  varchar("batch_type", 20, "STANDARD"),
  optional(
    link("pinned_scenario_id", "scenario.scenario_id", "Scenario that the batch is compared with"),
  ),
]);

export const composition = table({
  name: "batch_batchcomposition",
  group: "operational",
  kind: "empty",
  meaning: "A share of a mixed batch that came from another batch",
}, [
  id,
  numeric("percentage", 5, 2, "Share of the mixed batch, %"),
  natural("population_count", "Fish of the share"),
  numeric("biomass_kg", 10, 2, "Biomass of the share, kg"),
  createdAt,
  link("mixed_batch_id", "batch_batch", "Batch that was mixed"),
  link("source_batch_id", "batch_batch", "Batch that the share came from"),
]);

export const assignment = table({
  name: "batch_batchcontainerassignment",
  group: "operational",
  kind: "entity",
  meaning: "The stay of a part of a batch in one container",
  indexes: [
    index("idx_bca_batch_assign_date", "(batch_id, assignment_date)"),
    index("idx_bca_batch_depart_date", "(batch_id, departure_date)"),
    uniqueIndex("unique_active_batch_container", "(batch_id, container_id) WHERE is_active"),
  ],
}, [
  id,
  natural("population_count", "Fish alive now, or when the stay ended"),
  numeric("biomass_kg", 10, 2, "Population times mean weight, kg"),
  date("assignment_date", "Day the fish came in"),
  flag("is_active", "Whether the fish are still there"),
  text("notes", "Free text; empty where nothing was noted"),
  ...stamps,
  link("batch_id", "batch_batch", "Batch the fish belong to"),
  link("container_id", "infrastructure_container", "Container the fish are in"),
  link("lifecycle_stage_id", "batch_lifecyclestage", "Stage of the fish during the stay"),
  optional(numeric("avg_weight_g", 10, 2, "Mean weight of a fish, g")),
  optional(date("departure_date", "Day the fish left or were harvested; NULL while active")),
  unsaved(optional(date("last_weighing_date", "Day of the last growth sample"))),
]);

export const mortalityEvent = table({
  name: "batch_mortalityevent",
  group: "operational",
  kind: "windowed",
  day: "event_date",
  meaning: "The deaths of one day in one container",
  indexes: [
    index("idx_mortality_assign_date", "(assignment_id, event_date)"),
  ],
}, [
  id,
  date("event_date", "Day of the deaths"),
  natural("count", "Dead fish"),
  numeric("biomass_kg", 10, 2, "Their biomass at their own mean weight, kg"),
  varchar(
    "cause",
    20,
    "Cause of death: DISEASE, HANDLING, PREDATION, ENVIRONMENTAL, UNKNOWN or OTHER",
  ),
  text("description", "What was seen of them"),
  ...stamps,
  link("batch_id", "batch_batch", "Batch the dead fish belong to"),
  optional(
    link("assignment_id", "batch_batchcontainerassignment", "Stay of the batch in the container"),
  ),
]);

export const growthSample = table({
  name: "batch_growthsample",
  group: "operational",
  kind: "windowed",
  day: "sample_date",
  meaning: "A weekly sample of fish that are weighed and measured",
}, [
  id,
  date("sample_date", "Day of the sample"),
  natural("sample_size", "Fish in the sample"),
  numeric("avg_weight_g", 10, 2, "Mean weight, g"),
  optional(numeric("avg_length_cm", 10, 2, "Mean fork length, cm")),
  optional(
    numeric("std_deviation_weight", 10, 2, "Population standard deviation of the weights, g"),
  ),
  optional(
    numeric("std_deviation_length", 10, 2, "Population standard deviation of the lengths, cm"),
  ),
  optional(numeric("min_weight_g", 10, 2, "Lightest fish, g")),
  optional(numeric("max_weight_g", 10, 2, "Heaviest fish, g")),
  optional(numeric("condition_factor", 10, 2, "100 × mean weight / mean length³, g/cm³")),
  optional(text("notes", "Free text; empty where nothing was noted")),
  ...stamps,
  link("assignment_id", "batch_batchcontainerassignment", "Stay of the batch in the container"),
]);

export const growthObservation = table({
  name: "batch_individualgrowthobservation",
  group: "operational",
  kind: "windowed",
  day: "created_at",
  meaning: "One fish of a growth sample",
  unique: [["growth_sample_id", "fish_identifier"]],
}, [
  id,
  varchar("fish_identifier", 50, "Number of the fish within its sample, from 1"),
  numeric("weight_g", 10, 2, "Body weight, g"),
  numeric("length_cm", 10, 2, "Fork length, cm"),
  ...stamps,
  link("growth_sample_id", "batch_growthsample", "Sample the fish belongs to"),
]);

/** What a daily state tells of its numbers, in the order in which it does. */
const MEASURES = ["temp", "weight", "mortality", "feed", "fcr"];

export const dailyState = table({
  name: "batch_actualdailyassignmentstate",
  group: "operational",
  kind: "windowed",
  day: "date",
  meaning: "Best knowledge of one assignment on one day",
  primaryKey: ["id", "date"],
  unique: [key("unique_assignment_date", "assignment_id", "date")],
  indexes: [
    index("idx_anchor_type", "(anchor_type)"),
    index("idx_assignment_date", "(assignment_id, date)"),
    index("idx_batch_date", "(batch_id, date)"),
    index("idx_date", "(date)"),
  ],
}, [
  id,
  indexed(date("date", "Day of the state")),
  natural("day_number", "Day of the batch's life, 1 on its first day"),
  numeric("avg_weight_g", 10, 2, "Mean weight, g"),
  natural("population", "Fish alive at the end of the day"),
  numeric("biomass_kg", 12, 2, "Population times mean weight, kg"),
  optional(numeric("temp_c", 5, 2, "Mean water temperature of the day, °C")),
  natural("mortality_count", "Deaths of the day"),
  numeric("feed_kg", 10, 2, "Feed given that day, kg"),
  optional(
    numeric("observed_fcr", 8, 3, "Feed per gain of biomass that day, kg/kg; NULL without a gain"),
  ),
  optional(varchar("anchor_type", 20, "growth_sample where a sample fixes the weight; else NULL")),
  withKeys(
    MEASURES,
    json("sources", "Where temp, weight, mortality, feed and fcr come from, JSON"),
  ),
  withKeys(
    MEASURES,
    json("confidence_scores", "Trust in temp, weight, mortality and feed, 0 to 1, JSON"),
  ),
  instant("last_computed_at", "Instant of the computation, UTC"),
  link("assignment_id", "batch_batchcontainerassignment", "Stay of the batch in the container"),
  link("batch_id", "batch_batch", "Batch of the assignment"),
  link("container_id", "infrastructure_container", "Container of the assignment"),
  link("lifecycle_stage_id", "batch_lifecyclestage", "Stage of the assignment"),
]);

/** All tables of this file. */
export const batchTables: readonly Table[] = [
  species,
  lifecycleStage,
  batch,
  composition,
  assignment,
  mortalityEvent,
  growthSample,
  growthObservation,
  dailyState,
];
