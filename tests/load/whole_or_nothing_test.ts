/** A load brings every row of its dataset, or names the one that is wrong and leaves nothing. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { createForeignKeys } from "../../src/aquamind/ddl.ts";
import { loadDeferred } from "./believed.ts";
import type { LoadProgress } from "../../src/load/progress.ts";
import { allTables } from "../../src/tables/catalog.ts";
import { ask, relationsOf, startTestServer } from "./databases.ts";
import { MINI, WITH_DJANGO } from "./mini_dataset.ts";
import { assertTold, stepsOf } from "./told.ts";
import { datasetsIn, loadRefusal, migrate, type Rows } from "./mini_load.ts";

const servers = { "18": await startTestServer("18"), "15": await startTestServer("15") };
Deno.test.afterAll(async () => {
  for (const one of Object.values(servers)) await one.end();
});
const dataset = datasetsIn(servers["18"].folder);

/** MINI with one row of a table in place of another. */
function altered(table: string, index: number, row: string): Rows {
  return { ...MINI, [table]: (MINI[table] ?? []).with(index, row) };
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
    const report = await loadDeferred(folder, { url, onProgress: (step) => seen.push(step) });

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
    assertTold(seen);
    const indexes = allTables.flatMap((table) => table.indexes).length;
    const foreignKeys = createForeignKeys(allTables).length;
    const { count, ...steps } = stepsOf(seen);
    assertEquals(count, [1, 5]);
    assertEquals(steps, {
      "index": [1, indexes],
      "foreign key": [1, foreignKeys],
      "view": [1, 2],
      "analyze": [1, 5],
    });

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
    const report = await loadDeferred(await dataset(WITH_DJANGO), { url });
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
    await loadDeferred(await dataset(), { url });
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
      const message = await loadRefusal(folder, { url }, "input", "ROW_REFUSED");
      assertStringIncludes(message, because);
      assertStringIncludes(message, folder);
      assertEquals(await relationsOf(url), 0);
    });
  }

  Deno.test(`${on} a dangling key in a migrated target leaves even the sequences alone`, async () => {
    const url = await freshDatabase();
    await migrate(url);
    const rows = altered("infrastructure_hall", 0, `1,Hall,"",1.00,t,${stamps},99`);
    const message = await loadRefusal(await dataset(rows), { url }, "input", "ROW_REFUSED");
    assertStringIncludes(message, "(freshwater_station_id)=(99)");
    assertEquals(await ask(url, "select count(*)::int from infrastructure_geography"), [[0]]);
    assertEquals(await sequencesOf(url), [[null], [null], [null]]);
  });
}

const { freshDatabase } = servers["18"];

Deno.test("a part whose bytes changed under the same length is refused, and nothing is left", async () => {
  const url = await freshDatabase();
  const folder = await dataset();
  const path = join(folder, "data/infrastructure_hall.csv");
  await Deno.writeTextFile(path, (await Deno.readTextFile(path)).replace("500.00", "501.00"));
  const message = await loadRefusal(folder, { url }, "input", "PART_CHANGED");
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
  const message = await loadRefusal(folder, { url }, "input", "PART_CHANGED");
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
  const message = await loadRefusal(await dataset(), { url }, "environment", "COUNT_DIFFERS");
  assertStringIncludes(message, "infrastructure_hall holds 2 rows after the copy, expected 3");
  assertEquals(await ask(url, "select count(*)::int from infrastructure_geography"), [[0]]);
});
