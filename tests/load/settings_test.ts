/** Sessions as administrators set them: nothing of it changes what Redd loads, reads or removes. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { openDataset } from "../../src/archive/open_dataset.ts";
import { diffDataset } from "../../src/diff/diff.ts";
import { generate } from "../../src/generate/generate.ts";
import { loadDeferred } from "../../src/load/load.ts";
import { rebuildDataset } from "../../src/load/rebuild/rebuild.ts";
import { wipeDatabase } from "../../src/load/wipe/wipe.ts";
import { beginReading, beginWriting } from "../../src/postgres/session.ts";
import { connect } from "../../src/postgres/target.ts";
import type { Schema } from "../../src/aquamind/schema_mapping.ts";
import type { ServerVersion } from "../../src/server/server.ts";
import { verifyDatabase } from "../../src/verify/engines/postgres.ts";
import { aquamindStatements } from "../aquamind/build.ts";
import { lean, oneBatch } from "../small_farm.ts";
import { ask, startTestServer, type TestServer } from "./databases.ts";
import { refusal } from "./refusal.ts";
import { type End, setting, type Unusual, unusualSettings } from "./unusual_settings.ts";

const test = await startTestServer("18");
const older = await startTestServer("15");
Deno.test.afterAll(async () => {
  await test.end();
  await older.end();
});

const folder = join(test.folder, "farm");
const schedule = oneBatch({ duration: 12, start: "2024-01-15" });
await generate({ folder, schedule, fixtures: lean, seed: 7, workers: 1 });
const dataset = await openDataset(folder);

/** The URL of a database for a role that owns it and is no superuser. */
async function owned(server: TestServer, schema: Schema): Promise<{ url: string; own: string }> {
  const url = await server.freshDatabase();
  const own = new URL(url);
  const name = own.pathname.slice(1);
  const role = `owner_of_${name}`;
  [own.username, own.password] = [role, "fish"];
  await ask(
    url,
    `create role ${role} login password 'fish'`,
    `alter database ${name} owner to ${role}`,
  );
  await ask(own.href, aquamindStatements(schema).join(";\n"));
  return { url, own: own.href };
}

/** Loads, verifies, compares and wipes, in both ways; throws what goes wrong. */
async function wholeRound(url: string): Promise<void> {
  for (const way of ["deferred", "rebuild"] as const) {
    const { method } = way === "deferred"
      ? await loadDeferred(dataset, { url })
      : await rebuildDataset(dataset, { url, large: 300 });
    assertEquals(method, way);
    const { results } = await verifyDatabase(url, dataset.manifest);
    const wrong = results.filter(({ status }) => status === "failed" || status === "broken");
    assertEquals(wrong.map(({ check, details }) => `${check.id}: ${details[0]}`), [], way);
    const { tables } = await diffDataset(dataset, url);
    assertEquals(tables.filter(({ equal }) => !equal).map(({ name }) => name), [], way);
    assertEquals((await wipeDatabase(url)).wiped, true);
  }
}

/** Of settings with which something goes wrong the fewest that do, by halves. */
async function culprits(
  server: TestServer,
  schema: Schema,
  settings: readonly Unusual[],
): Promise<readonly Unusual[]> {
  if (settings.length === 1) return settings;
  const middle = Math.ceil(settings.length / 2);
  for (const half of [settings.slice(0, middle), settings.slice(middle)]) {
    if (await troubleOf(server, schema, half) !== undefined) {
      return await culprits(server, schema, half);
    }
  }
  return settings;
}

async function troubleOf(
  server: TestServer,
  schema: Schema,
  settings: readonly Unusual[],
): Promise<unknown> {
  const { url, own } = await owned(server, schema);
  await ask(server.server.url("postgres"), ...setting(url, settings));
  return await wholeRound(own).then(() => undefined, (error) => error ?? new Error("nothing"));
}

const rounds = [
  { server: test, version: "18", schema: "2026-03", end: "least" },
  { server: older, version: "15", schema: "2025-11", end: "most" },
] as const satisfies readonly {
  server: TestServer;
  version: ServerVersion;
  schema: Schema;
  end: End;
}[];

for (const { server, version, schema, end } of rounds) {
  Deno.test(`no setting at its ${end} changes what is done, PostgreSQL ${version}, ${schema}`, async () => {
    const settings = await unusualSettings(server.server.url("postgres"), end);
    const trouble = await troubleOf(server, schema, settings);
    if (trouble === undefined) return;
    const fewest = await culprits(server, schema, settings);
    const names = fewest.map(({ name, value }) => `${name} = ${value}`).join(", ");
    throw new Error(`with ${names}`, { cause: await troubleOf(server, schema, fewest) ?? trouble });
  });
}

/** Settings by their name, in the transaction that a connection has begun. */
const NOW = `select json_object_agg(name, setting)::text as json from pg_catalog.pg_settings
  where name in ('search_path', 'statement_timeout', 'idle_in_transaction_session_timeout',
    'transaction_timeout', 'quote_all_identifiers', 'row_security', 'TimeZone', 'DateStyle',
    'standard_conforming_strings', 'extra_float_digits', 'session_replication_role', 'exit_on_error',
    'restrict_nonsystem_relation_kind', 'transaction_isolation', 'lock_timeout')`;

Deno.test("a transaction has what Redd depends on, and the session keeps what it had", async () => {
  const url = await test.freshDatabase();
  const everything = [
    ...await unusualSettings(url, "most"),
    { name: "session_replication_role", value: "replica" },
    { name: "exit_on_error", value: "off" },
  ];
  await ask(test.server.url("postgres"), ...setting(url, everything));
  const target = await connect(url);
  const settings = async () => {
    const [row] = await target.query<{ json: string }>(NOW);
    return JSON.parse(row!.json) as Record<string, string>;
  };
  const before = await settings();
  const expected = {
    search_path: "pg_catalog, pg_temp",
    statement_timeout: "0",
    idle_in_transaction_session_timeout: "0",
    transaction_timeout: "0",
    quote_all_identifiers: "off",
    row_security: "off",
    TimeZone: "UTC",
    DateStyle: "ISO, YMD",
    standard_conforming_strings: "on",
    extra_float_digits: "1",
    session_replication_role: "origin",
    exit_on_error: "off",
    restrict_nonsystem_relation_kind: "",
  };
  await beginWriting(target, 1234);
  const writing = { transaction_isolation: "read committed", lock_timeout: "1234" };
  assertEquals(await settings(), { ...expected, ...writing });
  await target.query("commit");
  assertEquals(await settings(), before);
  await beginReading(target, { lockTimeout: 1234 });
  const reading = { transaction_isolation: "repeatable read", lock_timeout: "1234" };
  assertEquals(await settings(), { ...expected, ...reading });
  await target.close();
});

Deno.test("what only a superuser may set right is refused by name, before anything is done", async () => {
  const { url, own } = await owned(test, "2025-11");
  const name = new URL(url).pathname.slice(1);
  await ask(url, `alter database ${name} set session_replication_role = replica`);
  const message = await refusal(
    () => loadDeferred(dataset, { url: own }),
    "environment",
    "SETTING_FORBIDDEN",
  );
  assertStringIncludes(message, '"session_replication_role"');
});

Deno.test("a database that takes no writing says where that was set", async () => {
  const { url, own } = await owned(test, "2025-11");
  const name = new URL(url).pathname.slice(1);
  const set = (what: string) => ask(url, "set transaction_read_only = off", what);
  const refused = async (work: () => Promise<unknown>) =>
    await refusal(work, "environment", "TARGET_READ_ONLY");
  await set(`alter role owner_of_${name} set default_transaction_read_only = on`);
  const wiping = await refused(() => wipeDatabase(own));
  assertStringIncludes(wiping, "Cannot wipe ");
  assertStringIncludes(
    wiping,
    `default_transaction_read_only is on for the role owner_of_${name}.`,
  );
  await set(`alter role owner_of_${name} reset default_transaction_read_only`);
  await set(`alter database ${name} set default_transaction_read_only = on`);
  for (
    const work of [
      () => loadDeferred(dataset, { url: own }),
      () => rebuildDataset(dataset, { url: own }),
    ]
  ) {
    const message = await refused(work);
    assertStringIncludes(
      message,
      `on for the database ${name}. As its owner: alter database ${name}`,
    );
    assertEquals(message.includes("primary"), false);
  }
  const { results } = await verifyDatabase(own, dataset.manifest);
  assertEquals(results.filter(({ status }) => status === "broken"), []);
});

Deno.test("a limit of the role or of the database is named as such", async () => {
  const { url, own } = await owned(test, "2025-11");
  const name = new URL(url).pathname.slice(1);
  const admin = test.server.url("postgres");
  for (const [kind, limited] of [["role", `owner_of_${name}`], ["database", name]] as const) {
    await ask(admin, `alter ${kind} ${limited} connection limit 1`);
    const first = await connect(own);
    const message = await refusal(
      () => verifyDatabase(own, dataset.manifest),
      "environment",
      "TOO_MANY_CONNECTIONS",
    );
    assertStringIncludes(message, `raise the ${kind}'s own limit`);
    await first.close();
    await ask(admin, `alter ${kind} ${limited} connection limit -1`);
  }
});

Deno.test("no session of a load waits outside of a transaction, where a server may end it", async () => {
  const { url, own } = await owned(test, "2025-11");
  await ask(
    url,
    "create table waiting (idle int)",
    `create function look() returns trigger security definer language plpgsql as $$ begin
       insert into public.waiting select count(*) from pg_stat_activity
       where datname = current_database() and application_name = 'redd' and state = 'idle';
       return null; end $$`,
    "create trigger look after insert on public.batch_batch execute function look()",
    "create trigger look after insert on public.infrastructure_container execute function look()",
  );
  await rebuildDataset(dataset, { url: own, large: 300, jobs: 3 });
  assertEquals(await ask(url, "select distinct idle from waiting"), [[0]]);
});
