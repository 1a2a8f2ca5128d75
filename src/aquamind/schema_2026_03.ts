/**
 * AquaMind's schema of March 2026 against the one of November 2025.
 *
 * New columns that may be NULL are NULL in a farm such as Redd's (no planned activities, carriers,
 * area groups or mixed batches) and stand nowhere here. The check `container_in_hall_area_or_carrier`
 * says of a container without carrier what the older `container_in_either_hall_or_area` says.
 */
import { bigint, type Draft, flag, instant, optional, varchar } from "../tables/columns.ts";
import type { Column } from "../tables/description.ts";
import type { ByColumn, ByTable, SchemaMapping } from "./schema_mapping.ts";
import { addedTables } from "./added_tables.ts";
import { addCostCentres, sweepCostCentres } from "./cost_centres.ts";
import { addProjectionRuns, sweepProjectionRuns } from "./projection_runs.ts";

/** A column that only the target has, and its value over a staged row `s`. */
type Given = readonly [column: Draft, value: string];

/** Holding places of fish: racks, the other role, are not simulated. */
const HOLDING: readonly Given[] = [
  [varchar("hierarchy_role", 20, "HOLDING for every container that holds fish"), "'HOLDING'"],
];

/** Workflows are planned with all their actions, not made up while they are carried out. */
const PLANNED_WORKFLOW: readonly Given[] = [
  [flag("is_dynamic_execution", "Whether actions were added while it was carried out"), "false"],
];

/** Actions come with their workflow and are carried out, and no container ever holds two batches. */
const PLANNED_ACTION: readonly Given[] = [
  [flag("allow_mixed", "Whether the destination may hold another batch"), "false"],
  [varchar("created_via", 20, "How the action came about: PLANNED"), "'PLANNED'"],
  // An action is saved once, when it has been carried out.
  [optional(instant("executed_at", "Instant at which it was carried out")), "s.updated_at"],
];

/** A run has the number of its scenario, and a pinned scenario always has one. */
const PINNED_RUN: readonly Given[] = [
  [
    optional(bigint("pinned_projection_run_id", "Run that the batch is compared with")),
    "s.pinned_scenario_id",
  ],
];

const given: ByTable<readonly Given[]> = {
  infrastructure_container: HOLDING,
  infrastructure_historicalcontainer: HOLDING,
  batch_batch: PINNED_RUN,
  batch_historicalbatch: PINNED_RUN,
  batch_batchtransferworkflow: PLANNED_WORKFLOW,
  batch_historicalbatchtransferworkflow: PLANNED_WORKFLOW,
  batch_transferaction: PLANNED_ACTION,
  batch_historicaltransferaction: PLANNED_ACTION,
  scenario_scenarioprojection: [
    [optional(bigint("projection_run_id", "Run the day belongs to")), "s.scenario_id"],
  ],
};

/** The same for every table of `given`. */
function ofGiven<Value>(make: (one: readonly Given[]) => Value): ByTable<Value> {
  return Object.fromEntries(Object.entries(given).map(([table, one]) => [table, make(one)]));
}

function plain([{ name, type, nullable, identity, meaning }]: Given): Column {
  return { name, type, nullable, identity, meaning };
}

function valueByName(one: readonly Given[]): ByColumn<string> {
  return Object.fromEntries(one.map(([{ name }, value]) => [name, value]));
}

/** What a target of the 2026-03 schema needs. */
export const mapping2026: SchemaMapping = {
  schema: "2026-03",
  columns: ofGiven(valueByName),
  described: ofGiven((one) => one.map(plain)),
  without: {
    batch_batch: ["pinned_scenario_id"],
    batch_historicalbatch: ["pinned_scenario_id"],
    scenario_scenarioprojection: ["scenario_id"],
  },
  back: {
    batch_batch: { pinned_scenario_id: "t.pinned_projection_run_id" },
    batch_historicalbatch: { pinned_scenario_id: "t.pinned_projection_run_id" },
    scenario_scenarioprojection: { scenario_id: "t.projection_run_id" },
  },
  types: {
    "users_userprofile.role": "character varying(20)",
    "users_historicaluserprofile.role": "character varying(20)",
  },
  constraints: [
    "infrastructure_area_area_group_id_dfc4a423_fk_infrastru",
    "container_in_hall_area_or_carrier",
    "infrastructure_conta_carrier_id_8cf69311_fk_infrastru",
    "infrastructure_conta_parent_container_id_e784b245_fk_infrastru",
    "batch_batch_pinned_projection_ru_bc0b2213_fk_scenario_",
    "batch_batchtransferworkflow_planned_activity_id_key",
    "batch_batchtransferworkflow_estimated_total_count_check",
    "batch_batchtransferw_dynamic_completed_by_dc69d067_fk_auth_user",
    "batch_batchtransferw_planned_activity_id_c53a386e_fk_planning_",
    "batch_transferaction_dest_container_id_3e00ca31_fk_infrastru",
    "batch_historicalbatchtransferworkfl_estimated_total_count_check",
    "health_mortalityreas_parent_id_6c0ec0b5_fk_health_mo",
    "scenario_scenariopro_projection_run_id_1925e597_fk_scenario_",
  ],
  missing: [
    "scenario_historicaltemperatureprofile",
    "scenario_historicaltgcmodel",
    "scenario_historicalfcrmodel",
    "scenario_historicalmortalitymodel",
    "scenario_historicalbiologicalconstraints",
  ],
  sources: [
    "batch_batch",
    "batch_batchcontainerassignment",
    "batch_lifecyclestage",
    "finance_dimsite",
    "infrastructure_container",
    "infrastructure_hall",
    "scenario",
    "scenario_fcrmodel",
    "scenario_fcrmodelstage",
    "scenario_mortalitymodel",
    "scenario_scenarioprojection",
    "scenario_temperatureprofile",
    "scenario_tgc_model_stage",
    "scenario_tgcmodel",
  ],
  tables: addedTables,
  additions: (schema) => [...addProjectionRuns(schema), ...addCostCentres(schema)],
  sweepings: (schema, gone) => [
    ...sweepProjectionRuns(schema, gone),
    ...sweepCostCentres(schema, gone),
  ],
};
