/** Datasets and the databases that hold them, whatever the way they came in. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { generate } from "../../src/generate/generate.ts";
import type { ReddManifest } from "../../src/dataset/manifest.ts";
import type { Schema } from "../../src/aquamind/schema_mapping.ts";
import { diffDataset, load } from "../load/believed.ts";
import type { DiffReport, TableDiff } from "../../src/diff/report.ts";
import { generateSmall } from "../generate/small_dataset.ts";
import { lean, oneBatch } from "../small_farm.ts";
import { freshAquamind } from "../aquamind/build.ts";
import { ask, startTestServer } from "../load/databases.ts";
import { MINI, writeDataset } from "../load/mini_dataset.ts";
import { LARGE, migrated } from "../load/rebuild/farm.ts";

const test = await startTestServer("18");
Deno.test.afterAll(() => test.end());
const folder = join(test.folder, "farm");
const { manifest } = await generateSmall(folder);

/** Names and numbers of the tables of which something is to be said. */
function told(report: DiffReport, what: (table: TableDiff) => number | boolean) {
  return Object.fromEntries(
    report.tables.map((table) => [table.name, what(table)] as const).filter(([, n]) => n),
  );
}

/** A comparison that has found every row, and nothing else. */
function assertWholeAndAlone(report: DiffReport, { tables, rows }: ReddManifest): void {
  assertEquals(report.tables.filter(({ equal }) => !equal), []);
  assertEquals([report.equal, report.rows, report.others, report.unfinished], [
    true,
    { dataset: rows, database: rows },
    0,
    undefined,
  ]);
  assertEquals(report.tables.map(({ name }) => name), Object.keys(tables));
  for (const { name, checksum, rows: each, kept, leftAlone } of report.tables) {
    assertEquals(checksum.database, checksum.dataset, name);
    assertEquals([each.database, kept, leftAlone], [tables[name]!.rows, 0, false], name);
  }
}

for (const method of ["deferred", "rebuild"] as const) {
  Deno.test(`a dataset equals the database that it was loaded into in the ${method} way`, async () => {
    for (
      const [url, jobs] of [[await test.freshDatabase(), 1], [await migrated(test), 3]] as const
    ) {
      await load(folder, { url, method, large: LARGE });
      assertWholeAndAlone(await diffDataset(folder, url, { jobs }), manifest);
    }
  });
}

Deno.test("a batch's whole life equals its rows: harvests, treatments and later scenarios", async () => {
  const whole = join(test.folder, "whole");
  const schedule = oneBatch({ eggs: 100_000, duration: 860, start: "2023-02-01" });
  const written = await generate({
    folder: whole,
    schedule,
    fixtures: lean,
    seed: 7,
    documentedTotals: true,
    laterScenarios: true,
    workers: 1,
  });
  // Readings alone are more than all the rest.
  const all = Object.entries(written.manifest.tables);
  const tables = all.filter(([, { rows }]) => rows < 50_000).map(([name]) => name);
  // Laboratories answer under `field` alone.
  const filled = (name: string, rows: number) =>
    rows > 0 || manifest.tables[name]!.rows > 0 || name.endsWith("healthlabsample");
  assertEquals(all.filter(([name, { rows }]) => !filled(name, rows)), [], "every table is tried");
  const url = await test.freshDatabase();
  await load(whole, { url, tables });
  const report = await diffDataset(whole, url, { tables });
  assertEquals([report.equal, report.tables.length], [true, all.length - 1]);
});

for (const schema of ["2025-11", "2026-03"] satisfies Schema[]) {
  Deno.test(`a dataset equals the ${schema} database with a user of its own`, async () => {
    const url = await freshAquamind(test, schema, { superuser: true });
    await load(folder, { url });
    const report = await diffDataset(folder, url);
    assertEquals(report.tables.filter(({ equal }) => !equal), []);
    assertEquals(report.equal, true);
    // What the migrations have written stays in their words; it is no difference.
    assertEquals(told(report, ({ kept }) => kept), {
      health_healthparameter: 9,
      health_licetype: 15,
    });
    const alone = ["django_content_type", "auth_permission"];
    assertEquals(
      Object.keys(told(report, ({ leftAlone }) => leftAlone)),
      schema === "2025-11" ? [] : alone,
    );
    assertEquals(
      told(report, ({ others, leftAlone }) => leftAlone ? 0 : others),
      Object.fromEntries(
        ["auth_user", "auth_historicaluser", "users_historicaluserprofile", "users_userprofile"]
          .map((name) => [name, 1]),
      ),
    );
    // Without the ledger nobody knows what was there before the load: the verdict is the same.
    await ask(url, "drop schema redd cascade");
    const { seconds: _, ...unknown } = await diffDataset(folder, url);
    const { seconds: __, ...known } = report;
    assertEquals(unknown, known);
    // What master data is known by is settled, whatever else is left in the database's words.
    const policies = { tables: ["finance_intercompanypolicy"] };
    await ask(url, "update finance_intercompanypolicy set method = 'other' where policy_id = 2");
    assertEquals((await diffDataset(folder, url, policies)).equal, true);
    await ask(
      url,
      "update finance_intercompanypolicy set pricing_basis = 'other' where policy_id = 3",
    );
    const { equal, tables: [changed] } = await diffDataset(folder, url, policies);
    assertEquals([equal, changed!.kept, changed!.parts[0]!.changed], [false, 1, 1]);
  });
}

Deno.test("text with quotes, line ends and nothing in it equals what the server has", async () => {
  const rows = {
    infrastructure_geography: [
      ...MINI["infrastructure_geography"]!,
      ...[`" ,"`, "  x ", `"\r"`, `"\n"`, `"""x"""`, "\\.", "\\N", "NULL", "ø🐟", "'"].map(
        (text, at) => `${at + 3},G${at},${text},2018-01-01T00:00:00Z,2018-01-01T00:00:00Z`,
      ),
    ],
  };
  const odd = join(test.folder, "odd");
  await writeDataset(odd, rows);
  const path = join(odd, "datapackage.json");
  const { redd } = JSON.parse(await Deno.readTextFile(path));
  redd.tables.infrastructure_geography.lastId = rows.infrastructure_geography.length;
  await Deno.writeTextFile(path, JSON.stringify({ redd }));
  const url = await test.freshDatabase();
  await load(odd, { url });
  assertWholeAndAlone(await diffDataset(odd, url), redd);
});

Deno.test("a comparison of some tables looks at no others", async () => {
  const url = await test.freshDatabase();
  await load(folder, { url, without: ["history"] });
  const live = await diffDataset(folder, url, { without: ["history"] });
  assertEquals([live.equal, live.tables.some(({ name }) => name.includes("historical"))], [
    true,
    false,
  ]);
  const some = await diffDataset(folder, url, { tables: ["batch_batch", "scenario"] });
  assertEquals(some.tables.map(({ name, equal }) => [name, equal]), [
    ["batch_batch", true],
    ["scenario", true],
  ]);
  const all = await diffDataset(folder, url);
  assertEquals(all.equal, false);
  const { parts, rows } = all.tables.find(({ name }) => name === "batch_historicalbatch")!;
  const { rows: lacking } = manifest.tables["batch_historicalbatch"]!;
  assertEquals([rows.database, parts[0]?.missing], [0, lacking]);
});
