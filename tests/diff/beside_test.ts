/** Datasets in databases that have rows of their own: theirs are no difference, and hide none. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { generate } from "../../src/generate/generate.ts";
import { diffDataset, load } from "../load/believed.ts";
import { generateSmall } from "../generate/small_dataset.ts";
import { lean, oneBatch } from "../small_farm.ts";
import { freshAquamind } from "../aquamind/build.ts";
import { ask, startTestServer } from "../load/databases.ts";

const test = await startTestServer("15");
Deno.test.afterAll(() => test.end());
const folder = join(test.folder, "scottish");
const scottish = await generateSmall(folder);

/** What a comparison says of the tables that differ: their first row, and the values in it. */
async function firstOf(url: string) {
  const { tables } = await diffDataset(folder, url);
  return tables.filter(({ equal }) => !equal).map(({ name, parts: [part] }) => {
    const { id, values } = part!.first;
    const { missing, extra, changed } = part!;
    return [
      name,
      { missing, extra, changed },
      id,
      ...values.map(({ column, dataset, database }) => `${column}: ${dataset} ${database}`),
    ];
  });
}

const CHANGED = { missing: 0, extra: 0, changed: 1 };
const MISSING = { missing: 1, extra: 0, changed: 0 };

Deno.test("what is wrong in a database with rows of its own is found among them", async () => {
  const url = await freshAquamind(test, "2025-11", { superuser: true });
  await load(folder, { url });
  assertEquals(await firstOf(url), []);
  const [[admin], [system]] = await ask(
    url,
    "select id from auth_user where username in ('admin', 'system_admin') order by id",
  ) as [[number], [number]];
  // The dataset's system_admin is its user 1, which here is somebody else.
  assertEquals(admin, 1);
  assertEquals(system === 1, false);
  await ask(
    url,
    `update batch_creationworkflow set created_by_id = ${admin}`,
    "update health_healthparameter set name = 'Snout' where id = 4",
    "update health_licetype set is_active = false where id = 3",
    "delete from infrastructure_sensor where id = 560",
    `update infrastructure_hall set name = 'Hall' where id = 2`,
    `delete from auth_historicaluser where id = ${system}`,
  );
  const found = await firstOf(url);
  assertEquals(found.map(([name]) => name).sort(), [
    "auth_historicaluser",
    "batch_creationworkflow",
    "health_healthparameter",
    "infrastructure_hall",
    "infrastructure_sensor",
  ]);
  const of = (table: string) => found.find(([name]) => name === table)!.slice(1);
  assertEquals(of("batch_creationworkflow"), [CHANGED, 1, "created_by_id: 4 -1"]);
  assertEquals(
    of("health_healthparameter").slice(0, 3),
    [CHANGED, 4, "name: Fin Condition Snout"],
  );
  assertEquals(of("infrastructure_sensor"), [MISSING, 560]);
  assertEquals(of("auth_historicaluser")[0], { missing: 2, extra: 0, changed: 0 });
  // A lice type of the migration is in its own words before and after.
  const { tables } = await diffDataset(folder, url, { tables: ["health_licetype"] });
  assertEquals(tables.map(({ equal, kept }) => [equal, kept]), [[true, 15]]);
});

Deno.test("two datasets in one database are compared each by itself", async () => {
  const other = join(test.folder, "faroese");
  const faroese = await generate({
    folder: other,
    schedule: oneBatch({ geography: "Faroe Islands", duration: 40, start: "2024-02-01" }),
    fixtures: lean,
    seed: 9,
    firstId: 1_000_000,
    initialFeed: false,
    workers: 1,
  });
  const url = await test.freshDatabase();
  await load(folder, { url });
  await load(other, { url, append: true });
  const each = [
    { folder, own: scottish.manifest.rows, beside: faroese.manifest },
    { folder: other, own: faroese.manifest.rows, beside: scottish.manifest },
  ];
  for (const { folder, own, beside } of each) {
    const { tables, ...report } = await diffDataset(folder, url);
    assertEquals(tables.filter(({ equal }) => !equal), []);
    assertEquals(report.rows, { dataset: own, database: own });
    for (const { name, kind, others, kept } of tables) {
      assertEquals([others, kept], [kind === "static" ? 0 : beside.tables[name]!.rows, 0], name);
    }
  }
});
