// @ts-types="../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { copyStatement } from "../../src/load/copy.ts";
import { tableNamed } from "../../src/tables/catalog.ts";

const geography = tableNamed("infrastructure_geography");
const GEOGRAPHY = '"public"."infrastructure_geography"';
const columns = '("id", "name", "description", "created_at", "updated_at")';

Deno.test("copyStatement() has the server compare the header from PostgreSQL 15 on", () => {
  assertEquals(
    copyStatement(geography, GEOGRAPHY, 150018, false),
    `COPY "public"."infrastructure_geography" ${columns} FROM STDIN ` +
      "WITH (FORMAT csv, HEADER MATCH, ENCODING 'UTF8')",
  );
  assertEquals(
    copyStatement(geography, GEOGRAPHY, 140020, true),
    `COPY "public"."infrastructure_geography" ${columns} FROM STDIN ` +
      "WITH (FORMAT csv, HEADER true, FREEZE, ENCODING 'UTF8')",
  );
});

Deno.test("copyStatement() has the server take rows with the ids of the manifest alone", () => {
  assertEquals(
    copyStatement(geography, GEOGRAPHY, 180000, false, { first: 7, last: 9 }),
    `COPY "public"."infrastructure_geography" ${columns} FROM STDIN ` +
      `WITH (FORMAT csv, HEADER MATCH, ENCODING 'UTF8') WHERE ` +
      `"id" OPERATOR(pg_catalog.>=) 7 AND "id" OPERATOR(pg_catalog.<=) 9`,
  );
});
