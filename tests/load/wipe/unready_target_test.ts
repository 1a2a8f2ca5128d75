/** Targets not ready for a wipe: not AquaMind's, too few rights, others' locks and loads. */
// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import postgres from "postgres";
import { createLedger } from "../../../src/load/ledger/tables.ts";
import { LOAD_LOCK } from "../../../src/postgres/session.ts";
import { connect } from "../../../src/postgres/target.ts";
import { planWipe } from "../../../src/load/wipe/plan.ts";
import { wipeDatabase } from "../../../src/load/wipe/wipe.ts";
import { allTables } from "../../../src/tables/catalog.ts";
import { ask, startTestServer } from "../databases.ts";
import { fullTables } from "./full_database.ts";
import { refusal } from "../refusal.ts";
import { refusedUnchanged, session, steady, writeLedger } from "./wipe_target.ts";

const test = await startTestServer("18");
Deno.test.afterAll(() => test.end());

/** A database of 2025-11 with a row in every table. */
const fullDatabase = () => test.copyOf("full", (url) => ask(url, fullTables(allTables)));

/** One of them for all tests that leave it as it is. */
const steadyDatabase = steady(fullDatabase);

Deno.test("a database that is not AquaMind's is left alone", async () => {
  const url = await test.freshDatabase();
  const none = "the schema public has none of AquaMind's operational tables. Name a database";
  assertStringIncludes(
    await refusal(() => wipeDatabase(url), "input", "TARGET_NOT_AQUAMIND"),
    none,
  );

  await ask(url, "create table scenario as select 1 as act");
  const few = await refusal(() => wipeDatabase(url), "input", "TARGET_NOT_AQUAMIND");
  assertStringIncludes(few, "the schema public lacks 89 of AquaMind's 90 operational tables: ");
  assertEquals(await ask(url, "select * from scenario"), [[1]]);

  const damaged = await fullDatabase();
  await ask(damaged, "drop table harvest_harvestwaste");
  assertStringIncludes(
    await refusedUnchanged(damaged, "input", "TARGET_NOT_AQUAMIND"),
    "lacks 1 of AquaMind's 90 operational tables: harvest_harvestwaste.",
  );
});

const grants: readonly (readonly [string, string])[] = [
  [
    "grant select on all tables in schema public to ROLE",
    "ROLE does not own the sequences of batch_actualdailyassignmentstate, batch_batch, ",
  ],
  [
    "grant select on all tables in schema public to ROLE",
    " and 84 more and lacks TRUNCATE on batch_actualdailyassignmentstate, batch_batch, " +
    "batch_batchcomposition, batch_batchcontainerassignment, batch_batchtransferworkflow, " +
    "batch_creationaction and 84 more. ",
  ],
  [
    `grant select, truncate on all tables in schema public to ROLE;
     grant redd to ROLE with inherit false`,
    "ROLE does not own the sequences of ",
  ],
  [
    `grant select, truncate on all tables in schema public to ROLE;
     revoke select on batch_batch from ROLE`,
    " and 84 more and lacks SELECT on batch_batch. ",
  ],
];
Deno.test("rights that are missing are named before anything is locked", async () => {
  const url = await fullDatabase();
  await using holder = await session(url);
  await holder.unsafe("lock table batch_batch in share mode");
  for (const [at, [statements, because]] of grants.entries()) {
    const role = `clerk_${at}`;
    await ask(url, `create role ${role} login password 'c'`, statements.replaceAll("ROLE", role));
    const as = url.replace(/\/\/.*@/, `//${role}:c@`);
    const options = { lockTimeout: 100 };
    const message = await refusedUnchanged(url, "environment", "RIGHTS_MISSING", options, as);
    assertStringIncludes(message, because.replace("ROLE", `the user ${role}`));
    assertStringIncludes(message, "Nothing has changed. Wipe as the owner of the tables.");
  }
});

Deno.test("the owner of the tables is told how to get at another's ledger", async () => {
  const url = await fullDatabase();
  const target = await connect(url);
  await createLedger(target);
  await target.close();
  await ask(
    url,
    "create role landlord login password 'l'",
    "grant create on schema public to landlord",
    `do $$ declare name text; begin
       for name in select oid::regclass from pg_class
         where relnamespace = 'public'::regnamespace and relkind = 'r'
       loop execute format('alter table %s owner to landlord', name); end loop; end $$`,
  );
  const as = url.replace(/\/\/.*@/, "//landlord:l@");
  const message = await refusal(() => wipeDatabase(as), "environment", "RIGHTS_MISSING");
  assertStringIncludes(message, "the user landlord lacks DELETE on redd.load. ");
  assertStringIncludes(
    message,
    "Nothing has changed. Let the owner of redd.load grant DELETE on it to the user who wipes.",
  );
  await ask(url, "grant delete on redd.load to landlord");
  assert((await wipeDatabase(as)).wiped);
});

for (
  const [what, lock] of [
    ["has written to", "update batch_batch set notes = ''"],
    ["is reading", "select from batch_batch"],
    ["has locked", "lock table batch_batch"],
  ] as const
) {
  Deno.test(`a table that another session ${what} is named, and nothing has changed`, async () => {
    const url = await steadyDatabase();
    await using holder = await session(url);
    await holder.unsafe(lock);
    if (what === "has locked") {
      const work = () => wipeDatabase(url, { lockTimeout: 100 });
      assertStringIncludes(await refusal(work, "environment", "TARGET_LOCKED"), '"batch_batch"');
      return;
    }
    const options = { lockTimeout: 100 };
    const message = await refusedUnchanged(url, "environment", "TARGET_LOCKED", options);
    assertStringIncludes(
      message,
      'another session holds a lock on "public"."batch_batch". Nothing has changed. Wait until',
    );
  });
}

Deno.test("a load that is running, and one that is unfinished, are told", async () => {
  const url = await steadyDatabase();
  {
    await using loader = await session(url);
    await loader.unsafe(`select pg_advisory_xact_lock(${LOAD_LOCK})`);
    const message = await refusedUnchanged(url, "environment", "LOAD_RUNNING");
    assertStringIncludes(message, "a load into this database, or a wipe of it, is running.");
  }
  await writeLedger(url, false);
  const message = await refusedUnchanged(url, "input", "LOAD_UNFINISHED");
  assertStringIncludes(
    message,
    "a load of the dataset farm (aaaaaaaaaaaa) in the rebuild way is not",
  );
  await ask(url, "drop schema redd cascade");
});

Deno.test("under a plan that holds, others read and write nothing", async () => {
  const url = await steadyDatabase();
  const target = await connect(url);
  try {
    await target.query("begin");
    await planWipe(target, { hold: true });
    assertEquals(await ask(url, "select count(*)::int from batch_batch"), [[1]]);
    const writing = () =>
      ask(url, "set lock_timeout = '100ms'", "update batch_batch set notes = notes");
    await assertRejects(writing, postgres.PostgresError, "lock timeout");
    await target.query("rollback");
    await target.query("begin");
    await planWipe(target);
    await writing();
  } finally {
    await target.close();
  }
});

Deno.test("a trigger that refuses to have rows removed is named", async () => {
  const url = await fullDatabase();
  await ask(
    url,
    `create function refuse() returns trigger language plpgsql as
       $$ begin raise 'kept for the audit'; end $$`,
    "create trigger audit before truncate on batch_batch execute function refuse()",
  );
  const message = await refusedUnchanged(url, "environment", "SERVER_REFUSED");
  assertStringIncludes(
    message,
    "kept for the audit (SQLSTATE P0001); batch_batch has the trigger audit, which may refuse to " +
      "have rows removed. Nothing has changed in the target. Disable them while the rows are " +
      "removed (alter table batch_batch disable trigger …",
  );
});
