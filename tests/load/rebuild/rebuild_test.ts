// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import postgres from "postgres";
import { loadDeferred, rebuildDataset } from "../believed.ts";
import { recorded } from "../../tables/recorded_schema.ts";
import { catalogOf } from "../../aquamind/catalog_of.ts";
import type { LoadProgress } from "../../../src/load/progress.ts";
import { ask, startTestServer } from "../databases.ts";
import { assertTold, stepsOf } from "../told.ts";
import {
  catalogDifference,
  digestsOf,
  fullCatalogOf,
  generateFarm,
  LARGE,
  migrated,
} from "./farm.ts";

const servers = { "18": await startTestServer("18"), "15": await startTestServer("15") };
Deno.test.afterAll(async () => {
  for (const one of Object.values(servers)) await one.end();
});
const folder = join(servers["18"].folder, "farm");
const { manifest } = await generateFarm(folder);

/** The rows that the deferred way leaves. */
const digests = await (async () => {
  const url = await migrated(servers["18"]);
  const told: LoadProgress[] = [];
  await loadDeferred(folder, { url, onProgress: (progress) => told.push(progress) });
  assertTold(told);
  return await digestsOf(url);
})();

for (const version of ["18", "15"] as const) {
  const { freshDatabase } = servers[version];
  const on = `PostgreSQL ${version}:`;

  Deno.test(`${on} a rebuilt target has the rows and the catalog of a deferred load`, async () => {
    const url = await migrated(servers[version]);
    const before = await fullCatalogOf(url);
    const told: LoadProgress[] = [];
    const onProgress = (progress: LoadProgress) => told.push(progress);
    const report = await rebuildDataset(folder, { url, jobs: 2, large: LARGE, onProgress });
    assertEquals(catalogDifference(before, await fullCatalogOf(url)), []);
    assertEquals(await digestsOf(url), digests);
    assertTold(told);
    const steps = stepsOf(told);
    assertEquals(
      [steps["count"], steps["analyze"]],
      [[1, report.tables.length], [1, report.tables.length]],
    );
    // One foreign key of the migrated target has never been validated, and stays so.
    assertEquals(steps["validation"], [1, steps["foreign key"]![1] - 1]);
    assert(steps["index"]![1] >= report.rebuilt.length, "every table has its key's index");
    assertEquals([report.rows, report.bytes], [manifest.rows, manifest.bytes]);
    assertEquals([report.schemaCreated, report.alreadyThere, report.partsKept], [false, false, 0]);
    for (const name of ["environmental_environmentalreading", "inventory_feedingevent"]) {
      assert(report.rebuilt.includes(name), report.rebuilt.join());
    }
    assert(before.some((line) => line.includes("fillfactor=70")), "the extras are in the catalog");
  });

  Deno.test(`${on} indexes and keys come back in their tablespaces`, async () => {
    const url = await migrated(servers[version]);
    await ask(
      url,
      "set allow_in_place_tablespaces = on",
      `create tablespace "fast; ""disk""" location ''`,
      `alter table environmental_environmentalreading
         alter column value set statistics 50, set tablespace "fast; ""disk"""`,
      `alter index inventory_feedingevent_pkey set tablespace "fast; ""disk"""`,
      `do $$ declare name text; begin
         select indexrelid::regclass into name from pg_index
           where indrelid = 'batch_mortalityevent'::regclass and not indisunique limit 1;
         execute format('alter index %s set tablespace "fast; ""disk"""', name); end $$`,
    );
    const moved = `select relname::text from pg_class c join pg_tablespace s
      on s.oid = c.reltablespace where s.spcname like 'fast%' and c.relkind in ('r', 'i')
        and c.relnamespace = 'public'::regnamespace order by 1`;
    const before = [await fullCatalogOf(url), await ask(url, moved)];
    const { rebuilt } = await rebuildDataset(folder, { url, jobs: 2, large: LARGE });
    const after = [await fullCatalogOf(url), await ask(url, moved)];
    assertEquals(after, before);
    assertEquals(before[1]!.length, 3);
    assert(rebuilt.includes("batch_mortalityevent"), rebuilt.join());
  });

  Deno.test(`${on} an empty target gets the recorded schema, and sequences that go on`, async () => {
    const url = await freshDatabase();
    const report = await rebuildDataset(folder, { url, jobs: 3, large: LARGE });
    assertEquals([report.schemaCreated, report.jobs], [true, 3]);
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    assertEquals(await catalogOf(sql), recorded);
    await sql.end();
    const { lastId } = manifest.tables["inventory_feedingevent"]!;
    assertEquals(
      await ask(url, "select nextval('public.inventory_feedingevent_id_seq')::int"),
      [[lastId + 1]],
    );
    assertEquals(
      await ask(
        url,
        "select reltuples::int from pg_class where relname = 'inventory_feedingevent'",
      ),
      [[manifest.tables["inventory_feedingevent"]!.rows]],
    );
  });
}
