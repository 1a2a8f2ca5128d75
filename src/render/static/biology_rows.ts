/** Rows of species, life stages, environmental parameters and feeds, and their history. */
import type { Master } from "../../fixtures/master.ts";
import { historyOfSaves, historyRows, type Save } from "./history.ts";
import { madeStamps, numbered, type StaticRow, type TableRows } from "./rows.ts";

/** Stages were made without weight ranges, which a second save set (domain.md#18). */
function stageSaves(rows: readonly StaticRow[]): Save[] {
  const unset = { expected_weight_min_g: null, expected_weight_max_g: null };
  return [
    ...rows.map((row): Save => ({ type: "+", row: { ...row, ...unset } })),
    ...rows.map((row): Save => ({ type: "~", row })),
  ];
}

/** Live tables and histories. */
export function biologyRows(master: Master): TableRows[] {
  const { species, stages, parameters } = master.biology;
  const speciesRows = {
    table: "batch_species",
    rows: numbered([species], ({ name, scientific_name, description }) => ({
      name,
      scientific_name,
      description,
      optimal_temperature_min: null,
      optimal_temperature_max: null,
      optimal_oxygen_min: null,
      optimal_ph_min: null,
      optimal_ph_max: null,
      ...madeStamps,
    })),
  };
  const stageRows = {
    table: "batch_lifecyclestage",
    rows: numbered(stages, (stage, i) => ({
      name: stage.name,
      order: i + 1,
      description: stage.description,
      expected_weight_min_g: stage.min_weight_g,
      expected_weight_max_g: stage.max_weight_g,
      expected_length_min_cm: null,
      expected_length_max_cm: null,
      species_id: 1,
      typical_duration_days: stage.typical_days,
      ...madeStamps,
    })),
  };
  const parameterRows = {
    table: "environmental_environmentalparameter",
    rows: numbered(parameters, ({ name, unit, description, min, max, optimal }) => ({
      name,
      unit,
      description,
      min_value: min ?? null,
      max_value: max ?? null,
      optimal_min: optimal.min ?? null,
      optimal_max: optimal.max ?? null,
      ...madeStamps,
    })),
  };
  const feedRows = {
    table: "inventory_feed",
    rows: numbered(master.feeds, (feed) => ({
      name: feed.name,
      brand: feed.brand,
      size_category: feed.size_category,
      pellet_size_mm: feed.pellet_mm,
      protein_percentage: feed.protein_percent,
      fat_percentage: feed.fat_percent,
      carbohydrate_percentage: feed.carbohydrate_percent,
      description: feed.description,
      is_active: true,
      ...madeStamps,
    })),
  };
  return [
    speciesRows,
    stageRows,
    parameterRows,
    feedRows,
    historyRows(speciesRows),
    historyOfSaves(stageRows.table, stageSaves(stageRows.rows)),
    historyRows(parameterRows),
    historyRows(feedRows),
  ];
}
