// @ts-types="../../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { diffDataset, load } from "../believed.ts";
import { verifyDatabase } from "../../../src/verify/engines/postgres.ts";
import { wipeDatabase } from "../../../src/load/wipe/wipe.ts";
import { generateSmall } from "../../generate/small_dataset.ts";
import { ask, startTestServer } from "../databases.ts";
import { LARGE } from "../rebuild/farm.ts";

const test = await startTestServer();
Deno.test.afterAll(() => test.end());

const folder = join(test.folder, "farm");
const { manifest } = await generateSmall(folder);

/**
 * Schemas of which the name would end a statement and begin another, if it were not quoted, or would
 * be read as that of another; and the look-alikes that stand beside them.
 */
const SCHEMAS = {
  deferred: { name: `o'farm"; drop table public.witness; --`, others: ["farm", "o"] },
  rebuild: { name: "Fish Farm", others: ["fish farm", "fish", "fishfarm"] },
} as const;

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

for (const method of ["deferred", "rebuild"] as const) {
  const { name: schema, others } = SCHEMAS[method];
  const QUOTED = quoted(schema);
  Deno.test(`a schema with quotes and semicolons in its name takes a ${method} load and a wipe`, async () => {
    const url = await test.freshDatabase();
    await ask(
      url,
      "create table public.witness as select 1 as one",
      `create schema ${QUOTED}`,
      // What verify would find if it looked there: a foreign key that is not validated.
      ...others.flatMap((name) => [
        `create schema ${quoted(name)}`,
        `create table ${quoted(name)}.batch_batch (id bigint primary key, other bigint)`,
        `alter table ${quoted(name)}.batch_batch add constraint bad foreign key (other)
           references ${quoted(name)}.batch_batch not valid`,
      ]),
      `alter database ${new URL(url).pathname.slice(1)} set search_path = ${QUOTED}`,
    );
    const report = await load(folder, { url, method, large: LARGE });
    assertEquals([report.rows, report.schemaCreated], [manifest.rows, true]);
    assertEquals((await load(folder, { url, method, large: LARGE })).alreadyThere, true);
    const replaced = await load(folder, { url, method, large: LARGE, replace: true });
    assertEquals(replaced.schemaCreated, false);
    const { results } = await verifyDatabase(url, manifest);
    const wrong = results.filter(({ status }) => status === "failed" || status === "broken");
    assertEquals(wrong.map(({ check, details }) => `${check.id}: ${details}`), []);
    assertEquals((await diffDataset(folder, url)).equal, true);
    await wipeDatabase(url);
    assertEquals(await ask(url, "select count(*)::int from batch_batch"), [[0]]);
    assertEquals(await ask(url, "select one from public.witness"), [[1]]);
    assertEquals(
      await ask(url, "select count(*)::int from pg_tables where schemaname = 'public'"),
      [[1]],
    );
  });
}
