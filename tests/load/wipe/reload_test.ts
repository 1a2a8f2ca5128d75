/** A generated dataset, loaded, wiped and loaded again. */
// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { generate } from "../../../src/generate/generate.ts";
import { loadDeferred, rebuildDataset } from "../believed.ts";
import { OPERATIONAL } from "../../../src/load/wipe/operational.ts";
import { wipeDatabase } from "../../../src/load/wipe/wipe.ts";
import { allTables } from "../../../src/tables/catalog.ts";
import { fixtures, oneBatch } from "../../small_farm.ts";
import { startTestServer } from "../databases.ts";
import { digestsOf } from "../rebuild/farm.ts";
import { numberingOf } from "./full_database.ts";

const test = await startTestServer("18");
Deno.test.afterAll(() => test.end());

const folder = join(test.folder, "short");
const { manifest } = await generate({
  folder,
  schedule: oneBatch({ duration: 3 }),
  fixtures,
  seed: 7,
  workers: 1,
});

/** What acceptance D-03 wants to stand after a wipe: at least so many rows. */
const FOUNDATION: Readonly<Record<string, number>> = {
  infrastructure_geography: 2,
  infrastructure_area: 20,
  infrastructure_freshwaterstation: 10,
  infrastructure_hall: 50,
  infrastructure_container: 1500,
  infrastructure_feedcontainer: 200,
  infrastructure_sensor: 1000,
  batch_lifecyclestage: 6,
  batch_species: 1,
  inventory_feed: 6,
  environmental_environmentalparameter: 5,
  health_healthparameter: 5,
  health_licetype: 10,
  health_mortalityreason: 5,
  harvest_productgrade: 5,
  auth_user: 1,
  scenario_tgcmodel: 1,
  scenario_fcrmodel: 1,
  scenario_mortalitymodel: 1,
};

const ways = {
  deferred: loadDeferred,
  rebuild: (from: string, { url }: { readonly url: string }) =>
    rebuildDataset(from, { url, large: 300 }),
};

for (const [way, load] of Object.entries(ways)) {
  Deno.test(`${way}: a dataset that was wiped is loaded again, the same to the last row`, async () => {
    const url = await test.freshDatabase();
    await load(folder, { url });
    const [rows, numbering] = [await digestsOf(url), await numberingOf(url)];

    const operational = allTables.filter(({ name }) => OPERATIONAL.includes(name));
    const report = await wipeDatabase(url);
    assertEquals(
      report.rows,
      operational.reduce((sum, { name }) => sum + (manifest.tables[name]?.rows ?? 0), 0),
    );
    const left = await digestsOf(url);
    for (const { name } of allTables) {
      assertEquals(left[name], OPERATIONAL.includes(name) ? [0, ""] : rows[name], name);
    }
    for (const [name, least] of Object.entries(FOUNDATION)) {
      const [count] = left[name] as [number];
      assert(count >= least, `${name} has ${count} rows, expected ${least}`);
    }

    const again = await load(folder, { url });
    assertEquals(again.alreadyThere, false);
    assertEquals(await digestsOf(url), rows);
    assertEquals(await numberingOf(url), numbering);
  });
}
