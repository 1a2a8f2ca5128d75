// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertMatch } from "@std/assert";
import { dirname, join } from "node:path";
import { databaseOf } from "../../cli/embedded.ts";
import { besideDataset } from "../../cli/server_folder.ts";

Deno.test("the embedded server lives beside the dataset, however its folder is written", () => {
  for (const dataset of ["/farm/out/single", "/farm/out/single/", "/farm/out//single//"]) {
    assertEquals(besideDataset(dataset), "/farm/out/postgres");
  }
  assertEquals(besideDataset("out/single"), join(Deno.cwd(), "out/postgres"));
  assertEquals(besideDataset("single"), join(Deno.cwd(), "postgres"));
  assertEquals(besideDataset("."), join(dirname(Deno.cwd()), "postgres"));
});

Deno.test("a database is called like the folder of its dataset", () => {
  for (const dataset of ["out/single", "out/single/", "single"]) {
    assertEquals(databaseOf(dataset), "single");
  }
  assertEquals(databaseOf("."), databaseOf(Deno.cwd()));
});

Deno.test("a name that would need quotes gets a mark, and no two folders share a database", () => {
  const names = ["FI-2025-001", "Føroyar 2", 'x"; drop', "postgres", "Single", "farm-1", "farm.1"];
  const long = "long_".repeat(20);
  const databases = ["single", "farm_1", ...[...names, long, `${long}2`].map(databaseOf)];
  assertEquals(new Set(databases).size, databases.length);
  for (const database of databases) assertMatch(database, /^[a-z0-9_]{1,63}$/);
  assertMatch(databaseOf("out/FI-2025-001"), /^fi_2025_001_[0-9a-f]{6}$/);
});
