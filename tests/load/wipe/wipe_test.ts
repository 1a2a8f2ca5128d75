// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import postgres from "postgres";
import { type Fault, ReddError } from "../../../src/errors.ts";
import { recordFinished, recordLoad } from "../../../src/load/ledger/loads.ts";
import { createLedger } from "../../../src/load/ledger/tables.ts";
import { SAME_IDS } from "../../../src/load/plan/own_ids.ts";
import { LOAD_LOCK } from "../../../src/load/session.ts";
import { connect } from "../../../src/load/target.ts";
import { redactUrl } from "../../../src/load/url.ts";
import { OPERATIONAL, OPERATIONAL_SINCE_2026_03 } from "../../../src/load/wipe/operational.ts";
import { planWipe } from "../../../src/load/wipe/plan.ts";
import { wipeRows } from "../../../src/load/wipe/rows.ts";
import { wipeDatabase, type WipeOptions, type WipePlan } from "../../../src/load/wipe/wipe.ts";
import { allTables } from "../../../src/tables/catalog.ts";
import { asTable } from "../aquamind/build.ts";
import { ask, startTestServer } from "../databases.ts";
import { catalogDifference, digestsOf, fullCatalogOf } from "../rebuild/farm.ts";
import { recorded2026 } from "../../tables/recorded_schema.ts";
import { copiesOf, countsOf, numberingOf } from "./full_database.ts";

const test = await startTestServer("18");
Deno.test.afterAll(() => test.end());

/** A database of 2025-11 with a row in every table. */
const fullDatabase = copiesOf(test, allTables);

/** One of them for all tests that leave it as it is. */
let steady: Promise<string> | undefined;
const steadyDatabase = () => steady ??= fullDatabase();

/** The same of 2026-03. */
const fullDatabase2026 = copiesOf(test, recorded2026.tables.map(asTable));

const WIPED = new Set([...OPERATIONAL, ...OPERATIONAL_SINCE_2026_03]);

async function refusal(work: () => Promise<unknown>, fault: Fault, code: string): Promise<string> {
  const error = await assertRejects(work, ReddError);
  assertEquals([error.fault, error.code], [fault, code], error.message);
  return error.message;
}

/** Makes sure that a wipe is refused and that every row and number is as it was. */
async function refusedUnchanged(
  url: string,
  fault: Fault,
  code: string,
  options: WipeOptions = {},
  as = url,
): Promise<string> {
  const before = [await digestsOf(url), await numberingOf(url)];
  const message = await refusal(() => wipeDatabase(as, options), fault, code);
  assertEquals([await digestsOf(url), await numberingOf(url)], before);
  return message;
}

/** Opens a session that stays open, for locks. */
async function session(url: string): Promise<postgres.Sql & AsyncDisposable> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  await sql.unsafe("begin");
  return Object.assign(sql, { [Symbol.asyncDispose]: () => sql.end({ timeout: 0 }) });
}

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

/** Tables that Redd does not know, one after another on AquaMind's, none of them with rows. */
const STRANGERS = `
  create schema "other; schema";
  create table "buoy""; drop table batch_batch; --" (
    id bigint generated by default as identity primary key,
    "feed;" bigint,
    constraint "feeds; ""it" foreign key ("feed;") references inventory_feedingevent
  );
  create table "other; schema".note (
    id bigint primary key references "buoy""; drop table batch_batch; --",
    batch bigint references batch_batch on delete cascade
  );
  create table "other; schema".page (
    id bigint primary key references "other; schema".note
  );
  create table "other; schema".line (page bigint references "other; schema".page);
  create table tagged (tag text, id bigint references batch_batch) partition by list (tag);
  create table tagged_a partition of tagged for values in ('a');
  create table lice_archive () inherits (health_licecount);
  create table bystander (id bigint primary key, area bigint references infrastructure_area);
  insert into bystander values (1, 1);
  select setval(pg_get_serial_sequence('"buoy""; drop table batch_batch; --"', 'id'), 41)`;

const BUOY = 'public."buoy""; drop table batch_batch; --"';

Deno.test("empty tables that Redd does not know are listed, and keep their numbering", async () => {
  const url = await fullDatabase();
  await ask(url, STRANGERS);
  const catalog = await fullCatalogOf(url);
  const { dependants, rows } = await wipeDatabase(url);
  assertEquals(rows, OPERATIONAL.length);
  assertEquals(dependants, [
    {
      name: '"other; schema".line',
      rows: 0,
      through: ["foreign key line_page_fkey into page"],
    },
    {
      name: '"other; schema".note',
      rows: 0,
      through: [
        "foreign key note_batch_fkey into batch_batch",
        'foreign key note_id_fkey into "buoy""; drop table batch_batch; --"',
      ],
    },
    {
      name: '"other; schema".page',
      rows: 0,
      through: ["foreign key page_id_fkey into note"],
    },
    {
      name: BUOY,
      rows: 0,
      through: ['foreign key "feeds; ""it" into inventory_feedingevent'],
    },
    { name: "public.lice_archive", rows: 0, through: ["inheritance from health_licecount"] },
    { name: "public.tagged", rows: 0, through: ["foreign key tagged_id_fkey into batch_batch"] },
  ]);
  const left = [...await countsOf(url)].filter(([name, count]) => count !== 0 && WIPED.has(name));
  assertEquals(left, []);
  assertEquals((await countsOf(url)).get("bystander"), 1);
  assertEquals((await numberingOf(url)).get('"buoy""; drop table batch_batch; --"'), 41);
  assertEquals(catalogDifference(catalog, await fullCatalogOf(url)), []);
});

/** Two more, the second of which hangs on the first alone. */
const CHAIN = `
  create table tagged_lot (id bigint primary key references harvest_harvestlot);
  create table "other; schema".lot_note (lot bigint references tagged_lot)`;

interface Full {
  readonly what: string;
  readonly fill: string;
  readonly empty: string;
  readonly because: string;
}

const full: readonly Full[] = [
  {
    what: "a table with quotes and semicolons in its name",
    fill: `insert into ${BUOY} ("feed;") values (1), (null)`,
    empty: `delete from ${BUOY}`,
    because: `${BUOY} holds 2 rows and hangs on what would be wiped by foreign key ` +
      '"feeds; ""it" into inventory_feedingevent. Nothing has changed.',
  },
  {
    what: "a table in another schema that hangs on an empty one",
    fill: 'insert into "other; schema".lot_note values (null)',
    empty: 'delete from "other; schema".lot_note',
    because: '"other; schema".lot_note holds 1 row and hangs on what would be wiped by foreign ' +
      "key lot_note_lot_fkey into tagged_lot. Nothing",
  },
  {
    what: "a partition",
    fill: "insert into tagged values ('a', 1)",
    empty: "delete from tagged",
    because: "public.tagged holds 1 row and hangs on what would be wiped by foreign key " +
      "tagged_id_fkey into batch_batch. Nothing",
  },
  {
    what: "a table that inherits from an operational one",
    fill: "insert into lice_archive select * from health_licecount",
    empty: "delete from lice_archive",
    because: "public.lice_archive holds 1 row and hangs on what would be wiped by inheritance " +
      "from health_licecount. Nothing",
  },
  {
    what: "a table of AquaMind's that stays and was given a key, all NULL",
    fill: "alter table infrastructure_area add newest bigint references batch_batch",
    empty: "alter table infrastructure_area drop newest",
    because: "Cannot wipe DATABASE: public.infrastructure_area holds 1 row and hangs on what " +
      "would be wiped by foreign key infrastructure_area_newest_fkey into batch_batch. Nothing",
  },
];
Deno.test("tables that hang on operational ones and have rows are named, and keep them", async (t) => {
  const url = await fullDatabase();
  await ask(url, STRANGERS, CHAIN);
  for (const { what, fill, empty, because } of full) {
    await t.step(what, async () => {
      await ask(url, fill);
      const message = await refusedUnchanged(url, "input", "TARGET_DEPENDS");
      assertStringIncludes(message, because.replace("DATABASE", redactUrl(url)));
      await ask(url, empty);
    });
  }
});

Deno.test("a row that comes into such a table after the plan is found under lock", async () => {
  const url = await fullDatabase();
  await ask(url, STRANGERS);
  const target = await connect(url);
  try {
    await target.query("begin");
    const plan = await planWipe(target);
    await ask(url, `insert into ${BUOY} default values`);
    const message = await refusal(() => wipeRows(target, plan), "input", "TARGET_DEPENDS");
    assertStringIncludes(message, `${BUOY} holds 1 row and hangs`);
    await target.query("rollback");
  } finally {
    await target.close();
  }
  assertEquals((await countsOf(url)).get("batch_batch"), 1);
});

Deno.test("rows that a policy hides are not taken for none", async () => {
  const url = await fullDatabase();
  await ask(
    url,
    STRANGERS,
    `insert into ${BUOY} default values;
     create role keeper login password 'k' in role redd nosuperuser;
     grant usage on schema "other; schema" to public;
     alter table ${BUOY} enable row level security;
     alter table ${BUOY} force row level security`,
  );
  const as = url.replace(/\/\/.*@/, "//keeper:k@");
  const message = await refusedUnchanged(url, "environment", "RIGHTS_MISSING", {}, as);
  assertStringIncludes(message, "query would be affected by row-level security policy");
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
    assertStringIncludes(message, "a load into this database, or another wipe of it, is running.");
  }
  await writeLedger(url, false);
  const message = await refusedUnchanged(url, "input", "LOAD_UNFINISHED");
  assertStringIncludes(message, "a load of the dataset farm (abc) in the rebuild way is not");
  await ask(url, "drop schema redd cascade");
});

/** A ledger with a load of the schema public, finished or not, and a finished one of another. */
async function writeLedger(url: string, finished: boolean): Promise<void> {
  const target = await connect(url);
  await createLedger(target);
  const line = (dataset: string, schema: string) => ({
    dataset,
    name: "farm",
    schema,
    rows: 1,
    parts: 1,
    leftAlone: [],
    rebuilt: [],
    schemaCreated: false,
    others: {},
    ids: {},
    merged: [],
    ownIds: SAME_IDS,
  });
  const part = { table: "batch_batch", path: "a.csv", rows: 1, bytes: 2, sha256: "" };
  await recordFinished(target, line("def", "other"), [part]);
  if (finished) await recordFinished(target, line("abc", "public"), [part]);
  else await recordLoad(target, line("abc", "public"), []);
  await target.close();
}

Deno.test("finished loads of the schema are struck from the ledger, those of others stay", async () => {
  const url = await fullDatabase();
  await writeLedger(url, true);
  await wipeDatabase(url, { confirm: () => Promise.resolve(false) });
  assertEquals(await ask(url, "select count(*)::int from redd.part"), [[2]]);
  await wipeDatabase(url);
  assertEquals(await ask(url, "select dataset from redd.load"), [["def"]]);
  assertEquals(await ask(url, "select dataset from redd.part"), [["def"]]);
});

Deno.test("an error after the rows are gone brings all of them back", async () => {
  const raise = "create function refuse() returns trigger language plpgsql as $$ " +
    "begin raise exception 'not today'; end $$";
  for (
    const trigger of [
      "create trigger late before delete on redd.load execute function refuse()",
      "create trigger late after truncate on scenario execute function refuse()",
    ]
  ) {
    const url = await fullDatabase();
    await writeLedger(url, true);
    await ask(url, raise, trigger);
    const message = await refusedUnchanged(url, "environment", "SERVER_REFUSED");
    assertStringIncludes(message, "not today (SQLSTATE P0001). Look at the server's log. Nothing");
    assertEquals(await ask(url, "select count(*)::int from redd.load"), [[2]]);
  }
});

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
