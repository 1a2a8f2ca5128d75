/** Everything through a pooler, which hands out the connections of a server to one after the other. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { verifyDatabase } from "../../src/verify/engines/postgres.ts";
import { openDataset } from "../../src/archive/open_dataset.ts";
import { diffDataset } from "../../src/diff/diff.ts";
import { generate } from "../../src/generate/generate.ts";
import { load } from "../../src/load/rebuild/method.ts";
import type { LoadProgress } from "../../src/load/progress.ts";
import { rebuildDataset } from "../../src/load/rebuild/rebuild.ts";
import { forgetLoads, restoreTarget } from "../../src/load/rebuild/restore.ts";
import { loadStatus } from "../../src/load/rebuild/status.ts";
import { wipeDatabase } from "../../src/load/wipe/wipe.ts";
import { connect } from "../../src/postgres/target.ts";
import { lean, oneBatch } from "../small_farm.ts";
import { findBouncer, startBouncer } from "./bouncer.ts";
import { startTestServer } from "./databases.ts";
import { refusal } from "./refusal.ts";

const program = findBouncer();
if (program === undefined) {
  // deno-lint-ignore no-console
  console.log("pgbouncer is not installed (Debian: apt-get install pgbouncer): no test of poolers");
}
const options = { ignore: program === undefined };

const test = await startTestServer();
Deno.test.afterAll(() => test.end());

const folder = join(test.folder, "farm");
const schedule = oneBatch({ duration: 12, start: "2024-01-15" });
await generate({ folder, schedule, fixtures: lean, seed: 7, workers: 1 });
const dataset = await openDataset(folder);
const LARGE = 300;

/** What the pooler's sessions have set, and which locks they hold: those of a session as it begins. */
const LEFT = `select
  (select count(*)::int from pg_locks where locktype = 'advisory') as locks,
  (select json_object_agg(name, setting)::text from pg_settings where source = 'session'
     and name not in ('application_name', 'client_encoding', 'transaction_isolation',
       'transaction_read_only', 'transaction_deferrable')) as set`;

Deno.test(
  "everything works through a pooler by transaction, and leaves nothing in its sessions",
  options,
  async () => {
    await using bouncer = await startBouncer(program!, test.server.url("postgres"), "transaction", [
      "default_pool_size = 5",
    ]);
    const url = bouncer.through(await test.freshDatabase());
    for (const method of ["deferred", "rebuild"] as const) {
      assertEquals((await load(dataset, { url, method, large: LARGE })).method, method);
      assertEquals((await load(dataset, { url, method, large: LARGE })).alreadyThere, true);
      const { running, loads } = await loadStatus(url);
      assertEquals([running, loads.map(({ finished }) => finished)], [false, [true]]);
      assertEquals((await diffDataset(dataset, url)).equal, true);
      assertEquals((await verifyDatabase(url, dataset.manifest)).ok, true);
      await wipeDatabase(url, { confirm: () => Promise.resolve(true) });
    }
    // One that is stopped keeps nobody out, and is taken back.
    const abort = new AbortController();
    const onProgress = ({ phase }: LoadProgress) => void (phase === "count" && abort.abort());
    await refusal(
      () => rebuildDataset(dataset, { url, large: LARGE, onProgress, signal: abort.signal }),
      "interrupted",
      "INTERRUPTED",
    );
    assertEquals((await restoreTarget(url)).name, dataset.title);
    assertEquals(await forgetLoads(url), true);
    // All five sessions of the pool at once: each is as a session begins.
    const held = await Promise.all(Array.from({ length: 5 }, () => connect(url)));
    for (const one of held) await one.query("begin");
    const left = [];
    for (const one of held) {
      left.push(
        ...await one.query<{ locks: number; set: string | null }>(LEFT),
      );
    }
    assertEquals(left, left.map(() => ({ locks: 0, set: null })));
    assertEquals(left.length, 5);
    for (const one of held) await one.close();
  },
);

Deno.test("a load in the rebuild way works through a pooler by session", options, async () => {
  await using bouncer = await startBouncer(program!, test.server.url("postgres"), "session");
  const url = bouncer.through(await test.freshDatabase());
  await load(dataset, { url, method: "rebuild", large: LARGE });
  assertEquals((await diffDataset(dataset, url)).equal, true);
});

Deno.test("a pooler by statement is refused by name, by every command", options, async () => {
  await using bouncer = await startBouncer(program!, test.server.url("postgres"), "statement");
  const url = bouncer.through(await test.freshDatabase());
  const works = [
    () => load(dataset, { url, method: "deferred" }),
    () => load(dataset, { url, method: "rebuild" }),
    () => verifyDatabase(url, dataset.manifest),
    () => diffDataset(dataset, url),
    () => wipeDatabase(url),
    () => restoreTarget(url),
  ];
  for (const work of works) {
    const message = await refusal(work, "environment", "POOLER_BY_STATEMENT");
    assertStringIncludes(message, "Set pool_mode to transaction or session there");
  }
});

Deno.test("a pooler without a free connection is not waited for without end", options, async () => {
  await using bouncer = await startBouncer(program!, test.server.url("postgres"), "transaction", [
    "default_pool_size = 1",
    "query_wait_timeout = 1",
  ]);
  const url = bouncer.through(await test.freshDatabase());
  const work = () => load(dataset, { url, method: "rebuild", large: LARGE });
  const message = await refusal(work, "environment", "NO_CONNECTION_FREE");
  assertStringIncludes(message, "Raise its pool_size, give fewer --jobs");
  assertEquals((await load(dataset, { url, method: "deferred" })).rows, dataset.manifest.rows);
  assertEquals((await diffDataset(dataset, url, { jobs: 1 })).equal, true);
});

Deno.test("what a pooler does not take of a connection string is named", options, async () => {
  await using bouncer = await startBouncer(program!, test.server.url("postgres"), "transaction");
  const url = `${bouncer.through(await test.freshDatabase())}?options=-csearch_path%3Dpublic`;
  const message = await refusal(() => wipeDatabase(url), "environment", "POOLER_PARAMETER");
  assertStringIncludes(message, "unsupported startup parameter");
});
