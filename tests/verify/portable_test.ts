// @ts-types="../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { DuckDBInstance } from "@duckdb/node-api";
import type { ReddManifest } from "../../src/dataset/manifest.ts";
import { allTables } from "../../src/tables/catalog.ts";
import { bind, sqlOf, type VerifyCheck } from "../../src/verify/check.ts";
import { dataChecks } from "../../src/verify/catalogue.ts";
import { messageOf } from "../../src/errors.ts";

/** A dataset of which every table is filled with nothing. */
const manifest = {
  firstDay: "2024-01-01",
  asOf: "2024-07-01",
  initialFeed: true,
  profile: { name: "documented" },
  tables: Object.fromEntries(allTables.map(({ name }) => [name, { rows: 0 }])),
} as unknown as ReddManifest;

Deno.test("DuckDB understands every check of the data", async () => {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    for (const { name, columns } of allTables) {
      const list = columns.map(({ name, type }) => `"${name}" ${type.replace("jsonb", "json")}`);
      await connection.run(`CREATE TABLE ${name} (${list.join(", ")})`);
    }
    const complaint = async (check: VerifyCheck): Promise<string[]> => {
      const { text, args } = bind(sqlOf(check, manifest), manifest);
      try {
        await connection.runAndReadAll(`SELECT to_json(found) FROM (${text}) found`, [...args]);
        return [];
      } catch (error) {
        return [`${check.id}: ${messageOf(error)}`];
      }
    };
    const complaints: string[] = [];
    for (const check of dataChecks) complaints.push(...await complaint(check));
    assertEquals(complaints, []);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
});
