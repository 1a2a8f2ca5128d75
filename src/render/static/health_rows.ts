/** Rows of the health tables of the master data, and their history. */
import type { Master } from "../../fixtures/master.ts";
import { historyOfSaves, historyRows, type Save } from "./history.ts";
import { madeStamps, numbered, type StaticRow, type TableRows } from "./rows.ts";

type HealthParameter = Master["health"]["parameters"][number];

/**
 * What was saved of the health parameters: migrations keep no history, so of their rows only the
 * retirement of the superseded ones ('~') is on record; the new ones have their '+'.
 */
function parameterSaves(
  parameters: readonly HealthParameter[],
  rows: readonly StaticRow[],
): Save[] {
  return rows.flatMap((row, i): Save[] => {
    const { migrated, active } = parameters[i]!;
    if (!migrated) return [{ type: "+", row }];
    return active ? [] : [{ type: "~", row }];
  });
}

/** Live tables and histories. */
export function healthRows({ health }: Master): TableRows[] {
  const parameters = health.parameters.toSorted((a, b) => a.id - b.id);
  const parameterRows = {
    table: "health_healthparameter",
    rows: parameters.map(({ id, name, active, description }) => ({
      id,
      name,
      is_active: active,
      description,
      max_score: health.score_labels.length - 1,
      min_score: 0,
      ...madeStamps,
    })),
  };
  const scores = parameters.flatMap((parameter) =>
    parameter.scores.map((description, score) => ({ parameter, description, score }))
  );
  const scoreRows = {
    table: "health_parameterscoredefinition",
    rows: numbered(scores, ({ parameter, description, score }) => ({
      score_value: score,
      label: health.score_labels[score]!,
      description,
      display_order: score,
      parameter_id: parameter.id,
      ...madeStamps,
    })),
  };
  return [
    parameterRows,
    scoreRows,
    {
      table: "health_mortalityreason",
      rows: numbered(health.mortality_reasons, ({ name, description }) => ({ name, description })),
    },
    {
      table: "health_sampletype",
      rows: numbered(health.sample_types, ({ name, description }) => ({ name, description })),
    },
    {
      table: "health_vaccinationtype",
      rows: numbered(health.vaccination_types, (type) => ({
        name: type.name,
        manufacturer: type.manufacturer,
        dosage: type.dosage,
        description: type.description,
      })),
    },
    {
      table: "health_licetype",
      rows: numbered(health.lice_types, ({ species, gender, stage, description }) => ({
        species,
        gender,
        development_stage: stage,
        description,
        is_active: true,
        ...madeStamps,
      })),
    },
    historyOfSaves(parameterRows.table, parameterSaves(parameters, parameterRows.rows)),
    historyRows(scoreRows),
  ];
}
