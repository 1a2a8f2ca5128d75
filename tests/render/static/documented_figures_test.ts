// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { createHash } from "node:crypto";
import type { PlainValue } from "../../../src/render/plain_row.ts";
import type { StaticRow } from "../../../src/render/static/rows.ts";
import { base, count, fixtures, full, rowsOf } from "./both_options.ts";

/** How many rows have each value of a column. */
function tally(rows: readonly StaticRow[], column: string): Map<PlainValue, number> {
  const counts = new Map<PlainValue, number>();
  for (const row of rows) counts.set(row[column]!, (counts.get(row[column]!) ?? 0) + 1);
  return counts;
}

function infrastructureCounts(tables: typeof base): number[] {
  const containers = rowsOf("infrastructure_container", tables);
  return [
    count("infrastructure_geography", tables),
    count("infrastructure_freshwaterstation", tables),
    count("infrastructure_hall", tables),
    containers.filter((row) => row.hall_id !== null).length,
    count("infrastructure_area", tables),
    containers.filter((row) => row.area_id !== null).length,
    count("infrastructure_feedcontainer", tables),
    count("infrastructure_sensor", tables),
  ];
}

Deno.test("A-01: infrastructure counts", () => {
  assertEquals(infrastructureCounts(base), [2, 22, 110, 1100, 42, 840, 236, 11060]);
  assertEquals(infrastructureCounts(full), [3, 25, 120, 1157, 43, 860, 245, 11140]);
});

Deno.test("A-02: more than 2,000 active containers with the documented totals", () => {
  const active = (tables: typeof base) =>
    rowsOf("infrastructure_container", tables).filter((row) => row.active).length;
  assertEquals([active(base), active(full)], [1940, 2017]);
});

Deno.test("A-03: halls, areas and containers are equipped, the area of the totals too", () => {
  for (const tables of [base, full]) {
    const containers = rowsOf("infrastructure_container", tables);
    const stores = rowsOf("infrastructure_feedcontainer", tables);
    for (const hall of rowsOf("infrastructure_hall")) {
      const inside = containers.filter((row) => row.hall_id === hall.id);
      assertEquals(inside.length, 10);
      assertEquals(tally(inside, "container_type_id").size, 1);
      assertEquals(stores.filter((row) => row.hall_id === hall.id).length, 1);
    }
    for (const area of rowsOf("infrastructure_area", tables)) {
      assertEquals(containers.filter((row) => row.area_id === area.id).length, 20);
      assertEquals(stores.filter((row) => row.area_id === area.id).length, 3);
    }
    const sensors = tally(rowsOf("infrastructure_sensor", tables), "container_id");
    const spare = (row: StaticRow) => Number(row.hall_id) > 110;
    for (const row of containers) {
      const expected = row.hall_id === null ? 4 : spare(row) ? undefined : 7;
      assertEquals(sensors.get(row.id!), expected);
    }
  }
});

Deno.test("A-04: silos and barges have their capacity", () => {
  const silos: Record<string, string> = {
    A: "5000.00",
    B: "10000.00",
    C: "15000.00",
    D: "20000.00",
    E: "30000.00",
  };
  for (const tables of [base, full]) {
    const halls = new Map(rowsOf("infrastructure_hall", tables).map((row) => [row.id, row]));
    for (const store of rowsOf("infrastructure_feedcontainer", tables)) {
      const letter = String(halls.get(store.hall_id!)?.name ?? "").slice(-1);
      const expected = store.area_id === null ? silos[letter] ?? "5000.00" : "50000.00";
      assertEquals(store.capacity_kg, expected);
    }
  }
});

Deno.test("A-05: master data counts", () => {
  const tables = {
    batch_species: 1,
    batch_lifecyclestage: 6,
    environmental_environmentalparameter: 8,
    inventory_feed: 6,
    health_healthparameter: 14,
    health_mortalityreason: 8,
    health_sampletype: 5,
    health_vaccinationtype: 3,
    auth_user: 4,
    users_userprofile: 4,
    harvest_productgrade: 5,
    health_licetype: 15,
    broodstock_eggsupplier: 2,
    infrastructure_containertype: 8,
    django_content_type: 160,
    auth_permission: 641,
  };
  for (const [table, rows] of Object.entries(tables)) {
    assertEquals([table, count(table)], [table, rows]);
  }
});

Deno.test("A-06: feeds have the names that the application looks for", () => {
  assertEquals(rowsOf("inventory_feed").map((row) => row.name), [
    "Starter Feed 0.5mm",
    "Starter Feed 1.0mm",
    "Grower Feed 2.0mm",
    "Grower Feed 3.0mm",
    "Finisher Feed 4.5mm",
    "Finisher Feed 6.0mm",
  ]);
});

Deno.test("A-07: every active health parameter has a definition of each score", () => {
  const definitions = rowsOf("health_parameterscoredefinition");
  for (const parameter of rowsOf("health_healthparameter")) {
    const scores = definitions.filter((row) => row.parameter_id === parameter.id)
      .map((row) => [row.score_value, row.label, row.display_order]);
    assertEquals(
      scores,
      parameter.is_active
        ? [[0, "Great", 0], [1, "Fair", 1], [2, "Poor", 2], [3, "Critical", 3]]
        : [],
    );
    assertEquals([parameter.min_score, parameter.max_score], [0, 3]);
  }
});

Deno.test("A-10: the scenario models are complete", () => {
  const days = rowsOf("scenario_temperaturereading");
  assertEquals([...tally(days, "profile_id").values()], [450, 450, 450, 450]);
  assertEquals(Math.max(...days.map((row) => row.day_number as number)), 450);
  for (const stage of rowsOf("batch_lifecyclestage")) {
    assert(stage.expected_weight_min_g !== null && stage.expected_weight_max_g !== null);
  }
  assertEquals([...tally(rowsOf("scenario_tgc_model_stage"), "tgc_model_id").values()], [6, 6]);
  assertEquals([...tally(rowsOf("scenario_fcrmodelstage"), "model_id").values()], [6]);
  assertEquals(count("scenario_mortalitymodel"), 1);
  assertEquals(count("scenario_biological_constraints"), 1);
  assertEquals(count("scenario_stage_constraint"), 6);
  const profiles = rowsOf("scenario_temperatureprofile");
  for (const model of rowsOf("scenario_tgcmodel")) {
    const profile = profiles.find((row) => row.profile_id === model.profile_id)!;
    assertEquals(profile.name, `${model.location} Sea Temperature`);
  }
});

Deno.test("A-11: finance has 6 companies, 64 sites and 18 policies, and a site more with the extras", () => {
  for (const [tables, sites] of [[base, 64], [full, 65]] as const) {
    assertEquals(count("finance_dimcompany", tables), 6);
    assertEquals(count("finance_dimsite", tables), sites);
    assertEquals(count("finance_intercompanypolicy", tables), 18);
  }
  const site = rowsOf("finance_dimsite", full).at(-1)!;
  assertEquals(
    [site.site_name, site.source_model, site.source_pk],
    ["Faroe Islands Sea Area 1", "area", 43],
  );
  assertEquals(rowsOf("finance_dimsite", full).slice(0, 64), rowsOf("finance_dimsite"));
  const policies = rowsOf("finance_intercompanypolicy");
  const keys = policies.map((row) =>
    [
      row.from_company_id,
      row.to_company_id,
      row.pricing_basis,
      row.product_grade_id,
      row.lifecycle_stage_id,
    ].join()
  );
  assertEquals(new Set(keys).size, 18);
  const prices = policies.filter((row) => row.pricing_basis === "lifecycle")
    .map((row) => [row.method, row.to_company_id, row.lifecycle_stage_id, row.price_per_kg]);
  assertEquals(prices, [
    ["standard", 2, 3, "7.50"],
    ["standard", 2, 4, "11.00"],
    ["standard", 2, 5, "13.00"],
    ["standard", 5, 3, "8.50"],
    ["standard", 5, 4, "12.50"],
    ["standard", 5, 5, "15.00"],
  ]);
  const grades = rowsOf("harvest_productgrade");
  const harvest = policies.filter((row) => row.from_company_id === 2)
    .map((
      row,
    ) => [grades.find((grade) => grade.id === row.product_grade_id)!.code, row.markup_percent]);
  assertEquals(harvest, [
    ["GRADE_A", "10.000"],
    ["GRADE_B", "10.000"],
    ["GRADE_C", "10.000"],
    ["REJECT", "10.000"],
    ["SUPERIOR", "10.000"],
  ]);
});

Deno.test("B-08: sites name their source in lower case and belong to the company of the place", () => {
  const companies = rowsOf("finance_dimcompany");
  const sources = {
    station: { table: "infrastructure_freshwaterstation", subsidiary: "FW", rows: 22 },
    area: { table: "infrastructure_area", subsidiary: "FM", rows: 42 },
  };
  for (const [model, { table, subsidiary, rows }] of Object.entries(sources)) {
    const sites = rowsOf("finance_dimsite").filter((row) => row.source_model === model);
    assertEquals(sites.length, rows);
    for (const site of sites) {
      const place = rowsOf(table).find((row) => row.id === site.source_pk)!;
      const company = companies.find((row) => row.company_id === site.company_id)!;
      assertEquals(site.site_name, place.name!);
      assertEquals(company.subsidiary, subsidiary);
      assertEquals(company.geography_id, place.geography_id!);
    }
  }
});

Deno.test("B-09: TGC is per 1000 degree-days, in models and stages", () => {
  assertEquals(rowsOf("scenario_tgcmodel").map((row) => [row.location, row.tgc_value]), [
    ["Faroe Islands", 2.45],
    ["Scotland", 2.35],
  ]);
  const stages = rowsOf("scenario_tgc_model_stage").map((row) => row.tgc_value);
  const values = ["0.0000", "2.2500", "2.7500", "2.7500", "3.2500", "3.1000"];
  assertEquals(stages, [...values, ...values]);
});

Deno.test("B-11: stage constraints go by the name of the stage, at most 20 characters", () => {
  const names = rowsOf("batch_lifecyclestage").map((row) => row.name);
  const constraints = rowsOf("scenario_stage_constraint");
  assertEquals(constraints.map((row) => row.lifecycle_stage), names);
  assert(names.every((name) => String(name).length <= 20));
  assertEquals(constraints.map((row) => [row.typical_duration_days, row.max_freshwater_weight_g]), [
    [80, "0.50"],
    [90, "6.00"],
    [90, "60.00"],
    [90, "180.00"],
    [90, "500.00"],
    [500, null],
  ]);
});

Deno.test("B-16: Salinity is a parameter, every ring has a sensor of it, and the sea has its own bases", () => {
  const salinity = rowsOf("environmental_environmentalparameter").find((row) =>
    row.name === "Salinity"
  )!;
  assertEquals([salinity.id, salinity.unit], [8, "ppt"]);
  const sensors = rowsOf("infrastructure_sensor").filter((row) => row.sensor_type === "Salinity");
  assertEquals(sensors.length, 840);
  const bases = fixtures.profile.readings.parameters;
  assertEquals(bases.find((one) => one.name === "Salinity")?.sea, 33);
  assertEquals(bases.find((one) => one.name === "Temperature")?.sea, 9);
});

Deno.test("B-21: nine health parameters are active, with the ids of a migrated database kept", () => {
  const rows = rowsOf("health_healthparameter");
  const byActive = (active: boolean) =>
    rows.filter((row) => row.is_active === active).map((row) => [row.id, row.name]);
  assertEquals(byActive(true), [
    [2, "Eye Condition"],
    [4, "Fin Condition"],
    [5, "Body Condition"],
    [6, "Swimming Behavior"],
    [10, "Gill Health"],
    [11, "Wounds and Skin Condition"],
    [12, "Appetite and Feeding Response"],
    [13, "Mucous Membrane Condition"],
    [14, "Color and Pigmentation"],
  ]);
  assertEquals(byActive(false), [
    [1, "Gill Condition"],
    [3, "Wounds/Lesions"],
    [7, "Appetite"],
    [8, "Mucous Membrane"],
    [9, "Color/Pigmentation"],
  ]);
});

Deno.test("B-31: a user has one profile and the profile one history row", () => {
  assertEquals(rowsOf("users_userprofile").map((row) => row.user_id), [1, 2, 3, 4]);
  assertEquals(rowsOf("users_historicaluserprofile").map((row) => [row.id, row.history_type]), [
    [1, "+"],
    [2, "+"],
    [3, "+"],
    [4, "+"],
  ]);
});

Deno.test("nobody can log in with the password of a dataset", () => {
  for (const user of rowsOf("auth_user")) {
    assert(String(user.password).startsWith("!"));
    assertEquals(user.is_superuser, false);
  }
  assertEquals(rowsOf("auth_user").map((row) => row.is_staff), [true, false, false, false]);
});

Deno.test("rows of the migrations are as a migrated database has them", () => {
  assertEquals(rowsOf("health_mortalityreason")[0], {
    id: 1,
    name: "UNKNOWN",
    description: "Unknown or unspecified mortality reason",
  });
  const types = rowsOf("health_licetype").map((row) =>
    [
      row.species,
      row.gender,
      row.development_stage,
      row.description,
    ].join("|")
  );
  assertEquals(
    createHash("sha256").update(types.join("\n")).digest("hex"),
    "9a2f019f4c7621996efb7ccfb5e1604526261445db1c0d93c9ce3c875ed4d185",
  );
});
