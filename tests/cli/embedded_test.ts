// @ts-types="../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { basename, dirname, join } from "node:path";
import { besideDataset, databaseOf } from "../../cli/embedded.ts";

Deno.test("the embedded server lives beside the dataset, however its folder is written", () => {
  for (const dataset of ["/farm/out/single", "/farm/out/single/", "/farm/out//single//"]) {
    assertEquals(besideDataset(dataset), "/farm/out/postgres");
  }
  assertEquals(besideDataset("out/single"), join(Deno.cwd(), "out/postgres"));
  assertEquals(besideDataset("single"), join(Deno.cwd(), "postgres"));
  assertEquals(besideDataset("."), join(dirname(Deno.cwd()), "postgres"));
});

Deno.test("a database is called like the folder of its dataset, in signs that need no quotes", () => {
  for (
    const [dataset, database] of [
      ["out/single", "single"],
      ["out/single/", "single"],
      ["single", "single"],
      ["out/FI-2025-001", "fi_2025_001"],
      ["out/Føroyar 2", "f_royar_2"],
      ['out/x"; drop', "x___drop"],
      [`out/${"long-".repeat(20)}`, "long_".repeat(20).slice(0, 63)],
    ] as const
  ) assertEquals(databaseOf(dataset), database);
  assertEquals(databaseOf("."), basename(Deno.cwd()).toLowerCase().replaceAll(/[^a-z0-9_]/g, "_"));
});
