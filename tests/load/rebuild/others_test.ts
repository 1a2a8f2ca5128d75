/** Locks, rights, rows, sessions and schemas of others in the way of the rebuild way. */
// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import postgres from "postgres";
import type { LoadProgress } from "../../../src/load/progress.ts";
import { rebuildDataset } from "../believed.ts";
import { forgetLoads, restoreTarget } from "../../../src/load/rebuild/restore.ts";
import { connect } from "../../../src/postgres/target.ts";
import { ask, startTestServer } from "../databases.ts";
import { refusal } from "../refusal.ts";
import { catalogDifference, fullCatalogOf, migrated } from "./farm.ts";
import { altered, halvedIn, rebuilding } from "./halved.ts";

const test = await startTestServer("18");
const dataset = halvedIn(test.folder);
Deno.test.afterAll(() => test.end());

Deno.test("a load neither waits for ever behind a lock nor loses what it has", async () => {
  const url = await migrated(test);
  const folder = await dataset();
  const before = await fullCatalogOf(url);
  const other = postgres(url, { max: 1, onnotice: () => {} });
  const work = () => rebuildDataset(folder, rebuilding(url));
  await other.begin(async (sql) => {
    await sql.unsafe("lock table infrastructure_hall in access share mode");
    await refusal(work, "environment", "TARGET_LOCKED");
    assertEquals(catalogDifference(before, await fullCatalogOf(url)), []);
  });
  await other.begin(async (sql) => {
    await sql.unsafe("lock table infrastructure_geography in share mode");
    const message = await refusal(work, "environment", "TARGET_LOCKED");
    assertStringIncludes(message, "Another session holds a lock");
    // The large tables are whole now, or were rolled back: either way the rerun completes them.
  });
  await other.end();
  assertEquals((await work()).rows, 8);
  assertEquals(catalogDifference(before, await fullCatalogOf(url)), []);
});

Deno.test("the owner of a database loads and takes back without being superuser", async () => {
  const url = await test.freshDatabase();
  const name = new URL(url).pathname.slice(1);
  await ask(
    test.server.url("postgres"),
    "create role farmer login password 'farmer'",
    "create role guest login password 'guest'",
    `alter database ${name} owner to farmer`,
  );
  const farmer = url.replace(/\/\/[^@]*@/, "//farmer:farmer@");
  const folder = await dataset();
  assertEquals((await rebuildDataset(folder, rebuilding(farmer))).schemaCreated, true);
  assertEquals(await ask(farmer, "select count(*)::int from infrastructure_hall"), [[3]]);
  assertEquals(await forgetLoads(farmer), true);
  assertEquals(await ask(farmer, "select to_regnamespace('redd')"), [[null]]);

  await ask(farmer, "delete from infrastructure_hall");
  await ask(farmer, "delete from infrastructure_freshwaterstation");
  await ask(farmer, "delete from infrastructure_geography");
  await ask(
    farmer,
    "grant insert, select on all tables in schema public to guest",
    "grant update, usage on all sequences in schema public to guest",
  );
  const guest = url.replace(/\/\/[^@]*@/, "//guest:guest@");
  const work = () => rebuildDataset(folder, rebuilding(guest));
  const message = await refusal(work, "environment", "RIGHTS_MISSING");
  assertStringIncludes(message, "the user guest does not own ");
  assertStringIncludes(message, "infrastructure_hall");
  assertStringIncludes(message, "may not create indexes in the schema public");
});

Deno.test("rows that others have added stop a load from being taken back", async () => {
  const url = await migrated(test);
  const folder = await dataset(altered("infrastructure_hall", 2, `5,Hall,""`));
  await refusal(() => rebuildDataset(folder, rebuilding(url)), "input", "ROW_REFUSED");
  await ask(
    url,
    `insert into infrastructure_hall (id, name, description, active, created_at, updated_at,
       freshwater_station_id) values (77, 'own', '', true, now(), now(), 1)`,
  );
  const message = await refusal(() => restoreTarget(url), "input", "ROWS_OF_OTHERS");
  assertStringIncludes(message, "infrastructure_hall holds ");
  await ask(url, "delete from infrastructure_hall where id = 77");
  assertEquals((await restoreTarget(url)).indexes > 0, true);
  assertEquals((await restoreTarget(url)).indexes, 0);
});

Deno.test("a transaction of the loader's that still commits is waited for and taken back", async () => {
  const url = await migrated(test);
  const folder = await dataset(altered("infrastructure_hall", 2, `5,Hall,""`));
  await refusal(() => rebuildDataset(folder, rebuilding(url)), "input", "ROW_REFUSED");
  const geography = "infrastructure_geography";
  await ask(
    url,
    `delete from redd.part where "table" = '${geography}'`,
    `delete from ${geography}`,
  );
  const loader = postgres(url, { max: 1, onnotice: () => {} });
  await loader.unsafe("begin");
  await loader.unsafe(`insert into redd.part
    select dataset, '${geography}', 'data/${geography}.csv', 1, 1, '' from redd.load`);
  await loader.unsafe(`insert into ${geography} (id, name, description, created_at, updated_at)
    values (1, 'late', '', now(), now())`);
  const locked = await refusal(
    () => restoreTarget(url, { lockTimeout: 100 }),
    "environment",
    "TARGET_LOCKED",
  );
  assertStringIncludes(locked, "the load is still unfinished");
  const waiting = `select count(*)::int from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  const interrupt = new AbortController();
  const interrupted = refusal(
    () => restoreTarget(url, { signal: interrupt.signal }),
    "interrupted",
    "INTERRUPTED",
  );
  while ((await ask(url, waiting))[0]?.[0] !== 1);
  interrupt.abort();
  assertStringIncludes(await interrupted, "the load is still unfinished");
  while ((await ask(url, waiting))[0]?.[0] !== 0);
  const restoring = restoreTarget(url);
  while ((await ask(url, waiting))[0]?.[0] !== 1);
  await loader.unsafe("commit");
  await loader.end();
  assert((await restoring).rows > 0);
  assertEquals(await ask(url, `select count(*)::int from ${geography}`), [[0]]);
});

Deno.test("a connection that is lost at the last commit leaves the end open, and says so", async () => {
  const url = await migrated(test);
  const folder = await dataset();
  const fatal = `create function fatal() returns trigger language plpgsql as $$ begin
      perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
    create constraint trigger fatal after update of finished on redd.load
      deferrable initially deferred for each row execute function fatal()`;
  let made: Promise<unknown> | undefined;
  const onProgress = ({ phase }: LoadProgress) => {
    if (phase === "count") made ??= ask(url, fatal);
  };
  const work = () => rebuildDataset(folder, { ...rebuilding(url), onProgress });
  const message = await refusal(work, "environment", "CONNECTION_LOST");
  await made;
  assertStringIncludes(message, "It ended at the last commit");
  assert(!message.includes("indexes and keys are missing"), message);
  await ask(url, "drop trigger fatal on redd.load");
  const { partsKept, alreadyThere } = await rebuildDataset(folder, rebuilding(url));
  assertEquals([partsKept > 0, alreadyThere], [true, false]);
});

Deno.test("a user called redd does not take the ledger for the schema of the tables", async () => {
  const url = await test.freshDatabase();
  await rebuildDataset(await dataset(), rebuilding(url));
  assertEquals(await ask(url, "select current_user, current_schema()"), [["redd", "redd"]]);
  const target = await connect(url);
  assertEquals(target.schema, "public");
  assertEquals(target.path, "public");
  // The session itself is left as it was: it may be a pooler's, and somebody else's next.
  assertEquals([...await target.query("select current_schema() as schema")], [{ schema: "redd" }]);
  await target.close();
});

Deno.test("a schema redd that is somebody else's is left alone", async () => {
  const url = await test.freshDatabase();
  await ask(url, "create schema redd", "create table redd.own (id int)");
  const plain = `${url}?application_name=redd`;
  await ask(url, `alter database ${new URL(url).pathname.slice(1)} set search_path = public`);
  const work = async () => rebuildDataset(await dataset(), rebuilding(plain));
  await refusal(work, "input", "LEDGER_SCHEMA_TAKEN");
  assertEquals(await ask(url, "select count(*)::int from redd.own"), [[0]]);
  assertEquals(await forgetLoads(url), false);
});
