// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { ReddError } from "../../../src/errors.ts";
import type { Schema } from "../../../src/aquamind/schema_mapping.ts";
import { load, rebuildDataset } from "../believed.ts";
import { restoreTarget } from "../../../src/load/rebuild/restore.ts";
import { generateSmall } from "../../generate/small_dataset.ts";
import { freshAquamind } from "../../aquamind/build.ts";
import { ask, startTestServer } from "../databases.ts";
import { catalogDifference, digestsOf, fullCatalogOf, LARGE } from "../rebuild/farm.ts";

const test = await startTestServer();
Deno.test.afterAll(() => test.end());

const folder = join(test.folder, "farm");
const { manifest } = await generateSmall(folder);

const SCHEMAS: readonly Schema[] = ["2025-11", "2026-03"];

for (const schema of SCHEMAS) {
  Deno.test(`a freshly migrated AquaMind of ${schema} is filled in both ways, alike`, async () => {
    const urls = {
      deferred: await freshAquamind(test, schema, { superuser: true }),
      rebuild: await freshAquamind(test, schema, { superuser: true }),
    };
    const before = await fullCatalogOf(urls.deferred);
    const lice = await ask(urls.deferred, "select * from health_licetype order by id");
    const admin = await ask(urls.deferred, "select * from auth_user");
    for (const method of ["deferred", "rebuild"] as const) {
      const url = urls[method];
      const report = await load(folder, { url, method, large: LARGE });
      assertEquals([report.method, report.schemaCreated], [method, false]);
      assertEquals([...report.skipped].sort(), ["auth_permission", "django_content_type"]);
      assertEquals(catalogDifference(before, await fullCatalogOf(url)), []);
      // What was there is there, untouched.
      assertEquals(await ask(url, "select * from health_licetype order by id"), lice);
      assertEquals(await ask(url, "select * from auth_user where id = 1"), admin);
    }
    const [one, other] = [await digestsOf(urls.deferred), await digestsOf(urls.rebuild)];
    assertEquals(one, other);
    const url = urls.rebuild;
    assertEquals(
      await ask(url, "select id, name, is_active from health_healthparameter order by id"),
      [
        [1, "Gill Condition", false],
        [2, "Eye Condition", true],
        [3, "Wounds/Lesions", false],
        [4, "Fin Condition", true],
        [5, "Body Condition", true],
        [6, "Swimming Behavior", true],
        [7, "Appetite", false],
        [8, "Mucous Membrane", false],
        [9, "Color/Pigmentation", false],
        [10, "Gill Health", true],
        [11, "Wounds and Skin Condition", true],
        [12, "Appetite and Feeding Response", true],
        [13, "Mucous Membrane Condition", true],
        [14, "Color and Pigmentation", true],
      ].map(([id, ...rest]) => [String(id), ...rest]),
    );
    // The dataset's system_admin is its user 1, which here is somebody else.
    for (const table of ["batch_creationworkflow", "batch_historicalbatchcreationworkflow"]) {
      const acting = await ask(
        url,
        `select distinct u.username from ${table} w left join auth_user u on u.id = w.created_by_id`,
      );
      assertEquals(acting, [["manager_01"]], table);
    }
    const profiles = await ask(
      url,
      `select u.username, h.history_type from auth_user u
       join users_userprofile p on p.user_id = u.id
       left join users_historicaluserprofile h on h.id = p.id order by u.id, h.history_id`,
    );
    assertEquals(
      profiles.map(([username, saved]) => `${username} ${saved}`).sort(),
      ["admin", ...Object.keys(manifest.users)].map((username) => `${username} +`).sort(),
    );
  });
}

Deno.test("a 2026-03 target gets what its application would have written besides", async () => {
  const url = await freshAquamind(test, "2026-03");
  await load(folder, { url });
  const [runs] = await ask(
    url,
    `select count(*)::int, sum(total_projections)::int, bool_and(b.pinned_projection_run_id = run_id)
     from scenario_projection_run r join scenario s using (scenario_id)
     join batch_batch b on b.id = s.batch_id`,
  );
  assertEquals(runs, [1, manifest.tables["scenario_scenarioprojection"]!.rows, true]);
  const centres = await ask(
    url,
    "select cost_center_type, count(*)::int from finance_core_costcenter group by 1 order by 1",
  ).catch(() => []);
  assertEquals(centres.length > 0, true);
});

Deno.test("master data that contradict are named row by row, and nothing has changed", async () => {
  const url = await freshAquamind(test, "2025-11");
  await ask(
    url,
    "update health_healthparameter set name = 'Snout' where id = 4",
    "insert into health_mortalityreason (id, name, description) values (40, 'Predation', '')",
  );
  const before = await digestsOf(url);
  for (const method of ["deferred", "rebuild"] as const) {
    const error = await assertRejects(() => load(folder, { url, method, large: LARGE }), ReddError);
    assertEquals([error.fault, error.code], ["input", "MASTER_DATA_DIFFERS"]);
    for (
      const line of [
        "health_healthparameter 4 is Fin Condition in the dataset, and the target has Snout",
        "Predation under the id 40",
      ]
    ) assertStringIncludes(error.message, line);
    assertEquals(await digestsOf(url), before);
  }
});

for (const schema of SCHEMAS) {
  Deno.test(`a load into a fresh ${schema} that is taken back leaves what was there`, async () => {
    const url = await freshAquamind(test, schema, { superuser: true });
    const abort = new AbortController();
    const catalog = await fullCatalogOf(url);
    await rebuildDataset(folder, {
      url,
      large: LARGE,
      signal: abort.signal,
      onProgress: ({ phase }) => phase === "count" && abort.abort(),
    }).catch((error) => assertEquals(error.code, "INTERRUPTED"));
    await restoreTarget(url);
    assertEquals(catalogDifference(catalog, await fullCatalogOf(url)), []);
    const rows = await ask(
      url,
      `select (select count(*) from batch_batch) + (select count(*) from inventory_feedingevent) +
         (select count(*) from environmental_environmentalreading) + (select count(*) from scenario)`,
    );
    assertEquals(rows, [["0"]]);
    const again = await load(folder, { url, method: "rebuild", large: LARGE });
    assert(!again.alreadyThere);
  });
}

Deno.test("users that come between a kill and a rerun do not get the rows of others", async () => {
  const url = await freshAquamind(test, "2025-11", { superuser: true });
  const abort = new AbortController();
  const killed = rebuildDataset(folder, {
    url,
    jobs: 1,
    large: LARGE,
    signal: abort.signal,
    onProgress: ({ phase }) => phase === "copy" && abort.abort(),
  });
  assertEquals((await assertRejects(() => killed, ReddError)).code, "INTERRUPTED");
  // The first free id had been meant for system_admin.
  const dora = `jsonb_populate_record(u, jsonb_build_object('username', 'dora', 'id',
    (select max(pair) from redd.load, jsonb_array_elements(own_ids::jsonb) entry,
      lateral (select (entry -> 1 -> 0 ->> 1)::int as pair) own where entry ->> 0 = 'auth_user')))`;
  await ask(url, `insert into auth_user select (${dora}).* from auth_user u where id = 1`);
  const error = await assertRejects(() => rebuildDataset(folder, { url, large: LARGE }), ReddError);
  assertEquals([error.fault, error.code], ["input", "MASTER_DATA_DIFFERS"], error.message);
  assertStringIncludes(error.message, "dora");
  await ask(url, "delete from auth_user where username = 'dora'");
  await rebuildDataset(folder, { url, large: LARGE });
  const acting = "select distinct username from batch_creationworkflow w " +
    "join auth_user u on u.id = w.created_by_id";
  assertEquals(await ask(url, acting), [["manager_01"]]);
});
