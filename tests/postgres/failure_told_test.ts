// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { createHash } from "node:crypto";
import { connect as connectSocket, createServer, type Socket } from "node:net";
import { join } from "node:path";
import postgres from "postgres";
import { ReddError } from "../../src/errors.ts";
import { openDataset } from "../../src/archive/open_dataset.ts";
import { copyPart } from "../../src/load/copy.ts";
import { load, loadDeferred, rebuildDataset } from "../load/believed.ts";
import type { LoadProgress } from "../../src/load/progress.ts";
import { LOAD_LOCK } from "../../src/postgres/session.ts";
import { connect } from "../../src/postgres/target.ts";
import { headerOf } from "../../src/tables/description.ts";
import { tableNamed } from "../../src/tables/catalog.ts";
import { ask, startTestServer } from "../load/databases.ts";
import { MINI, writeDataset } from "../load/mini_dataset.ts";
import { MIGRATED, settled } from "../load/rebuild/farm.ts";

const test = await startTestServer("18");
const folder = join(test.folder, "dataset");
await Deno.mkdir(folder);
await writeDataset(folder, MINI);
Deno.test.afterAll(() => test.end());

async function refusal(work: () => Promise<unknown>, code: string): Promise<string> {
  const error = await assertRejects(work, ReddError);
  assertEquals(error.code, code, error.message);
  return error.message;
}

/** Does something while another session holds a table. */
async function whileLocked(url: string, table: string, work: () => Promise<void>): Promise<void> {
  const other = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await other.begin(async (sql) => {
      await sql.unsafe(`lock table ${table} in access exclusive mode`);
      await work();
    });
  } finally {
    await other.end();
  }
}

const halls = "select count(*)::int from infrastructure_hall";

Deno.test("a load that is carried on says who holds the table, and that it is unfinished", async () => {
  const url = await test.freshDatabase();
  await ask(url, MIGRATED);
  const abort = new AbortController();
  const onProgress = ({ phase }: LoadProgress) => void (phase === "count" && abort.abort());
  const options = { url, large: 3, lockTimeout: 300 };
  const work = () => rebuildDataset(folder, { ...options, onProgress, signal: abort.signal });
  await refusal(work, "INTERRUPTED");
  await settled(url);
  await whileLocked(url, "infrastructure_hall", async () => {
    const message = await refusal(() => rebuildDataset(folder, options), "TARGET_LOCKED");
    assertStringIncludes(message, "run the same command again to carry on");
    assertStringIncludes(message, "The lock is held by process ");
  });
  assertEquals((await rebuildDataset(folder, options)).rows, 8);
});

Deno.test("a load that is there says who holds the table, and not that it is unfinished", async () => {
  const url = await test.freshDatabase();
  await ask(url, MIGRATED);
  const options = { url, large: 3, lockTimeout: 300 };
  await rebuildDataset(folder, options);
  await whileLocked(url, "infrastructure_hall", async () => {
    const message = await refusal(() => rebuildDataset(folder, options), "TARGET_LOCKED");
    assertStringIncludes(message, "The lock is held by process ");
    assert(!message.includes("not finished"), message);
  });
  await whileLocked(url, "redd.load", async () => {
    const message = await refusal(() => load(folder, options), "TARGET_LOCKED");
    assertStringIncludes(message, "Another session holds a lock on the table");
  });
});

Deno.test("from the commit on an interruption is not heeded", async () => {
  const url = await test.freshDatabase();
  const abort = new AbortController();
  const onProgress = ({ phase }: LoadProgress) => {
    if (phase === "commit") queueMicrotask(() => abort.abort());
  };
  assertEquals((await loadDeferred(folder, { url, onProgress, signal: abort.signal })).rows, 8);
  assert(abort.signal.aborted);
  assertEquals(await ask(url, halls), [[3]]);
});

for (const method of ["auto", "deferred", "rebuild"] as const) {
  Deno.test(`an interruption is heeded while nobody answers, in the ${method} way`, async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as { port: number };
    const url = `postgres://redd:secret@127.0.0.1:${port}/farm`;
    const abort = new AbortController();
    silent.on("connection", (socket: Socket) => {
      socket.on("error", () => {});
      abort.abort();
      setTimeout(() => socket.destroy(), 50);
    });
    const work = () => load(folder, { url, method, signal: abort.signal });
    await refusal(work, "INTERRUPTED");
    await new Promise((resolve) => silent.close(resolve));
  });
}

Deno.test("an interruption is heeded while another load is waited for", async () => {
  const url = await test.freshDatabase();
  const other = await connect(url);
  await other.query(`select pg_advisory_lock(${LOAD_LOCK})`);
  const abort = new AbortController();
  const loading = refusal(
    () => rebuildDataset(folder, { url, signal: abort.signal }),
    "INTERRUPTED",
  );
  const sessions = `select count(*)::int from pg_stat_activity
      where application_name = 'redd' and datname = current_database()`;
  while (Number((await ask(url, sessions))[0]?.[0]) < 2);
  abort.abort();
  await loading;
  await other.close();
  await settled(url);
  assertEquals(await ask(url, "select to_regclass('infrastructure_hall')"), [[null]]);
});

Deno.test("an interruption right before the commit leaves nothing", async () => {
  const url = await test.freshDatabase();
  const abort = new AbortController();
  const onProgress = ({ phase }: LoadProgress) => void (phase === "commit" && abort.abort());
  const work = () => loadDeferred(folder, { url, onProgress, signal: abort.signal });
  assertStringIncludes(await refusal(work, "INTERRUPTED"), "Nothing has changed");
  assertEquals(await ask(url, "select to_regclass('infrastructure_hall')"), [[null]]);
});

/** Listens before a server and ends a connection instead of handing its commit's answer over. */
async function withoutAnswer(url: string): Promise<{ url: string; end(): void }> {
  const { hostname, port } = new URL(url);
  const sockets: Socket[] = [];
  const listener = createServer((client) => {
    const server = connectSocket(Number(port), hostname);
    sockets.push(client, server);
    let committing = false;
    client.on("data", (bytes) => {
      committing ||= /commit\0/.test(bytes.toString());
      server.write(bytes);
    });
    server.on("data", (bytes) => void (committing ? client.destroy() : client.write(bytes)));
    client.on("close", () => server.destroy()).on("error", () => {});
    server.on("close", () => client.destroy()).on("error", () => {});
  });
  await new Promise<void>((done) => listener.listen(0, "127.0.0.1", done));
  const before = new URL(url);
  before.hostname = "127.0.0.1";
  before.port = String((listener.address() as { port: number }).port);
  return {
    url: before.href,
    end: () => {
      for (const socket of sockets) socket.destroy();
      listener.close();
    },
  };
}

Deno.test("a connection lost at the commit is not said to have changed nothing", async () => {
  const url = await test.freshDatabase();
  const between = await withoutAnswer(url);
  try {
    const message = await refusal(
      () => loadDeferred(folder, { url: between.url }),
      "CONNECTION_LOST",
    );
    assertStringIncludes(message, "ended at the commit: load again, which says whether");
    assert(!message.includes("Nothing has changed"), message);
  } finally {
    between.end();
  }
  assertEquals(await ask(url, halls), [[3]]);
  assertEquals((await loadDeferred(folder, { url })).alreadyThere, true);
});

Deno.test("a line of a part that is continued is the file's", async () => {
  const url = await test.freshDatabase();
  await ask(url, MIGRATED);
  const table = tableNamed("infrastructure_geography");
  const stamps = "2018-01-01T00:00:00Z,2018-01-01T00:00:00Z";
  const beginning = [headerOf(table), `1,A,"",${stamps}`, `2,B,"",${stamps}`, ""].join("\n");
  const text = `${beginning}3,C,"",${stamps}\n4,D,"",never,never\n`;
  const described = (text: string, rows: number) => ({
    path: "continued.csv",
    rows,
    bytes: text.length,
    sha256: createHash("sha256").update(text).digest("hex"),
  });
  await Deno.writeTextFile(join(folder, "continued.csv"), text);
  const dataset = await openDataset(folder, { believed: true });
  const target = await connect(url);
  try {
    for (const after of [undefined, described(beginning, 2)]) {
      const options = { freeze: false, ...(after === undefined ? {} : { after }) };
      const work = () => copyPart(target, dataset, table, described(text, 4), options);
      assertStringIncludes(await refusal(work, "ROW_REFUSED"), "line 5, column created_at");
    }
  } finally {
    await target.close();
  }
});
