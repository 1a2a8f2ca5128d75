// @ts-types="../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import postgres from "postgres";
import {
  createForeignKeys,
  createIndexes,
  createTables,
  createViews,
} from "../../src/aquamind/ddl.ts";
import { allTables } from "../../src/tables/catalog.ts";
import { recorded } from "../tables/recorded_schema.ts";
import { catalogOf } from "../aquamind/catalog_of.ts";
import { startTestServer } from "./databases.ts";

for (const version of ["15", "18"] as const) {
  Deno.test(`the schema that PostgreSQL ${version} builds is the recorded one, name by name`, async () => {
    const { freshDatabase, end } = await startTestServer(version);
    const sql = postgres(await freshDatabase(), { max: 1, onnotice: () => {} });
    try {
      const statements = [
        ...createTables(allTables),
        ...createForeignKeys(allTables),
        ...createIndexes(allTables),
        ...createViews(),
      ];
      await sql.unsafe(statements.join(";\n"));
      assertEquals(await catalogOf(sql), recorded);
    } finally {
      await sql.end();
      await end();
    }
  });
}
