// @ts-types="../../../types/std_assert.d.ts"
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { ReddError } from "../../../src/errors.ts";
import { extend } from "../../../src/generate/extend.ts";
import { generate } from "../../../src/generate/generate.ts";
import type { Schema } from "../../../src/aquamind/schema_mapping.ts";
import { load, rebuildDataset } from "../believed.ts";
import type { Method } from "../../../src/load/method_names.ts";
import type { MethodOptions } from "../../../src/load/rebuild/method.ts";
import { restoreTarget } from "../../../src/load/rebuild/restore.ts";
import { loadStatus } from "../../../src/load/rebuild/status.ts";
import { tableNamed } from "../../../src/tables/catalog.ts";
import { lean, oneBatch } from "../../small_farm.ts";
import { freshAquamind } from "../../aquamind/build.ts";
import { ask, startTestServer } from "../databases.ts";
import { IMPLICIT_CASTS } from "../implicit_casts.ts";
import { digestsOf, LARGE } from "../rebuild/farm.ts";

const test = await startTestServer("15");
Deno.test.afterAll(() => test.end());

/** One batch in Scotland; one in the Faroe Islands that may stand beside it. */
const scottish = join(test.folder, "scottish");
const small = oneBatch({ eggs: 100_000, duration: 50, start: "2024-01-15", seed: 7 });
await generate({ folder: scottish, schedule: small, fixtures: lean, seed: 7, workers: 1 });
const faroese = join(test.folder, "faroese");
await generate({
  folder: faroese,
  schedule: oneBatch({ geography: "Faroe Islands", duration: 35, start: "2024-02-01" }),
  fixtures: lean,
  seed: 9,
  firstId: 1_000_000,
  initialFeed: false,
  workers: 1,
});

const METHODS = ["deferred", "rebuild"] as const;

async function refused(work: () => Promise<unknown>, code: string): Promise<string> {
  const error = await assertRejects(work, ReddError);
  assertEquals([error.fault, error.code], ["input", code], error.message);
  return error.message;
}

Deno.test("a target with rows is refused with their numbers, in both ways", async () => {
  const url = await freshAquamind(test, "2025-11");
  await load(scottish, { url });
  const before = await digestsOf(url);
  for (const method of METHODS) {
    const message = await refused(() => load(faroese, { url, method }), "TARGET_NOT_EMPTY");
    assertStringIncludes(message, "these tables hold rows already: batch_batch (1), ");
    assertStringIncludes(message, "--replace");
  }
  assertEquals(await digestsOf(url), before);
});

Deno.test("a dataset is continued beside one that buys feed for silos it has filled only", async () => {
  const url = await freshAquamind(test, "2025-11");
  const longer = join(test.folder, "longer");
  await generate({ folder: longer, schedule: small, fixtures: lean, seed: 7, workers: 1 });
  await load(longer, { url });
  const fed = join(test.folder, "fed");
  const other = oneBatch({ geography: "Faroe Islands", eggs: 100_000, duration: 120 });
  const beside = { schedule: other, seed: 9, firstId: 1_000_000, initialFeed: false };
  await generate({ ...beside, folder: fed, fixtures: lean, workers: 1 });
  const recipe = await extend(longer, small, "2024-04-09", lean);
  await generate({ ...recipe, folder: longer, workers: 1 });
  await load(fed, { url, append: true });
  const bought =
    "select count(*)::int from inventory_feedpurchase where batch_number like 'AUTO-%'";
  assertEquals(Number((await ask(url, bought))[0]?.[0]) > 0, true);
  assertEquals((await load(longer, { url })).continued, "longer");
});

/** Both schemas and both ways, each once: what they have of their own is tested for itself. */
const PAIRS: readonly (readonly [Schema, Method])[] = [
  ["2025-11", "deferred"],
  ["2026-03", "rebuild"],
];

for (const [schema, method] of PAIRS) {
  const how: Partial<MethodOptions> = { method, large: LARGE };
  Deno.test(`--replace in ${schema} leaves the second dataset alone, ${method}`, async () => {
    const [url, fresh] = [await freshAquamind(test, schema), await freshAquamind(test, schema)];
    const first = await load(scottish, { url, ...how });
    const report = await load(faroese, { url, ...how, replace: true });
    const operational = first.tables.filter(({ name }) => tableNamed(name).kind !== "static")
      .reduce((sum, { rows }) => sum + rows, 0);
    // The newer schema has a projection run and a link of costs besides, the link with its history.
    assertEquals(report.wiped, operational + (schema === "2026-03" ? 3 : 0));
    await load(faroese, { url: fresh, ...how });
    // A site that had fish once keeps its cost centre, and with it its number.
    const centres = /^finance_core_(historical)?costcenter/;
    const [there, expected] = [await digestsOf(url), await digestsOf(fresh)];
    for (const name of Object.keys(expected)) {
      if (!centres.test(name)) assertEquals(there[name], expected[name], name);
    }
    if (schema === "2026-03") {
      const projects = "select count(*)::int from finance_core_costcenter " +
        "where cost_center_type = 'PROJECT'";
      assertEquals(await ask(url, projects), [[1]]);
    }
    const { loads } = await loadStatus(url);
    assertEquals(loads.map(({ name }) => name), ["faroese"]);
  });

  Deno.test(`--append in ${schema} leaves both datasets whole, ${method}`, async () => {
    const url = await freshAquamind(test, schema, { superuser: true });
    const first = await load(scottish, { url, ...how });
    const second = await load(faroese, { url, ...how, append: true });
    for (const { name, rows } of second.tables) {
      if (second.merged.includes(name)) continue;
      const before = first.tables.find((table) => table.name === name)?.rows ?? 0;
      assertEquals(await ask(url, `select count(*)::int from ${name}`), [[before + rows]], name);
    }
    const { loads } = await loadStatus(url);
    assertEquals(loads.map(({ finished }) => finished), [true, true]);
    assertEquals((await load(scottish, { url, ...how })).alreadyThere, true);
    assertEquals((await load(faroese, { url, ...how })).alreadyThere, true);
    // Rows of others do not stand for rows that are gone.
    await ask(url, "delete from environmental_environmentalreading where id between 3 and 7");
    await refused(() => load(scottish, { url }), "ROWS_GONE");
  });
}

Deno.test("--append is refused with what collides: ids, numbers, containers and feed", async () => {
  const url = await freshAquamind(test, "2025-11");
  await load(scottish, { url });
  // A slip of somebody's must not keep the collisions from being told.
  await ask(
    url,
    `update batch_batchcontainerassignment set departure_date = assignment_date - 1
     where id = 2`,
    IMPLICIT_CASTS,
  );
  const before = await digestsOf(url);
  const twin = join(test.folder, "twin");
  await generate({
    folder: twin,
    schedule: small,
    fixtures: lean,
    seed: 8,
    firstId: 5_000,
    workers: 1,
  });
  for (const method of METHODS) {
    const message = await refused(
      () => load(twin, { url, method, append: true, large: LARGE }),
      "DATASET_COLLIDES",
    );
    for (
      const part of [
        "environmental_environmentalreading has a row 5000",
        "batch_batch has SCO-2024-001 already",
        "S-FW-01-A-C01 has SCO-2024-001 from 2024-01-15",
        "both bring the feed",
      ]
    ) assertStringIncludes(message, part);
    assertEquals(await digestsOf(url), before);
  }
});

Deno.test("an interrupted --append is taken back without the rows that were there", async () => {
  const url = await freshAquamind(test, "2026-03");
  await load(scottish, { url });
  // What the application has left of a batch that somebody has deleted.
  await ask(
    url,
    `insert into finance_core_costcenter (code, name, cost_center_type, description, is_active,
       created_at, updated_at, company_id)
     select 'PRJ-999', 'old', 'PROJECT', '', true, now(), now(), min(company_id)
     from finance_dimcompany`,
    "create schema elsewhere",
  );
  const before = await digestsOf(url);
  const abort = new AbortController();
  await rebuildDataset(faroese, {
    url,
    append: true,
    large: LARGE,
    signal: abort.signal,
    onProgress: ({ phase }) => phase === "count" && abort.abort(),
  }).catch((error) => assertEquals(error.code, "INTERRUPTED"));
  await restoreTarget(`${url}?options=${encodeURIComponent("-c search_path=elsewhere")}`);
  assertEquals(
    await ask(
      url,
      `select code from finance_core_costcenter where cost_center_type = 'PROJECT'
       order by code`,
    ),
    [["PRJ-1"], ["PRJ-999"]],
  );
  assertEquals(await ask(url, "select run_id::int from scenario_projection_run"), [[1]]);
  const after = await digestsOf(url);
  const operational = Object.keys(before).filter((name) =>
    /^(batch_(batch|mort|growth)|inventory_feeding|environmental_environmentalreading|scenario_proj)/
      .test(name)
  );
  for (const name of operational) assertEquals(after[name], before[name], name);
});
