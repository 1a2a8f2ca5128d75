/** Loads of many chunks, and what ends them on the way. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { loadDeferred } from "./believed.ts";
import type { LoadProgress } from "../../src/load/progress.ts";
import { ask, relationsOf, startTestServer } from "./databases.ts";
import { MINI } from "./mini_dataset.ts";
import { datasetsIn, loadRefusal, type Rows } from "./mini_load.ts";

const test = await startTestServer("18");
Deno.test.afterAll(() => test.end());
const { freshDatabase, server } = test;
const dataset = datasetsIn(test.folder);

/** Enough stations for several chunks. */
function manyStations(count: number): Rows {
  const description = "x".repeat(400);
  return {
    infrastructure_geography: MINI["infrastructure_geography"] ?? [],
    infrastructure_freshwaterstation: Array.from(
      { length: count },
      (_, index) => `${index + 1},S,F,1.000000,1.000000,${description},t,2018-01-01,2018-01-01,1`,
    ),
  };
}

Deno.test("a load of many chunks arrives whole", async () => {
  const url = await freshDatabase();
  const report = await loadDeferred(await dataset(manyStations(5000)), { url });
  assert(report.bytes > 2_000_000);
  assertEquals(
    await ask(
      url,
      "select count(*)::int, sum(id)::int, min(length(description)) from infrastructure_freshwaterstation",
    ),
    [[5000, 5000 * 5001 / 2, 400]],
  );
});

Deno.test("a bad row in an early chunk ends a load of many chunks", async () => {
  const url = await freshDatabase();
  const rows = manyStations(20000);
  const stations = rows["infrastructure_freshwaterstation"]!.with(2, "3,S");
  const folder = await dataset({ ...rows, infrastructure_freshwaterstation: stations });
  const message = await loadRefusal(folder, { url }, "input", "ROW_REFUSED");
  assertStringIncludes(message, "line 4: missing data");
  assertEquals(await relationsOf(url), 0);
});

Deno.test("a load whose backend is killed fails at once and leaves nothing", async () => {
  const url = await freshDatabase();
  const folder = await dataset(manyStations(20000));
  let killed: Promise<unknown> | undefined;
  const onProgress = ({ bytes, phase }: LoadProgress) => {
    if (phase !== "copy" || bytes < 1_000_000) return;
    killed ??= ask(
      server.url("postgres"),
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'redd' and datname = '${new URL(url).pathname.slice(1)}'`,
    );
  };
  const message = await loadRefusal(folder, { url, onProgress }, "environment", "CONNECTION_LOST");
  assertEquals(await killed, [[true]]);
  assert(!message.includes(new URL(url).password));
  assertEquals(await relationsOf(url), 0);
});

for (const phase of ["copy", "analyze"] as const) {
  Deno.test(`a load that is interrupted in the phase ${phase} leaves nothing`, async () => {
    const url = await freshDatabase();
    const folder = await dataset(manyStations(5000));
    const abort = new AbortController();
    const onProgress = (progress: LoadProgress) => {
      if (progress.phase === phase && progress.bytes > 500_000) abort.abort();
    };
    const options = { url, onProgress, signal: abort.signal };
    const error = await assertRejects(() => loadDeferred(folder, options), ReddError);
    assertEquals([error.fault, error.exitCode], ["interrupted", 130]);
    assertEquals(await relationsOf(url), 0);
  });
}
