/** A farm whose batches change stage in turn, up to a harvest: it passes every check, everywhere. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { folderDataset } from "../../src/dataset/dataset.ts";
import { generate } from "../../src/generate/generate.ts";
import { verifyDatabase } from "../../src/verify/engines/postgres.ts";
import { resultLines, type VerifyReport } from "../../src/verify/report.ts";
import { verifyDataset } from "../../src/verify/verify_dataset.ts";
import { farmInTurn, inTurn } from "../in_turn.ts";
import { loadDeferred } from "../load/believed.ts";
import { startTestServer } from "../load/databases.ts";
import { lean, oneBatch } from "../small_farm.ts";

const test = await startTestServer();
Deno.test.afterAll(() => test.end());

/** The report of what failed, none where all is well. */
function wrong({ results }: VerifyReport): string[] {
  return results.filter(({ status }) => status === "failed" || status === "broken")
    .flatMap(resultLines);
}

Deno.test("six batches that change stage container by container pass every check, in files and a database", async () => {
  const folder = join(test.folder, "turns");
  const schedule = farmInTurn(150, 3);
  const { metadata } = schedule;
  assertEquals([metadata.transition_days, metadata.grace_days, metadata.fallow_weeks], [10, 14, 8]);
  const { manifest } = await generate({ folder, schedule, fixtures: lean, seed: 7, workers: 1 });
  const rows = (table: string) => manifest.tables[table]!.rows;
  assertEquals([rows("batch_batch"), rows("harvest_harvestevent")], [6, 10]);
  // The batches are 50, 200, 350, 500, 650 and 800 days old.
  assertEquals(rows("batch_batchtransferworkflow"), 2 + 3 + 5 + 5 + 5);
  const files = await verifyDataset(folderDataset(folder, manifest), { threads: 1 });
  assertEquals(wrong(files), []);
  assert(files.counts.passed > 215, `${files.counts.passed} checks passed`);
  const url = await test.freshDatabase();
  await loadDeferred(folder, { url });
  assertEquals(wrong(await verifyDatabase(url, manifest)), []);
});

Deno.test("the documented figures of a batch of 200 days follow its days of transition", async () => {
  for (const transitionDays of [6, 10]) {
    const folder = join(test.folder, `single-${transitionDays}`);
    const schedule = inTurn(oneBatch({ eggs: 2_000_000, duration: 200 }), { transitionDays });
    const { manifest } = await generate({ folder, schedule, fixtures: lean, seed: 7, workers: 1 });
    const asked = ["B-04", "B-07", "B-08", "B-09"];
    const files = await verifyDataset(folderDataset(folder, manifest), { threads: 1 });
    const ends = files.results.filter(({ check }) => asked.includes(check.id));
    assertEquals(ends.map(({ status }) => status), asked.map(() => "passed"));
    assertEquals(wrong(files), []);
    const url = await test.freshDatabase();
    await loadDeferred(folder, { url });
    assertEquals(wrong(await verifyDatabase(url, manifest)), []);
  }
});
