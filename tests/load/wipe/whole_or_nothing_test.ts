/** A wipe takes every operational row and no other, or, refused on the way, none at all. */
// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { redactUrl } from "../../../src/postgres/url.ts";
import { OPERATIONAL } from "../../../src/load/wipe/operational.ts";
import { wipeDatabase, type WipePlan } from "../../../src/load/wipe/wipe.ts";
import { allTables } from "../../../src/tables/catalog.ts";
import { recorded2026 } from "../../tables/recorded_schema.ts";
import { asTable } from "../../aquamind/build.ts";
import { ask, startTestServer } from "../databases.ts";
import { catalogDifference, digestsOf, fullCatalogOf } from "../rebuild/farm.ts";
import { countsOf, fullTables, numberingOf } from "./full_database.ts";
import { refusal } from "../refusal.ts";
import { OTHERS, refusedUnchanged, session, steady, WIPED, writeLedger } from "./wipe_target.ts";

const test = await startTestServer("18");
Deno.test.afterAll(() => test.end());

/** A database of 2025-11 with a row in every table. */
const fullDatabase = () => test.copyOf("full", (url) => ask(url, fullTables(allTables)));

/** One of them for all tests that leave it as it is. */
const steadyDatabase = steady(fullDatabase);

/** The same of 2026-03. */
const fullDatabase2026 = () =>
  test.copyOf("full 2026-03", (url) => ask(url, fullTables(recorded2026.tables.map(asTable))));

for (
  const [schema, database] of [["2025-11", fullDatabase], ["2026-03", fullDatabase2026]] as const
) {
  Deno.test(`${schema}: operational rows go, everything else stays with its ids`, async () => {
    const url = await database();
    const [rows, numbers, catalog] = [
      await digestsOf(url),
      await numberingOf(url),
      await fullCatalogOf(url),
    ];
    const plans: WipePlan[] = [];
    const report = await wipeDatabase(url, { onPlan: (plan) => plans.push(plan) });

    const names = Object.keys(rows).filter((name) => WIPED.has(name)).sort();
    assertEquals(names.length, schema === "2025-11" ? OPERATIONAL.length : WIPED.size);
    assertEquals(report.tables.map(({ name }) => name).sort(), names);
    assertEquals([report.wiped, report.rows, report.dependants], [true, names.length, []]);
    assertEquals(report.target, redactUrl(url));
    const { target: _target, wiped: _wiped, ...plan } = report;
    assertEquals(plans, [plan]);

    const after = await digestsOf(url);
    for (const [name, digest] of Object.entries(rows)) {
      assertEquals(after[name], WIPED.has(name) ? [0, ""] : digest, name);
    }
    const renumbered = await numberingOf(url);
    for (const [name, last] of numbers) {
      assertEquals([last, renumbered.get(name)], [3, WIPED.has(name) ? null : 3], name);
    }
    assertEquals(catalogDifference(catalog, await fullCatalogOf(url)), []);

    const again = await wipeDatabase(url);
    assertEquals([again.wiped, again.rows, again.tables.length], [true, 0, names.length]);
  });
}

Deno.test("a question is asked with the counts, and no session waits for the answer", async () => {
  const url = await fullDatabase();
  await ask(
    url,
    "insert into migration_support_externalidmap select 2, '2', '2', '2', '2', '2', 2, metadata, created_at, updated_at from migration_support_externalidmap",
  );
  const before = await digestsOf(url);
  const asked: WipePlan[] = [];
  const open = `select count(*)::int from pg_stat_activity
    where datname = current_database() and application_name = 'redd'`;
  const answer = (agreed: boolean) => async (plan: WipePlan) => {
    asked.push(plan);
    while ((await ask(url, open))[0]?.[0] !== 0);
    return agreed;
  };
  const no = await wipeDatabase(url, { confirm: answer(false) });
  assertEquals([no.wiped, no.rows], [false, OPERATIONAL.length + 1]);
  assertEquals(await digestsOf(url), before);
  const yes = await wipeDatabase(url, { confirm: answer(true) });
  assertEquals([yes.wiped, yes.rows], [true, OPERATIONAL.length + 1]);
  assertEquals(asked.length, 2);
  for (const { tables } of asked) {
    const { rows } = tables.find(({ name }) => name === "migration_support_externalidmap")!;
    assertEquals(rows, 2);
  }
});

Deno.test("rows that come during the question are not wiped with the others", async () => {
  const url = await fullDatabase();
  const message = await refusal(
    () =>
      wipeDatabase(url, {
        confirm: async () => {
          await ask(url, "delete from historian_tag_history");
          return true;
        },
      }),
    "input",
    "TARGET_CHANGED",
  );
  assertStringIncludes(message, "historian_tag_history had 1 rows and has 0. Nothing has changed");
  const left = [...await countsOf(url)].filter(([, rows]) => rows === 0);
  assertEquals(left, [["historian_tag_history", 0]]);
});

Deno.test("finished loads of the schema are struck from the ledger, those of others stay", async () => {
  const url = await fullDatabase();
  await writeLedger(url, true);
  await wipeDatabase(url, { confirm: () => Promise.resolve(false) });
  assertEquals(await ask(url, "select count(*)::int from redd.part"), [[2]]);
  await wipeDatabase(url);
  assertEquals(await ask(url, "select dataset from redd.load"), [[OTHERS]]);
  assertEquals(await ask(url, "select dataset from redd.part"), [[OTHERS]]);
});

Deno.test("an error after the rows are gone brings all of them back", async () => {
  const raise = "create function refuse() returns trigger language plpgsql as $$ " +
    "begin raise exception 'not today'; end $$";
  for (
    const [trigger, said] of [
      [
        "create trigger late before delete on redd.load execute function refuse()",
        "not today (SQLSTATE P0001). Look at the server's log. Nothing",
      ],
      [
        "create trigger late after truncate on scenario execute function refuse()",
        "not today (SQLSTATE P0001); scenario has the trigger late, which may refuse to have rows " +
        "removed. Nothing",
      ],
    ] as const
  ) {
    const url = await fullDatabase();
    await writeLedger(url, true);
    await ask(url, raise, trigger);
    const message = await refusedUnchanged(url, "environment", "SERVER_REFUSED");
    assertStringIncludes(message, said);
    assertEquals(await ask(url, "select count(*)::int from redd.load"), [[2]]);
  }
});

Deno.test("an interruption at the question or before the commit leaves everything", async () => {
  const atQuestion = new AbortController();
  const url = await steadyDatabase();
  const message = await refusedUnchanged(url, "interrupted", "INTERRUPTED", {
    signal: atQuestion.signal,
    confirm: () => {
      atQuestion.abort();
      return Promise.resolve(false);
    },
  });
  assertStringIncludes(message, "it was interrupted. Nothing has changed there.");

  const later = new AbortController();
  await refusedUnchanged(url, "interrupted", "INTERRUPTED", {
    signal: later.signal,
    onPlan: () => later.abort(),
  });
  await refusedUnchanged(url, "interrupted", "INTERRUPTED", { signal: AbortSignal.abort() });
});

Deno.test("a session that is ended from outside leaves everything", async () => {
  const url = await steadyDatabase();
  await using reader = await session(url);
  await reader.unsafe("select from batch_batch");
  let ended: Promise<unknown> | undefined;
  const message = await refusedUnchanged(url, "environment", "CONNECTION_LOST", {
    onPlan() {
      ended = ask(
        url,
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name = 'redd'`,
      );
    },
  });
  await ended;
  assert(message.endsWith("ended. Nothing has changed there."), message);
});
