/** Rows of the scenario models (domain.md#3.5); they keep no history. */
import type { Fixtures } from "../../fixtures/fixtures.ts";
import { numberMaster } from "../../fixtures/numbering.ts";
import { madeStamps, numbered, type TableRows } from "./rows.ts";

function temperatureRows({ temperatures }: Fixtures): TableRows[] {
  const days = temperatures.flatMap((profile, i) =>
    profile.celsius.map((temperature, d) => ({ profileId: i + 1, day: d + 1, temperature }))
  );
  return [
    {
      table: "scenario_temperatureprofile",
      rows: numbered(temperatures, ({ name }) => ({ name, ...madeStamps }), "profile_id"),
    },
    {
      table: "scenario_temperaturereading",
      rows: numbered(days, ({ profileId, day, temperature }) => ({
        temperature,
        profile_id: profileId,
        day_number: day,
        ...madeStamps,
      }), "reading_id"),
    },
  ];
}

/** TGC per 1000 degree-days: the application divides by 1000 itself (defects.md#b-09). */
function tgcRows(fixtures: Fixtures): TableRows[] {
  const { tgc } = fixtures.master.models;
  const { seaProfiles } = numberMaster(fixtures);
  const stages = tgc.models.flatMap((_, m) => tgc.stages.map((stage) => ({ ...stage, m })));
  return [
    {
      table: "scenario_tgcmodel",
      rows: numbered(tgc.models, ({ geography, value }) => ({
        name: `${geography} Standard TGC`,
        location: geography,
        release_period: tgc.release_period,
        tgc_value: value,
        exponent_n: tgc.exponent_n,
        exponent_m: tgc.exponent_m,
        profile_id: seaProfiles.get(geography)!,
        ...madeStamps,
      }), "model_id"),
    },
    {
      table: "scenario_tgc_model_stage",
      rows: numbered(stages, ({ stage, value, m }) => ({
        lifecycle_stage: stage,
        tgc_value: value,
        temperature_exponent: tgc.temperature_exponent,
        weight_exponent: tgc.weight_exponent,
        tgc_model_id: m + 1,
      })),
    },
  ];
}

function fcrAndMortalityRows(fixtures: Fixtures): TableRows[] {
  const { fcr, mortality } = fixtures.master.models;
  const { stages, fcrModel } = numberMaster(fixtures);
  return [
    {
      table: "scenario_fcrmodel",
      rows: numbered([fcr], ({ name }) => ({ name, ...madeStamps }), "model_id"),
    },
    {
      table: "scenario_fcrmodelstage",
      rows: numbered(fcr.stages, (stage) => ({
        fcr_value: stage.fcr,
        duration_days: stage.days,
        model_id: fcrModel,
        stage_id: stages.get(stage.stage)!,
        ...madeStamps,
      })),
    },
    {
      table: "scenario_mortalitymodel",
      rows: numbered([mortality], ({ name, frequency, percent }) => ({
        name,
        frequency,
        rate: percent,
        ...madeStamps,
      }), "model_id"),
    },
  ];
}

/** The constraints of a stage go by its name, which fits the column (defects.md#b-11). */
function constraintRows(fixtures: Fixtures): TableRows[] {
  const { models: { constraints }, biology } = fixtures.master;
  const { makers } = numberMaster(fixtures);
  return [
    {
      table: "scenario_biological_constraints",
      rows: numbered([constraints], ({ name, description }) => ({
        name,
        description,
        is_active: true,
        created_by_id: makers.setup,
        ...madeStamps,
      })),
    },
    {
      table: "scenario_stage_constraint",
      rows: numbered(constraints.stages, ({ stage, typical_days, freshwater }, i) => {
        const { min_weight_g, max_weight_g } = biology.stages[i]!;
        return {
          lifecycle_stage: stage,
          min_weight_g: min_weight_g,
          max_weight_g: max_weight_g,
          min_temperature_c: null,
          max_temperature_c: null,
          typical_duration_days: typical_days,
          max_freshwater_weight_g: freshwater ? max_weight_g : null,
          constraint_set_id: 1,
        };
      }),
    },
  ];
}

/** The live tables. */
export function modelRows(fixtures: Fixtures): TableRows[] {
  return [
    ...temperatureRows(fixtures),
    ...tgcRows(fixtures),
    ...fcrAndMortalityRows(fixtures),
    ...constraintRows(fixtures),
  ];
}
