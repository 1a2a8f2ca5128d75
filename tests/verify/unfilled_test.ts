/** Databases for which no dataset speaks: the original system's, others, and what is no farm at all. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects } from "@std/assert";
import { createTables, createViews } from "../../src/aquamind/ddl.ts";
import { allChecks } from "../../src/catalogue/catalogue.ts";
import { ReddError } from "../../src/errors.ts";
import { allTables } from "../../src/tables/catalog.ts";
import type { DatabaseFacts } from "../../src/verify/engines/look.ts";
import { verifyDatabase } from "../../src/verify/engines/postgres.ts";
import { resultLines, type VerifyReport } from "../../src/verify/report.ts";
import { freshAquamind } from "../aquamind/build.ts";
import { ask, startTestServer } from "../load/databases.ts";
import { ORIGINAL } from "./original.ts";

const test = await startTestServer();
Deno.test.afterAll(() => test.end());

const original = await test.freshDatabase();
await ask(original, ORIGINAL.join("; "), createViews().join("; "));

const endOf = ({ results }: VerifyReport, id: string) =>
  results.find(({ check }) => check.id === id)?.status;

Deno.test("a database of the original is judged by its rows, and every defect that they show is found", async () => {
  let facts: DatabaseFacts | undefined;
  const report = await verifyDatabase(original, undefined, { onFound: (found) => facts = found });
  assertEquals([facts?.batches, facts?.firstDay, facts?.lastDay, facts?.lastOf], [
    1,
    "2024-01-01",
    "2024-01-09",
    "environmental_environmentalreading",
  ]);
  assertEquals([report.found, facts?.schema, facts?.estimated], [facts, "2025-11", false]);
  assertEquals(report.ok, false);
  // Nothing that such rows hold makes a query fail.
  assertEquals(report.results.filter(({ status }) => status === "broken").flatMap(resultLines), []);
  const blind = allChecks.filter(({ id, defects }) =>
    defects !== undefined && endOf(report, id) !== "failed"
  );
  assertEquals(blind.map(({ id, defects }) => `${id}, ${defects}`), []);
});

Deno.test("what takes numbers from a manifest is skipped, and says from where", async () => {
  const { results } = await verifyDatabase(original);
  assertEquals(results.length, allChecks.length);
  for (const { check, status, details } of results) {
    const { basis } = allChecks.find(({ id }) => id === check.id)!;
    assertEquals(status === "skipped", basis !== undefined, `${check.id} ${status} ${details}`);
    if (status === "skipped") assert(/^it needs the .* of a dataset|that made/.test(details[0]!));
  }
});

Deno.test("one check alone is asked, and its offenders are named by table, id and value", async () => {
  const { results } = await verifyDatabase(original, undefined, { only: ["LAW-STATE-SAW"] });
  assertEquals(results.flatMap(({ details }) => details), [
    "table_name batch_actualdailyassignmentstate, id 6, assignment_id 5, date 2024-01-06, " +
    "before 8.7, avg_weight_g 6",
  ]);
});

/** What is said of a database, with its code. */
async function refused(url: string): Promise<string> {
  const { code, because } = await assertRejects(() => verifyDatabase(url), ReddError);
  return `${code}: ${because}`;
}

Deno.test("a database without rows, without tables or of something else is refused with a word", async () => {
  const empty = await test.freshDatabase();
  assertEquals(await refused(empty), "NOT_LOADED: it has none of AquaMind's tables");
  await ask(empty, "create table customer (id int); create view batch_batch as select 1 as id");
  assertEquals(
    await refused(empty),
    "TARGET_DIFFERS: batch_batch is a view, where AquaMind has a table",
  );
  for (const schema of ["2025-11", "2026-03"] as const) {
    assertEquals(
      await refused(await freshAquamind(test, schema)),
      "NO_RECORDS: it has AquaMind's tables, and no batch with records in them",
    );
  }
});

Deno.test("a table that is missing skips what reads it, and the rest is asked", async () => {
  const url = await test.freshDatabase();
  const some = allTables.filter(({ name }) => !name.startsWith("scenario"));
  await ask(url, createTables(some).join("; "));
  await ask(
    url,
    'insert into batch_lifecyclestage (id, name, "order", description, created_at, ' +
      "updated_at, species_id) overriding system value values (1, 'Fry', 2, '', now(), now(), 1)",
  );
  const rows = ORIGINAL.filter((one) =>
    /^insert into (batch_batch|batch_mortalityevent) /.test(one)
  );
  await ask(url, rows.join("; "));
  const { results, found } = await verifyDatabase(url, undefined, {
    only: ["C-19", "C-16", "C-37"],
  });
  assertEquals(found?.tables, some.length);
  assertEquals(
    results.map(({ check, status, details }) => [check.id, status, ...details]),
    [
      ["C-16", "passed"],
      ["C-37", "passed"],
      ["C-19", "skipped", "the database has no scenario and 1 more"],
    ],
  );
});

Deno.test("a user who may not read the tables is told which, and what grants it", async () => {
  await ask(
    original,
    "create role reader login password 'r'",
    "grant usage on schema public to reader",
  );
  const url = new URL(original);
  url.username = "reader";
  url.password = "r";
  const error = await assertRejects(
    () => verifyDatabase(url.href, undefined, { only: ["C-16"] }),
    ReddError,
  );
  assertEquals([error.code, error.fault], ["RIGHTS_MISSING", "environment"]);
  assert(
    error.because.startsWith("the user reader lacks SELECT on batch_actualdaily"),
    error.because,
  );
  assert(error.remedy?.endsWith("grant select on all tables in schema public to reader"));
  await ask(original, "grant select on all tables in schema public to reader");
  const { results } = await verifyDatabase(url.href, undefined, { only: ["C-16"] });
  assertEquals(results.map(({ status }) => status), ["passed"]);
});
