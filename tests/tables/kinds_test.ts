// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { allTables, tableNamed } from "../../src/tables/catalog.ts";
import type { TableKind } from "../../src/tables/description.ts";

/** Static too, but filled in an empty target only. */
const DJANGO_MADE = ["auth_permission", "django_content_type"];

function named(kind: TableKind): readonly string[] {
  return allTables.filter((table) => table.kind === kind).map((table) => table.name)
    .filter((name) => !DJANGO_MADE.includes(name)).sort();
}

Deno.test("105 tables are filled, besides permissions and content types", () => {
  const counts = (["static", "windowed", "joined", "entity", "as-of"] as const).map((kind) =>
    [kind, named(kind).length] as const
  );
  assertEquals(counts, [
    ["static", 53],
    ["windowed", 19],
    ["joined", 29],
    ["entity", 4],
    ["as-of", 0],
  ]);
  for (const name of DJANGO_MADE) assertEquals(tableNamed(name).kind, "static");
});

Deno.test("static are infrastructure and its history, filled master data, users and profiles", () => {
  const histories = allTables.filter((table) =>
    table.group === "history" && table.kind === "static" &&
    !table.name.startsWith("infrastructure_")
  );
  const empty = [
    "historian_tag",
    "historian_tag_link",
    "scenario_fcr_model_stage_override",
    "scenario_mortality_model_stage",
  ];
  assertEquals(
    allTables.filter((table) => table.group === "master" && table.kind !== "static")
      .map((table) => table.name).sort(),
    empty,
  );
  for (const table of allTables) {
    if (table.name.startsWith("infrastructure_")) assertEquals(table.kind, "static", table.name);
  }
  assertEquals(histories.map((table) => table.name).sort(), [
    "auth_historicaluser",
    "batch_historicallifecyclestage",
    "batch_historicalspecies",
    "broodstock_historicaleggsupplier",
    "environmental_historicalenvironmentalparameter",
    "finance_historicalintercompanypolicy",
    "harvest_historicalproductgrade",
    "health_historicalhealthparameter",
    "health_historicalparameterscoredefinition",
    "inventory_historicalfeed",
    "users_historicaluserprofile",
  ]);
});

Deno.test("windowed are the large event tables, and the feeding summaries", () => {
  assertEquals(named("windowed"), [
    "batch_actualdailyassignmentstate",
    "batch_growthsample",
    "batch_historicalbatchcontainerassignment",
    "batch_historicalgrowthsample",
    "batch_historicalindividualgrowthobservation",
    "batch_historicalmortalityevent",
    "batch_individualgrowthobservation",
    "batch_mortalityevent",
    "environmental_environmentalreading",
    "health_fishparameterscore",
    "health_historicallicecount",
    "health_licecount",
    "inventory_batchfeedingsummary",
    "inventory_containerfeedingsummary",
    "inventory_feedingevent",
    "inventory_historicalbatchfeedingsummary",
    "inventory_historicalcontainerfeedingsummary",
    "inventory_historicalfeedcontainerstock",
    "inventory_historicalfeedingevent",
  ]);
});

Deno.test("joined are the small event tables", () => {
  assertEquals(named("joined"), [
    "batch_creationaction",
    "batch_creationworkflow",
    "batch_historicalbatch",
    "batch_historicalbatchcreationworkflow",
    "batch_historicalbatchtransferworkflow",
    "batch_historicalcreationaction",
    "batch_historicaltransferaction",
    "batch_transferaction",
    "finance_factharvest",
    "finance_historicalfactharvest",
    "finance_historicalintercompanytransaction",
    "finance_intercompanytransaction",
    "harvest_harvestevent",
    "harvest_harvestlot",
    "harvest_historicalharvestevent",
    "harvest_historicalharvestlot",
    "health_healthlabsample",
    "health_healthsamplingevent",
    "health_historicalhealthlabsample",
    "health_historicalhealthsamplingevent",
    "health_historicaljournalentry",
    "health_historicaltreatment",
    "health_individualfishobservation",
    "health_journalentry",
    "health_treatment",
    "inventory_feedpurchase",
    "inventory_historicalfeedpurchase",
    "scenario",
    "scenario_scenarioprojection",
  ]);
});

Deno.test("entities are batches, stays, transfers and feed lots; no table is as of a date", () => {
  assertEquals(named("entity"), [
    "batch_batch",
    "batch_batchcontainerassignment",
    "batch_batchtransferworkflow",
    "inventory_feedcontainerstock",
  ]);
  // The feeding summaries were, before 0.4.0.
  assertEquals(named("as-of"), []);
});

Deno.test("every event table but the projection names a column that dates its rows", () => {
  for (const table of allTables) {
    const event = table.kind === "windowed" || table.kind === "joined";
    assertEquals(
      table.day !== undefined,
      event && table.name !== "scenario_scenarioprojection",
      table.name,
    );
    if (table.day === undefined) continue;
    const column = table.columns.find(({ name }) => name === table.day);
    assert(column?.type === "date" || column?.type === "timestamp with time zone", table.name);
    assert(!column.nullable, table.name);
  }
});
