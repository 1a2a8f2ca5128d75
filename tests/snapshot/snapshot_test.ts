/** Snapshots, resets, clones and drops on a real server: what they keep, and what they refuse. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import postgres from "postgres";
import { extend } from "../../src/generate/extend.ts";
import { generate } from "../../src/generate/generate.ts";
import { cloneDatabase } from "../../src/snapshot/clone.ts";
import { dropClones, dropClonesOf, dropSnapshot } from "../../src/snapshot/drop.ts";
import { MOST_CLONES } from "../../src/snapshot/limits.ts";
import { listDatabases } from "../../src/snapshot/list.ts";
import { commentOf } from "../../src/snapshot/mark.ts";
import { resetDatabase } from "../../src/snapshot/reset.ts";
import { snapshotDatabase } from "../../src/snapshot/snapshot.ts";
import { UNFINISHED_LIMIT } from "../../src/snapshot/standing.ts";
import { load } from "../load/believed.ts";
import { ask, startTestServer } from "../load/databases.ts";
import { refusal } from "../load/refusal.ts";
import { lean, oneBatch } from "../small_farm.ts";
import { at, makeTide, namesOn, tideOf } from "./databases.ts";

const test = await startTestServer("18");
Deno.test.afterAll(() => test.end());
const admin = test.server.url("postgres");

Deno.test.afterEach(async () => {
  for (const name of await namesOn(admin)) {
    await ask(admin, `drop database "${String(name).replaceAll('"', '""')}" with (force)`);
  }
});

const MADE = "2026-01-01T00:00:00Z";

/** Runs with a session open in a database. */
async function whileConnected<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    await sql`select 1`;
    return await work(sql);
  } finally {
    await sql.end({ timeout: 0 });
  }
}

Deno.test("a reset brings back the first state, again and again; a new snapshot is another", async () => {
  const url = await makeTide(admin, "bay");
  const { bytes, left, database } = await snapshotDatabase(admin, "bay");
  assertEquals([database, left, bytes! > 1e6], ["bay", [], true]);
  for (const height of [2, 3]) {
    await ask(url, `update tide set height = ${height}`);
    await resetDatabase(admin, "bay");
    assertEquals(await tideOf(url), 1);
  }
  // The connection string may be that of the database itself.
  await ask(url, "update tide set height = 4");
  const again = await refusal(() => snapshotDatabase(url, "bay"), "input", "SNAPSHOT_EXISTS");
  assertMatch(again, /Go back to it: deno task db reset bay, or replace it with --force\.$/);
  await snapshotDatabase(url, "bay", { force: true });
  await ask(url, "drop table tide");
  await resetDatabase(url, "bay");
  assertEquals(await tideOf(url), 4);
  assertEquals(await namesOn(admin), ["bay", "bay.snapshot"]);
  await ask(admin, "drop database bay");
  await resetDatabase(admin, "bay");
  assertEquals(await tideOf(url), 4);
  assertEquals((await dropSnapshot(admin, "bay")).dropped, ["bay.snapshot"]);
  assertMatch(
    await refusal(() => resetDatabase(admin, "bay"), "input", "SNAPSHOT_MISSING"),
    /Make one while the database is as you want it back: deno task db snapshot bay\.$/,
  );
});

Deno.test("nobody enters a snapshot, and names need no care", async () => {
  const name = 'Bay "of"; drop';
  // The driver of the tests takes a name of a URL as it is written there.
  await ask(admin, `create database "${name.replaceAll('"', '""')}"`);
  await snapshotDatabase(admin, name);
  await resetDatabase(admin, name);
  const { clones: [clone] } = await cloneDatabase(admin, name);
  assertEquals(clone!.database, `${name}_clone_1`);
  assertEquals(new URL(clone!.url).pathname, `/${encodeURIComponent(clone!.database)}`);
  await dropClones(admin, [clone!.database]);
  await makeTide(admin, "bay");
  await snapshotDatabase(admin, "bay");
  const closed = await ask(at(admin, "bay.snapshot"), "select 1").then(() => "", String);
  assertStringIncludes(closed, "not currently accepting connections");
});

Deno.test("settings, privileges, owner, limit and comment of a database outlive a reset", async () => {
  await ask(
    admin,
    "create role keeper login createdb password 'k'",
    "create role guest login",
    "create database kept owner keeper connection limit 7",
    "alter database kept set search_path = \"$user\", 'odd, name', public",
    "alter database kept set statement_timeout = '7s'",
    "alter role guest in database kept set work_mem = '5MB'",
    "revoke connect on database kept from public",
    "grant connect on database kept to guest with grant option",
    "comment on database kept is 'ours; it''s kept'",
  );
  const own = new URL(at(admin, "kept"));
  own.username = "keeper";
  own.password = "k";
  const facts = () =>
    ask(
      admin,
      `select r.rolname::text, d.datconnlimit, d.datallowconn, d.datistemplate,
         shobj_description(d.oid, 'pg_database'),
         (select json_agg(a order by a)::text from (select (aclexplode(d.datacl)).*) a),
         (select json_agg(json_build_array(setrole, setconfig) order by setrole)::text
          from pg_db_role_setting where setdatabase = d.oid)
       from pg_database d join pg_roles r on r.oid = d.datdba where datname = 'kept'`,
    );
  const before = await facts();
  await snapshotDatabase(admin, "kept");
  await resetDatabase(admin, "kept");
  assertEquals(await facts(), before);
  // Who is no superuser may not set what another role has, and is told so before it is gone.
  const said = await refusal(
    () => resetDatabase(own.href, "kept"),
    "environment",
    "PROPERTIES_LOST",
  );
  assertMatch(said, /may not give it again: the setting work_mem of guest \(permission denied/);
  assertEquals(await facts(), before);
  const { left } = await resetDatabase(own.href, "kept", { force: true });
  assertEquals(left.length, 1);
  assertMatch(left[0]!, /^the setting work_mem of guest \(permission denied/);
  const without = (rows: unknown[][]) => rows.map((row) => row.slice(0, -1));
  assertEquals(without(await facts()), without(before));
  const { clones: [clone] } = await cloneDatabase(own.href, "kept");
  const limit = "select datconnlimit, datallowconn from pg_database where datname = 'kept_clone_1'";
  assertEquals(await ask(admin, limit), [[7, true]]);
  assertEquals(clone!.database, "kept_clone_1");
  await dropClonesOf(own.href, "kept");
  await dropSnapshot(own.href, "kept");
});

Deno.test("who is connected is named, and ended only when that is asked", async () => {
  const url = await makeTide(admin, "busy");
  const named = new URL(url);
  named.searchParams.set("application_name", "harvest");
  await whileConnected(named.href, async () => {
    const said = await refusal(() => snapshotDatabase(admin, "busy", HASTY), "environment", IN_USE);
    assertMatch(
      said,
      /^Cannot snapshot the database busy: process \d+ \(user redd, application harvest, .*, idle, since .* UTC\) is connected to busy\. .*--disconnect/,
    );
    await snapshotDatabase(admin, "busy", { disconnect: true });
  });
  assertEquals(await namesOn(admin), ["busy", "busy.snapshot"]);
  await ask(url, "update tide set height = 2");
  await whileConnected(url, async (sql) => {
    assertEquals((await sql`select height from tide`)[0]!.height, 2);
    await refusal(() => resetDatabase(admin, "busy", HASTY), "environment", IN_USE);
    assertEquals((await sql`select height from tide`)[0]!.height, 2);
    await resetDatabase(admin, "busy", { disconnect: true });
  });
  assertEquals(await tideOf(url), 1);
  const { clones: [clone] } = await cloneDatabase(admin, "busy");
  await whileConnected(clone!.url, async () => {
    await refusal(() => dropClones(admin, [clone!.database], HASTY), "environment", IN_USE);
    await dropClones(admin, [clone!.database], { disconnect: true });
  });
  await dropSnapshot(admin, "busy");
  assertEquals(await namesOn(admin), ["busy"]);
});

Deno.test("who is no superuser sees the sessions of others, too, and ends those that it may", async () => {
  await ask(
    admin,
    "create role mate login createdb password 'm'",
    "create role crew login password 'c'",
  );
  const url = await makeTide(admin, "deck", "owner mate");
  const as = (user: string, password: string) => {
    const other = new URL(url);
    Object.assign(other, { username: user, password });
    return other.href;
  };
  const own = as("mate", "m");
  const tries = async (disconnect: boolean) => {
    const steps: string[] = [];
    const onStep = (step: string) => steps.push(step);
    const how = { ...HASTY, disconnect, onStep };
    const said = await refusal(() => snapshotDatabase(own, "deck", how), "environment", IN_USE);
    // Nothing was copied to find it out.
    assertEquals(steps, []);
    return said;
  };
  await whileConnected(as("crew", "c"), async () => {
    assertMatch(await tries(false), /: process \d+ \(user crew[^)]*\) is connected to deck\./);
    assertMatch(
      await tries(true),
      /Your role may not end process \d+ \(user crew[^)]*\): as a superuser: grant pg_signal_backend to mate\.$/,
    );
    await whileConnected(url, async () => {
      await ask(admin, "grant pg_signal_backend to mate");
      const said = await tries(true);
      // That of the crew was ended.
      assertMatch(said, /deck: process \d+ \(user redd[^)]*\) is connected to deck\./);
      assertMatch(said, /only a superuser ends sessions of a superuser\.$/);
    });
  });
  await whileConnected(as("crew", "c"), () => snapshotDatabase(own, "deck", { disconnect: true }));
  await ask(admin, "revoke pg_signal_backend from mate");
});

const IN_USE = "DATABASE_IN_USE";

/** Who waits for nobody, but for the sessions of this file that are about to end. */
const HASTY = { patience: 300 };

Deno.test("clones have free numbers, several at once as well, and there is a most of them", async () => {
  await makeTide(admin, "pool");
  assertStringIncludes(
    await refusal(() => cloneDatabase(admin, "pool"), "input", "SNAPSHOT_MISSING"),
    'the database "pool" has no snapshot',
  );
  await snapshotDatabase(admin, "pool");
  const both = await Promise.all([
    cloneDatabase(admin, "pool", { count: 2 }),
    cloneDatabase(admin, "pool"),
  ]);
  const names = both.flatMap(({ clones }) => clones.map(({ database }) => database)).sort();
  assertEquals(names, ["pool_clone_1", "pool_clone_2", "pool_clone_3"]);
  await ask(at(admin, "pool_clone_1"), "update tide set height = 2");
  assertEquals(await tideOf(at(admin, "pool_clone_3")), 1);
  assertEquals((await dropClones(admin, ["pool_clone_2"])).kept, []);
  await ask(admin, "create database pool_clone_4");
  const { clones } = await cloneDatabase(admin, "pool", { count: 2 });
  assertEquals(clones.map(({ database }) => database), ["pool_clone_2", "pool_clone_5"]);
  const most = await refusal(
    () => cloneDatabase(admin, "pool", { count: MOST_CLONES - 3 }),
    "input",
    "CLONES_TOO_MANY",
  );
  assertStringIncludes(most, `there are 4 clones on the server, and ${MOST_CLONES} is the most`);
  await refusal(() => cloneDatabase(admin, "pool", { count: 0 }), "input", "CLONE_COUNT");
  const { databases } = await listDatabases(admin);
  const pool = databases.find(({ name }) => name === "pool");
  assertEquals([pool?.there, pool?.anew, pool?.clones.length], [true, false, 4]);
  // Somebody's own database is none, whatever it is called.
  const own = await refusal(() => dropClones(admin, ["pool_clone_4"]), "input", "NOT_A_CLONE");
  assertStringIncludes(own, '"pool_clone_4" is no clone that Redd has made. Nothing was dropped.');
  await refusal(() => dropClones(admin, ["pool_clone_1", "pool"]), "input", "NOT_A_CLONE");
  await refusal(() => dropClones(admin, ["nobody"]), "input", "DATABASE_MISSING");
  assertEquals((await dropClonesOf(admin, "pool")).dropped.length, 4);
  assertEquals((await dropClonesOf(admin, "pool")).dropped, []);
  await dropSnapshot(admin, "pool");
  assertEquals(await namesOn(admin), ["pool", "pool_clone_4"]);
});

Deno.test("a clone gets no name of which a snapshot or clone is left, and a drop names what is", async () => {
  await makeTide(admin, "reef");
  await snapshotDatabase(admin, "reef");
  await cloneDatabase(admin, "reef");
  await snapshotDatabase(admin, "reef_clone_1");
  await cloneDatabase(admin, "reef_clone_1");
  const kept = [
    { database: "reef_clone_1.snapshot", kind: "snapshot", of: "reef_clone_1" },
    { database: "reef_clone_1_clone_1", kind: "clone", of: "reef_clone_1" },
  ] as const;
  assertEquals(await dropClones(admin, ["reef_clone_1"]), { dropped: ["reef_clone_1"], kept });
  const next = async () => (await cloneDatabase(admin, "reef")).clones[0]!.database;
  assertEquals(await next(), "reef_clone_2");
  await dropSnapshot(admin, "reef_clone_1");
  assertEquals(await next(), "reef_clone_3");
  await dropClonesOf(admin, "reef_clone_1");
  assertEquals(await next(), "reef_clone_1");
});

Deno.test("only the database of the snapshot is replaced, unless that is asked", async () => {
  await makeTide(admin, "anew");
  await snapshotDatabase(admin, "anew");
  await ask(admin, "drop database anew");
  const url = await makeTide(admin, "anew");
  await ask(url, "update tide set height = 9");
  const said = await refusal(() => resetDatabase(admin, "anew"), "input", "DATABASE_ANEW");
  assertStringIncludes(said, "it was dropped and made anew since. Nothing has changed.");
  assertEquals([await tideOf(url), (await listDatabases(admin)).databases[0]?.anew], [9, true]);
  await resetDatabase(admin, "anew", { force: true });
  assertEquals(await tideOf(url), 1);
  await resetDatabase(admin, "anew");
});

Deno.test("a snapshot of somebody else's is not believed, and a name that is taken is left", async () => {
  const url = await makeTide(admin, "ours");
  await ask(admin, "create role stranger createdb", 'create database "ours.snapshot"');
  const foreign = () => refusal(() => resetDatabase(admin, "ours"), "input", "SNAPSHOT_FOREIGN");
  assertStringIncludes(await foreign(), '"ours.snapshot" that is no snapshot of Redd\'s');
  await refusal(
    () => snapshotDatabase(admin, "ours", { force: true }),
    "input",
    "SNAPSHOT_FOREIGN",
  );
  const [[oid]] = await ask(
    admin,
    "select oid::text from pg_database where datname = 'ours'",
  ) as [[string]];
  const mark = commentOf({ kind: "snapshot", of: "ours", oid, made: MADE });
  await ask(
    admin,
    `comment on database "ours.snapshot" is '${mark}'`,
    'alter database "ours.snapshot" owner to stranger',
  );
  assertStringIncludes(await foreign(), "belongs to stranger, and the database ours to redd");
  assertEquals(await tideOf(url), 1);
});

Deno.test("who may not create databases, or does not own one, is told", async () => {
  await ask(admin, "create role sailor login password 's'");
  const url = await makeTide(admin, "ship", "owner sailor");
  await makeTide(admin, "port");
  const own = new URL(at(admin, "ship"));
  own.username = "sailor";
  own.password = "s";
  const rights = (name: string) =>
    refusal(() => snapshotDatabase(own.href, name), "environment", "RIGHTS_MISSING");
  assertStringIncludes(
    await rights("ship"),
    "the user sailor may not create databases. Nothing has changed. As a superuser: alter role " +
      "sailor createdb.",
  );
  assertStringIncludes(
    await rights("port"),
    "the user sailor is not the owner of the database port",
  );
  await ask(admin, "alter role sailor createdb", "alter role sailor set statement_timeout = 1");
  await snapshotDatabase(own.href, "ship");
  await ask(url, "update tide set height = 2");
  await resetDatabase(own.href, "ship");
  assertEquals(await tideOf(url), 1);
  await ask(admin, "alter role sailor set default_transaction_read_only = on");
  await refusal(() => snapshotDatabase(own.href, "ship"), "environment", "TARGET_READ_ONLY");
});

Deno.test("a copy without room is refused before it begins", async () => {
  await makeTide(admin, "tight");
  const free = 1000;
  await refusal(() => snapshotDatabase(admin, "tight", { free }), "environment", "DISK_FULL");
  await snapshotDatabase(admin, "tight");
  await refusal(() => resetDatabase(admin, "tight", { free }), "environment", "DISK_FULL");
  // Room for one, and not for four.
  const room = { count: 4, free: 50 << 20 };
  await refusal(() => cloneDatabase(admin, "tight", room), "environment", "DISK_FULL");
  assertEquals(await namesOn(admin), ["tight", "tight.snapshot"]);
});

Deno.test("what replicates out of a database keeps it from being replaced", async () => {
  await makeTide(admin, "spring");
  await snapshotDatabase(admin, "spring");
  await ask(
    at(admin, "spring"),
    "create subscription brook connection 'host=nowhere' publication p with (connect = false)",
  );
  const said = await refusal(() => resetDatabase(admin, "spring"), "input", "DATABASE_REPLICATED");
  assertStringIncludes(said, "the subscription brook belongs to the database spring");
  await ask(
    at(admin, "spring"),
    "alter subscription brook set (slot_name = none)",
    "drop subscription brook",
  );
});

Deno.test("what is not Redd's leftover by every sign stays, and leftovers go with the next command", async () => {
  const called = (n: number) => `redd.unfinished.${String(n).repeat(16)}`;
  const [left, open, other] = [called(1), called(2), called(3)];
  const magic = `connection limit ${UNFINISHED_LIMIT}`;
  await ask(
    admin,
    `create database "${left}" allow_connections false ${magic}`,
    `create database "${open}" ${magic}`,
    `create database "${other}" allow_connections false connection limit 5`,
    `create database lookalike allow_connections false ${magic}`,
  );
  await makeTide(admin, "wreck");
  assertEquals((await listDatabases(admin)).leftovers, [left]);
  await snapshotDatabase(admin, "wreck");
  assertEquals(await namesOn(admin), [
    "lookalike",
    open,
    other,
    "wreck",
    "wreck.snapshot",
  ]);
});

Deno.test("another command at the same database is waited for, then named", async () => {
  await makeTide(admin, "held");
  await whileConnected(admin, async (sql) => {
    await sql.unsafe(
      "begin; select pg_advisory_xact_lock(1919247460, hashtext('held'))",
    );
    const said = await refusal(
      () => snapshotDatabase(admin, "held", HASTY),
      "environment",
      "SNAPSHOT_BUSY",
    );
    assertStringIncludes(said, "Nothing has changed. Wait until it has ended.");
  });
});

Deno.test("an interrupted command changes nothing", async () => {
  const url = await makeTide(admin, "calm");
  await snapshotDatabase(admin, "calm");
  await ask(url, "update tide set height = 2");
  const stop = new AbortController();
  const said = await refusal(
    () => resetDatabase(admin, "calm", { signal: stop.signal, onStep: () => stop.abort() }),
    "interrupted",
    "INTERRUPTED",
  );
  assertStringIncludes(said, "No database was lost.");
  assertEquals(await tideOf(url), 2);
  await resetDatabase(admin, "calm");
  assertEquals(await tideOf(url), 1);
  await dropSnapshot(admin, "calm");
  assertEquals(await namesOn(admin), ["calm"]);
});

Deno.test("a loaded dataset goes on from its snapshot: the ledger is back with it", async () => {
  const folder = join(test.folder, "short");
  const schedule = oneBatch({ duration: 3 });
  const how = { folder, fixtures: lean, seed: 7, workers: 1 };
  await generate({ ...how, schedule });
  await test.server.createDatabase("short");
  const url = test.server.url("short");
  await load(folder, { url });
  await snapshotDatabase(url, "short");
  await generate({ ...how, ...await extend(folder, schedule, "2024-01-20", lean) });
  const rows = async () =>
    (await ask(url, "select count(*)::int from environmental_environmentalreading"))[0]?.[0];
  const short = await rows();
  const grown = await load(folder, { url });
  const long = await rows();
  assert(Number(long) > Number(short));
  await resetDatabase(url, "short");
  assertEquals(await rows(), short);
  const again = await load(folder, { url });
  assertEquals([again.rows, await rows()], [grown.rows, long]);

  await ask(url, "update redd.load set finished = null");
  const deed = await refusal(
    () => snapshotDatabase(url, "short", { force: true }),
    "input",
    "LOAD_UNFINISHED",
  );
  assertMatch(
    deed,
    /^Cannot snapshot postgres:\/\/redd:\*\*\*@127\.0\.0\.1:\d+\/short: a load of /,
  );
  await resetDatabase(url, "short");
  assertEquals(await rows(), short);
  await dropSnapshot(url, "short");
});
