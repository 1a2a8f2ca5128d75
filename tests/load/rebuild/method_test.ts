// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { tableDataOf } from "../../../src/dataset/table_data.ts";
import { chooseMethod, load, rebuildDataset } from "../believed.ts";
import { deferredBytes, MANY_ROWS, serverMemory } from "../../../src/load/rebuild/method.ts";
import { restoreTarget } from "../../../src/load/rebuild/restore.ts";
import { missingWords, statusLines } from "../../../cli/load_status.ts";
import { loadStatus } from "../../../src/load/rebuild/status.ts";
import { beginAlone } from "../../../src/postgres/session.ts";
import { connect } from "../../../src/postgres/target.ts";
import { ask, startTestServer } from "../databases.ts";
import { entryOf, manifestOf, MINI, partsOf, writeDataset } from "../mini_dataset.ts";

const test = await startTestServer("15");
Deno.test.afterAll(() => test.end());

/** A manifest with so many halls of one station; there are no files. */
function hallsOf(rows: number) {
  const names = ["infrastructure_geography", "infrastructure_freshwaterstation"];
  const entries = names.map((name) => [name, entryOf(name, partsOf(name, MINI[name]!))] as const);
  const hall = entryOf("infrastructure_hall", partsOf("infrastructure_hall", []));
  const halls = { ...hall, rows, parts: [{ ...hall.parts[0]!, rows }] };
  return manifestOf({ ...Object.fromEntries(entries), infrastructure_hall: halls });
}

let folders = 0;
async function folderOf(rows: number): Promise<string> {
  const folder = join(test.folder, `halls-${++folders}`);
  await Deno.mkdir(folder);
  const text = JSON.stringify({ redd: hallsOf(rows) });
  await Deno.writeTextFile(join(folder, "datapackage.json"), text);
  return folder;
}

Deno.test("deferredBytes() counts 23 bytes for every row and foreign key", () => {
  // Stations refer to geographies, halls to stations.
  assertEquals(deferredBytes(tableDataOf({ name: "x", manifest: hallsOf(1000) })), (3 + 1000) * 23);
});

Deno.test("chooseMethod() rebuilds above 2 M rows", async () => {
  const url = await test.freshDatabase();
  const others = MINI["infrastructure_geography"]!.length +
    MINI["infrastructure_freshwaterstation"]!.length;
  assertEquals(await chooseMethod(await folderOf(MANY_ROWS - others), { url: url }), "deferred");
  assertEquals(await chooseMethod(await folderOf(MANY_ROWS - others + 1), { url: url }), "rebuild");
});

Deno.test("chooseMethod() rebuilds where foreign keys would fill a quarter of the memory", async () => {
  const url = await test.freshDatabase();
  await ask(
    test.server.url("postgres"),
    "create role small login password 'small'",
    "alter role small set effective_cache_size = '1MB'",
  );
  const small = url.replace(/\/\/[^@]*@/, "//small:small@");
  const target = await connect(small);
  assertEquals(await serverMemory(target), 1024 * 1024);
  await target.close();
  const enough = Math.floor(1024 * 1024 / 4 / 23) - 3;
  assertEquals(await chooseMethod(await folderOf(enough), { url: small }), "deferred");
  assertEquals(await chooseMethod(await folderOf(enough + 1), { url: small }), "rebuild");
});

Deno.test("serverMemory() is told the memory of the machine where it may ask", async () => {
  const target = await connect(test.server.url("postgres"));
  assertEquals(await serverMemory(target), Deno.systemMemoryInfo().total);
  await target.close();
});

Deno.test("load() takes the way it is told, and by itself the one the ledger knows", async () => {
  const folder = join(test.folder, "mini");
  await Deno.mkdir(folder);
  await writeDataset(folder);
  const deferred = await load(folder, { url: await test.freshDatabase() });
  assertEquals(deferred.method, "deferred");
  const url = await test.freshDatabase();
  const rebuilt = await load(folder, { url, method: "rebuild", large: 1 });
  assertEquals("rebuilt" in rebuilt && rebuilt.rebuilt.length, 3);
  const again = await load(folder, { url });
  assert(again.alreadyThere);
});

Deno.test("statusLines() tells of no load, a stopped one and a finished one", async () => {
  const url = await test.freshDatabase();
  const shown = `postgres://redd:***@127.0.0.1:${test.server.port}${new URL(url).pathname}`;
  const lines = async () => statusLines(await loadStatus(url));
  assertEquals(await lines(), [`${shown}: no load is recorded.`]);

  const folder = join(test.folder, "stopped");
  await Deno.mkdir(folder);
  await writeDataset(folder);
  const abort = new AbortController();
  const stopped = rebuildDataset(folder, {
    url,
    jobs: 1,
    large: 3,
    signal: abort.signal,
    onProgress: ({ phase }) => phase === "indexes" && abort.abort(),
  });
  const error = await stopped.then(() => undefined, (thrown) => thrown);
  assertEquals([error?.code, error?.exitCode], ["INTERRUPTED", 130]);
  const status = await loadStatus(url);
  const [load] = status.loads;
  assertEquals([load?.parts, load?.rows], [{ done: 3, all: 3 }, { done: 8, all: 8 }]);
  const digest = load!.dataset.slice(0, 12);
  assertEquals(await lines(), [
    `${shown}: the load of stopped (${digest}) is not finished: 3 of 3 parts, 8 of 8 rows.`,
    `Still to be put back: ${missingWords(status.missing)}.`,
    "Load that dataset again to carry on, or take it back with --restore.",
  ]);
  const keys = status.missing.filter(({ stage }) => stage === "key");
  assertEquals(
    keys.map(({ name }) => name).filter((name) => name.endsWith("_pkey")),
    ["infrastructure_freshwaterstation_pkey", "infrastructure_hall_pkey"],
  );

  assertEquals((await restoreTarget(url)).rows, 8);
  assertEquals(await lines(), [`${shown}: no load is recorded.`]);
  await rebuildDataset(folder, { url, large: 3 });
  assertEquals(await lines(), [
    `${shown}: the load of stopped (${digest}) is finished: 3 parts, 8 rows; ` +
    "indexes and keys are there.",
  ]);
});

Deno.test("statusLines() groups the digits of all its numbers", () => {
  const load = { dataset: "0123456789abcdef", name: "farm" };
  const missing = Array.from({ length: 1234 }, () => (
    { stage: "index", relation: "public.batch_batch", name: "one" } as const
  ));
  const [parts, rows] = [{ done: 1000, all: 1095 }, { done: 12_345_678, all: 14_382_081 }];
  const [open, rest] = statusLines({
    target: "aquamind",
    running: true,
    loads: [{ ...load, finished: false, parts, rows }],
    missing,
  });
  const name = "aquamind: the load of farm (0123456789ab)";
  assertEquals(
    open,
    `${name} is running: 1,000 of 1,095 parts, 12,345,678 of 14,382,081 rows.`,
  );
  assertEquals(rest, "Still to be put back: 1,234 indexes.");
  const finished = { ...load, finished: true, parts, rows };
  assertEquals(
    statusLines({ target: "aquamind", running: false, loads: [finished], missing: [] }),
    [`${name} is finished: 1,095 parts, 14,382,081 rows; indexes and keys are there.`],
  );
});

Deno.test("statusLines() says that a load is running while a session holds its lock", async () => {
  const url = await test.freshDatabase();
  const alone = await connect(url);
  await beginAlone(alone, 1000, "load into");
  const running = await loadStatus(url);
  assertEquals([running.running, statusLines(running).length], [true, 1]);
  assert(statusLines(running)[0]!.endsWith(": a load is running."));
  await alone.close();
});
