/** The history of batches, their stays and what is seen of their fish. */
import {
  assignment,
  batch,
  composition,
  growthObservation,
  growthSample,
  lifecycleStage,
  mortalityEvent,
  species,
} from "./batch.ts";
import {
  creationAction,
  creationWorkflow,
  transferAction,
  transferWorkflow,
} from "./batch_workflows.ts";
import type { Table } from "./description.ts";
import { history } from "./history.ts";

export const speciesHistory = history(species);
export const lifecycleStageHistory = history(lifecycleStage, {
  order: "id name order description expected_weight_min_g expected_weight_max_g " +
    "expected_length_min_cm expected_length_max_cm created_at updated_at history_id " +
    "history_date history_change_reason history_type history_user_id species_id " +
    "typical_duration_days",
});
export const batchHistory = history(batch, {
  kind: "joined",
  order: "id batch_number status batch_type start_date expected_end_date actual_end_date notes " +
    "created_at updated_at history_id history_date history_change_reason history_type " +
    "history_user_id lifecycle_stage_id species_id pinned_scenario_id",
});
export const compositionHistory = history(composition);
export const assignmentHistory = history(assignment, {
  kind: "windowed",
  order: "id population_count avg_weight_g biomass_kg assignment_date departure_date is_active " +
    "last_weighing_date notes created_at updated_at history_id history_date " +
    "history_change_reason history_type history_user_id batch_id container_id " +
    "lifecycle_stage_id",
});
export const mortalityEventHistory = history(mortalityEvent, {
  day: "event_date",
  order: "id event_date count biomass_kg cause description created_at updated_at history_id " +
    "history_date history_change_reason history_type history_user_id batch_id " +
    "assignment_id",
});
export const growthSampleHistory = history(growthSample, {
  order: "id sample_date sample_size avg_weight_g avg_length_cm std_deviation_weight " +
    "std_deviation_length min_weight_g max_weight_g condition_factor notes created_at " +
    "updated_at history_id history_date history_change_reason history_type " +
    "history_user_id assignment_id",
});
export const growthObservationHistory = history(growthObservation);
export const creationWorkflowHistory = history(creationWorkflow, {
  name: "batch_historicalbatchcreationworkflow",
});
export const creationActionHistory = history(creationAction);
export const transferWorkflowHistory = history(transferWorkflow);
export const transferActionHistory = history(transferAction, {
  order: "id action_number source_population_before transferred_count " +
    "mortality_during_transfer transferred_biomass_kg status planned_date " +
    "actual_execution_date transfer_method water_temp_c oxygen_level " +
    "execution_duration_minutes notes created_at updated_at history_id history_date " +
    "history_change_reason history_type dest_assignment_id executed_by_id history_user_id " +
    "source_assignment_id workflow_id measured_avg_weight_g measured_std_dev_weight_g " +
    "measured_sample_size measured_avg_length_cm measured_notes selection_method",
});

/** All tables of this file. */
export const batchHistoryTables: readonly Table[] = [
  speciesHistory,
  lifecycleStageHistory,
  batchHistory,
  compositionHistory,
  assignmentHistory,
  mortalityEventHistory,
  growthSampleHistory,
  growthObservationHistory,
  creationWorkflowHistory,
  creationActionHistory,
  transferWorkflowHistory,
  transferActionHistory,
];
