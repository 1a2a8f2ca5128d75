/** What is not in the database as it is in the dataset: named with table, part, line and values. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { ReddError } from "../../src/errors.ts";
import { diffDataset, load, rebuildDataset } from "../load/believed.ts";
import type { PartDifference } from "../../src/diff/report.ts";
import { shareSnapshot } from "../../src/postgres/snapshot.ts";
import { connect, type Target } from "../../src/postgres/target.ts";
import { generateSmall } from "../generate/small_dataset.ts";
import { ask, startTestServer } from "../load/databases.ts";
import { LARGE, migrated } from "../load/rebuild/farm.ts";

const test = await startTestServer("15");
Deno.test.afterAll(() => test.end());
const folder = join(test.folder, "farm");
const { manifest } = await generateSmall(folder);
const loaded = () => test.copyOf("loaded", (url) => load(folder, { url }));

/** A loaded database after some statements. */
async function after(...statements: string[]): Promise<string> {
  const url = await loaded();
  await ask(url, ...statements);
  return url;
}

/** The differing tables of a database, each with its differing parts. */
async function differences(url: string): Promise<Record<string, readonly PartDifference[]>> {
  const { tables, equal } = await diffDataset(folder, url);
  const different = tables.filter((table) => !table.equal);
  assertEquals(equal, different.length === 0);
  for (const { name, checksum, equal } of tables) {
    assertEquals(checksum.database === checksum.dataset, equal, name);
  }
  return Object.fromEntries(different.map(({ name, parts }) => [name, parts]));
}

/** The line of a part's file. */
async function lineOf(path: string, line: number): Promise<string> {
  return (await Deno.readTextFile(join(folder, path))).split("\n")[line - 1]!;
}

const DEATHS = "batch_mortalityevent";
const [JANUARY, FEBRUARY] = manifest.tables[DEATHS]!.parts.map(({ path }) => path);
/** The dataset's first row of February. */
const FIRST = manifest.tables[DEATHS]!.parts[0]!.rows + 1;

Deno.test("a database into which nothing has written equals the dataset", async () => {
  assertEquals(await differences(await loaded()), {});
});

Deno.test("a changed value is named with its part, line and both values", async () => {
  const url = await after(`update ${DEATHS} set count = count + 1000 where id = ${FIRST + 3}`);
  const before = await lineOf(FEBRUARY!, 5);
  const count = before.split(",")[2]!;
  const [changed] = (await differences(url))[DEATHS]!;
  assertEquals(changed, {
    path: FEBRUARY!,
    missing: 0,
    extra: 0,
    changed: 1,
    first: {
      line: 5,
      id: FIRST + 3,
      dataset: before,
      database: before.replace(`,${count},`, `,${Number(count) + 1000},`),
      values: [{ column: "count", dataset: count, database: `${Number(count) + 1000}` }],
    },
  });
});

Deno.test("rows that are gone are counted, and the first is named", async () => {
  const url = await after(`delete from ${DEATHS} where id in (2, 3, ${FIRST})`);
  const none = { extra: 0, changed: 0 };
  assertEquals(await differences(url), {
    [DEATHS]: [
      {
        path: JANUARY!,
        missing: 2,
        ...none,
        first: { line: 3, id: 2, dataset: await lineOf(JANUARY!, 3), values: [] },
      },
      {
        path: FEBRUARY!,
        missing: 1,
        ...none,
        first: { line: 2, id: FIRST, dataset: await lineOf(FEBRUARY!, 2), values: [] },
      },
    ],
  });
});

Deno.test("a row that is there twice is named, as no key may be in its way", async () => {
  const url = await after(
    `alter table ${DEATHS} drop constraint ${DEATHS}_pkey cascade`,
    `insert into ${DEATHS} select * from ${DEATHS} where id = ${FIRST}`,
  );
  assertEquals(await differences(url), {
    [DEATHS]: [{
      path: FEBRUARY!,
      missing: 0,
      extra: 1,
      changed: 0,
      first: { line: 3, id: FIRST, database: await lineOf(FEBRUARY!, 2), values: [] },
    }],
  });
});

Deno.test("a row of others is counted and no difference", async () => {
  const url = await after(
    `insert into ${DEATHS} (event_date, count, cause, description, created_at, updated_at, batch_id,
       assignment_id, biomass_kg)
     select event_date, 77, cause, description, created_at, updated_at, batch_id, assignment_id,
       biomass_kg from ${DEATHS} where id = 1`,
  );
  assertEquals(await differences(url), {});
  const { tables, others } = await diffDataset(folder, url, { tables: [DEATHS] });
  assertEquals([others, tables[0]!.rows], [1, {
    dataset: manifest.tables[DEATHS]!.rows,
    database: manifest.tables[DEATHS]!.rows,
  }]);
});

Deno.test("a row that has moved on the disk is the same, one that has moved in time is not", async () => {
  // Without its key the server meets the rows in the order of the disk.
  const noKey = `alter table ${DEATHS} drop constraint ${DEATHS}_pkey cascade`;
  const moved = `update ${DEATHS} set count = count where id < 40`;
  assertEquals(await differences(await after(noKey, moved)), {});
  // Two rows change places across two parts, then one goes out of the dataset's ids.
  const swapped = await after(
    `update ${DEATHS} set id = case id when 1 then -1 else -${FIRST} end where id in (1, ${FIRST})`,
    `update ${DEATHS} set id = case id when -1 then ${FIRST} else 1 end where id < 0`,
  );
  const { [DEATHS]: parts, ...rest } = await differences(swapped);
  assertEquals(rest, {});
  assertEquals(
    parts!.map(({ path, changed, first }) => [path, changed, first.line]),
    [[JANUARY, 1, 2], [FEBRUARY, 1, 2]],
  );
  const out = await after(`update ${DEATHS} set id = 1000000 where id = ${FIRST}`);
  const report = await diffDataset(folder, out, { tables: [DEATHS] });
  assertEquals([report.equal, report.others, report.tables[0]!.parts[0]!.missing], [false, 1, 1]);
});

/** One statement, the table and column that differ by it, and how the database has the value. */
const SUBTLE: readonly (readonly [what: string, sql: string, column: string, value: string])[] = [
  [
    "an entity's status",
    "update batch_batch set status = 'COMPLETED'",
    "batch_batch.status",
    "COMPLETED",
  ],
  [
    "empty text for NULL",
    "update batch_historicalbatch set history_change_reason = '' where history_id = 1",
    "batch_historicalbatch.history_change_reason",
    '""',
  ],
  [
    "a date for NULL",
    "update batch_batch set actual_end_date = start_date",
    "batch_batch.actual_end_date",
    "2024-01-15",
  ],
  [
    "a millionth of a second",
    `update ${DEATHS} set created_at = created_at + interval '1 microsecond' where id = 9`,
    `${DEATHS}.created_at`,
    "2024-01-15T12:00:00.000001Z",
  ],
  [
    "the last bit of a double",
    "update scenario_scenarioprojection set population = population + 1e-10 where projection_id = 7",
    "scenario_scenarioprojection.population",
    "99790.0000000001",
  ],
  [
    "a third decimal where the dataset has two",
    "update inventory_feedingevent set feeding_percentage = 1.501 where id = 3",
    "inventory_feedingevent.feeding_percentage",
    "1.501000",
  ],
  [
    "a key more in JSON",
    `update batch_actualdailyassignmentstate set sources = sources || '{"x": 1}' where id = 1`,
    "batch_actualdailyassignmentstate.sources",
    `,""mortality"":""actual"",""feed"":""none""}{""x"": 1}"`,
  ],
  [
    "a key less in JSON",
    "update batch_actualdailyassignmentstate set confidence_scores = confidence_scores - 'feed' " +
    "where id = 1",
    "batch_actualdailyassignmentstate.confidence_scores",
    `"{""temp"":1,""weight"":0.8,""mortality"":1}"`,
  ],
  [
    "another user",
    "update batch_creationworkflow set created_by_id = 2 where id = 1",
    "batch_creationworkflow.created_by_id",
    "2",
  ],
  [
    "master data that the load has brought",
    "update infrastructure_hall set description = 'lofty' where id = 2",
    "infrastructure_hall.description",
    "lofty",
  ],
  [
    "a save in the history of master data",
    "update infrastructure_historicalhall set active = false where history_id = 2",
    "infrastructure_historicalhall.active",
    "false",
  ],
];

Deno.test("nothing is too small to be a difference", async () => {
  const url = await after(...SUBTLE.map(([, sql]) => sql));
  const found = await differences(url);
  const places = Object.entries(found).flatMap(([table, parts]) => {
    assertEquals(parts.map(({ changed }) => changed), [1], table);
    return parts[0]!.first.values.map((
      { column, database },
    ): [string, string] => [`${table}.${column}`, database]);
  });
  assertEquals(places.length, SUBTLE.length);
  for (const [what, , place, value] of SUBTLE) {
    assertStringIncludes(new Map<string, string>(places).get(place) ?? "nothing", value, what);
  }
});

Deno.test("a load that is not finished is told, and what has arrived is compared", async () => {
  const url = await migrated(test);
  const abort = new AbortController();
  await rebuildDataset(folder, {
    url,
    large: LARGE,
    jobs: 1,
    signal: abort.signal,
    onProgress: ({ rows }) => rows > 30_000 && abort.abort(),
  }).catch((error) => assertEquals(error.code, "INTERRUPTED"));
  const report = await diffDataset(folder, url);
  assertEquals([report.unfinished, report.equal], ["farm", false]);
  assertEquals(report.rows.database > 0 && report.rows.database < report.rows.dataset, true);
  await rebuildDataset(folder, { url, large: LARGE });
  const whole = await diffDataset(folder, url);
  assertEquals([whole.unfinished, whole.equal, whole.others], [undefined, true, 0]);
});

Deno.test("a file that was altered is told, whether the database differs there or not", async () => {
  const broken = join(test.folder, "broken");
  cpSync(folder, broken, { recursive: true });
  const path = join(broken, FEBRUARY!);
  await Deno.writeTextFile(path, (await Deno.readTextFile(path)).replace("UNKNOWN", "unknown"));
  for (const change of [`update ${DEATHS} set count = 99 where id = ${FIRST}`, "select"]) {
    const url = await after(change);
    const error = await assertRejects(() => diffDataset(broken, url), ReddError);
    assertEquals([error.fault, error.code], ["input", "PART_CHANGED"]);
    assertStringIncludes(error.message, FEBRUARY!);
  }
});

Deno.test("a database that cannot hold the dataset is refused", async () => {
  const refused = async (url: string, code: string, words: string) => {
    const error = await assertRejects(() => diffDataset(folder, url), ReddError);
    assertEquals([error.fault, error.code], ["input", code]);
    assertStringIncludes(error.message, words);
    assertEquals(error.message.includes(new URL(url).password), false);
  };
  await refused(await test.freshDatabase(), "NOT_LOADED", "none of AquaMind's tables");
  const url = await after(
    "drop table inventory_feedingevent cascade",
    "alter table scenario drop column genotype cascade",
  );
  await refused(url, "TARGET_DIFFERS", "table inventory_feedingevent is missing");
  await refused(url, "TARGET_DIFFERS", "column scenario.genotype is missing");
  const unknown = () => diffDataset(folder, url, { tables: ["batch_fish"] });
  assertEquals((await assertRejects(unknown, ReddError)).code, "TABLE_UNKNOWN");
});

Deno.test("a comparison that is interrupted says so", async () => {
  const abort = new AbortController();
  const onProgress = () => abort.abort();
  const work = async () =>
    await diffDataset(folder, await loaded(), { signal: abort.signal, onProgress });
  const error = await assertRejects(work, ReddError);
  assertEquals([error.fault, error.code], ["interrupted", "INTERRUPTED"]);
});

Deno.test("a comparison whose connection ends says so", async () => {
  const url = await loaded();
  const holder = await connect(url);
  try {
    await holder.query("begin");
    await holder.query(`lock table ${DEATHS} in access exclusive mode`);
    const work = diffDataset(folder, url, { tables: [DEATHS], jobs: 1 });
    const ended = assertRejects(() => work, ReddError);
    const end = "select pg_terminate_backend(pid) from pg_stat_activity where " +
      "datname = current_database() and wait_event_type = 'Lock'";
    while ((await ask(url, end)).length === 0);
    const error = await ended;
    assertEquals([error.fault, error.code], ["environment", "CONNECTION_LOST"]);
  } finally {
    await holder.close();
  }
});

Deno.test("all connections of a comparison see one state, and change nothing", async () => {
  const url = await loaded();
  const pool: Target[] = [await connect(url)];
  try {
    await shareSnapshot(pool, 3);
    await ask(url, "update batch_batch set status = 'COMPLETED'");
    for (const target of pool) {
      const [row] = await target.query<{ status: string }>("select status from public.batch_batch");
      assertEquals(row?.status, "ACTIVE");
    }
    await assertRejects(() => pool[2]!.query("delete from public.batch_batch"), Error, "read-only");
  } finally {
    await Promise.all(pool.map((target) => target.close()));
  }
});
