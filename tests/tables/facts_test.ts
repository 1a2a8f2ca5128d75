/** What descriptions say besides the catalog: keys by name, decimals, what a load and a wipe do. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { addedTables } from "../../src/aquamind/added_tables.ts";
import { allTables, historyTableOf, tableNamed } from "../../src/tables/catalog.ts";
import { isMasterData, naturalKeysOf } from "../../src/tables/description.ts";
import { FRESH } from "../aquamind/build.ts";
import { recorded } from "./recorded_schema.ts";

Deno.test("every history names a live table, has its columns, and is wiped when it is", () => {
  const added = new Map(addedTables.map((table) => [table.name, table]));
  for (const table of [...allTables, ...addedTables]) {
    assertEquals(table.historyOf !== undefined, table.group === "history", table.name);
    if (table.historyOf === undefined) {
      assertEquals(table.wiped, table.group === "operational", table.name);
      continue;
    }
    const live = added.get(table.historyOf) ?? tableNamed(table.historyOf);
    assertEquals(live.historyOf, undefined, table.name);
    const own = new Set(table.columns.map(({ name }) => name));
    assertEquals(live.columns.filter(({ name }) => !own.has(name)), [], table.name);
    assertEquals(own.size, live.columns.length + 5, table.name);
    assertEquals(table.wiped, live.wiped, table.name);
  }
});

Deno.test("a table has one history at most, and historyTableOf() finds it", () => {
  const histories = allTables.filter((table) => table.historyOf !== undefined);
  for (const table of histories) assertEquals(historyTableOf(table.historyOf!), table);
  assertEquals(
    historyTableOf("batch_creationworkflow")?.name,
    "batch_historicalbatchcreationworkflow",
  );
  assertEquals(historyTableOf("health_sampletype"), undefined);
});

Deno.test("master data are known by a key: a unique constraint, or columns where there is none", () => {
  for (const table of [...allTables, ...addedTables]) {
    const { name, naturalKey, unique, columns, group } = table;
    if (isMasterData(table) && group !== "history") {
      assert(naturalKeysOf(table).length > 0, name);
      // What a constraint says is not said again.
      assertEquals(naturalKey !== undefined, unique.length === 0, name);
    } else assertEquals(naturalKey, undefined, name);
    const named = columns.map((column) => column.name);
    for (const column of naturalKey ?? []) assert(named.includes(column), `${name}.${column}`);
    for (const column of table.primaryKey.columns) assert(!naturalKey?.includes(column), name);
  }
});

Deno.test("decimals are the scale of the catalog's type, but where the dataset writes fewer or any", () => {
  const other: [string, number][] = [];
  for (const { name, columns } of recorded.tables) {
    for (const [column, type] of columns) {
      const { decimals } = tableNamed(name).columns.find((one) => one.name === column)!;
      const scale = /^numeric\(\d+,(\d+)\)$/.exec(type)?.[1];
      if (scale !== undefined && decimals === Number(scale)) continue;
      if (scale === undefined && decimals === undefined) continue;
      other.push([`${name}.${column}`, decimals!]);
      if (scale === undefined) assertEquals(type, "double precision", `${name}.${column}`);
      else assert(decimals! < Number(scale), `${name}.${column}`);
    }
  }
  assertEquals(other, [
    ["inventory_feedingevent.feeding_percentage", 2],
    ["inventory_historicalfeedingevent.feeding_percentage", 2],
    ["scenario_scenarioprojection.average_weight", 6],
    ["scenario_scenarioprojection.population", 6],
    ["scenario_scenarioprojection.biomass", 6],
    ["scenario_scenarioprojection.daily_feed", 6],
    ["scenario_scenarioprojection.cumulative_feed", 6],
    ["scenario_scenarioprojection.temperature", 6],
  ]);
});

Deno.test("seeded and filled by Django are what AquaMind's migrations fill", () => {
  const named = (is: (table: typeof allTables[number]) => boolean) =>
    allTables.filter(is).map(({ name }) => name);
  const filled = named(({ seeded, filledByDjango }) => seeded || filledByDjango);
  assertEquals(filled.toSorted(), [...FRESH].sort());
  assertEquals(named(({ filledByDjango }) => filledByDjango), [
    "django_content_type",
    "auth_permission",
  ]);
});

Deno.test("the dataset has its way in columns of seeded master data that nothing is known by", () => {
  const found = allTables.flatMap((table) =>
    table.columns.filter(({ governed }) => governed).map((column) => ({ table, column }))
  );
  assertEquals(found.map(({ column }) => column.name), ["is_active", "max_score", "min_score"]);
  for (const { table, column } of found) {
    assert(table.seeded && isMasterData(table), table.name);
    assertEquals(column.references, undefined, column.name);
    assert(!naturalKeysOf(table).flat().includes(column.name), column.name);
  }
});

Deno.test("no history is a table of entities: its rows are those of the days", () => {
  assertEquals(
    allTables.filter(({ kind, group }) => group === "history" && kind === "entity"),
    [],
  );
});
