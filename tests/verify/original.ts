/**
 * A tiny database as the original system left them, with all that its rows had wrong (defects.md):
 * one batch in two trays, two tanks and three rings, which lived for nine days.
 */
import { createTables } from "../../src/aquamind/ddl.ts";
import { literal } from "../../src/sql_literal.ts";
import { allTables, tableNamed } from "../../src/tables/catalog.ts";
import type { Column } from "../../src/tables/description.ts";

type Row = Readonly<Record<string, string | number | boolean | null>>;

/** What stands in a column that must have something, where a row says nothing of it. */
function anything({ type, nullable, identity }: Column, n: number): string {
  if (identity) return `${n}`;
  if (nullable) return "NULL";
  if (type === "boolean") return "false";
  if (type === "jsonb") return "'{}'";
  if (type === "uuid") return "gen_random_uuid()";
  if (type === "date") return "'2024-01-01'";
  if (type.startsWith("timestamp")) return "'2026-11-01 09:00+00'";
  if (type.startsWith("time")) return "'08:00'";
  return type.startsWith("character") || type === "text" ? `'${n}'` : "1";
}

/** The statement that puts rows into a table; their numbers count up from 1 unless they say so. */
function put(name: string, ...rows: readonly Row[]): string {
  const { columns } = tableNamed(name);
  const lists = rows.map((row, i) => {
    const stranger = Object.keys(row).find((key) => !columns.some(({ name }) => name === key));
    if (stranger !== undefined) throw new Error(`${name} has no ${stranger}`);
    const values = columns.map((column) => {
      const value = row[column.name];
      if (value === undefined) return anything(column, i + 1);
      return typeof value === "string" ? literal(value) : String(value);
    });
    return `(${values.join(", ")})`;
  });
  const names = columns.map(({ name }) => `"${name}"`).join(", ");
  return `insert into ${name} (${names}) overriding system value values ${lists.join(", ")}`;
}

const day = (n: number) => `2024-01-0${n}`;

const FISH = { batch_id: 1, is_active: false, avg_weight_g: 0.1, biomass_kg: 0.01 };

const stay = (
  container_id: number,
  stage: number,
  from: number,
  to: number | null,
  fish: number,
) => (
  {
    ...FISH,
    container_id,
    lifecycle_stage_id: stage,
    assignment_date: day(from),
    departure_date: to === null ? null : day(to),
    population_count: fish,
  }
);

const workflow = (source: number, dest: number, on: number, more: Row) => ({
  workflow_number: `TRF-FI-2024-001-D00${on - 1}`,
  status: "COMPLETED",
  batch_id: 1,
  planned_start_date: day(on),
  actual_start_date: day(on),
  actual_completion_date: day(on),
  source_lifecycle_stage_id: source,
  dest_lifecycle_stage_id: dest,
  total_source_count: 0,
  total_transferred_count: 0,
  total_mortality_count: 0,
  total_biomass_kg: 0,
  actions_completed: 2,
  total_actions_planned: 2,
  ...more,
});

const pour = (
  workflow_id: number,
  [source, dest]: readonly [number, number],
  on: number,
  [before, moved, dead]: readonly [number, number, number],
) => ({
  workflow_id,
  action_number: source % 2 + 1,
  source_assignment_id: source,
  dest_assignment_id: dest,
  actual_execution_date: day(on),
  source_population_before: before,
  transferred_count: moved,
  mortality_during_transfer: dead,
  transferred_biomass_kg: 0.01,
});

const GUESSED =
  '{"temp": "profile", "weight": "tgc_computed", "mortality": "actual", "feed": "none"}';

const state = (
  id: number,
  stay: number,
  on: number,
  fish: number,
  weight: number,
  more: Row = {},
) => (
  {
    id,
    assignment_id: stay,
    batch_id: 1,
    container_id: stay,
    date: day(on),
    day_number: on,
    population: fish,
    mortality_count: 0,
    feed_kg: 0,
    avg_weight_g: weight,
    biomass_kg: fish * weight / 1000,
    sources: GUESSED,
    confidence_scores: '{"temp": 0.5, "weight": 0.5, "mortality": 1, "feed": 0}',
    ...more,
  }
);

/** The statements that make the tables of AquaMind's schema, and fill them. */
export const ORIGINAL: readonly string[] = [
  ...createTables(allTables),
  put(
    "batch_lifecyclestage",
    { name: "Egg&Alevin", order: 1 },
    { name: "Fry", order: 2 },
    { name: "Adult", order: 6 },
  ),
  put(
    "infrastructure_container",
    ...[1, 2, 3, 4].map((n) => ({ name: `S-FW-01-A-C0${n}`, hall_id: n < 3 ? 1 : 2 })),
    ...[1, 2, 3].map((n) => ({ name: `S-SEA-02-Ring-0${n}`, area_id: 2 })),
  ),
  put("infrastructure_feedcontainer", { name: "Silo", hall_id: 2, capacity_kg: 100 }),
  put(
    "environmental_environmentalparameter",
    { name: "Temperature" },
    { name: "NO2" },
  ),
  // B-16: no parameter is called Salinity.
  put(
    "infrastructure_sensor",
    { sensor_type: "Temperature", container_id: 5, active: true },
    { sensor_type: "Salinity", container_id: 5, active: true },
  ),
  // B-21: the migrations' parameter and the program's.
  put(
    "health_healthparameter",
    { name: "Gill Condition", is_active: true, min_score: 0, max_score: 3 },
    { name: "Gill Health", is_active: true, min_score: 0, max_score: 3 },
  ),
  // B-31: one change of password, five saves of the profile.
  put(
    "users_historicaluserprofile",
    ...[1, 2, 3, 4, 5].map((n) => ({
      id: 1,
      history_id: n,
      history_type: n === 1 ? "+" : "~",
      full_name: "System Administrator",
      geography: "ALL",
      subsidiary: "ALL",
      role: "VIEW",
      language_preference: "en",
      date_format_preference: "DMY",
    })),
  ),
  // B-09, B-11: the coefficient divided by 1000, none by stage, and no constraints at all.
  put("scenario_tgcmodel", { name: "Scotland Standard TGC", tgc_value: 0.00235 }),
  put("scenario_mortalitymodel", { name: "Standard", frequency: "daily", rate: 0.03 }),
  put("batch_batch", {
    batch_number: "FI-2024-001",
    status: "COMPLETED",
    start_date: day(1),
    lifecycle_stage_id: 3,
    // B-04, live: completed with fish that never left their rings.
    actual_end_date: day(7),
  }),
  put(
    "batch_historicalbatch",
    ...["PLANNED", "ACTIVE", "COMPLETED", "ACTIVE", "COMPLETED"].map((status, i) => ({
      id: 1,
      history_id: i + 1,
      history_type: i === 0 ? "+" : "~",
      batch_number: "FI-2024-001",
      status,
    })),
  ),
  // B-23: of 209 eggs received nine are in no tray.
  put("batch_creationworkflow", {
    workflow_number: "CRT-FI-2024-001",
    batch_id: 1,
    total_eggs_received: 209,
    total_actions: 2,
    actions_completed: 2,
  }),
  put(
    "batch_creationaction",
    ...[1, 2].map((n) => ({
      workflow_id: 1,
      action_number: n,
      dest_assignment_id: n,
      egg_count_actual: 100,
      actual_delivery_date: day(1),
    })),
  ),
  put(
    "batch_batchcontainerassignment",
    stay(1, 1, 1, 3, 90),
    stay(2, 1, 1, 3, 80),
    // B-01: both tanks have the fish of the first tray.
    stay(3, 2, 3, 5, 90),
    stay(4, 2, 3, 5, 90),
    // B-32: harvested rings without a day of departure; the last is still in use (B-04).
    stay(5, 3, 5, null, 60),
    stay(6, 3, 5, null, 60),
    { ...stay(7, 3, 5, null, 60), is_active: true },
  ),
  put(
    "batch_mortalityevent",
    { batch_id: 1, assignment_id: 1, event_date: day(1), count: 10 },
    { batch_id: 1, assignment_id: 2, event_date: day(2), count: 20 },
  ),
  // B-05, B-06: no totals, no price, nothing posted.
  put(
    "batch_batchtransferworkflow",
    workflow(1, 2, 3, {}),
    workflow(2, 3, 5, { is_intercompany: true }),
  ),
  // B-02, B-03: ten tanks to fourteen rings in small: deaths are made up, and one ring comes from nowhere.
  put(
    "batch_transferaction",
    pour(1, [1, 3], 3, [90, 90, 0]),
    pour(1, [2, 4], 3, [80, 90, 0]),
    pour(2, [3, 5], 5, [90, 60, 30]),
    pour(2, [4, 6], 5, [90, 60, 30]),
  ),
  // B-13: the deaths of the eggs twice. B-35: the tank's states are written before its tray's.
  // B-14: an FCR on the first day. B-36: a sample takes the weight back to its cap.
  put(
    "batch_actualdailyassignmentstate",
    state(1, 3, 3, 90, 6, { observed_fcr: 0.02 }),
    state(2, 3, 4, 90, 8.7),
    state(3, 1, 1, 80, 0.1, { mortality_count: 10 }),
    state(4, 1, 2, 80, 0.1),
    state(5, 5, 5, 60, 8.7),
    state(6, 5, 6, 60, 6, { anchor_type: "growth_sample" }),
  ),
  // B-12: the temperature is read, and the states (above) have it from the profile. B-15: NO2 is
  // 0.05, always.
  put(
    "environmental_environmentalreading",
    ...Array.from({ length: 24 }, (_, n) => ({
      parameter_id: n < 4 ? 1 : 2,
      container_id: 5,
      sensor_id: 1,
      batch_id: 1,
      batch_container_assignment_id: 5,
      value: n < 4 ? 12 + n / 10 : 0.05,
      reading_time: `${day(9)} 08:00+00`,
    })),
  ),
  // B-17: a meal for nothing, and a lot that is eaten before it has come. B-18: more than fits.
  put("inventory_feedingevent", {
    batch_id: 1,
    batch_assignment_id: 3,
    container_id: 3,
    feeding_date: day(4),
    amount_kg: 1,
    feed_cost: 0,
  }),
  // B-19: random numbers have met.
  put(
    "inventory_feedpurchase",
    { batch_number: "AUTO-20240101-4711", quantity_kg: 80, cost_per_kg: 2.3 },
    { batch_number: "AUTO-20240101-4711", quantity_kg: 80, cost_per_kg: 2.3 },
  ),
  put(
    "inventory_feedcontainerstock",
    { feed_container_id: 1, feed_purchase_id: 1, quantity_kg: 79 },
    { feed_container_id: 1, feed_purchase_id: 2, quantity_kg: 80 },
  ),
  put(
    "inventory_historicalfeedcontainerstock",
    ...[["+", 1, 80], ["+", 2, 80], ["~", 1, 79]].map(([type, lot, kg], i) => ({
      history_id: i + 1,
      history_type: type!,
      id: lot!,
      feed_container_id: 1,
      feed_purchase_id: lot!,
      quantity_kg: kg!,
      entry_date: `${day(7)} 00:00+00`,
      history_date: `${day(4)} 08:00+00`,
    })),
  ),
  // B-20: lengths in the wrong unit.
  put("health_healthsamplingevent", {
    assignment_id: 5,
    sampling_date: day(6),
    avg_weight_g: 600,
    avg_length_cm: 126,
    avg_k_factor: 0.03,
  }),
  // B-07, B-08, B-22: no buyer, the first area's site beside a second one in capitals, fish lost.
  put("finance_dimcompany", { subsidiary: "FM", geography_id: 1 }),
  put(
    "finance_dimsite",
    { source_model: "area", source_pk: 1, site_name: "S-SEA-01" },
    { source_model: "AREA", source_pk: 1, site_name: "S-SEA-01" },
    { source_model: "area", source_pk: 2, site_name: "S-SEA-02" },
  ),
  put(
    "harvest_harvestevent",
    ...[5, 6].map((n) => ({
      batch_id: 1,
      assignment_id: n,
      event_date: `${day(7)} 10:00+00`,
      document_ref: `HRV-${n}`,
    })),
  ),
  put(
    "harvest_harvestlot",
    ...[1, 2].map((n) => ({ event_id: n, product_grade_id: 1, unit_count: 58 })),
  ),
  put(
    "finance_factharvest",
    ...[1, 2].map((n) => ({
      event_id: n,
      lot_id: n,
      product_grade_id: 1,
      unit_count: 58,
      dim_batch_id: 1,
      dim_company_id: 1,
      dim_site_id: 2,
      event_date: `${day(7)} 10:00+00`,
    })),
  ),
  // B-10: of 100,000 fish one dies in nine days. B-30: a scenario of fry begins with eggs.
  put(
    "scenario",
    { start_date: day(1), duration_days: 2, initial_count: 100_000, batch_id: 1 },
    { start_date: day(3), duration_days: 1, initial_count: 100_000, batch_id: 1 },
  ),
  put(
    "scenario_scenarioprojection",
    { scenario_id: 1, day_number: 1, population: 100_000, current_stage_id: 1 },
    { scenario_id: 1, day_number: 2, population: 99_999.7, current_stage_id: 1 },
    { scenario_id: 2, day_number: 1, population: 99_970, current_stage_id: 1 },
  ),
  // B-33: the last thirty days by the clock of the computer.
  put("inventory_containerfeedingsummary", {
    batch_id: 1,
    container_assignment_id: 5,
    period_start: "2026-10-02",
    period_end: "2026-11-01",
  }),
];
