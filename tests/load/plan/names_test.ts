// @ts-types="../../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { load } from "../believed.ts";
import { wipeDatabase } from "../../../src/load/wipe/wipe.ts";
import { generateLean } from "../../generate/small_dataset.ts";
import { ask, startTestServer } from "../databases.ts";
import { LARGE } from "../rebuild/farm.ts";

const test = await startTestServer();
Deno.test.afterAll(() => test.end());

const folder = join(test.folder, "farm");
const { manifest } = await generateLean(folder);

/** A schema whose name would end a statement and begin another, if it were not quoted. */
const SCHEMA = `o'farm"; drop table public.witness; --`;
const QUOTED = `"${SCHEMA.replaceAll('"', '""')}"`;

for (const method of ["deferred", "rebuild"] as const) {
  Deno.test(`a schema with quotes and semicolons in its name takes a ${method} load and a wipe`, async () => {
    const url = await test.freshDatabase();
    await ask(
      url,
      "create table public.witness as select 1 as one",
      `create schema ${QUOTED}`,
      `alter database ${new URL(url).pathname.slice(1)} set search_path = ${QUOTED}`,
    );
    const report = await load(folder, { url, method, large: LARGE });
    assertEquals([report.rows, report.schemaCreated], [manifest.rows, true]);
    assertEquals((await load(folder, { url, method, large: LARGE })).alreadyThere, true);
    const replaced = await load(folder, { url, method, large: LARGE, replace: true });
    assertEquals(replaced.schemaCreated, false);
    await wipeDatabase(url);
    assertEquals(await ask(url, "select count(*)::int from batch_batch"), [[0]]);
    assertEquals(await ask(url, "select one from public.witness"), [[1]]);
    assertEquals(
      await ask(url, "select count(*)::int from pg_tables where schemaname = 'public'"),
      [[1]],
    );
  });
}
