/** What the rebuild way refuses in a dataset or in a target, and what it leaves. */
// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readManifest } from "../../../src/dataset/manifest.ts";
import { verifyDatabase } from "../../../src/verify/engines/postgres.ts";
import { join } from "node:path";
import { loadDeferred, rebuildDataset } from "../believed.ts";
import { forgetLoads, restoreTarget } from "../../../src/load/rebuild/restore.ts";
import { statusLines } from "../../../cli/load_status.ts";
import { loadStatus } from "../../../src/load/rebuild/status.ts";
import type { LoadProgress } from "../../../src/load/progress.ts";
import { ask, startTestServer } from "../databases.ts";
import { assertTold } from "../told.ts";
import { MINI } from "../mini_dataset.ts";
import type { Rows } from "../mini_load.ts";
import { refusal } from "../refusal.ts";
import { catalogDifference, digestsOf, fullCatalogOf, migrated } from "./farm.ts";
import { altered, halvedIn, rebuilding } from "./halved.ts";

const test = await startTestServer("18");
const dataset = halvedIn(test.folder);
Deno.test.afterAll(() => test.end());

const UNDERWAY = "indexes and keys are missing in the target: run the same command again to " +
  "carry on, or take it back with --restore.";

Deno.test("a dataset that is there already is said to be so, and nothing is done", async () => {
  const url = await migrated(test);
  const folder = await dataset();
  const first = await rebuildDataset(folder, rebuilding(url));
  assertEquals([first.rows, first.alreadyThere], [8, false]);
  assertEquals(first.rebuilt, ["infrastructure_freshwaterstation", "infrastructure_hall"]);
  const [lines] = await ask(url, "select count(*)::int from redd.part");
  assertEquals(lines, [4]);
  const digests = await digestsOf(url);
  const second = await rebuildDataset(folder, rebuilding(url));
  assertEquals([second.rows, second.alreadyThere, second.partsKept], [8, true, 4]);
  assertEquals(await digestsOf(url), digests);

  await ask(url, "delete from infrastructure_hall where id = 5");
  const mended = await rebuildDataset(folder, rebuilding(url));
  assertEquals([mended.alreadyThere, mended.merged.length], [false, 3]);
  assertEquals(await digestsOf(url), digests);
  await ask(url, "truncate infrastructure_hall, infrastructure_freshwaterstation cascade");
  await ask(url, "delete from infrastructure_geography");
  assertEquals((await rebuildDataset(folder, rebuilding(url))).alreadyThere, false);
  assertEquals(await digestsOf(url), digests);
});

Deno.test("another dataset is refused while a load is unfinished, in both ways", async () => {
  const url = await migrated(test);
  const stations = MINI["infrastructure_freshwaterstation"]!;
  const broken = await dataset({
    ...MINI,
    infrastructure_freshwaterstation: stations.with(1, "2,cut"),
  });
  await refusal(() => rebuildDataset(broken, rebuilding(url)), "input", "ROW_REFUSED");
  const other = await dataset();
  for (
    const work of [
      () => rebuildDataset(other, rebuilding(url)),
      () => loadDeferred(other, { url }),
    ]
  ) {
    const message = await refusal(work, "input", "LOAD_UNFINISHED");
    assertStringIncludes(message, `a load of the dataset ${broken.split("/").at(-1)}`);
    assertStringIncludes(message, "--restore");
  }
  const message = await refusal(() => forgetLoads(url), "input", "LOAD_UNFINISHED");
  assert(message.startsWith("Cannot forget the loads of postgres://"), message);
  const manifest = await readManifest(other);
  const judged = await refusal(() => verifyDatabase(url, manifest), "input", "LOAD_UNFINISHED");
  assert(judged.startsWith("Cannot verify postgres://"), judged);
});

Deno.test("a view that groups by a primary key is named, and nothing has changed", async () => {
  const url = await migrated(test);
  await ask(
    url,
    `create view "hall; names" as select h.id, h.name, count(*) from infrastructure_hall h
     group by h.id`,
    `create function sizes() returns setof numeric language sql
     begin atomic select area_sqm from infrastructure_hall group by id; end`,
  );
  const before = await fullCatalogOf(url);
  const work = async () => rebuildDataset(await dataset(), rebuilding(url));
  const message = await refusal(work, "input", "TARGET_DEPENDS");
  assertStringIncludes(
    message,
    'the view public."hall; names" depends on constraint infrastructure_hall_pkey on table ' +
      "public.infrastructure_hall",
  );
  assertStringIncludes(message, "function public.sizes() depends on");
  assertStringIncludes(message, "or load with --method deferred.");
  assertEquals(catalogDifference(before, await fullCatalogOf(url)), []);
  assertEquals(await ask(url, "select to_regnamespace('redd')"), [[null]]);
});

Deno.test("a foreign key whose triggers are disabled is named, and nothing has changed", async () => {
  const url = await migrated(test);
  await ask(url, "alter table infrastructure_freshwaterstation disable trigger all");
  const before = await fullCatalogOf(url);
  const work = async () => rebuildDataset(await dataset(), rebuilding(url));
  const message = await refusal(work, "input", "TRIGGERS_ALTERED");
  assertStringIncludes(
    message,
    "on public.infrastructure_freshwaterstation triggers are disabled or altered that check the foreign key " +
      "broodstock_eggproduc_destination_station__cc9c38c3_fk_infrastru and 3 more.",
  );
  const remedy =
    /the first: (alter table \S+ enable trigger "RI_ConstraintTrigger_\w+")\), or load/;
  assert(remedy.test(message), message);
  assertEquals(catalogDifference(before, await fullCatalogOf(url)), []);
  await ask(url, "alter table infrastructure_freshwaterstation enable trigger all");
  await work();
});

const stamps = "2018-01-01T00:00:00Z,2018-01-01T00:00:00Z";
const bad: readonly (readonly [string, Rows, string])[] = [
  [
    "a row cut short",
    altered("infrastructure_hall", 2, `5,Hall,""`),
    'data/infrastructure_hall/2021-02.csv: line 2: missing data for column "area_sqm"',
  ],
  [
    "a duplicate key in another part",
    altered("infrastructure_hall", 2, `1,Hall,"",1.00,t,${stamps},1`),
    "Cannot build infrastructure_hall_pkey of public.infrastructure_hall: table " +
    "infrastructure_hall: could not create unique index",
  ],
  [
    "a foreign key that points nowhere",
    altered("infrastructure_hall", 0, `1,Hall,"",1.00,t,${stamps},99`),
    "Key (freshwater_station_id)=(99) is not present",
  ],
];
for (const [what, rows, because] of bad) {
  Deno.test(`${what} is named, told by the status, and taken back`, async () => {
    const url = await migrated(test);
    const before = await fullCatalogOf(url);
    const empty = await digestsOf(url);
    const folder = await dataset(rows);
    const work = () => rebuildDataset(folder, { ...rebuilding(url), jobs: 1 });
    const message = await refusal(work, "input", "ROW_REFUSED");
    assertStringIncludes(message, because);
    assertStringIncludes(message, UNDERWAY);
    assert(!message.includes("Nothing has changed"), message);
    // A rerun meets the same row.
    assertStringIncludes(await refusal(work, "input", "ROW_REFUSED"), because);

    const lines = statusLines(await loadStatus(url));
    assertStringIncludes(lines[0]!, "is not finished: ");
    assertStringIncludes(lines[1]!, "Still to be put back: ");
    assert(catalogDifference(before, await fullCatalogOf(url)).length > 0);

    const restored = await restoreTarget(url);
    assertEquals(restored.name, folder.split("/").at(-1));
    assertEquals(catalogDifference(before, await fullCatalogOf(url)), []);
    assertEquals(await digestsOf(url), empty);
    assertEquals((await rebuildDataset(await dataset(), rebuilding(url))).rows, 8);
  });
}

Deno.test("a part with another sha256 is refused, and a good copy of it completes the load", async () => {
  const url = await migrated(test);
  const folder = await dataset();
  const path = join(folder, "data/infrastructure_hall/2021-02.csv");
  const good = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, good.replace("500.00", "501.00"));
  const told: LoadProgress[] = [];
  const onProgress = (progress: LoadProgress) => void told.push(progress);
  const work = () => rebuildDataset(folder, { ...rebuilding(url), jobs: 1, onProgress });
  const message = await refusal(work, "input", "PART_CHANGED");
  assertStringIncludes(message, "its sha256 is");
  assertStringIncludes(message, UNDERWAY);
  await Deno.writeTextFile(path, good);
  told.length = 0;
  assertEquals((await work()).partsKept, 3);
  assertTold(told);
  // Two of the three halls were there, and do not count as what this run has copied.
  assertEquals(told.map(({ rowsBefore }) => rowsBefore), told.map(() => 7));
  assertEquals(await ask(url, "select sum(area_sqm)::text from infrastructure_hall"), [[
    "1000.00",
  ]]);
});

Deno.test("a trigger that swallows rows is found by counting", async () => {
  const url = await migrated(test);
  await ask(
    url,
    `create function swallow() returns trigger language plpgsql as
     'begin delete from infrastructure_hall where id = 1; return null; end'`,
    "create trigger swallow after insert on infrastructure_hall execute function swallow()",
  );
  const work = async () => rebuildDataset(await dataset(), { ...rebuilding(url), jobs: 1 });
  const message = await refusal(work, "environment", "COUNT_DIFFERS");
  assertStringIncludes(message, "infrastructure_hall holds 2 rows after the copy, expected 3");
  assertStringIncludes(message, UNDERWAY);
  await restoreTarget(url);
  assertEquals(await ask(url, "select count(*)::int from infrastructure_geography"), [[0]]);
});
