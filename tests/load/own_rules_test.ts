/** Rules that somebody has added to AquaMind's tables, and rows that they refuse. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { loadDeferred, rebuildDataset } from "./believed.ts";
import { allTables } from "../../src/tables/catalog.ts";
import { readOwnRules } from "../../src/aquamind/own_rules.ts";
import { schemaMappingTo } from "../../src/aquamind/target_schema.ts";
import { addedTables } from "../../src/aquamind/added_tables.ts";
import { connect } from "../../src/postgres/target.ts";
import { freshAquamind } from "../aquamind/build.ts";
import { ask, startTestServer } from "./databases.ts";
import { MINI } from "./mini_dataset.ts";
import { datasetsIn, loadRefusal, migrate } from "./mini_load.ts";
import { refusal } from "./refusal.ts";
import { wipeDatabase } from "../../src/load/wipe/wipe.ts";
import { fullCatalogOf } from "./rebuild/farm.ts";

const test = await startTestServer("18");
Deno.test.afterAll(() => test.end());
const dataset = datasetsIn(test.folder);
const migrated = () => test.copyOf("migrated", migrate);

for (const schema of ["2025-11", "2026-03"] as const) {
  Deno.test(`a database that AquaMind of ${schema} has migrated has no rules of its own`, async () => {
    const target = await connect(await freshAquamind(test, schema));
    try {
      const mapping = schemaMappingTo(schema);
      const tables = schema === "2026-03" ? [...allTables, ...addedTables] : allTables;
      assertEquals(await readOwnRules(target, tables, mapping), []);
    } finally {
      await target.close();
    }
  });
}

/** What is added, and how a load names it. */
const RULES: readonly (readonly [what: string, sql: string, named: string])[] = [
  [
    "a check",
    "alter table infrastructure_hall add constraint own check (area_sqm < 3)",
    "infrastructure_hall has the check own, CHECK ((area_sqm < (3)::numeric))",
  ],
  [
    "a unique index",
    "create unique index own on infrastructure_hall (active)",
    "infrastructure_hall has the unique index own, USING btree (active)",
  ],
  [
    "a unique index of an expression",
    "create unique index own on infrastructure_hall (lower(left(name, 2)))",
    "infrastructure_hall has the unique index own, USING btree (lower(",
  ],
  [
    "a unique constraint",
    "alter table infrastructure_hall add constraint own unique (description)",
    "infrastructure_hall has the unique constraint own, UNIQUE (description)",
  ],
  [
    "an exclusion",
    "alter table infrastructure_hall add constraint own exclude (description with =)",
    "infrastructure_hall has the exclusion constraint own, EXCLUDE",
  ],
  [
    "a column of a domain",
    "create domain wanted as int default 5 check (value < 5); " +
    "alter table infrastructure_hall add column extra wanted",
    "infrastructure_hall has the column extra, public.wanted",
  ],
  [
    "a column that is computed",
    "alter table infrastructure_hall " +
    "add column extra int generated always as ((1 / (area_sqm - 500))::int) stored",
    "infrastructure_hall has the column extra, integer GENERATED ALWAYS AS",
  ],
  [
    "an index that is computed",
    "create index own on infrastructure_hall ((1 / (area_sqm - 500)))",
    "infrastructure_hall has the index own, USING btree (",
  ],
  [
    "a foreign key",
    "create table area (sqm numeric(10,2) primary key); alter table infrastructure_hall " +
    "add constraint own foreign key (area_sqm) references area",
    "infrastructure_hall has the foreign key own, FOREIGN KEY (area_sqm)",
  ],
];
for (const [what, sql, named] of RULES) {
  Deno.test(`${what} of the target's own that refuses a row is the target's`, async () => {
    const url = await migrated();
    await ask(url, sql);
    const message = await loadRefusal(await dataset(), { url }, "input", "TARGET_DIFFERS");
    assertStringIncludes(message, named);
    assertStringIncludes(message, "which AquaMind's 2025-11 schema has not");
    assertStringIncludes(message, "Nothing has changed in the target.");
    assert(!message.includes("mend the file"), message);
    assertEquals(await ask(url, "select count(*)::int from infrastructure_geography"), [[0]]);
  });
}

Deno.test("a rule of master data that are merged is the target's as well", async () => {
  const url = await migrated();
  await loadDeferred(
    await dataset({ infrastructure_geography: MINI["infrastructure_geography"]! }),
    {
      url,
    },
  );
  await ask(url, "alter table infrastructure_freshwaterstation add constraint own check (id < 0)");
  await ask(
    url,
    "insert into infrastructure_freshwaterstation overriding system value values " +
      "(-1, 'Other', 'FRESHWATER', 1, 1, '', true, now(), now(), 1)",
  );
  const message = await loadRefusal(await dataset(), { url }, "input", "TARGET_DIFFERS");
  assertStringIncludes(message, "infrastructure_freshwaterstation has the check own");
});

Deno.test("a rule that no row breaks lets a load pass, and one of AquaMind's stays the file's", async () => {
  const url = await migrated();
  await ask(
    url,
    "alter table infrastructure_hall add constraint own check (id > 0)",
    "create unique index other on infrastructure_hall (id, name)",
  );
  const halls = MINI["infrastructure_hall"]!;
  const twice = await dataset({ ...MINI, infrastructure_hall: halls.with(2, halls[0]!) });
  const message = await loadRefusal(twice, { url }, "input", "ROW_REFUSED");
  assertStringIncludes(message, "infrastructure_hall_pkey");
  assertStringIncludes(message, "mend the file");
  assertEquals((await loadDeferred(await dataset(), { url })).rows, 8);
});

Deno.test("the rebuild way drops no index where a rule of the target's own could stop it", async () => {
  const url = await migrated();
  await ask(url, "create unique index own on infrastructure_hall (active)");
  const before = await fullCatalogOf(url);
  const folder = await dataset();
  const work = () => rebuildDataset(folder, { url, large: 1, jobs: 1 });
  const message = await refusal(work, "input", "TARGET_DIFFERS");
  assertStringIncludes(
    message,
    "infrastructure_hall has the unique index own, USING btree (active)",
  );
  assertStringIncludes(message, "drop index public.own");
  assertStringIncludes(message, "--method deferred");
  assertEquals(await fullCatalogOf(url), before);
  await ask(url, "drop index own");
  assertEquals((await work()).rows, 8);
});

/** Makes the table of deaths one that is partitioned. */
const partitioned = (by: string, ...partitions: string[]) =>
  [
    "alter table batch_mortalityevent rename to plain",
    `create table batch_mortalityevent (like plain including defaults including identity) ` +
    `partition by ${by}`,
    ...partitions.map((bounds, at) =>
      `create table part_${at} partition of batch_mortalityevent for values ${bounds}`
    ),
  ] as const;

/** Deaths with the ids 1 to 3, of no batch that anybody asks for: no foreign key is there. */
const DEATHS = [1, 2, 3].map((id) =>
  `${id},2020-01-0${id},1,1.00,UNKNOWN,"",2020-01-01T00:00:00Z,2020-01-01T00:00:00Z,1,`
);

for (
  const [what, sql, lacks] of [
    ["by hash without a partition", partitioned("hash (id)"), "HASH (id) and has no partition,"],
    [
      "by ranges that end before the last row",
      partitioned("range (id)", "from (1) to (3)"),
      "RANGE (id) and has no partition for the id 3,",
    ],
    [
      "by hash with partitions that are missing",
      partitioned("hash (id)", "with (modulus 100, remainder 0)"),
      "HASH (id) and has no partition for the id 1,",
    ],
  ] as const
) {
  Deno.test(`a table that is partitioned ${what} is refused before the first byte`, async () => {
    const url = await migrated();
    await ask(url, ...sql);
    const folder = await dataset({ batch_mortalityevent: DEATHS });
    for (const work of [loadDeferred, rebuildDataset]) {
      const copied: string[] = [];
      const onProgress = ({ table }: { table?: string }) => copied.push(table ?? "");
      const message = await refusal(
        () => work(folder, { url, onProgress }),
        "input",
        "TARGET_DIFFERS",
      );
      assertStringIncludes(message, `batch_mortalityevent is partitioned by ${lacks}`);
      assertStringIncludes(message, "Make the partitions that are missing");
      assertEquals(copied, []);
    }
  });
}

Deno.test("a missing partition that only the server can tell is the target's", async () => {
  const url = await migrated();
  const sql = partitioned("range (event_date)", "from ('2020-01-01') to ('2020-01-03')");
  await ask(url, ...sql);
  const folder = await dataset({ batch_mortalityevent: DEATHS });
  const message = await loadRefusal(folder, { url }, "input", "TARGET_DIFFERS");
  assertStringIncludes(message, "batch_mortalityevent is partitioned by RANGE (event_date), which");
  await ask(url, "create table rest partition of batch_mortalityevent default");
  assertEquals((await loadDeferred(folder, { url })).rows, 3);
  assertEquals(await ask(url, "select count(*)::int from rest"), [[1]]);
});

Deno.test("what has the name of a table and is none is called what it is", async () => {
  const url = await migrated();
  await ask(
    url,
    "alter table infrastructure_hall rename to halls",
    "create view infrastructure_hall as select * from halls",
    "alter table batch_batch rename to batches",
    "create materialized view batch_batch as select * from batches",
  );
  const folder = await dataset();
  const both =
    "batch_batch is a materialized view, infrastructure_hall is a view, where AquaMind " +
    "has a table. Name the database and schema that hold the tables themselves.";
  assertStringIncludes(await loadRefusal(folder, { url }, "input", "TARGET_DIFFERS"), both);
  const wipe = () => wipeDatabase(url);
  assertStringIncludes(await refusal(wipe, "input", "TARGET_DIFFERS"), "batch_batch is a mat");
  const empty = await test.freshDatabase();
  await ask(empty, "create view infrastructure_hall as select 1 as id");
  const message = await loadRefusal(folder, { url: empty }, "input", "TARGET_DIFFERS");
  assertStringIncludes(message, "infrastructure_hall is a view, where AquaMind has a table");
});
