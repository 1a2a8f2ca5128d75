// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { join } from "node:path";
import { ReddError } from "../../src/errors.ts";
import { openDataset } from "../../src/archive/open_dataset.ts";
import { headerDifference, inspectParts, tableDataOf } from "../../src/dataset/table_data.ts";
import { entryOf, manifestOf, MINI, partsOf, writeDataset } from "../load/mini_dataset.ts";

function entries(names: readonly string[]) {
  return Object.fromEntries(
    names.map((name) => [name, entryOf(name, partsOf(name, MINI[name] ?? []))]),
  );
}

function refused(tables: ReturnType<typeof entries>): string {
  const error = assertThrows(
    () => tableDataOf({ name: "farm", manifest: manifestOf(tables) }),
    ReddError,
  );
  assertEquals([error.fault, error.code], ["input", "DATASET_BROKEN"]);
  return error.message;
}

Deno.test("tableDataOf() keeps the manifest's order", () => {
  const names = Object.keys(MINI);
  const tableData = tableDataOf({ name: "farm", manifest: manifestOf(entries(names)) });
  assertEquals(tableData.map(({ table }) => table.name), names);
});

Deno.test("tableDataOf() refuses a table that stands before one it refers to", () => {
  const message = refused(entries(Object.keys(MINI).toReversed()));
  assertStringIncludes(message, "has infrastructure_hall before infrastructure_freshwaterstation");
});

Deno.test("tableDataOf() refuses tables that nobody has described", () => {
  const hall = entryOf("infrastructure_hall", partsOf("infrastructure_hall", []));
  assertStringIncludes(refused({ pond: hall }), "an unknown table, pond");
});

Deno.test("tableDataOf() refuses a part of another table, and parts that do not add up", () => {
  const { infrastructure_geography } = entries(["infrastructure_geography"]);
  if (infrastructure_geography === undefined) throw new Error("no entry");
  assertStringIncludes(
    refused({ infrastructure_hall: infrastructure_geography }),
    "data/infrastructure_geography.csv is no part of infrastructure_hall",
  );
  const rows = infrastructure_geography.rows + 1;
  assertStringIncludes(
    refused({ infrastructure_geography: { ...infrastructure_geography, rows } }),
    "do not add up to its 3 rows",
  );
});

Deno.test("inspectParts() names the first part that is missing, cut or headed otherwise", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await writeDataset(folder);
    const path = join(folder, "data/infrastructure_hall.csv");
    const text = await Deno.readTextFile(path);
    const dataset = await openDataset(folder, { believed: true });
    const inspect = async () => await inspectParts(dataset, tableDataOf(dataset));
    const refusal = async () => (await assertRejects(inspect, ReddError)).message;
    await inspect();
    await Deno.writeTextFile(path, text.slice(0, -20));
    assertStringIncludes(
      await refusal(),
      `data/infrastructure_hall.csv has ${text.length - 20} bytes, expected ${text.length}`,
    );
    await Deno.writeTextFile(path, text.replace("area_sqm", "area_sqf"));
    assertStringIncludes(
      await refusal(),
      "data/infrastructure_hall.csv, line 1: column 4 is area_sqf, expected area_sqm",
    );
    await Deno.remove(path);
    assertEquals(
      await refusal(),
      `Cannot read the dataset ${folder}: data/infrastructure_hall.csv is missing. ` +
        "Generate it again, or fetch an undamaged copy.",
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("headerDifference() says where two headers part", () => {
  assertEquals(headerDifference("a,b", "a,b"), undefined);
  assertEquals(headerDifference("a,b", "a"), "column 2 is missing, expected b");
  assertEquals(headerDifference("a,b", "b,a"), "column 1 is b, expected a");
  assertEquals(headerDifference("a,b", "a,b,c"), "3 columns, expected 2; the first unknown is c");
});

Deno.test("headerDifference() shows what cannot be seen, and no control sign", () => {
  assertEquals(headerDifference("a,b", "a,b\r"), 'column 2 is "b\\r", expected b');
  assertEquals(headerDifference("a,b", "\ufeffa,b"), 'column 1 is "\\u{feff}a", expected a');
  assertEquals(headerDifference("a,b", "a, b"), 'column 2 is " b", expected b');
  assertEquals(headerDifference("a,b", "a,"), 'column 2 is "", expected b');
  const unknown = headerDifference("a,b", "a,b,\x1b[2J\x7f\u202e\u2028");
  assertEquals(
    unknown,
    '3 columns, expected 2; the first unknown is "\\u001b[2J\\u{7f}\\u{202e}\\u{2028}"',
  );
  assertEquals(
    headerDifference("a,b", "x".repeat(1000)),
    `column 1 is "${"x".repeat(60)}…", expected a`,
  );
});
