// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { ReddError } from "../../../src/errors.ts";
import { readManifest } from "../../../src/dataset/manifest.ts";
import { diffDataset } from "../../../src/diff/diff.ts";
import { extend } from "../../../src/generate/extend.ts";
import { generate } from "../../../src/generate/generate.ts";
import { chooseMethod, load, loadDeferred } from "../believed.ts";
import { loadStatus } from "../../../src/load/rebuild/status.ts";
import { someOf } from "../../../src/names.ts";
import { extendedSchedule } from "../../../src/schedule/append.ts";
import { makeOlder } from "../../dataset/older_dataset.ts";
import { copyTree } from "../../generate/files.ts";
import { small } from "../../generate/small_dataset.ts";
import { lean } from "../../small_farm.ts";
import { ask, startTestServer } from "../databases.ts";
import { digestsOf, EXOTIC, LARGE, MIGRATED, migrated } from "../rebuild/farm.ts";

const test = await startTestServer();
Deno.test.afterAll(() => test.end());

/** The small dataset up to a day in its fifth month, and extended to a day in its seventh. */
const shorter = join(test.folder, "shorter");
await generate({ folder: shorter, schedule: small, fixtures: lean, seed: 7, workers: 1 });
const longer = join(test.folder, "longer");
await generate({ folder: longer, schedule: small, fixtures: lean, seed: 7, workers: 1 });
const recipe = await extend(longer, small, "2024-07-09", lean);
const { manifest } = await generate({ ...recipe, folder: longer, workers: 1 });

/** A database into which the shorter one was loaded in the deferred way. */
function holdingShorter(): Promise<string> {
  return test.copyOf("shorter", async (url) => {
    await ask(url, MIGRATED, EXOTIC);
    await loadDeferred(shorter, { url });
  });
}

for (const method of ["deferred", "rebuild"] as const) {
  Deno.test(`an extended dataset adds only what is new to one loaded in the ${method} way`, async () => {
    const [url, whole] = [await migrated(test), await migrated(test)];
    const first = await load(shorter, { url, method, large: LARGE });
    await ask(url, "create table kept as select ctid::text as place, id from batch_growthsample");
    const second = await load(longer, { url });
    assertEquals([second.method, second.continued], ["deferred", "shorter"]);
    // What has been loaded is not brought again, but for entities.
    const before = new Map(first.tables.map(({ name, rows }) => [name, rows]));
    assertEquals(second.merged, []);
    for (const { name, rows } of second.tables) {
      const { kind, rows: all } = manifest.tables[name]!;
      assertEquals(rows, kind === "entity" ? all : all - before.get(name)!, name);
    }
    await loadDeferred(longer, { url: whole });
    // Rows that were there have not been touched.
    const moved = "select count(*)::int from kept left join batch_growthsample s using (id) " +
      "where s.ctid::text is distinct from place";
    assertEquals(await ask(url, moved), [[0]]);
    await ask(url, "drop table kept");
    assertEquals(await digestsOf(url), await digestsOf(whole));
    const status = await loadStatus(url);
    assertEquals(status.loads.map(({ name, finished }) => [name, finished]), [["longer", true]]);
    assertEquals((await load(longer, { url })).alreadyThere, true);
  });
}

Deno.test("a table that had a header alone gets its first rows when a dataset is continued", async () => {
  const young = join(test.folder, "young");
  const schedule = extendedSchedule(small, "2024-03-15");
  const before = await generate({ folder: young, schedule, fixtures: lean, seed: 7, workers: 1 });
  const header = "data/inventory_feedingevent/2024-01.csv";
  const { parts, rows } = before.manifest.tables.inventory_feedingevent!;
  assertEquals([parts.map(({ path }) => path), rows], [[header], 0]);
  const [url, whole] = [await migrated(test), await migrated(test)];
  await load(young, { url, method: "rebuild", large: LARGE });
  const { continued, tables } = await load(shorter, { url });
  assertEquals(continued, "young");
  const fed = tables.find(({ name }) => name === "inventory_feedingevent")!;
  assertEquals(fed.rows, (await readManifest(shorter)).tables.inventory_feedingevent!.rows);
  await loadDeferred(shorter, { url: whole });
  assertEquals(await digestsOf(url), await digestsOf(whole));
  assertEquals((await diffDataset(shorter, url)).equal, true);
});

Deno.test("datasets of 0.2.0 and 0.3.0 are loaded, compared and continued, and are the same", async () => {
  /** A copy as an earlier version made it. */
  const older = (folder: string, version: "0.2.0" | "0.3.0") => {
    const copy = `${folder}_${version}`;
    copyTree(folder, copy);
    return { copy, manifest: makeOlder(copy, version) };
  };
  const [oldest, older3, longer3] = [
    older(shorter, "0.2.0"),
    older(shorter, "0.3.0"),
    older(longer, "0.3.0"),
  ];
  const other = await migrated(test);
  const { rows } = await load(oldest.copy, { url: other, method: "rebuild", large: LARGE });
  assertEquals([rows, older3.manifest.rows], [oldest.manifest.rows, rows]);
  assertEquals((await diffDataset(oldest.copy, other)).equal, true);
  assertEquals((await load(older3.copy, { url: other })).alreadyThere, true);
  // Their feeding summaries are of the as-of date, and take the place of the earlier ones.
  const { continued, tables } = await load(longer3.copy, { url: other });
  assertEquals(continued, "shorter_0.2.0");
  const whole = await migrated(test);
  await loadDeferred(longer3.copy, { url: whole });
  assertEquals(await digestsOf(other), await digestsOf(whole));
  for (const [name, { kind, rows }] of Object.entries(longer3.manifest.tables)) {
    if (kind !== "as-of") continue;
    assert(rows > 0, name);
    assertEquals(tables.find((one) => one.name === name)!.rows, rows, name);
  }
  const url = await migrated(test);
  await load(older3.copy, { url });
  assertEquals((await load(oldest.copy, { url })).alreadyThere, true);
});

Deno.test("chooseMethod() continues in one transaction, and the rebuild way says so", async () => {
  const url = await holdingShorter();
  assertEquals(await chooseMethod(longer, { url }), "deferred");
  const work = () => load(longer, { url, method: "rebuild", large: LARGE });
  const error = await assertRejects(work, ReddError);
  assertEquals([error.fault, error.code], ["input", "CONTINUATION_DEFERRED"]);
});

Deno.test("a dataset is not continued over rows that somebody has removed", async () => {
  const url = await holdingShorter();
  await ask(url, "delete from environmental_environmentalreading where id = 5");
  const error = await assertRejects(() => loadDeferred(longer, { url }), ReddError);
  assertEquals([error.fault, error.code], ["input", "ROWS_GONE"]);
  assertStringIncludes(error.message, "environmental_environmentalreading");
});

Deno.test("who may add rows only is told, before a row is sent, which rights continuing takes", async () => {
  const url = await holdingShorter();
  await ask(
    url,
    "create role clerk login password 'clerk'",
    "grant insert, select on all tables in schema public to clerk",
    "grant usage, update on all sequences in schema public to clerk",
  );
  const clerk = url.replace(/\/\/[^@]*@/, "//clerk:clerk@");
  const asClerk = () => loadDeferred(longer, { url: clerk });
  const { fault, code, message } = await assertRejects(asClerk, ReddError);
  assertEquals([fault, code], ["environment", "RIGHTS_MISSING"]);
  const namesOf = (wanted: string) =>
    Object.entries(manifest.tables).flatMap(([name, { kind }]) => kind === wanted ? [name] : []);
  const updated = namesOf("entity").sort();
  assertStringIncludes(message, `the user clerk lacks UPDATE on ${someOf(updated)}.`);
  await ask(url, `grant update on ${updated.join(", ")} to clerk`);
  assertEquals((await asClerk()).continued, "shorter");
});

Deno.test("a dataset is not continued over ids that the application has used", async () => {
  const url = await holdingShorter();
  const digests = await digestsOf(url);
  await ask(
    url,
    `insert into environmental_environmentalreading (reading_time, value, is_manual, notes,
       created_at, container_id, parameter_id)
     select now(), 1, true, '', now(), container_id, parameter_id
     from environmental_environmentalreading limit 1`,
  );
  const error = await assertRejects(() => loadDeferred(longer, { url }), ReddError);
  assertEquals([error.fault, error.code], ["input", "DATASET_COLLIDES"]);
  assertStringIncludes(error.message, "environmental_environmentalreading has a row");
  await ask(url, "delete from environmental_environmentalreading where is_manual");
  assertEquals(await digestsOf(url), digests);
});

Deno.test("a dataset that begins otherwise is not taken for a continuation", async () => {
  const url = await holdingShorter();
  const other = join(test.folder, "other");
  await generate({ folder: other, schedule: recipe.schedule, fixtures: lean, seed: 8, workers: 1 });
  const error = await assertRejects(() => loadDeferred(other, { url }), ReddError);
  assertEquals([error.fault, error.code], ["input", "TARGET_NOT_EMPTY"]);
  assertStringIncludes(error.message, "batch_batch (1)");
});

Deno.test("a dataset is not continued into containers that others have taken since", async () => {
  const url = await holdingShorter();
  const copied = (table: string, changes: string) =>
    `insert into ${table} select (jsonb_populate_record(t, ${changes})).* from ${table} t limit 1`;
  await ask(
    url,
    copied("batch_batch", `'{"id": 900000, "batch_number": "X-1"}'`),
    copied(
      "batch_batchcontainerassignment",
      `jsonb_build_object('id', 900000, 'batch_id', 900000, 'assignment_date', '2024-07-01',
        'departure_date', null, 'container_id', (select container_id
          from batch_batchcontainerassignment where departure_date is null order by id limit 1))`,
    ),
  );
  const error = await assertRejects(() => loadDeferred(longer, { url }), ReddError);
  assertEquals([error.fault, error.code], ["input", "DATASET_COLLIDES"]);
  assertStringIncludes(error.message, "has X-1 from 2024-07-01");
  assertStringIncludes(error.message, "Remove these rows");
});

Deno.test("master data that somebody has removed come back when a dataset is continued", async () => {
  const url = await holdingShorter();
  const types = "select id::int, name from health_sampletype where id < 900 order by id";
  const before = await ask(url, types);
  // There are as many rows as before, but one of them is somebody's.
  await ask(
    url,
    "delete from health_sampletype where id = 2",
    "insert into health_sampletype (id, name, description) values (900, 'X', '')",
  );
  const { merged, tables } = await loadDeferred(longer, { url });
  assertEquals(await ask(url, types), before);
  assertEquals(merged, ["health_sampletype"]);
  const { rows } = manifest.tables.health_sampletype!;
  assertEquals(tables.find(({ name }) => name === "health_sampletype")?.rows, rows);
});

Deno.test("a part of what is loaded is there already, and a schema made anew is empty", async () => {
  const url = await holdingShorter();
  assertEquals((await load(shorter, { url, without: ["history"] })).alreadyThere, true);
  await ask(url, "drop schema public cascade", "create schema public");
  const again = await load(shorter, { url });
  assertEquals([again.alreadyThere, again.schemaCreated], [false, true]);
});
