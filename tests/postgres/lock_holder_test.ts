// @ts-types="../../types/std_assert.d.ts"
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { join } from "node:path";
import postgres from "postgres";
import { ReddError } from "../../src/errors.ts";
import { loadFailure } from "../../src/postgres/failure.ts";
import { explainLock } from "../../src/postgres/lock_holder.ts";
import { beginAlone } from "../../src/postgres/session.ts";
import { connect } from "../../src/postgres/target.ts";
import { startServer } from "../../src/server/server.ts";
import { temporaryFolder } from "../server/temporary.ts";
import { ask } from "../load/databases.ts";

const folder = await temporaryFolder();
const start = () => startServer({ defaultDir: join(folder, "postgres") });
let server = await start();
// Counts from the next start on.
await ask(server.url("postgres"), "alter system set max_prepared_transactions = 1");
await server.stop();
server = await start();
Deno.test.afterAll(async () => {
  await server.stop();
  await Deno.remove(folder, { recursive: true });
});

let ponds = 0;

/** A database with three tables, of which one refers to another. */
async function pond(): Promise<string> {
  const name = `pond_${++ponds}`;
  await server.createDatabase(name);
  const url = server.url(name);
  await ask(
    url,
    "create table hall (id int primary key)",
    "create table tank (id int primary key, hall int references hall)",
    "create table reader (id int)",
    "insert into hall values (1), (2)",
  );
  return url;
}

/** A session of somebody else, who has begun a transaction and run some statements in it. */
async function somebody(url: string, ...statements: string[]) {
  const sql = postgres(url, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: "feeding plan" },
  });
  for (const statement of ["begin", ...statements]) await sql.unsafe(statement);
  return sql;
}

/** The message of a statement that waits in vain, explained. */
async function refusal(url: string, ...statements: string[]): Promise<string> {
  const target = await connect(url);
  try {
    await target.query("set lock_timeout = 100");
    const error = await assertRejects(async () => {
      for (const statement of statements) await target.query(statement);
    });
    await target.query("rollback");
    const failure = loadFailure(error, { cannot: "load", url });
    const explained = await explainLock(failure, url);
    assertEquals([explained.code, explained.cause], [failure.code, failure.cause]);
    assert(explained.message.startsWith(failure.message.slice(0, -1)), explained.message);
    return explained.message;
  } finally {
    await target.close();
  }
}

const SINCE = String.raw`since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC`;

Deno.test("who holds a table's lock is named, the strongest lock first", async () => {
  const url = await pond();
  const weak = await somebody(url, "select * from tank");
  const strong = await somebody(
    url,
    "select 'a secret',   'it''s'",
    "lock table tank in share mode",
  );
  const [row] = await strong.unsafe("select pg_backend_pid() as pid, 'it''s a secret'");
  for (const statement of ["insert into tank values (1)", "copy tank from stdin"]) {
    const message = await refusal(url, statement);
    assertMatch(
      message,
      new RegExp(
        String
          .raw`The lock is held by process ${row?.pid} \(user redd, application feeding plan, ` +
          String.raw`idle in transaction, ${SINCE}, ShareLock on public.tank\): ` +
          String
            .raw`select pg_backend_pid\(\) as pid, '…'; and process \d+ \(.*, AccessShareLock on public.tank\)`,
      ),
    );
  }
  await Promise.all([weak.end(), strong.end()]);
});

Deno.test("who holds another table's lock is not named, nor a session without a transaction", async () => {
  const url = await pond();
  const other = await somebody(url, "lock table reader in access exclusive mode");
  const holder = await somebody(url, "lock table tank in access exclusive mode");
  const message = await refusal(url, "insert into tank values (1)");
  assertEquals(message.match(/process \d+/g)?.length, 1);
  assertStringIncludes(message, "AccessExclusiveLock on public.tank");
  await Promise.all([other.end(), holder.end()]);
});

Deno.test("no text of a holder's statement is shown, whatever quotes it stands in", async () => {
  for (
    const [statement, shown] of [
      ["select $$S3cr3tPw$$, 1", "select $$…$$, 1"],
      ["select $t$S3 $$ cr$t$, 1", "select $$…$$, 1"],
      ["select E'a\\'S3cr3tPw', 1", "select '…', 1"],
      ["select 1 as \"it's\", 'S3cr3tPw'", "select 1 as \"it's\", '…'"],
      ["select 1 -- it's\n, 'S3cr3tPw'", "select 1 --… , '…'"],
      ["select 1 /* it's /* ' */ */, 'S3cr3tPw'", "select 1 /*…"],
      ["select 'a\\', 'S3cr3tPw'", "select '…'"],
    ] as const
  ) {
    const url = await pond();
    const holder = await somebody(url, "lock table tank in share mode", statement);
    assertStringIncludes(await refusal(url, "insert into tank values (1)"), `): ${shown}.`);
    await holder.end();
  }
});

Deno.test("a long statement of a holder is cut", async () => {
  const url = await pond();
  const holder = await somebody(url, `lock table tank --${"x".repeat(200)}`);
  const shown = /AccessExclusiveLock on public.tank\): (lock table tank --x+…)\.$/;
  assertEquals(shown.exec(await refusal(url, "truncate tank"))?.[1]?.length, 61);
  await holder.end();
});

Deno.test("who locks a row that a foreign key needs is named", async () => {
  const url = await pond();
  const holder = await somebody(url, "delete from hall where id = 1");
  assertMatch(
    await refusal(url, "insert into tank values (1, 1)"),
    /The lock is held by process .* RowExclusiveLock on public.hall.*\): delete from hall/,
  );
  await holder.end();
});

Deno.test("a table that the statement does not name is guessed", async () => {
  const url = await pond();
  const holder = await somebody(url, "select * from hall");
  assertMatch(
    await refusal(url, "alter table tank drop constraint tank_hall_fkey"),
    /Perhaps it is held by process .* AccessShareLock on public.hall.*\): select \* from hall\.$/,
  );
  await holder.end();
});

Deno.test("a transaction that waits for its second phase is named", async () => {
  const url = await pond();
  const holder = await somebody(url, "lock table tank in share mode", "prepare transaction 'p 7'");
  await holder.end();
  assertMatch(
    await refusal(url, "insert into tank values (1)"),
    new RegExp(
      String
        .raw`held by the prepared transaction p 7 \(user redd, ${SINCE}, ShareLock on public.tank\)\.$`,
    ),
  );
  await ask(url, "rollback prepared 'p 7'");
});

Deno.test("a user without rights learns who it is, not what it runs", async () => {
  const url = await pond();
  const name = new URL(url).pathname.slice(1);
  await ask(url, "create role guest login password 'guest'", "grant insert on tank to guest");
  const holder = await somebody(url, "lock table public.tank in share mode");
  const message = await refusal(
    `postgres://guest:guest@127.0.0.1:${server.port}/${name}`,
    "insert into tank values (1)",
  );
  assertMatch(
    message,
    /held by process \d+ \(user redd, application feeding plan, ShareLock on public.tank\)\.$/,
  );
  await holder.end();
});

Deno.test("a second load learns who runs the first", async () => {
  const url = await pond();
  const [first, second] = [await connect(url), await connect(url)];
  await beginAlone(first, 100, "load into");
  const error = await assertRejects(() => beginAlone(second, 100, "load into"), ReddError);
  await second.close();
  assertEquals(error.code, "LOAD_RUNNING");
  assertMatch(
    (await explainLock(error, url)).message,
    /It is process \d+ \(user redd, application redd, idle in transaction, since .* UTC, ExclusiveLock\)/,
  );
  // Its own locks on tables are not told as somebody else's.
  await first.query("lock table public.tank in share mode");
  const message = await refusal(url, "insert into tank values (1)");
  assert(!message.includes("process"), message);
  await first.close();
});

Deno.test("the other side of a deadlock is named", async () => {
  const url = await pond();
  const holder = await somebody(
    url,
    "set deadlock_timeout = '1h'",
    "lock table hall in share mode",
  );
  const target = await connect(url);
  await target.query("begin");
  await target.query("set deadlock_timeout = '10ms'");
  await target.query("lock table tank in share mode");
  const waiting = holder.unsafe("insert into tank values (9)").execute();
  while ((await ask(url, "select 1 from pg_locks where not granted")).length === 0);
  const error = await assertRejects(() => target.query("insert into hall values (9)"));
  await target.query("rollback");
  await waiting;
  const failure = loadFailure(error, { cannot: "load", url });
  assertEquals(failure.code, "DEADLOCK");
  assertMatch(
    (await explainLock(failure, url)).message,
    /It was process \d+ \(user redd, application feeding plan, .*, ShareLock on public.hall\)/,
  );
  await Promise.all([holder.end(), target.close()]);
});

Deno.test("other errors stay as they are, and so does one that nobody can explain", async () => {
  const url = await pond();
  const other = new ReddError("input", "ROW_REFUSED", { cannot: "load", because: "it is odd" });
  const before = other.message;
  assertEquals((await explainLock(other, url)).message, before);
  assertEquals(await explainLock("thrown", url), "thrown");
  const locked = new ReddError("environment", "LOAD_RUNNING", { cannot: "load", because: "so" });
  const lockedBefore = locked.message;
  assertEquals(
    (await explainLock(locked, "postgres://nobody@127.0.0.1:1/x")).message,
    lockedBefore,
  );
  assertEquals((await explainLock(locked, url)).message, lockedBefore);
});
