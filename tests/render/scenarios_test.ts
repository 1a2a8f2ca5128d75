/** Rows of scenarios and their projections (domain.md#13). */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import { buildWorld } from "../../src/generate/build_world.ts";
import type { World } from "../../src/farm/world.ts";
import type { Schedule } from "../../src/schedule/format.ts";
import { fixtures, oneBatch, places, twoInOneArea } from "../small_farm.ts";
import { type Row, rowsOfDataset } from "./dataset.ts";
import { by, dayOf, grouped, type Rows, units } from "./rows.ts";

function worldWith(schedule: Schedule, laterScenarios: boolean): World {
  return buildWorld({ schedule, fixtures, infrastructure: places, seed: 21, laterScenarios });
}

const plan = twoInOneArea(
  { eggs: 3_000_001, geography: "Faroe Islands", duration: 470, target: 5.5 },
  13,
);
const baselines = rowsOfDataset(worldWith(plan, false));
const all = rowsOfDataset(worldWith(plan, true));
const single = rowsOfDataset(worldWith(oneBatch({ eggs: 100_000, duration: 1 }), false));

/** Name, days, supplier, and day of a life by kind of scenario. */
const KINDS = [
  ["Baseline Projection", 760, "External", 0],
  ["From Batch (Parr)", 720, "Internal Broodstock", 180],
  ["Sea Growth Forecast", 450, "Internal", 450],
] as const;

function kindOf(scenario: Row): typeof KINDS[number] {
  return KINDS.find(([name]) => scenario.name!.startsWith(`${name} - `))!;
}

function checkScenarios(rows: Rows): void {
  const batches = by(rows("batch_batch"), "id");
  const projections = grouped(rows("scenario_scenarioprojection"), (row) => row.scenario_id!);
  for (const scenario of rows("scenario")) {
    const batch = batches.get(scenario.batch_id!)!;
    const [name, days, supplier, index] = kindOf(scenario);
    const geography = batch.batch_number!.startsWith("SCO") ? "Scotland" : "Faroe Islands";
    assertEquals(scenario.name, `${name} - ${batch.batch_number}`);
    assertEquals([scenario.duration_days, scenario.supplier], [String(days), supplier]);
    assertEquals(dayOf(scenario.start_date), dayOf(batch.start_date) + index);
    assertEquals(scenario.created_at, `${scenario.start_date}T00:00:00Z`);
    assertEquals(scenario.genotype, `Standard ${geography}`);
    assertEquals(scenario.biological_constraints_id, "");
    assertEquals(batch.pinned_scenario_id === scenario.scenario_id, index === 0);

    const own = projections.get(scenario.scenario_id!)!;
    assertEquals(own.length, days);
    let weight = Number(scenario.initial_weight);
    let fish = Number(scenario.initial_count);
    let eaten = 0;
    own.forEach((row, i) => {
      assertEquals(row.day_number, String(i + 1));
      assertEquals(dayOf(row.projection_date), dayOf(scenario.start_date) + i);
      assertEquals(row.current_stage_id, String(Math.min(6, Math.floor((index + i) / 90) + 1)));
      for (const column of ["average_weight", "population", "biomass", "daily_feed"]) {
        assertMatch(row[column]!, /^\d+\.\d{6}$/);
      }
      assert(Number(row.average_weight) >= weight, `day ${i + 1} of ${scenario.name}`);
      weight = Number(row.average_weight);
      fish -= Math.round(fish * 0.0003);
      eaten += units(row.daily_feed, 6);
      assertEquals(Number(row.population), fish);
      assertAlmostEquals(Number(row.biomass), weight * fish / 1000, 0.006 + 1e-9 * fish);
      assertEquals(units(row.cumulative_feed, 6), eaten);
    });
    assertEquals(eaten % 1_000, 0, "feed has three decimals");
  }
}

Deno.test("a batch has a baseline of 760 days, pinned on its first day", () => {
  for (const [rows, batches] of [[baselines, 2], [single, 1]] as const) {
    checkScenarios(rows);
    assertEquals(rows("scenario").length, batches);
    assertEquals(rows("scenario_scenarioprojection").length, 760 * batches);
    for (const batch of rows("batch_batch")) {
      const pinned = by(rows("scenario"), "scenario_id").get(batch.pinned_scenario_id!)!;
      assertEquals(pinned.start_date, batch.start_date);
    }
  }
});

Deno.test("a baseline begins with all eggs of 0.1 g", () => {
  const eggs = by(baselines("batch_creationworkflow"), "batch_id");
  for (const scenario of baselines("scenario")) {
    assertEquals(scenario.initial_count, eggs.get(scenario.batch_id!)!.total_eggs_received);
    assertEquals(Number(scenario.initial_weight), 0.1);
  }
});

Deno.test("later scenarios begin with the fish that entered their stage", () => {
  checkScenarios(all);
  assertEquals(all("scenario").length, 6);
  const workflows = all("batch_batchtransferworkflow");
  for (const scenario of all("scenario")) {
    const index = kindOf(scenario)[3];
    if (index === 0) continue;
    const workflow = workflows.find((one) =>
      one.batch_id === scenario.batch_id && one.actual_start_date === scenario.start_date
    )!;
    assertEquals(scenario.initial_count, workflow.total_transferred_count);
    assertEquals(Number(scenario.initial_weight), index === 180 ? 6 : 500);
  }
  const days = all("scenario").map((row) => row.start_date!);
  assertEquals(days, days.toSorted());
});

Deno.test("B-30: a scenario that begins with parr grows from its first day, as parr", () => {
  const parr = all("scenario").find((row) => row.name!.startsWith("From Batch"))!;
  const own = all("scenario_scenarioprojection").filter((row) =>
    row.scenario_id === parr.scenario_id
  );
  assertEquals([own[0]!.current_stage_id, own[90]!.current_stage_id], ["3", "4"]);
  assertAlmostEquals(Number(own[0]!.average_weight), (Math.cbrt(6) + 0.033) ** 3, 1e-6);
  assert(Number(own[0]!.daily_feed) > 0);
});

Deno.test("later scenarios change nothing but scenarios", () => {
  for (const table of ["batch_batch", "batch_mortalityevent", "batch_actualdailyassignmentstate"]) {
    // The pinned scenario of the second batch has another number: it is created after the first's.
    const without = (rows: Rows) => rows(table).map((row) => ({ ...row, pinned_scenario_id: "" }));
    assertEquals(without(all), without(baselines), table);
  }
});
