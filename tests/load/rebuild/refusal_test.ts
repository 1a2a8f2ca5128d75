// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import postgres from "postgres";
import { type Fault, ReddError } from "../../../src/errors.ts";
import { loadDataset } from "../../../src/load/load.ts";
import { rebuildDataset, type RebuildOptions } from "../../../src/load/rebuild/rebuild.ts";
import type { LoadProgress } from "../../../src/load/progress.ts";
import { forgetLoads, restoreTarget } from "../../../src/load/rebuild/restore.ts";
import { loadStatus, statusLines } from "../../../src/load/rebuild/status.ts";
import { connect } from "../../../src/load/target.ts";
import { ask, startTestServer } from "../databases.ts";
import { MINI, writeDataset } from "../mini_dataset.ts";
import { catalogDifference, digestsOf, fullCatalogOf, migrated } from "./farm.ts";

const test = await startTestServer("18");
Deno.test.afterAll(() => test.end());

type Rows = Readonly<Record<string, readonly string[]>>;

let folders = 0;
/** A dataset whose halls come in two parts. */
async function dataset(rows: Rows = MINI): Promise<string> {
  const folder = join(test.folder, `dataset-${++folders}`);
  await Deno.mkdir(folder);
  await writeDataset(folder, rows, { infrastructure_hall: ["2021-01", "2021-02"] });
  return folder;
}

/** MINI with one row of a table in place of another. */
function altered(table: string, index: number, row: string): Rows {
  return { ...MINI, [table]: (MINI[table] ?? []).with(index, row) };
}

const rebuilding = (url: string): RebuildOptions => ({ url, large: 3, jobs: 2, lockTimeout: 300 });

async function refusal(
  work: () => Promise<unknown>,
  fault: Fault,
  code: string,
): Promise<string> {
  const error = await assertRejects(work, ReddError);
  assertEquals([error.fault, error.code], [fault, code], error.message);
  return error.message;
}

const UNDERWAY = "indexes and keys are missing in the target: run the same command again to " +
  "carry on, or take it back with --restore.";

Deno.test("a dataset that is there already is said to be so, and nothing is done", async () => {
  const url = await migrated(test);
  const folder = await dataset();
  const first = await rebuildDataset(folder, rebuilding(url));
  assertEquals([first.rows, first.alreadyThere], [8, false]);
  assertEquals(first.rebuilt, ["infrastructure_freshwaterstation", "infrastructure_hall"]);
  const [lines] = await ask(url, "select count(*)::int from redd.part");
  assertEquals(lines, [4]);
  const digests = await digestsOf(url);
  const second = await rebuildDataset(folder, rebuilding(url));
  assertEquals([second.rows, second.alreadyThere, second.partsKept], [8, true, 4]);
  assertEquals(await digestsOf(url), digests);

  await ask(url, "delete from infrastructure_hall where id = 5");
  const mended = await rebuildDataset(folder, rebuilding(url));
  assertEquals([mended.alreadyThere, mended.merged.length], [false, 3]);
  assertEquals(await digestsOf(url), digests);
  await ask(url, "truncate infrastructure_hall, infrastructure_freshwaterstation cascade");
  await ask(url, "delete from infrastructure_geography");
  assertEquals((await rebuildDataset(folder, rebuilding(url))).alreadyThere, false);
  assertEquals(await digestsOf(url), digests);
});

Deno.test("another dataset is refused while a load is unfinished, in both ways", async () => {
  const url = await migrated(test);
  const stations = MINI["infrastructure_freshwaterstation"]!;
  const broken = await dataset({
    ...MINI,
    infrastructure_freshwaterstation: stations.with(1, "2,cut"),
  });
  await refusal(() => rebuildDataset(broken, rebuilding(url)), "input", "ROW_REFUSED");
  const other = await dataset();
  for (
    const work of [
      () => rebuildDataset(other, rebuilding(url)),
      () => loadDataset(other, { url }),
    ]
  ) {
    const message = await refusal(work, "input", "LOAD_UNFINISHED");
    assertStringIncludes(message, `a load of the dataset ${broken.split("/").at(-1)}`);
    assertStringIncludes(message, "--restore");
  }
  const message = await refusal(() => forgetLoads(url), "input", "LOAD_UNFINISHED");
  assert(message.startsWith("Cannot forget the loads of postgres://"), message);
});

Deno.test("a view that groups by a primary key is named, and nothing has changed", async () => {
  const url = await migrated(test);
  await ask(
    url,
    `create view "hall; names" as select h.id, h.name, count(*) from infrastructure_hall h
     group by h.id`,
    `create function sizes() returns setof numeric language sql
     begin atomic select area_sqm from infrastructure_hall group by id; end`,
  );
  const before = await fullCatalogOf(url);
  const work = async () => rebuildDataset(await dataset(), rebuilding(url));
  const message = await refusal(work, "input", "TARGET_DEPENDS");
  assertStringIncludes(
    message,
    'the view public."hall; names" depends on constraint infrastructure_hall_pkey on table ' +
      "public.infrastructure_hall",
  );
  assertStringIncludes(message, "function public.sizes() depends on");
  assertStringIncludes(message, "or load with --method deferred.");
  assertEquals(catalogDifference(before, await fullCatalogOf(url)), []);
  assertEquals(await ask(url, "select to_regnamespace('redd')"), [[null]]);
});

Deno.test("a foreign key whose triggers are disabled is named, and nothing has changed", async () => {
  const url = await migrated(test);
  await ask(url, "alter table infrastructure_freshwaterstation disable trigger all");
  const before = await fullCatalogOf(url);
  const work = async () => rebuildDataset(await dataset(), rebuilding(url));
  const message = await refusal(work, "input", "TRIGGERS_ALTERED");
  assertStringIncludes(
    message,
    "on public.infrastructure_freshwaterstation triggers are disabled or altered that check the foreign key " +
      "broodstock_eggproduc_destination_station__cc9c38c3_fk_infrastru and 3 more.",
  );
  const remedy =
    /the first: (alter table \S+ enable trigger "RI_ConstraintTrigger_\w+")\), or load/;
  assert(remedy.test(message), message);
  assertEquals(catalogDifference(before, await fullCatalogOf(url)), []);
  await ask(url, "alter table infrastructure_freshwaterstation enable trigger all");
  await work();
});

const stamps = "2018-01-01T00:00:00Z,2018-01-01T00:00:00Z";
const bad: readonly (readonly [string, Rows, string])[] = [
  [
    "a row cut short",
    altered("infrastructure_hall", 2, `5,Hall,""`),
    'data/infrastructure_hall/2021-02.csv: line 2: missing data for column "area_sqm"',
  ],
  [
    "a duplicate key in another part",
    altered("infrastructure_hall", 2, `1,Hall,"",1.00,t,${stamps},1`),
    "Cannot build infrastructure_hall_pkey of public.infrastructure_hall: table " +
    "infrastructure_hall: could not create unique index",
  ],
  [
    "a foreign key that points nowhere",
    altered("infrastructure_hall", 0, `1,Hall,"",1.00,t,${stamps},99`),
    "Key (freshwater_station_id)=(99) is not present",
  ],
];
for (const [what, rows, because] of bad) {
  Deno.test(`${what} is named, told by the status, and taken back`, async () => {
    const url = await migrated(test);
    const before = await fullCatalogOf(url);
    const empty = await digestsOf(url);
    const folder = await dataset(rows);
    const work = () => rebuildDataset(folder, { ...rebuilding(url), jobs: 1 });
    const message = await refusal(work, "input", "ROW_REFUSED");
    assertStringIncludes(message, because);
    assertStringIncludes(message, UNDERWAY);
    assert(!message.includes("Nothing has changed"), message);
    // A rerun meets the same row.
    assertStringIncludes(await refusal(work, "input", "ROW_REFUSED"), because);

    const lines = statusLines(await loadStatus(url));
    assertStringIncludes(lines[0]!, "is not finished: ");
    assertStringIncludes(lines[1]!, "Still to be put back: ");
    assert(catalogDifference(before, await fullCatalogOf(url)).length > 0);

    const restored = await restoreTarget(url);
    assertEquals(restored.name, folder.split("/").at(-1));
    assertEquals(catalogDifference(before, await fullCatalogOf(url)), []);
    assertEquals(await digestsOf(url), empty);
    assertEquals((await rebuildDataset(await dataset(), rebuilding(url))).rows, 8);
  });
}

Deno.test("a part with another sha256 is refused, and a good copy of it completes the load", async () => {
  const url = await migrated(test);
  const folder = await dataset();
  const path = join(folder, "data/infrastructure_hall/2021-02.csv");
  const good = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, good.replace("500.00", "501.00"));
  const work = () => rebuildDataset(folder, { ...rebuilding(url), jobs: 1 });
  const message = await refusal(work, "input", "PART_CHANGED");
  assertStringIncludes(message, "its sha256 is");
  assertStringIncludes(message, UNDERWAY);
  await Deno.writeTextFile(path, good);
  assertEquals((await work()).partsKept, 3);
  assertEquals(await ask(url, "select sum(area_sqm)::text from infrastructure_hall"), [[
    "1000.00",
  ]]);
});

Deno.test("a trigger that swallows rows is found by counting", async () => {
  const url = await migrated(test);
  await ask(
    url,
    `create function swallow() returns trigger language plpgsql as
     'begin delete from infrastructure_hall where id = 1; return null; end'`,
    "create trigger swallow after insert on infrastructure_hall execute function swallow()",
  );
  const work = async () => rebuildDataset(await dataset(), { ...rebuilding(url), jobs: 1 });
  const message = await refusal(work, "environment", "COUNT_DIFFERS");
  assertStringIncludes(message, "infrastructure_hall holds 2 rows after the copy, expected 3");
  assertStringIncludes(message, UNDERWAY);
  await restoreTarget(url);
  assertEquals(await ask(url, "select count(*)::int from infrastructure_geography"), [[0]]);
});

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
  assertEquals([...await target.query("select current_schema() as schema")], [{
    schema: "public",
  }]);
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
