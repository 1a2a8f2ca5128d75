/** Loaders killed and backends ended at moments drawn anew in every run of these tests. */
// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { ReddError } from "../../../src/errors.ts";
import { diffDataset, loadDeferred, rebuildDataset } from "../believed.ts";
import { restoreTarget } from "../../../src/load/rebuild/restore.ts";
import { ask, startTestServer } from "../databases.ts";
import {
  catalogDifference,
  digestsOf,
  fullCatalogOf,
  generateFarm,
  LARGE,
  migrated,
  settled,
} from "./farm.ts";
import { chance, KILLS } from "../../random.ts";

const CHILD = new URL("./rebuild_in_child.ts", import.meta.url).pathname;
const CONFIG = new URL("../../deno.json", import.meta.url).pathname;

const servers = { "18": await startTestServer("18"), "15": await startTestServer("15") };
Deno.test.afterAll(async () => {
  for (const one of Object.values(servers)) await one.end();
});
const folder = join(servers["18"].folder, "farm");
await generateFarm(folder);

/** The rows that a load leaves which nothing disturbs, in the deferred way. */
const digests = await (async () => {
  const url = await migrated(servers["18"]);
  await loadDeferred(folder, { url });
  return await digestsOf(url);
})();

/** The number of progress reports of a whole load. */
const all = await (async () => {
  let events = 0;
  const url = await migrated(servers["18"]);
  await rebuildDataset(folder, { url, large: LARGE, onProgress: () => events++ });
  return events;
})();

/** The catalog as it was before, and so is to be again. */
const catalogOn = async (version: "15" | "18") =>
  await fullCatalogOf(await migrated(servers[version]));

/** Every table holds the rows that the ledger has of it: none twice, none without its line. */
async function assertLedgerTrue(url: string): Promise<void> {
  await settled(url);
  const [there] = await ask(url, "select to_regclass('redd.part') is not null");
  if (!there?.[0]) return;
  const lines = await ask(url, `select "table", sum(rows)::int from redd.part group by 1`);
  const told = new Map(lines.map(([table, rows]) => [String(table), rows]));
  for (const [table, digest] of Object.entries(await digestsOf(url))) {
    const [rows] = digest as unknown[];
    assertEquals(rows, told.get(table) ?? 0, `${table} beside its lines in the ledger`);
  }
}

/** Every row of the dataset is there, byte for byte, once, and nothing else is. */
async function assertWhole(url: string): Promise<void> {
  const { tables, equal, others, unfinished } = await diffDataset(folder, url);
  assertEquals(tables.filter((table) => !table.equal), []);
  assertEquals([equal, others, unfinished], [true, 0, undefined]);
}

/** Starts the child and kills it when it has reported so often; tells how it ended. */
async function killedAt(url: string, event: number): Promise<Deno.CommandStatus> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--config", CONFIG, CHILD, folder, url, `${LARGE}`],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  let seen = 0;
  for await (const chunk of child.stdout) {
    seen += chunk.filter((byte) => byte === 10).length;
    if (seen >= event) break;
  }
  try {
    child.kill("SIGKILL");
  } catch {
    // It has ended by itself.
  }
  return await child.status;
}

const random = chance();

/** A moment of a load, as a number of progress reports. */
const drawn = () => 1 + Math.floor(random() * all);

Deno.test("a loader killed again and again leaves what an undisturbed load leaves", async () => {
  const catalog = await catalogOn("18");
  let killed = 0;
  for (let round = 0; round < KILLS; round++) {
    const url = await migrated(servers["18"]);
    for (let again = 0; again < 2; again++) {
      const { signal } = await killedAt(url, drawn());
      if (signal === "SIGKILL") killed++;
      await assertLedgerTrue(url);
    }
    const report = await rebuildDataset(folder, { url, large: LARGE });
    assertEquals(await digestsOf(url), digests, `${report.partsKept} parts were kept`);
    await assertWhole(url);
    assertEquals(catalogDifference(catalog, await fullCatalogOf(url)), []);
  }
  assert(killed >= KILLS / 2, `${killed} of ${2 * KILLS} were killed at work`);
});

/** Loads until a backend is ended at a moment; tells whether the load failed. */
async function endedAt(url: string, event: number): Promise<boolean> {
  let seen = 0;
  let ended: Promise<unknown> | undefined;
  const onProgress = () => {
    if (++seen !== event) return;
    ended = ask(
      url,
      `select pg_terminate_backend(pid) from (select pid from pg_stat_activity
       where application_name = 'redd' and datname = current_database()
       order by random() limit 1) one`,
    );
  };
  try {
    await rebuildDataset(folder, { url, large: LARGE, jobs: 2, onProgress });
    return false;
  } catch (error) {
    assert(error instanceof ReddError, String(error));
    assertEquals([error.fault, error.code], ["environment", "CONNECTION_LOST"], error.message);
    assert(!error.message.includes(new URL(url).password));
    return true;
  } finally {
    await ended;
  }
}

/** Takes the load back, if it is unfinished: the target is then as it was before. */
async function assertTakenBack(url: string, catalog: readonly string[]): Promise<void> {
  const { name } = await restoreTarget(url);
  assertEquals(catalogDifference(catalog, await fullCatalogOf(url)), []);
  if (name === undefined) return;
  for (const [table, digest] of Object.entries(await digestsOf(url))) {
    assertEquals(digest, [0, ""], `${table} is empty again`);
  }
}

Deno.test("backends ended again and again change nothing in what a load leaves", async () => {
  const catalog = await catalogOn("15");
  let ended = 0;
  for (let round = 0; round < KILLS; round++) {
    const url = await migrated(servers["15"]);
    for (let again = 0; again < 2; again++) {
      if (await endedAt(url, drawn())) ended++;
      await assertLedgerTrue(url);
    }
    if (round === 0) await assertTakenBack(url, catalog);
    await rebuildDataset(folder, { url, large: LARGE });
    assertEquals(await digestsOf(url), digests);
    await assertWhole(url);
    assertEquals(catalogDifference(catalog, await fullCatalogOf(url)), []);
  }
  assert(ended > 0, `${ended} of ${2 * KILLS} loads were ended at work`);
});
