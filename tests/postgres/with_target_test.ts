/** The bracket about work in a database. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertRejects } from "@std/assert";
import { type AddressInfo, connect as connectSocket, createServer } from "node:net";
import { ReddError } from "../../src/errors.ts";
import { beginWriting } from "../../src/postgres/session.ts";
import { connect } from "../../src/postgres/target.ts";
import { withTarget } from "../../src/postgres/with_target.ts";
import { ask, startTestServer } from "../load/databases.ts";

const test = await startTestServer();
Deno.test.afterAll(() => test.end());

const interrupted = { cannot: "finish counting", remedy: "Count again" };

async function pond(): Promise<string> {
  const url = await test.freshDatabase();
  await ask(url, "create table tank (id int primary key)");
  return url;
}

const rowsOf = async (url: string) => (await ask(url, "select count(*)::int from tank"))[0]![0];

/** Sessions in the database besides the one that asks. */
const sessions = async (url: string) =>
  (await ask(
    url,
    `select count(*)::int from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()
       and backend_type = 'client backend'`,
  ))[0]![0];

/** Waits for sessions to be gone, which the server sees a moment after the client. */
async function noSession(url: string): Promise<void> {
  while (await sessions(url) !== 0);
}

Deno.test("what the work commits is there, and every connection is closed", async () => {
  const url = await pond();
  const what = { url, cannot: "count", interrupted };
  const rows = await withTarget(what, async (target, held) => {
    held.targets.push(await connect(url));
    await target.query("begin");
    await target.query("insert into public.tank values (1)");
    held.seal();
    await target.query("commit");
    return 1;
  });
  assertEquals([rows, await rowsOf(url)], [1, 1]);
  await noSession(url);
});

Deno.test("what fails is rolled back and said with thing and remedy", async () => {
  const url = await pond();
  const what = { url, cannot: "count the tanks", remedy: "Mend it", interrupted };
  const error = await assertRejects(() =>
    withTarget(what, async (target) => {
      await target.query("begin");
      await target.query("insert into public.tank values (1)");
      throw new Error("no water");
    }), ReddError);
  assertEquals(error.message, "Cannot count the tanks: no water. Mend it.");
  assertEquals([error.cannot, error.because, error.remedy], [
    "count the tanks",
    "no water",
    "Mend it",
  ]);
  assertEquals(await rowsOf(url), 0);
  await noSession(url);
});

Deno.test("a signal ends the work wherever it is, in every connection", async () => {
  const url = await pond();
  const aborter = new AbortController();
  const what = { url, cannot: "count", interrupted, signal: aborter.signal };
  const error = await assertRejects(() =>
    withTarget(what, async (_, { targets }) => {
      const second = await connect(url);
      targets.push(second);
      for (const one of targets) await beginWriting(one, 1000);
      // The work waits for the second alone; where that is not abandoned, it ends well.
      const sleeping = second.query("select pg_sleep(20)");
      aborter.abort();
      await sleeping;
    }), ReddError);
  assertEquals([error.fault, error.message], [
    "interrupted",
    "Cannot finish counting: it was interrupted. Count again.",
  ]);
  await noSession(url);
});

Deno.test("a signal before the connection is there lets none open", async () => {
  const url = await pond();
  const aborter = new AbortController();
  const opening = Promise.withResolvers<void>();
  const late = Promise.withResolvers<void>();
  const { hostname, port } = new URL(url);
  const door = createServer(async (client) => {
    opening.resolve();
    await late.promise;
    const server = connectSocket(Number(port), hostname);
    client.pipe(server).pipe(client);
    for (const one of [client, server]) one.on("error", () => {});
  });
  await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
  const through = new URL(url);
  through.port = `${(door.address() as AddressInfo).port}`;
  const what = { url: through.href, cannot: "count", interrupted, signal: aborter.signal };
  const ended = assertRejects(() => withTarget(what, () => Promise.resolve(1)), ReddError);
  await opening.promise;
  aborter.abort();
  assertEquals((await ended).fault, "interrupted");
  late.resolve();
  // The door closes when the connection through it has ended.
  await new Promise((resolve) => door.close(resolve));
  await noSession(url);
});

Deno.test("after the seal no signal ends the work, and a loss says what is not known", async () => {
  const url = await pond();
  const aborter = new AbortController();
  const what = {
    url,
    cannot: "count",
    remedy: "Nothing has changed",
    atCommit: "Look whether it is there",
    interrupted,
    signal: aborter.signal,
  };
  await withTarget(what, async (target, held) => {
    await target.query("begin");
    await target.query("insert into public.tank values (1)");
    held.seal();
    aborter.abort();
    await target.query("commit");
  });
  assertEquals(await rowsOf(url), 1);
  const error = await assertRejects(
    () =>
      withTarget({ ...what, signal: undefined }, async (target, held) => {
        await target.query("begin");
        held.seal();
        await target.query("select pg_terminate_backend(pg_backend_pid())");
        await target.query("commit");
      }),
    ReddError,
  );
  assertEquals([error.code, error.remedy], ["CONNECTION_LOST", "Look whether it is there"]);
});
