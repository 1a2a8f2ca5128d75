/** What an export has is what stands in the dataset's CSV. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects } from "@std/assert";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { createTable, makeTables, MOST_KEYED_ROWS } from "../../src/export/database.ts";
import { digestOfDataset } from "../../src/dataset/manifest_digest.ts";
import { exportDataset } from "../../src/export/export_dataset.ts";
import { exportFault } from "../../src/export/failures.ts";
import { analystViews } from "../../src/export/views.ts";
import { ReddError } from "../../src/errors.ts";
import { tableNamed } from "../../src/tables/catalog.ts";
import { type Field, fieldsOf } from "../dataset/fields.ts";
import { filesIn } from "../generate/files.ts";
import { generateSmall } from "../generate/small_dataset.ts";

const root = Deno.makeTempDirSync({ prefix: "redd_export_" });
Deno.test.afterAll(() => Deno.removeSync(root, { recursive: true }));
const folder = `${root}/small's`;
const { manifest } = await generateSmall(folder);
const { tables, rows } = manifest;
const digest = digestOfDataset(manifest);
const READING = "environmental_environmentalreading";

/** A DuckDB of the test's own, with a file or none. */
async function inDuck(
  path: string,
  look: (ask: (sql: string) => Promise<Field[][]>, db: DuckDBConnection) => Promise<void>,
): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const db = await instance.connect();
  try {
    await db.run("SET TimeZone = 'America/New_York'");
    await look(async (sql) => (await db.runAndReadAll(sql)).getRowsJson() as Field[][], db);
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}

/** A value as the CSV writes it. */
function asText(name: string, type: string): string {
  return type === "timestamp with time zone"
    ? `strftime("${name}" AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ')`
    : `"${name}"::VARCHAR`;
}

/** DuckDB writes all digits of a decimal's scale, and the fewest of a double. */
function plain(field: Field, type: string): Field {
  if (field === null) return null;
  if (type === "double precision") return String(Number(field));
  return type.startsWith("numeric") ? field.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "") : field;
}

/** Sees that a relation has the rows of a table, in their order. */
async function requireRows(ask: (sql: string) => Promise<Field[][]>, name: string, from: string) {
  const { columns } = tableNamed(name);
  const found = await ask(
    `SELECT ${columns.map((one) => asText(one.name, one.type)).join(", ")} FROM ${from}`,
  );
  const wanted = tables[name]!.parts.flatMap(({ path }) =>
    fieldsOf(Deno.readTextFileSync(`${folder}/${path}`)).rows
  );
  const same = (all: Field[][]) =>
    all.map((row) => row.map((field, i) => plain(field, columns[i]!.type)));
  assertEquals(same(found), same(wanted), name);
}

const quoted = (path: string) => `'${path.replaceAll("'", "''")}'`;

/** How Parquet has PostgreSQL's types: physical, and logical. */
const PARQUET: readonly [RegExp, string][] = [
  [/^bigint$/, "INT64 INT_64"],
  [/^integer$/, "INT32 INT_32"],
  [/^smallint$/, "INT32 INT_16"],
  [/^boolean$/, "BOOLEAN null"],
  [/^date$/, "INT32 DATE"],
  [/^timestamp with time zone$/, "INT64 TIMESTAMP_MICROS"],
  [/^double precision$/, "DOUBLE null"],
  [/^numeric\(\d,\d+\)$/, "INT32 DECIMAL"],
  [/^numeric\(\d+,\d+\)$/, "INT64 DECIMAL"],
  [/./, "BYTE_ARRAY UTF8"],
];

Deno.test("every value comes into Parquet, in a type that Spark, pandas and R have", async () => {
  const target = `${root}/one.parquet`;
  const report = await exportDataset(folder, { output: target });
  const parts = Object.values(tables).flatMap((entry) => entry.parts);
  assertEquals([report.rows, report.files, report.tables], [
    rows,
    parts.length,
    Object.keys(tables).length,
  ]);
  const paths = parts.map(({ path }) => path.replace(/^data\/(.*)\.csv$/, "$1.parquet"));
  assertEquals([...filesIn(target).keys()], ["datapackage.json", ...paths].sort());
  await inDuck(":memory:", async (ask) => {
    for (const [name, { parts, kind }] of Object.entries(tables)) {
      const pattern = `${target}/${name}${kind === "windowed" ? "/*" : ""}.parquet`;
      await requireRows(ask, name, `read_parquet(${quoted(pattern)})`);
      const first = `${target}/${parts[0]!.path.replace(/^data\/(.*)\.csv$/, "$1.parquet")}`;
      const types = await ask(
        `SELECT name, concat_ws(' ', type, coalesce(converted_type, 'null')), scale::INT
         FROM parquet_schema(${quoted(first)}) OFFSET 1`,
      );
      const { columns } = tableNamed(name);
      assertEquals(
        types,
        columns.map(({ name, type }) => [
          name,
          PARQUET.find(([form]) => form.test(type))![1],
          Number(/^numeric\(\d+,(\d+)\)/.exec(type)?.[1] ?? NaN) || null,
        ]) as unknown as Field[][],
        name,
      );
    }
    const [[compression, logical]] = await ask(
      `SELECT (SELECT any_value(compression) FROM parquet_metadata(${
        quoted(`${target}/batch_batch.parquet`)
      })), (SELECT any_value(logical_type) FROM parquet_schema(${
        quoted(`${target}/batch_batch.parquet`)
      }) WHERE name = 'created_at')`,
    ) as [[string, string]];
    const origin = await ask(
      `SELECT decode(value) FROM parquet_kv_metadata(${quoted(`${target}/batch_batch.parquet`)})
       WHERE decode(key) = 'redd_digest'`,
    );
    assertEquals(origin, [[digest]]);
    assertEquals(compression, "ZSTD");
    assert(/isAdjustedToUTC=(1|true)/.test(logical), logical);
  });
});

Deno.test("in the hive layout the month is a column, and every table a folder", async () => {
  const target = `${root}/hive`;
  await exportDataset(folder, { output: target, layout: "hive", tables: [READING, "batch_b*"] });
  const names = Object.keys(tables).filter((name) => name === READING || /^batch_b/.test(name));
  const folders = [...Deno.readDirSync(target)].filter((one) => one.isDirectory);
  assertEquals(folders.map(({ name }) => name).sort(), names.toSorted());
  await inDuck(":memory:", async (ask) => {
    const found = await ask(
      `SELECT month::VARCHAR, count(*)::INT, bool_and(strftime(reading_time AT TIME ZONE 'UTC',
         '%Y-%m') = month::VARCHAR)
       FROM read_parquet(${
        quoted(`${target}/${READING}/**`)
      }, hive_partitioning = true) GROUP BY 1 ORDER BY 1`,
    );
    const expected = tables[READING]!.parts.map(({ path, rows }) => [
      /(\d{4}-\d{2})\.csv$/.exec(path)![1],
      rows,
      true,
    ]);
    assertEquals(found, expected as unknown as Field[][]);
  });
  const described = JSON.parse(Deno.readTextFileSync(`${target}/datapackage.json`));
  const [resource] = described.resources.filter((one: { name: string }) => one.name === READING);
  assertEquals(resource.path[0], `${READING}/month=2024-01/${READING}.parquet`);
  assertEquals([resource.format, resource.hash], ["parquet", undefined]);
  assertEquals(described.redd, { digest, title: "small's", version: manifest.version });
  assert(resource.schema.fields.some((field: { unit?: string }) => field.unit === undefined));
});

Deno.test("a DuckDB file has every value, with types, keys, meanings and views", async () => {
  const target = `${root}/one.duckdb`;
  const report = await exportDataset(folder, { format: "duckdb", output: target });
  assertEquals([report.rows, report.files, report.bytes], [rows, 1, Deno.statSync(target).size]);
  await inDuck(target, async (ask, db) => {
    for (const name of Object.keys(tables)) await requireRows(ask, name, name);
    const keys = await ask(
      `SELECT table_name, constraint_type, count(*)::INT FROM duckdb_constraints()
       WHERE constraint_type IN ('PRIMARY KEY', 'FOREIGN KEY') AND table_name = '${READING}'
       GROUP BY ALL ORDER BY ALL`,
    );
    assertEquals(keys, [[READING, "FOREIGN KEY", 6], [READING, "PRIMARY KEY", 1]] as never);
    const nobody = `UPDATE ${READING} SET sensor_id = 999999999 WHERE id = 1`;
    const { message } = await assertRejects(() => db.run(nobody), Error);
    assert(message.includes("foreign key"), message);
    const uncommented = await ask(
      `SELECT table_name || '.' || column_name FROM duckdb_columns()
       WHERE NOT internal AND comment IS NULL AND table_name NOT LIKE '%vw_%'`,
    );
    assertEquals(uncommented, []);
    const views = (await ask("SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY 1"))
      .flat();
    assertEquals(views.length, analystViews.length + 2);
    for (const view of views) await ask(`SELECT * FROM ${view} LIMIT 1`);
    const [[whole]] = await ask(
      `SELECT bool_and(found.population = expected.population AND found.deaths = expected.deaths)
       FROM redd_batch_day found JOIN (
         SELECT date, sum(population) AS population, sum(mortality_count) AS deaths
         FROM batch_actualdailyassignmentstate GROUP BY date) expected USING (date)`,
    ) as [[unknown]];
    assertEquals(whole, true);
    const [[readings]] = await ask("SELECT count(*)::INT FROM redd_reading") as [[unknown]];
    assertEquals(readings, tables[READING]!.rows);
    const facts = await ask(
      "SELECT value FROM redd_dataset WHERE fact IN ('digest', 'title', 'seed')",
    );
    assertEquals(facts, [[digest], ["small's"], ["7"]]);
  });
});

Deno.test("a disk that is full is told as that, at whichever statement it shows", async () => {
  const table = tableNamed("batch_batch");
  const data = [{ table, entry: tables.batch_batch! }];
  const full = 'IO Error: Could not write file "/x/export.duckdb": No space left on device';
  const said: string[] = [];
  let failing = 0;
  const session = {
    run(sql: string) {
      said.push(sql.split(" ")[0]!);
      return said.length > failing ? Promise.reject(new Error(full)) : Promise.resolve(1);
    },
  };
  for (; failing < 6; failing++) {
    said.length = 0;
    const error = await assertRejects(() =>
      makeTables(session, data, {
        fileOf: () => Promise.resolve("/x.csv"),
        wrote: () => {},
        fault: (cause) => exportFault(cause, { dataset: "farm", target: "farm.duckdb" }),
      }), ReddError);
    assertEquals([error.code, error.fault], ["DISK_FULL", "environment"], said.join(" "));
  }
  assertEquals(said, ["BEGIN", "CREATE", "COMMIT", "BEGIN", "INSERT", "COMMIT;"]);
  const opening = new ReddError("environment", "DUCKDB_NOT_AVAILABLE", {
    cannot: "read",
    because: "x",
    cause: new Error(full),
  });
  const fault = exportFault(opening, { dataset: "farm", target: "farm.duckdb" });
  assertEquals((fault as ReddError).code, "DISK_FULL");
});

Deno.test("a table of many rows keeps its keys as comments", () => {
  const entry = { ...tables.batch_batch!, rows: MOST_KEYED_ROWS + 1 };
  const sql = createTable({ table: tableNamed("batch_batch"), entry }, new Map());
  assert(!sql.includes("PRIMARY KEY") && sql.includes("not enforced"), sql);
  assert(sql.includes("refers to batch_species.id"), sql);
  const child = createTable(
    { table: tableNamed("inventory_feedingevent"), entry: tables.inventory_feedingevent! },
    new Map([["batch_batch", { table: tableNamed("batch_batch"), entry }]]),
  );
  assert(child.includes("PRIMARY KEY") && !child.includes("FOREIGN KEY"), child);
});

Deno.test("an export of some tables has their views alone", async () => {
  const target = `${root}/some.duckdb`;
  const wanted = ["batch_*", "infrastructure_container"];
  await exportDataset(folder, { format: "duckdb", output: target, tables: wanted });
  await inDuck(target, async (ask) => {
    const views = await ask("SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY 1");
    assertEquals(views.flat(), ["redd_batch_day", "redd_death"]);
  });
});
