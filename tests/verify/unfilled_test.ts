/** Databases for which no dataset speaks: the original system's, others, and what is no farm at all. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { createTables, createViews } from "../../src/aquamind/ddl.ts";
import { allChecks } from "../../src/catalogue/catalogue.ts";
import { ReddError } from "../../src/errors.ts";
import { allTables } from "../../src/tables/catalog.ts";
import type { DatabaseFacts } from "../../src/verify/engines/look.ts";
import { verifyDatabase } from "../../src/verify/engines/postgres.ts";
import { resultLines, type VerifyReport } from "../../src/verify/report.ts";
import { idMapOf } from "../../src/aquamind/id_map.ts";
import { recordFinished } from "../../src/load/ledger/loads.ts";
import { createLedger } from "../../src/load/ledger/tables.ts";
import { connect } from "../../src/postgres/target.ts";
import { freshAquamind } from "../aquamind/build.ts";
import { manifestOf } from "../load/mini_dataset.ts";
import { reddHere } from "../cli/line_here.ts";
import { ask, startTestServer } from "../load/databases.ts";
import { ORIGINAL } from "./original.ts";

const test = await startTestServer();
Deno.test.afterAll(() => test.end());

const original = await test.freshDatabase();
await ask(original, ORIGINAL.join("; "), createViews().join("; "));

const endOf = ({ results }: VerifyReport, id: string) =>
  results.find(({ check }) => check.id === id)?.status;

Deno.test("a database of the original is judged by its rows, and every defect that they show is found", async () => {
  let facts: DatabaseFacts | undefined;
  const report = await verifyDatabase(original, undefined, { onFound: (found) => facts = found });
  assertEquals([facts?.batches, facts?.firstDay, facts?.lastDay, facts?.lastOf], [
    1,
    "2024-01-01",
    "2024-01-09",
    "environmental_environmentalreading",
  ]);
  assertEquals([report.found, facts?.schema, facts?.estimated], [facts, "2025-11", false]);
  assertEquals(report.ok, false);
  // Nothing that such rows hold makes a query fail.
  assertEquals(report.results.filter(({ status }) => status === "broken").flatMap(resultLines), []);
  const blind = allChecks.filter(({ id, defects }) =>
    defects !== undefined && endOf(report, id) !== "failed"
  );
  assertEquals(blind.map(({ id, defects }) => `${id}, ${defects}`), []);
});

Deno.test("what takes numbers from a manifest is skipped, and says from where", async () => {
  const { results } = await verifyDatabase(original);
  assertEquals(results.length, allChecks.length);
  for (const { check, status, details } of results) {
    const { basis } = allChecks.find(({ id }) => id === check.id)!;
    assertEquals(status === "skipped", basis !== undefined, `${check.id} ${status} ${details}`);
    if (status === "skipped") assert(/^it needs the .* of a dataset|that made/.test(details[0]!));
  }
});

Deno.test("one check alone is asked, and its offenders are named by table, id and value", async () => {
  const { results } = await verifyDatabase(original, undefined, { only: ["LAW-STATE-SAW"] });
  assertEquals(results.flatMap(({ details }) => details), [
    "table_name batch_actualdailyassignmentstate, id 6, assignment_id 5, date 2024-01-06, " +
    "before 8.7, avg_weight_g 6",
  ]);
});

/** The URL of the original's database for somebody who may only read it. */
function asReader(): string {
  const url = new URL(original);
  url.username = "reader";
  url.password = "r";
  return url.href;
}

/** What is said of a database, with its code. */
async function refused(url: string): Promise<string> {
  const { code, because } = await assertRejects(() => verifyDatabase(url), ReddError);
  return `${code}: ${because}`;
}

Deno.test("a database without rows, without tables or of something else is refused with a word", async () => {
  const empty = await test.freshDatabase();
  assertEquals(await refused(empty), "NOT_LOADED: it has none of AquaMind's tables");
  await ask(empty, "create table customer (id int); create view batch_batch as select 1 as id");
  assertEquals(
    await refused(empty),
    "TARGET_DIFFERS: batch_batch is a view, where AquaMind has a table",
  );
  for (const schema of ["2025-11", "2026-03"] as const) {
    assertEquals(
      await refused(await freshAquamind(test, schema)),
      "NO_RECORDS: it has AquaMind's tables, and no batch with records in them",
    );
  }
});

/** Dates that nobody means, and the columns that they slip into. */
const SLIPS = [
  "update batch_batch set start_date = '12025-01-01', expected_end_date = 'infinity'",
  "update batch_batchtransferworkflow set planned_start_date = '-infinity'",
  "update batch_mortalityevent set event_date = '20255-06-05' where id = 1",
  "update batch_mortalityevent set event_date = '0044-03-15 BC', updated_at = 'infinity' where id > 1",
  "update inventory_feedingevent set feeding_date = '5874897-12-31'",
];

Deno.test("dates that nobody means break no check, move no day, and are told by table, id and date", async () => {
  const url = await test.freshDatabase();
  await ask(url, ORIGINAL.join("; "), createViews().join("; "), SLIPS.join("; "));
  const { results, found } = await verifyDatabase(url);
  assertEquals([found?.firstDay, found?.lastDay], ["2024-01-01", "2024-01-09"]);
  assertEquals(results.filter(({ status }) => status === "broken").flatMap(resultLines), []);
  const told = await verifyDatabase(url, undefined, { only: ["LAW-DATE"], jobs: 1 });
  const details = told.results[0]!.details;
  assert(
    details.includes(
      "table_name batch_mortalityevent, id 1, date_of event_date, found 20255-06-05",
    ),
    details.join("\n"),
  );
});

Deno.test("a slip that could be a day is told, and the day can be given", async () => {
  const url = await test.freshDatabase();
  await ask(url, ORIGINAL.join("; "), createViews().join("; "));
  await ask(url, "update batch_mortalityevent set event_date = '2105-06-06'");
  const line = ["verify", "--database-url", url, "--only", "LAW-READING-VARIES,LAW-DATE"];
  const cwd = await Deno.makeTempDir();
  try {
    const said = await reddHere(line, { cwd });
    assert(
      said.stderr.includes(
        "Only batch_mortalityevent has a record of 2105-06-06: the last of all others is of " +
          "2024-01-09 (environmental_environmentalreading). If that is a slip, give the last day " +
          "with --as-of",
      ),
      said.stderr,
    );
    const given = await reddHere([...line, "--as-of", "2024-01-09"], { cwd });
    assert(given.stderr.includes("As of 2024-01-09, as --as-of says; "), given.stderr);
    // The readings of that day are all the same, and no longer out of sight.
    assertEquals([said.code, given.code], [0, 1], given.stdout);
    const both = await reddHere(["verify", "farm", "--embedded", "--as-of", "2024-01-09"], { cwd });
    assertEquals(both.code, 2);
    assert(both.stderr.includes("--as-of does not go with a dataset"), both.stderr);
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
});

Deno.test("a dataset that is held against the database of another is told so, and judged", async () => {
  const url = await test.freshDatabase();
  await ask(url, ORIGINAL.join("; "), createViews().join("; "));
  const part = { path: "data/batch_batch.csv", rows: 1, bytes: 9, sha256: "a".repeat(64) };
  const target = await connect(url);
  try {
    await createLedger(target);
    const line = {
      dataset: "b".repeat(64),
      name: "other\n",
      schema: target.schema,
      rows: 1,
      parts: 1,
    };
    const nothing = { leftAlone: [], rebuilt: [], merged: [], others: {}, ids: {} };
    const idMap = idMapOf([]);
    const whole = { ...line, ...nothing, schemaCreated: false, idMap };
    await recordFinished(target, whole, [{ ...part, table: "batch_batch" }]);
  } finally {
    await target.close();
  }
  const heldAgainst = async (sha256: string) => {
    const said: string[] = [];
    const entry = { kind: "entity", rows: 1, bytes: 9, lastId: 1, parts: [{ ...part, sha256 }] };
    const manifest = manifestOf({ batch_batch: entry } as Parameters<typeof manifestOf>[0]);
    const onNotice = (text: string) => said.push(text);
    const { results } = await verifyDatabase(url, manifest, { only: ["C-16"], onNotice, jobs: 1 });
    assertEquals(results.map(({ status }) => status), ["passed"]);
    return said;
  };
  assertEquals(await heldAgainst(part.sha256), []);
  assertEquals(await heldAgainst("c".repeat(64)), [
    "Another dataset was loaded there, and not this one, as its ledger of loads says: " +
    '"other\\n" (bbbbbbbbbbbb).',
  ]);
});

Deno.test("a table that is missing skips what reads it, and the rest is asked", async () => {
  const url = await test.freshDatabase();
  const some = allTables.filter(({ name }) => !name.startsWith("scenario"));
  await ask(url, createTables(some).join("; "));
  await ask(
    url,
    'insert into batch_lifecyclestage (id, name, "order", description, created_at, ' +
      "updated_at, species_id) overriding system value values (1, 'Fry', 2, '', now(), now(), 1)",
  );
  const rows = ORIGINAL.filter((one) =>
    /^insert into (batch_batch|batch_mortalityevent) /.test(one)
  );
  await ask(url, rows.join("; "));
  const { results, found } = await verifyDatabase(url, undefined, {
    only: ["C-19", "C-16", "C-37"],
  });
  assertEquals(found?.tables, some.length);
  assertEquals(
    results.map(({ check, status, details }) => [check.id, status, ...details]),
    [
      ["C-16", "passed"],
      ["C-37", "passed"],
      ["C-19", "skipped", "the database has no scenario and 1 more"],
    ],
  );
});

Deno.test("a user who may not read the tables is told which, and what grants it", async () => {
  await ask(
    original,
    "create role reader login password 'r'",
    "grant usage on schema public to reader",
  );
  const error = await assertRejects(
    () => verifyDatabase(asReader(), undefined, { only: ["C-16"] }),
    ReddError,
  );
  assertEquals([error.code, error.fault], ["RIGHTS_MISSING", "environment"]);
  assert(
    error.because.startsWith("the user reader lacks SELECT on batch_actualdaily"),
    error.because,
  );
  assert(error.remedy?.endsWith("grant select on all tables in schema public to reader"));
  await ask(original, "grant select on all tables in schema public to reader");
  const { results } = await verifyDatabase(asReader(), undefined, { only: ["C-16"] });
  assertEquals(results.map(({ status }) => status), ["passed"]);
});

Deno.test("several connections say what one says, in the order of the catalogue", async () => {
  const told: string[] = [];
  const one = await verifyDatabase(original, undefined, { jobs: 1 });
  const three = await verifyDatabase(original, undefined, {
    jobs: 3,
    onCheck: ({ check }) => told.push(check.id),
  });
  assertEquals(told, allChecks.map(({ id }) => id));
  assertEquals(three, one);
});

Deno.test("where no second connection is to be had, one reads, and that is said", async () => {
  await ask(original, "alter role reader connection limit 1");
  const said: string[] = [];
  const { results } = await verifyDatabase(asReader(), undefined, {
    jobs: 4,
    only: ["C-16", "C-37"],
    onNotice: (text) => said.push(text),
  });
  await ask(original, "alter role reader connection limit -1");
  assertEquals(results.map(({ status }) => status), ["passed", "passed"]);
  assertEquals(said.length, 1);
  assert(/^Reading over one connection: .*connection/.test(said[0]!), said[0]);
});

/** How many sessions the database has, besides that which asks. */
async function sessions(): Promise<number> {
  const [row] = await ask(
    original,
    `select count(*)::int from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()
       and backend_type = 'client backend'`,
  );
  return row![0] as number;
}

/** Waits for the sessions to end, which the server may see a second late. */
async function untilGone(): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await sessions() === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("sessions are still there after ten seconds");
}

Deno.test("a connection that is lost ends all, with a word", async () => {
  await untilGone();
  let killed: Promise<unknown> | undefined;
  const error = await assertRejects(
    () =>
      verifyDatabase(original, undefined, {
        jobs: 3,
        onCheck: () => {
          killed ??= ask(
            original,
            `select pg_terminate_backend(max(pid)) from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid()
               and backend_type = 'client backend'`,
          );
        },
      }),
    ReddError,
  );
  await killed;
  assertEquals([error.fault, error.exitCode], ["environment", 3], error.message);
  await untilGone();
});

Deno.test("an interruption ends every connection", async () => {
  const controller = new AbortController();
  const error = await assertRejects(
    () =>
      verifyDatabase(original, undefined, {
        jobs: 3,
        signal: controller.signal,
        onCheck: () => controller.abort(),
      }),
    ReddError,
  );
  assertEquals([error.code, error.exitCode], ["INTERRUPTED", 130]);
  await untilGone();
});

Deno.test("a line without a dataset tells what was found, and the verdicts for programs", async () => {
  const cwd = await Deno.makeTempDir();
  const line = ["verify", "--database-url", original, "--only", "LAW-STATE-SAW,C-01,ROWS"];
  try {
    const plain = await reddHere([...line, "--junit", "out.xml", "--jobs", "1"], { cwd });
    assertEquals(plain.code, 1, plain.stderr);
    assert(plain.stderr.includes("No dataset: 1 batch and "), plain.stderr);
    assert(
      plain.stderr.includes(
        "As of 2024-01-09, the last day with a record (environmental_environmentalreading); " +
          "the first batch starts 2024-01-01",
      ),
      plain.stderr,
    );
    assert(
      plain.stdout.includes("  1 skipped: it needs the row counts of a dataset"),
      plain.stdout,
    );
    const xml = await Deno.readTextFile(join(cwd, "out.xml"));
    assert(
      xml.includes('name="database" tests="3" failures="1" errors="0" skipped="1" time='),
      xml,
    );
    const json = JSON.parse((await reddHere([...line, "--json"], { cwd })).stdout);
    assertEquals([json.ok, json.counts, json.found.batches, json.found.lastDay], [
      false,
      { passed: 1, failed: 1, skipped: 1, broken: 0 },
      1,
      "2024-01-09",
    ]);
    const files = await reddHere(["verify", "--database-url", original, "--both"], { cwd });
    assertEquals(files.code, 2);
    assert(files.stderr.includes("DATASET is missing"), files.stderr);
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
});
