// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertThrows } from "@std/assert";
import { allTables, tableNamed } from "../../src/tables/catalog.ts";
import { headerOf, type Table } from "../../src/tables/description.ts";
import { type CatalogTable, recorded, recordedGroups } from "./recorded_schema.ts";

function byName<Row extends { readonly name: string }>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((a, b) => a.name < b.name ? -1 : 1);
}

/** A description in the shape of the recorded catalog. */
function asCatalog(table: Table): CatalogTable {
  return {
    name: table.name,
    columns: table.columns.map(({ name, type, nullable, identity }) =>
      [name, type, nullable, identity] as const
    ),
    primaryKey: table.primaryKey,
    unique: byName(table.unique),
    checks: byName(table.checks),
    references: byName(
      table.columns.flatMap(({ name, references }) =>
        references === undefined ? [] : [{
          name: references.constraint,
          column: name,
          table: references.table,
          to: references.column,
        }]
      ),
    ),
    indexes: byName(table.indexes),
  };
}

Deno.test("allTables describes every recorded table once", () => {
  assertEquals(
    allTables.map((table) => table.name).sort(),
    recorded.tables.map((table) => table.name).sort(),
  );
});

for (const table of recorded.tables) {
  Deno.test(`${table.name} is described as AquaMind's catalog has it`, () => {
    const description = tableNamed(table.name);
    assertEquals(asCatalog(description), table);
    assertEquals(description.group, recordedGroups.get(table.name));
  });
}

Deno.test("every table and column has a meaning of one line that is no echo of its name", () => {
  for (const table of allTables) {
    for (const { name, meaning } of [table, ...table.columns]) {
      assert(meaning.trim().length > 1 && !meaning.includes("\n"), `${table.name}: ${name}`);
      const plain = meaning.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_");
      assert(plain !== name && `${plain}_id` !== name, `${table.name}: ${name}: ${meaning}`);
    }
  }
});

Deno.test("columns of weight, length and temperature name their unit", () => {
  const units: readonly (readonly [RegExp, RegExp])[] = [
    [/_kg$/, /\bkg\b/],
    [/_g$/, /\bg\b/],
    [/_cm$/, /\bcm\b/],
    [/_m3$/, /m³/],
    [/temp/, /°C|temperature in|Temperature profile|of the temperature/],
    [/percent/, /%/],
    [/_days$/, /[Dd]ays/],
  ];
  for (const table of allTables) {
    for (const { name, type, meaning } of table.columns) {
      for (const [ending, unit] of units) {
        if (!ending.test(name) || !/numeric|double|integer/.test(type)) continue;
        if (name === "cost_per_kg" || name === "price_per_kg") continue;
        assert(unit.test(meaning), `${table.name}.${name}: ${meaning}`);
      }
    }
  }
});

Deno.test("tableNamed() finds a table and refuses an unknown name", () => {
  assertEquals(tableNamed("batch_batch").primaryKey.name, "batch_batch_pkey");
  assertThrows(() => tableNamed("batch_fish"), RangeError, "batch_fish");
});

Deno.test("headerOf() lists the columns in the catalog's order", () => {
  assertEquals(
    headerOf(tableNamed("batch_individualgrowthobservation")),
    "id,fish_identifier,weight_g,length_cm,created_at,updated_at,growth_sample_id",
  );
});
