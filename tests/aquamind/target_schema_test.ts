// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { requireSameColumns } from "../../src/load/admission.ts";
import {
  adapted,
  SAME_SCHEMA,
  schemaMappingOf,
  schemaMappingTo,
} from "../../src/aquamind/target_schema.ts";
import type { Schema } from "../../src/aquamind/schema_mapping.ts";
import { addedTables } from "../../src/aquamind/added_tables.ts";
import { recognize } from "../../src/aquamind/recognize.ts";
import { type Catalog, readCatalog } from "../../src/aquamind/catalog.ts";
import { differences } from "../../src/aquamind/differences.ts";
import { connect, type Target } from "../../src/postgres/target.ts";
import { allTables, tableNamed } from "../../src/tables/catalog.ts";
import type { Table } from "../../src/tables/description.ts";
import { ask, startTestServer } from "../load/databases.ts";
import { aquamindCatalog, asTable, freshAquamind } from "./build.ts";

const test = await startTestServer();
Deno.test.afterAll(() => test.end());

/** The tables that a dataset fills. */
const filled = allTables.filter(({ kind }) => kind !== "empty");

/** Reads the catalog of a fresh database to which something was done. */
async function spoilt<Answer>(
  schema: Schema,
  statements: readonly string[],
  judge: (catalog: Catalog, target: Target) => Answer,
): Promise<Answer> {
  const url = await freshAquamind(test, schema);
  if (statements.length > 0) await ask(url, ...statements);
  const target = await connect(url);
  try {
    return judge(await readCatalog(target, allTables), target);
  } finally {
    await target.close();
  }
}

for (const schema of ["2025-11", "2026-03"] as const) {
  Deno.test(`a database of ${schema} is recognized and differs in nothing`, async () => {
    await spoilt(schema, [], (catalog) => {
      assertEquals(recognize(catalog), schema);
      assertEquals(schemaMappingOf(catalog), schemaMappingTo(schema));
      assertEquals(differences(filled, catalog, schemaMappingTo(schema)), []);
    });
  });
}

/** The recorded catalog as `readCatalog` reads it, without the columns named `table.column`. */
function catalogOf(schema: Schema, gone: readonly string[] = []): Catalog {
  return new Map(
    aquamindCatalog(schema).tables.map(({ name: table, columns }) => [
      table,
      columns.filter(([name]) => !gone.includes(`${table}.${name}`)).map((
        [name, type, nullable, identity],
      ) => ({ name, type, nullable, numbered: identity, filled: identity })),
    ]),
  );
}

Deno.test("a database of 2026-03 differs from 2025-11 in columns and two types", () => {
  assertEquals(differences(filled, catalogOf("2026-03"), SAME_SCHEMA).toSorted(), [
    "column batch_batch.pinned_scenario_id is missing",
    "column batch_batchtransferworkflow.is_dynamic_execution (boolean NOT NULL) is unknown",
    "column batch_historicalbatch.pinned_scenario_id is missing",
    "column batch_historicalbatchtransferworkflow.is_dynamic_execution (boolean NOT NULL) is unknown",
    "column batch_historicaltransferaction.allow_mixed (boolean NOT NULL) is unknown",
    "column batch_historicaltransferaction.created_via (character varying(20) NOT NULL) is unknown",
    "column batch_transferaction.allow_mixed (boolean NOT NULL) is unknown",
    "column batch_transferaction.created_via (character varying(20) NOT NULL) is unknown",
    "column infrastructure_container.hierarchy_role (character varying(20) NOT NULL) is unknown",
    "column infrastructure_historicalcontainer.hierarchy_role (character varying(20) NOT NULL) is unknown",
    "column scenario_scenarioprojection.scenario_id is missing",
    "column users_historicaluserprofile.role is character varying(20), expected character varying(5)",
    "column users_userprofile.role is character varying(20), expected character varying(5)",
  ]);
});

Deno.test("a database of 2025-11 lacks columns and tables of 2026-03", () => {
  const found = differences(filled, catalogOf("2025-11"), schemaMappingTo("2026-03"));
  assertEquals(found.filter((line) => line.endsWith(" is missing")).length, 13 + 5);
  assertEquals(
    found.filter((line) => !line.endsWith(" is missing") && !line.includes(".role is ")),
    ["column scenario_scenarioprojection.scenario_id (bigint NOT NULL) is unknown"],
  );
});

Deno.test("a database without AquaMind's tables is of no schema and judged as the dataset's", () => {
  assertEquals(recognize(new Map()), undefined);
  assertEquals(recognize(new Map([["infrastructure_geography", []]])), undefined);
  assertEquals(schemaMappingOf(new Map()), SAME_SCHEMA);
});

Deno.test("a spoilt database is recognized and every difference named", async () => {
  const error = await spoilt(
    "2026-03",
    [
      "alter table infrastructure_container drop column hierarchy_role",
      "alter table scenario_scenarioprojection alter projection_run_id type integer",
      "alter table scenario_projection_run alter run_id drop identity",
      "alter table finance_core_costcenter alter site_id set not null, drop column parent_id",
      "alter table batch_batch drop column notes",
      "alter table users_userprofile alter role type varchar(5)",
      "alter table infrastructure_area alter area_group_id set not null",
      "drop table finance_core_historicalcostcenterbatchlink",
    ],
    (catalog, target) => assertThrows(() => requireSameColumns(target, filled, catalog), ReddError),
  );
  assertEquals([error.fault, error.code], ["input", "TARGET_DIFFERS"]);
  const [, after = ""] = error.message.split("those of AquaMind's ");
  assertEquals(after.split(/[;.] (?=column|table|Load)/).sort(), [
    "2026-03 schema: column users_userprofile.role is character varying(5), expected character varying(20)",
    "Load into a database that this version of AquaMind has migrated, or an empty one.",
    "column batch_batch.notes is missing",
    "column finance_core_costcenter.parent_id is missing",
    "column finance_core_costcenter.site_id is NOT NULL, expected nullable",
    "column infrastructure_area.area_group_id (bigint NOT NULL) is unknown",
    "column infrastructure_container.hierarchy_role is missing",
    "column scenario_projection_run.run_id has no sequence, expected an identity",
    "column scenario_scenarioprojection.projection_run_id is integer, expected bigint",
    "table finance_core_historicalcostcenterbatchlink is missing",
  ]);
});

Deno.test("a database of 2025-11 that lost some of it is still one of 2025-11", () => {
  const catalog = catalogOf("2025-11", ["batch_batch.pinned_scenario_id"]);
  assertEquals(recognize(catalog), "2025-11");
  assertEquals(differences(filled, catalog, schemaMappingOf(catalog)), [
    "column batch_batch.pinned_scenario_id is missing",
  ]);
});

Deno.test("a database is of the schema of which it has more", () => {
  const [leftover] = catalogOf("2025-11").get("scenario_historicaltgcmodel")!;
  const older = new Map([...catalogOf("2026-03"), ["scenario_historicaltgcmodel", [leftover!]]]);
  assertEquals(recognize(older), "2026-03");
  const foreign = { name: "hierarchy_role", type: "text", nullable: true, numbered: false };
  const columns = [...catalogOf("2025-11").get("infrastructure_container")!];
  columns.push({ ...foreign, filled: false });
  const newer = new Map([...catalogOf("2025-11"), ["infrastructure_container", columns]]);
  assertEquals(recognize(newer), "2025-11");
});

/** What of a description the recorded catalog knows as well. */
function recordable({ name, columns, primaryKey, unique, checks, indexes }: Table): unknown {
  return {
    name,
    columns: columns.map(({ meaning: _, ...column }) => column),
    primaryKey,
    unique,
    checks,
    indexes,
  };
}

for (const table of addedTables) {
  Deno.test(`${table.name} is described as AquaMind's catalog has it`, () => {
    const found = aquamindCatalog("2026-03").tables.find(({ name }) => name === table.name)!;
    assertEquals(recordable(table), recordable(asTable(found)));
  });
}

Deno.test("a description that needs no mapping stays as it is", () => {
  const species = tableNamed("batch_species");
  assertEquals(adapted(species, schemaMappingTo("2026-03")), species);
});

Deno.test("of very many differences the first are named and the others counted", async () => {
  const error = await spoilt(
    "2026-03",
    [],
    (_, target) =>
      assertThrows(
        () => requireSameColumns(target, filled, new Map(), SAME_SCHEMA),
        ReddError,
      ),
  );
  assertEquals(error.message.match(/table \w+ is missing/g)?.length, 20);
  const rest = `is missing; and ${filled.length - 20} more. Load into`;
  assertStringIncludes(error.message, rest);
});

Deno.test("what 2026-03 has besides the adapted columns may be NULL, and what it lacks is named", () => {
  const mapping = schemaMappingTo("2026-03");
  const recorded = new Map(
    aquamindCatalog("2026-03").tables.map((table) => [table.name, table.columns]),
  );
  assertEquals(
    allTables.map(({ name }) => name).filter((name) => !recorded.has(name)).sort(),
    mapping.missing.toSorted(),
  );
  for (const table of allTables) {
    const columns = recorded.get(table.name);
    if (columns === undefined) continue;
    const own = new Set(table.columns.map(({ name }) => name));
    const there = new Set(columns.map(([name]) => name));
    assertEquals(
      [...own].filter((name) => !there.has(name)),
      [...mapping.without[table.name] ?? []],
    );
    assertEquals(Object.keys(mapping.back[table.name] ?? {}), [
      ...mapping.without[table.name] ?? [],
    ]);
    const given = Object.keys(mapping.columns[table.name] ?? {});
    const needed = columns.filter(([name, , nullable]) => !own.has(name) && !nullable);
    for (const [name] of needed) assertEquals(given.includes(name), true, `${table.name}.${name}`);
    for (const name of given) assertEquals(there.has(name), true, `${table.name}.${name}`);
  }
});
