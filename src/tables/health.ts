/** Lice, samplings, treatments and the journal. */
import { table } from "./build.ts";
import {
  date,
  flag,
  id,
  instant,
  json,
  link,
  natural,
  numeric,
  optional,
  smallint,
  stamps,
  text,
  user,
  varchar,
} from "./columns.ts";
import type { Table } from "./description.ts";

export const liceCount = table({
  name: "health_licecount",
  group: "operational",
  kind: "windowed",
  day: "count_date",
  meaning: "Lice of one type on the fish of one weekly count",
}, [
  id,
  instant("count_date", "Instant of the count, UTC"),
  natural("adult_female_count", "Adult females, older way of counting; 0 in every row"),
  natural("adult_male_count", "Adult males, older way of counting; 0 in every row"),
  natural("juvenile_count", "Juveniles, older way of counting; 0 in every row"),
  natural("fish_sampled", "Fish that were looked at"),
  text("notes", "Free text; empty where nothing was noted"),
  link("batch_id", "batch_batch", "Batch in the ring"),
  optional(link("container_id", "infrastructure_container", "Ring that was counted")),
  user("user_id", "User who counted"),
  optional(numeric("confidence_level", 3, 2, "Trust in the method, 0 to 1")),
  optional(natural("count_value", "Lice of the type on all fish sampled")),
  optional(varchar("detection_method", 50, "manual, visual, automated or camera")),
  optional(link("lice_type_id", "health_licetype", "Type of louse")),
  optional(
    link("assignment_id", "batch_batchcontainerassignment", "Stay of the batch in the container"),
  ),
]);

export const mortalityRecord = table({
  name: "health_mortalityrecord",
  group: "operational",
  kind: "empty",
  meaning: "Deaths with a reason, as a veterinarian notes them",
}, [
  id,
  instant("event_date", "Instant of the record, UTC"),
  natural("count", "Dead fish"),
  text("notes", "Free text; empty where nothing was noted"),
  link("batch_id", "batch_batch", "Batch the dead fish belong to"),
  optional(link("container_id", "infrastructure_container", "Container they died in")),
  link("reason_id", "health_mortalityreason", "Cause of death"),
  optional(
    link("assignment_id", "batch_batchcontainerassignment", "Stay of the batch in the container"),
  ),
]);

export const journalEntry = table({
  name: "health_journalentry",
  group: "operational",
  kind: "joined",
  day: "entry_date",
  meaning: "An entry of the health journal",
}, [
  id,
  instant("entry_date", "Instant of the observation, UTC"),
  varchar("category", 20, "observation"),
  optional(varchar("severity", 10, "low")),
  text("description", "What was seen"),
  flag("resolution_status", "Whether it is settled"),
  text("resolution_notes", "How it was settled; empty"),
  link("batch_id", "batch_batch", "Batch that was looked at"),
  optional(link("container_id", "infrastructure_container", "Container that was looked at")),
  user("user_id", "User who wrote it"),
  ...stamps,
]);

export const labSample = table({
  name: "health_healthlabsample",
  group: "operational",
  kind: "joined",
  day: "created_at",
  meaning: "A sample that went to a laboratory",
}, [
  id,
  date("sample_date", "Day of the sample"),
  optional(date("date_sent_to_lab", "Day it was sent")),
  optional(date("date_results_received", "Day the results came")),
  optional(varchar("lab_reference_id", 100, "The laboratory's number")),
  optional(text("findings_summary", "Findings in words")),
  optional(json("quantitative_results", "Findings in numbers, JSON")),
  optional(varchar("attachment", 100, "Path of the report")),
  optional(text("notes", "Free text; empty where nothing was noted")),
  ...stamps,
  link(
    "batch_container_assignment_id",
    "batch_batchcontainerassignment",
    "Stay of the batch in the container",
  ),
  optional(user("recorded_by_id", "User who recorded it")),
  link("sample_type_id", "health_sampletype", "Kind of sample"),
]);

export const healthSampling = table({
  name: "health_healthsamplingevent",
  group: "operational",
  kind: "joined",
  day: "sampling_date",
  meaning: "A monthly health sampling of 75 fish of one container",
}, [
  id,
  date("sampling_date", "Day of the sampling"),
  natural("number_of_fish_sampled", "Fish that were to be sampled"),
  optional(text("notes", "Free text with the stage")),
  ...stamps,
  link("assignment_id", "batch_batchcontainerassignment", "Stay of the batch in the container"),
  optional(user("sampled_by_id", "User who sampled")),
  optional(numeric("avg_k_factor", 10, 4, "Mean condition factor, 100 × weight / length³, g/cm³")),
  optional(numeric("avg_length_cm", 10, 2, "Mean fork length, cm")),
  optional(numeric("avg_weight_g", 10, 2, "Mean weight, g")),
  optional(natural("calculated_sample_size", "Fish observed")),
  optional(numeric("max_length_cm", 10, 2, "Longest fish, cm")),
  optional(numeric("max_weight_g", 10, 2, "Heaviest fish, g")),
  optional(numeric("min_length_cm", 10, 2, "Shortest fish, cm")),
  optional(numeric("min_weight_g", 10, 2, "Lightest fish, g")),
  optional(numeric("std_dev_length_cm", 10, 2, "Population standard deviation of the lengths, cm")),
  optional(numeric("std_dev_weight_g", 10, 2, "Population standard deviation of the weights, g")),
]);

export const fishObservation = table({
  name: "health_individualfishobservation",
  group: "operational",
  kind: "joined",
  day: "created_at",
  meaning: "One fish of a health sampling",
  unique: [["sampling_event_id", "fish_identifier"]],
}, [
  id,
  varchar("fish_identifier", 50, "Fish within the sampling, F001 to F075"),
  optional(numeric("length_cm", 10, 2, "Fork length, cm")),
  optional(numeric("weight_g", 10, 2, "Body weight, g")),
  ...stamps,
  link("sampling_event_id", "health_healthsamplingevent", "Health sampling"),
]);

export const fishScore = table({
  name: "health_fishparameterscore",
  group: "operational",
  kind: "windowed",
  day: "created_at",
  meaning: "The score of one health parameter on one fish",
  unique: [["individual_fish_observation_id", "parameter_id"]],
}, [
  id,
  smallint("score", "Score, 0 (great) to 3 (critical)"),
  ...stamps,
  link("individual_fish_observation_id", "health_individualfishobservation", "Fish"),
  link("parameter_id", "health_healthparameter", "Health parameter"),
]);

export const treatment = table({
  name: "health_treatment",
  group: "operational",
  kind: "joined",
  day: "treatment_date",
  meaning: "A vaccination or a treatment against lice in one container",
}, [
  id,
  instant("treatment_date", "Instant of the treatment, UTC"),
  varchar("treatment_type", 20, "vaccination or physical"),
  text("description", "Vaccine or treatment, stage and day"),
  varchar("dosage", 100, "Dose, as text"),
  natural("duration_days", "Length of the treatment, days"),
  natural("withholding_period_days", "Days before the fish may be harvested"),
  varchar("outcome", 20, "successful"),
  link("batch_id", "batch_batch", "Batch that was treated"),
  optional(
    link(
      "batch_assignment_id",
      "batch_batchcontainerassignment",
      "Stay of the batch in the container",
    ),
  ),
  optional(link("container_id", "infrastructure_container", "Container that was treated")),
  user("user_id", "User who treated"),
  optional(
    link("vaccination_type_id", "health_vaccinationtype", "Vaccine; NULL for a lice treatment"),
  ),
  flag("includes_weighing", "Whether the fish were weighed"),
  optional(
    link(
      "sampling_event_id",
      "health_healthsamplingevent",
      "Health sampling at the treatment; NULL in every row",
    ),
  ),
  optional(
    link(
      "journal_entry_id",
      "health_journalentry",
      "Journal entry that led to it; NULL in every row",
    ),
  ),
]);

/** All tables of this file. */
export const healthTables: readonly Table[] = [
  liceCount,
  mortalityRecord,
  journalEntry,
  labSample,
  healthSampling,
  fishObservation,
  fishScore,
  treatment,
];
