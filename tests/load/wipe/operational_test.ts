// @ts-types="../../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { OPERATIONAL, OPERATIONAL_SINCE_2026_03 } from "../../../src/load/wipe/operational.ts";
import type { CatalogTable } from "../../tables/recorded_schema.ts";

/** Tables of a recorded schema with the group that AquaMind's documents give them. */
async function recordedTables(schema: string): Promise<readonly (CatalogTable & Grouped)[]> {
  const file = new URL(`../../tables/schema-${schema}.jsonl`, import.meta.url);
  return (await Deno.readTextFile(file)).trimEnd().split("\n")
    .map((line) => JSON.parse(line))
    .filter((line) => line.table !== undefined)
    .map(({ group, table }) => ({ ...table, group }));
}

interface Grouped {
  readonly group: string;
}

const schemas = {
  "2025-11": await recordedTables("2025-11"),
  "2026-03": await recordedTables("2026-03"),
};

/** Two histories whose names do not tell the live table's. */
const LIVE: Readonly<Record<string, string>> = {
  batch_historicalbatchcreationworkflow: "batch_creationworkflow",
  scenario_historicalbiologicalconstraints: "scenario_biological_constraints",
};

/** Names of the tables that the documents call operational, and of their histories. */
function documented(tables: readonly (CatalogTable & Grouped)[]): readonly string[] {
  const groupOf = (name: string) => tables.find((table) => table.name === name)?.group;
  return tables.filter(({ name, group }) => {
    if (group !== "history") return group === "operational";
    const live = LIVE[name] ?? name.replace("_historical", "_");
    const found = groupOf(live);
    if (found === undefined) throw new Error(`${name} is the history of nothing`);
    return found === "operational";
  }).map(({ name }) => name).sort();
}

Deno.test("a wipe takes the operational tables of 2025-11 and their histories", () => {
  assertEquals(OPERATIONAL.toSorted(), documented(schemas["2025-11"]));
});

Deno.test("of 2026-03 it takes the operational tables that are new there, and their histories", () => {
  const all = [...OPERATIONAL, ...OPERATIONAL_SINCE_2026_03];
  assertEquals(all.sort(), documented(schemas["2026-03"]));
});

for (const [schema, tables] of Object.entries(schemas)) {
  Deno.test(`no table of ${schema} that stays refers to one that is wiped`, () => {
    const wiped = new Set([...OPERATIONAL, ...OPERATIONAL_SINCE_2026_03]);
    const found = tables.filter(({ name }) => !wiped.has(name)).flatMap(({ name, references }) =>
      references.filter(({ table }) => wiped.has(table)).map(({ column }) => `${name}.${column}`)
    );
    assertEquals(found, []);
  });
}
