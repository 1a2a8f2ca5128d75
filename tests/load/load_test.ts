// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import postgres from "postgres";
import { type Fault, ReddError } from "../../src/errors.ts";
import { createForeignKeys, createIndexes, createTables, createViews } from "../../src/load/ddl.ts";
import { loadDataset, type LoadOptions } from "../../src/load/load.ts";
import type { LoadProgress } from "../../src/load/progress.ts";
import { allTables } from "../../src/tables/catalog.ts";
import { ask, relationsOf, startTestServer } from "./databases.ts";
import { MINI, WITH_DJANGO, writeDataset } from "./mini_dataset.ts";

const servers = { "18": await startTestServer("18"), "15": await startTestServer("15") };
Deno.test.afterAll(async () => {
  for (const one of Object.values(servers)) await one.end();
});

type Rows = Readonly<Record<string, readonly string[]>>;

let folders = 0;
async function dataset(
  rows: Rows = MINI,
  windows: Readonly<Record<string, readonly string[]>> = {},
): Promise<string> {
  const folder = join(servers["18"].folder, `dataset-${++folders}`);
  await Deno.mkdir(folder);
  await writeDataset(folder, rows, windows);
  return folder;
}

/** MINI with one row of a table in place of another. */
function altered(table: string, index: number, row: string): Rows {
  return { ...MINI, [table]: (MINI[table] ?? []).with(index, row) };
}

/** AquaMind's schema as its migrations leave it, without rows. */
async function migrate(url: string): Promise<void> {
  await ask(
    url,
    [
      ...createTables(allTables),
      ...createForeignKeys(allTables),
      ...createIndexes(allTables),
      ...createViews(),
    ].join(";\n"),
  );
}

async function refusal(
  folder: string,
  options: LoadOptions,
  fault: Fault,
  code: string,
): Promise<string> {
  const error = await assertRejects(() => loadDataset(folder, options), ReddError);
  assertEquals([error.fault, error.code], [fault, code], error.message);
  return error.message;
}

/** The highest id that each of the mini dataset's sequences has given, null where none has. */
function sequencesOf(url: string): Promise<unknown[][]> {
  return ask(
    url,
    Object.keys(MINI)
      .map((table) =>
        `select pg_sequence_last_value(pg_get_serial_sequence('${table}', 'id'))::int`
      )
      .join(" union all "),
  );
}

for (const version of ["18", "15"] as const) {
  const { freshDatabase } = servers[version];
  const on = `PostgreSQL ${version}:`;

  Deno.test(`${on} an empty target gets the schema, the rows and the sequences`, async () => {
    const url = await freshDatabase();
    const seen: LoadProgress[] = [];
    const windows = { infrastructure_hall: ["2021-01", "2021-02"] };
    const folder = await dataset(WITH_DJANGO, windows);
    const report = await loadDataset(folder, { url, onProgress: (step) => seen.push(step) });

    assertEquals(report.schemaCreated, true);
    assertEquals(Math.trunc(report.serverVersion / 10000), Number(version));
    assertEquals(report.tables.map(({ name, rows }) => [name, rows]), [
      ["django_content_type", 2],
      ["auth_permission", 1],
      ["infrastructure_geography", 2],
      ["infrastructure_freshwaterstation", 3],
      ["infrastructure_hall", 3],
    ]);
    assertEquals([report.rows, report.skipped], [11, []]);
    const last = seen.at(-1);
    assertEquals([last?.phase, last?.rows, last?.bytes], ["commit", 11, report.bytes]);
    assertEquals(last?.bytes, last?.totalBytes);

    assertEquals(await ask(url, "select id, freshwater_station_id from infrastructure_hall"), [
      ["1", "1"],
      ["2", "1"],
      ["5", "7"],
    ]);
    assertEquals(await ask(url, "select description from infrastructure_geography order by id"), [
      [""],
      ['two\nlines, "quoted"'],
    ]);
    assertEquals(await sequencesOf(url), [[2], [7], [5]]);
    const [keys] = await ask(
      url,
      "select count(*)::int, bool_and(condeferred), bool_and(convalidated) from pg_constraint " +
        "where contype = 'f' and connamespace = 'public'::regnamespace",
    );
    const described = createForeignKeys(allTables).length;
    assertEquals(keys, [described, true, true]);
    assertEquals(
      await ask(url, "select reltuples::int from pg_class where relname = 'infrastructure_hall'"),
      [[3]],
    );
    assertEquals(await ask(url, "select count(*)::int from pg_views where schemaname = 'public'"), [
      [2],
    ]);
  });

  Deno.test(`${on} a migrated target keeps Django's own rows and takes the others`, async () => {
    const url = await freshDatabase();
    await migrate(url);
    await ask(url, "insert into django_content_type (app_label, model) values ('auth', 'user')");
    const report = await loadDataset(await dataset(WITH_DJANGO), { url });
    assertEquals(report.schemaCreated, false);
    assertEquals(report.skipped, ["django_content_type", "auth_permission"]);
    assertEquals(report.rows, 8);
    assertEquals(await ask(url, "select app_label, model from django_content_type"), [
      ["auth", "user"],
    ]);
    assertEquals(await sequencesOf(url), [[2], [7], [5]]);
  });

  Deno.test(`${on} a sequence is never moved back`, async () => {
    const url = await freshDatabase();
    await migrate(url);
    await ask(url, "select setval('infrastructure_hall_id_seq', 4711)");
    await loadDataset(await dataset(), { url });
    assertEquals(await sequencesOf(url), [[2], [7], [4711]]);
  });

  const stamps = "2018-01-01T00:00:00Z,2018-01-01T00:00:00Z";
  const badRows: readonly (readonly [string, Rows, string])[] = [
    [
      "a column too many",
      altered("infrastructure_hall", 1, `2,Hall,"",1.00,t,${stamps},1,9`),
      "line 3: extra data after last expected column",
    ],
    [
      "a row cut short",
      altered("infrastructure_hall", 2, `5,Hall,""`),
      'line 4: missing data for column "area_sqm"',
    ],
    [
      "text in a number",
      altered("infrastructure_hall", 1, `2,Hall,"",wide,t,${stamps},1`),
      'line 3, column area_sqm, value "wide": invalid input syntax for type numeric',
    ],
    [
      "a value out of range",
      altered("infrastructure_freshwaterstation", 0, `1,N,F,1000.0,1.0,"",t,${stamps},1`),
      'line 2, column latitude, value "1000.0": numeric field overflow',
    ],
    [
      "nothing where something must stand",
      altered("infrastructure_hall", 0, `1,,"",1.00,t,${stamps},1`),
      'line 2: null value in column "name"',
    ],
    [
      "a duplicate key in the last row",
      altered("infrastructure_hall", 2, `2,Hall,"",1.00,t,${stamps},1`),
      "(Key (id)=(2) already exists)",
    ],
    [
      "a dangling foreign key",
      altered("infrastructure_hall", 0, `1,Hall,"",1.00,t,${stamps},99`),
      'Key (freshwater_station_id)=(99) is not present in table "infrastructure_freshwaterstation"',
    ],
  ];
  for (const [what, rows, because] of badRows) {
    Deno.test(`${on} ${what} is named, and nothing is left of the load`, async () => {
      const url = await freshDatabase();
      const folder = await dataset(rows);
      const message = await refusal(folder, { url }, "input", "ROW_REFUSED");
      assertStringIncludes(message, because);
      assertStringIncludes(message, folder);
      assertEquals(await relationsOf(url), 0);
    });
  }

  Deno.test(`${on} a dangling key in a migrated target leaves even the sequences alone`, async () => {
    const url = await freshDatabase();
    await migrate(url);
    const rows = altered("infrastructure_hall", 0, `1,Hall,"",1.00,t,${stamps},99`);
    const message = await refusal(await dataset(rows), { url }, "input", "ROW_REFUSED");
    assertStringIncludes(message, "(freshwater_station_id)=(99)");
    assertEquals(await ask(url, "select count(*)::int from infrastructure_geography"), [[0]]);
    assertEquals(await sequencesOf(url), [[null], [null], [null]]);
  });
}

const { freshDatabase, server } = servers["18"];

Deno.test("a part whose bytes changed under the same length is refused, and nothing is left", async () => {
  const url = await freshDatabase();
  const folder = await dataset();
  const path = join(folder, "data/infrastructure_hall.csv");
  await Deno.writeTextFile(path, (await Deno.readTextFile(path)).replace("500.00", "501.00"));
  const message = await refusal(folder, { url }, "input", "PART_CHANGED");
  assertStringIncludes(message, path);
  assertStringIncludes(message, "sha256");
  assertEquals(await relationsOf(url), 0);
});

Deno.test("a part with other rows than the manifest says is refused, and nothing is left", async () => {
  const url = await freshDatabase();
  const folder = await dataset();
  const path = join(folder, "datapackage.json");
  const manifest = JSON.parse(await Deno.readTextFile(path));
  const entry = manifest.redd.tables.infrastructure_hall;
  entry.rows = entry.parts[0].rows = 4;
  await Deno.writeTextFile(path, JSON.stringify(manifest));
  const message = await refusal(folder, { url }, "input", "PART_CHANGED");
  assertStringIncludes(message, "3 rows, expected 4");
  assertEquals(await relationsOf(url), 0);
});

Deno.test("a trigger that swallows rows is found by counting", async () => {
  const url = await freshDatabase();
  await migrate(url);
  await ask(
    url,
    `create function swallow() returns trigger language plpgsql as
     'begin delete from infrastructure_hall where id = 1; return null; end'`,
    "create trigger swallow after insert on infrastructure_hall execute function swallow()",
  );
  const message = await refusal(await dataset(), { url }, "environment", "COUNT_DIFFERS");
  assertStringIncludes(message, "infrastructure_hall holds 2 rows after the copy, expected 3");
  assertEquals(await ask(url, "select count(*)::int from infrastructure_geography"), [[0]]);
});

Deno.test("every drifted column of the target is named before a byte is sent", async () => {
  const url = await freshDatabase();
  await migrate(url);
  await ask(
    url,
    "alter table infrastructure_hall alter area_sqm type numeric(12,2), alter name drop not null, " +
      "drop column active, add column floor int not null, add column remark text",
    "alter table infrastructure_geography alter id drop identity",
    "drop table infrastructure_freshwaterstation cascade",
  );
  const copied: string[] = [];
  const onProgress = ({ table }: LoadProgress) => copied.push(table ?? "");
  const message = await refusal(await dataset(), { url, onProgress }, "input", "TARGET_DIFFERS");
  for (
    const difference of [
      "column infrastructure_geography.id has no sequence, expected an identity",
      "table infrastructure_freshwaterstation is missing",
      "column infrastructure_hall.area_sqm is numeric(12,2), expected numeric(10,2)",
      "column infrastructure_hall.name is nullable, expected NOT NULL",
      "column infrastructure_hall.active is missing",
      "column infrastructure_hall.floor (integer NOT NULL) is unknown",
    ]
  ) assertStringIncludes(message, difference);
  assert(!message.includes("remark"));
  assertEquals(copied, []);
});

Deno.test("a user without rights is told which, before anything is sent", async () => {
  const url = await freshDatabase();
  await ask(
    server.url("postgres"),
    "drop role if exists guest",
    "create role guest login password 'guest'",
  );
  const guest = url.replace(/\/\/[^@]*@/, "//guest:guest@");
  const folder = await dataset();
  const none = await refusal(folder, { url: guest }, "environment", "RIGHTS_MISSING");
  assertStringIncludes(none, "the user guest may not create anything in the schema public");

  await migrate(url);
  await ask(url, "grant insert, select on infrastructure_geography to guest");
  const some = await refusal(folder, { url: guest }, "environment", "RIGHTS_MISSING");
  const closed = "infrastructure_freshwaterstation, infrastructure_hall";
  const sequences = "the sequences infrastructure_freshwaterstation_id_seq, " +
    "infrastructure_geography_id_seq, infrastructure_hall_id_seq";
  assertStringIncludes(
    some,
    `the user guest lacks INSERT on ${closed} and SELECT on ${closed} and ` +
      `UPDATE on ${sequences} and USAGE on ${sequences}. Grant the rights, or load as the owner`,
  );

  await ask(
    url,
    "grant insert, select on all tables in schema public to guest",
    "grant update, usage on all sequences in schema public to guest",
  );
  assertEquals((await loadDataset(folder, { url: guest })).rows, 8);
});

Deno.test("a load does not wait for ever behind a lock", async () => {
  const url = await freshDatabase();
  await migrate(url);
  const other = postgres(url, { max: 1, onnotice: () => {} });
  const folder = await dataset();
  await other.begin(async (sql) => {
    await sql.unsafe("lock table infrastructure_hall in access exclusive mode");
    const options = { url, lockTimeout: 200 };
    await refusal(folder, options, "environment", "TARGET_LOCKED");
  });
  await other.begin(async (sql) => {
    await sql.unsafe("lock table infrastructure_hall in share mode");
    const message = await refusal(
      folder,
      { url, lockTimeout: 200 },
      "environment",
      "TARGET_LOCKED",
    );
    assertStringIncludes(message, "infrastructure_hall.csv");
  });
  await other.end();
  assertEquals((await loadDataset(folder, { url })).rows, 8);
});

Deno.test("two loads into one database exclude each other", async () => {
  const url = await freshDatabase();
  const folder = await dataset();
  const outcomes = await Promise.allSettled([
    loadDataset(folder, { url }),
    loadDataset(folder, { url }),
  ]);
  const refused = outcomes.flatMap((one) => one.status === "rejected" ? [one.reason] : []);
  assertEquals(refused.length, 1);
  assert(refused[0] instanceof ReddError);
  assert(["LOAD_RUNNING", "TARGET_NOT_EMPTY"].includes(refused[0].code), refused[0].message);
  assertEquals(await ask(url, "select count(*)::int from infrastructure_hall"), [[3]]);
});

/** Enough stations for several chunks. */
function manyStations(count: number): Rows {
  const description = "x".repeat(400);
  return {
    infrastructure_geography: MINI["infrastructure_geography"] ?? [],
    infrastructure_freshwaterstation: Array.from(
      { length: count },
      (_, index) => `${index + 1},S,F,1.000000,1.000000,${description},t,2018-01-01,2018-01-01,1`,
    ),
  };
}

Deno.test("a load of many chunks arrives whole", async () => {
  const url = await freshDatabase();
  const report = await loadDataset(await dataset(manyStations(5000)), { url });
  assert(report.bytes > 2_000_000);
  assertEquals(
    await ask(
      url,
      "select count(*)::int, sum(id)::int, min(length(description)) from infrastructure_freshwaterstation",
    ),
    [[5000, 5000 * 5001 / 2, 400]],
  );
});

Deno.test("a bad row in an early chunk ends a load of many chunks", async () => {
  const url = await freshDatabase();
  const rows = manyStations(20000);
  const stations = rows["infrastructure_freshwaterstation"]!.with(2, "3,S");
  const folder = await dataset({ ...rows, infrastructure_freshwaterstation: stations });
  const message = await refusal(folder, { url }, "input", "ROW_REFUSED");
  assertStringIncludes(message, "line 4: missing data");
  assertEquals(await relationsOf(url), 0);
});

Deno.test("a load whose backend is killed fails at once and leaves nothing", async () => {
  const url = await freshDatabase();
  const folder = await dataset(manyStations(20000));
  let killed: Promise<unknown> | undefined;
  const onProgress = ({ bytes, phase }: LoadProgress) => {
    if (phase !== "copy" || bytes < 1_000_000) return;
    killed ??= ask(
      server.url("postgres"),
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'redd' and datname = '${new URL(url).pathname.slice(1)}'`,
    );
  };
  const message = await refusal(folder, { url, onProgress }, "environment", "CONNECTION_LOST");
  assertEquals(await killed, [[true]]);
  assert(!message.includes(new URL(url).password));
  assertEquals(await relationsOf(url), 0);
});

for (const phase of ["copy", "analyze"] as const) {
  Deno.test(`a load that is interrupted in the phase ${phase} leaves nothing`, async () => {
    const url = await freshDatabase();
    const folder = await dataset(manyStations(5000));
    const abort = new AbortController();
    const onProgress = (progress: LoadProgress) => {
      if (progress.phase === phase && progress.bytes > 500_000) abort.abort();
    };
    const options = { url, onProgress, signal: abort.signal };
    const error = await assertRejects(() => loadDataset(folder, options), ReddError);
    assertEquals([error.fault, error.exitCode], ["interrupted", 130]);
    assertEquals(await relationsOf(url), 0);
  });
}
