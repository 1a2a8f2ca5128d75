/** The runs to which projections belong in the 2026-03 schema. */
import { qualified } from "../postgres/identifier.ts";
import type { Addition, Gone } from "./schema_mapping.ts";
import { isGone } from "./gone.ts";

/**
 * One run for every scenario that has projected days or that a batch is compared with. The days may
 * be left out of a load: then their number is 0, and the last day's values are NULL.
 *
 * `run_id` is the scenario's id, so that staged rows know their run before it is there. The run is
 * the scenario's first, computed when the scenario was made (of a baseline: when its batch was), by
 * nobody: the engine was not told a user. Number and last day come from the projected days;
 * `parameters_snapshot` holds the scenario's and its models' values as they stand in the tables.
 * A run does not change: scenarios get all their days at once.
 *
 * Identity values are given, so the sequence of the table has to be moved on afterwards.
 */
export function addProjectionRuns(schema: string): readonly Addition[] {
  const runs = qualified(schema, "scenario_projection_run");
  const named = (name: string) => qualified(schema, name);
  return [{
    table: "scenario_projection_run",
    rows: "the run of every scenario that is projected or pinned",
    sql: `insert into ${runs} (run_id, run_date, run_number, label, parameters_snapshot, notes,
  total_projections, final_weight_g, final_biomass_kg, created_at, updated_at, created_by_id,
  scenario_id)
select c.scenario_id, c.created_at, 1, '',
  jsonb_build_object(
    'scenario', jsonb_build_object(
      'start_date', c.start_date, 'duration_days', c.duration_days,
      'initial_count', c.initial_count, 'initial_weight', c.initial_weight,
      'genotype', c.genotype, 'supplier', c.supplier),
    'tgc', jsonb_build_object(
      'model', tgc.name, 'location', tgc.location, 'release_period', tgc.release_period,
      'temperature_profile', profile.name, 'tgc_value', tgc.tgc_value,
      'exponent_n', tgc.exponent_n, 'exponent_m', tgc.exponent_m,
      'stages', coalesce((
        select jsonb_agg(jsonb_build_object(
          'stage', one.lifecycle_stage, 'tgc_value', one.tgc_value,
          'temperature_exponent', one.temperature_exponent,
          'weight_exponent', one.weight_exponent) order by one.id)
        from ${
      named("scenario_tgc_model_stage")
    } one where one.tgc_model_id = tgc.model_id), '[]')),
    'fcr', jsonb_build_object(
      'model', fcr.name,
      'stages', coalesce((
        select jsonb_agg(jsonb_build_object(
          'stage', stage.name, 'fcr_value', one.fcr_value,
          'duration_days', one.duration_days) order by stage."order", one.id)
        from ${named("scenario_fcrmodelstage")} one
        join ${named("batch_lifecyclestage")} stage on stage.id = one.stage_id
        where one.model_id = fcr.model_id), '[]')),
    'mortality', jsonb_build_object(
      'model', mortality.name, 'frequency', mortality.frequency, 'rate', mortality.rate)),
  '', coalesce(days.number, 0), days.weight, days.biomass, c.created_at, c.created_at, null, c.scenario_id
from ${named("scenario")} c
left join (
  select projection_run_id, count(*) as number,
    (array_agg(average_weight order by day_number desc))[1] as weight,
    (array_agg(biomass order by day_number desc))[1] as biomass
  from ${named("scenario_scenarioprojection")} group by projection_run_id
) days on days.projection_run_id = c.scenario_id
join ${named("scenario_tgcmodel")} tgc on tgc.model_id = c.tgc_model_id
join ${named("scenario_temperatureprofile")} profile on profile.profile_id = tgc.profile_id
join ${named("scenario_fcrmodel")} fcr on fcr.model_id = c.fcr_model_id
join ${named("scenario_mortalitymodel")} mortality on mortality.model_id = c.mortality_model_id
where (days.number is not null or exists (
    select from ${named("batch_batch")} b where b.pinned_projection_run_id = c.scenario_id))
  and not exists (
    select from ${runs} r where c.scenario_id = r.scenario_id or c.scenario_id = r.run_id)
order by c.scenario_id`,
  }];
}

/** Takes the runs of scenarios that are gone away again. */
export function sweepProjectionRuns(schema: string, gone?: Gone): readonly string[] {
  return [
    `delete from ${qualified(schema, "scenario_projection_run")} r
    where ${isGone(gone, "scenario", "r.scenario_id")} and not exists (
      select from ${qualified(schema, "scenario")} s where s.scenario_id = r.scenario_id)`,
  ];
}
