// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { ReddError } from "../../src/errors.ts";
import { generate } from "../../src/generate/generate.ts";
import { MANIFEST_FILE, type ReddManifest } from "../../src/dataset/manifest.ts";
import {
  createForeignKeys,
  createIndexes,
  createTables,
  createViews,
} from "../../src/aquamind/ddl.ts";
import { loadDeferred } from "./believed.ts";
import { allTables } from "../../src/tables/catalog.ts";
import { lean, oneBatch } from "../small_farm.ts";
import { ask, startTestServer } from "./databases.ts";

const server = await startTestServer();
Deno.test.afterAll(() => server.end());

const TRANSFER = "batch.batchtransferworkflow";
const HARVEST = "harvest.harvestevent";

/**
 * A batch that has moved to sea and been harvested, so that both kinds of transaction occur. The
 * large tables, one file per window, are left out of the manifest: nothing that is kept refers to
 * them, and a load takes a second.
 */
const folder = join(server.folder, "harvested");
const { manifest } = await generate({
  folder,
  schedule: oneBatch({ eggs: 100_000, duration: 770, target: 4.5 }),
  fixtures: lean,
  seed: 7,
  workers: 1,
});
await Deno.writeTextFile(
  join(folder, MANIFEST_FILE),
  JSON.stringify({
    redd: {
      ...manifest,
      tables: Object.fromEntries(
        Object.entries(manifest.tables).filter(([, { kind }]) => kind !== "windowed"),
      ),
    } satisfies ReddManifest,
  }),
);

/** Content types as name and id. */
type Types = readonly (readonly [name: string, id: number])[];

const own: Types = Object.entries(manifest.contentTypes);

/** A database as AquaMind's migrations leave it, with these content types and nothing else. */
async function migrated(types: Types): Promise<string> {
  const url = await server.freshDatabase();
  const rows = types.map(([name, id]) => `(${id}, '${name.replace(".", "', '")}')`);
  await ask(
    url,
    [
      ...createTables(allTables),
      ...createForeignKeys(allTables),
      ...createIndexes(allTables),
      ...createViews(),
      `INSERT INTO django_content_type (id, app_label, model) VALUES ${rows.join(", ")}`,
    ].join(";\n"),
  );
  return url;
}

/** Content types of the target by name, in the order of their ids. */
async function typesOf(url: string): Promise<unknown[][]> {
  return await ask(
    url,
    "SELECT app_label || '.' || model, id::int FROM django_content_type ORDER BY id",
  );
}

/** How many rows of a table point to which type; those with no type at all are under null. */
function pointers(url: string, table: string): Promise<unknown[][]> {
  return ask(
    url,
    `SELECT t.app_label || '.' || t.model AS type, count(*)::int, min(x.tx_id)::int
     FROM ${table} x LEFT JOIN django_content_type t ON t.id = x.content_type_id
     GROUP BY t.app_label, t.model ORDER BY type`,
  );
}

const sorted = (types: Types) => types.toSorted(([, a], [, b]) => a - b).map((one) => [...one]);

const numberings: readonly (readonly [name: string, types: Types])[] = [
  ["1000 higher", own.map(([name, id]) => [name, id + 1000])],
  [
    "exchanged",
    own.map(([name, id]) => [
      name,
      manifest.contentTypes[name === TRANSFER ? HARVEST : name === HARVEST ? TRANSFER : name] ?? id,
    ]),
  ],
];

for (const [name, types] of numberings) {
  Deno.test(`transactions point to their own types where the target's ids are ${name}`, async () => {
    const url = await migrated(types);
    const report = await loadDeferred(folder, { url });
    assertEquals(report.schemaCreated, false);
    assertEquals([...report.skipped].toSorted(), ["auth_permission", "django_content_type"]);
    assertEquals(await typesOf(url), sorted(types));
    const expected = [[TRANSFER, 1, 1], [HARVEST, 50, 2]];
    for (const past of ["", "historical"]) {
      assertEquals(await pointers(url, `finance_${past}intercompanytransaction`), expected);
    }
    const [linked] = await ask(
      url,
      `SELECT count(*)::int FROM batch_batchtransferworkflow w
       JOIN finance_intercompanytransaction x
         ON x.tx_id = w.finance_transaction_id AND x.object_id = w.id
       JOIN django_content_type t ON t.id = x.content_type_id AND t.model = 'batchtransferworkflow'`,
    );
    assertEquals(linked, [1]);
  });
}

Deno.test("a target without a content type that no row uses is loaded", async () => {
  const types = own.filter(([name]) => [TRANSFER, HARVEST].includes(name));
  const url = await migrated(types.map(([name, id]) => [name, id + 7]));
  await loadDeferred(folder, { url });
  assertEquals(await pointers(url, "finance_intercompanytransaction"), [
    [TRANSFER, 1, 1],
    [HARVEST, 50, 2],
  ]);
});

Deno.test("a missing content type is refused by name, and nothing is left behind", async () => {
  const types: Types = own.filter(([name]) => name !== HARVEST);
  const url = await migrated(types);
  const error = await assertRejects(() => loadDeferred(folder, { url }), ReddError);
  assertEquals([error.fault, error.code], ["input", "CONTENT_TYPE_MISSING"]);
  assertStringIncludes(error.message, HARVEST);
  const counts = allTables.map(({ name }) =>
    `SELECT '${name}' AS name, count(*) AS n FROM ${name}`
  );
  const filled = await ask(
    url,
    `SELECT name, n::int FROM (${counts.join(" UNION ALL ")}) counts WHERE n > 0`,
  );
  assertEquals(filled, [["django_content_type", types.length]]);
  const [sequence] = await ask(
    url,
    `SELECT pg_sequence_last_value(
       pg_get_serial_sequence('finance_intercompanytransaction', 'tx_id')::regclass)`,
  );
  assertEquals(sequence, [null]);
});
