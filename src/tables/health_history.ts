/** The history of health data. */
import { healthParameter, liceType, scoreDefinition } from "./health_master.ts";
import {
  fishObservation,
  fishScore,
  healthSampling,
  journalEntry,
  labSample,
  liceCount,
  mortalityRecord,
  treatment,
} from "./health.ts";
import type { Table } from "./description.ts";
import { history } from "./history.ts";

export const healthParameterHistory = history(healthParameter, {
  order: "id name is_active created_at updated_at history_id history_date " +
    "history_change_reason history_type history_user_id description max_score min_score",
});
export const scoreDefinitionHistory = history(scoreDefinition);
export const liceTypeHistory = history(liceType, { kind: "empty" });
export const liceCountHistory = history(liceCount, {
  order: "id count_date adult_female_count adult_male_count juvenile_count fish_sampled notes " +
    "history_id history_date history_change_reason history_type batch_id container_id " +
    "history_user_id user_id confidence_level count_value detection_method lice_type_id " +
    "assignment_id",
});
export const mortalityRecordHistory = history(mortalityRecord, {
  order: "id event_date count notes history_id history_date history_change_reason history_type " +
    "batch_id container_id history_user_id reason_id assignment_id",
});
export const journalEntryHistory = history(journalEntry);
export const labSampleHistory = history(labSample, { files: ["attachment"] });
export const healthSamplingHistory = history(healthSampling, {
  order: "id sampling_date number_of_fish_sampled avg_weight_g std_dev_weight_g min_weight_g " +
    "max_weight_g avg_length_cm std_dev_length_cm min_length_cm max_length_cm " +
    "avg_k_factor calculated_sample_size notes created_at updated_at history_id " +
    "history_date history_change_reason history_type assignment_id history_user_id " +
    "sampled_by_id",
});
export const fishObservationHistory = history(fishObservation, {
  kind: "empty",
  order: "id fish_identifier weight_g length_cm created_at updated_at history_id history_date " +
    "history_change_reason history_type history_user_id sampling_event_id",
});
export const fishScoreHistory = history(fishScore, { kind: "empty" });
export const treatmentHistory = history(treatment, {
  order: "id treatment_date treatment_type description dosage duration_days " +
    "withholding_period_days outcome history_id history_date history_change_reason " +
    "history_type batch_id batch_assignment_id container_id history_user_id user_id " +
    "vaccination_type_id includes_weighing sampling_event_id journal_entry_id",
});

/** All tables of this file. */
export const healthHistoryTables: readonly Table[] = [
  healthParameterHistory,
  scoreDefinitionHistory,
  liceTypeHistory,
  liceCountHistory,
  mortalityRecordHistory,
  journalEntryHistory,
  labSampleHistory,
  healthSamplingHistory,
  fishObservationHistory,
  fishScoreHistory,
  treatmentHistory,
];
