/** The engine of files: what DuckDB makes of them, and what it is kept from. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { type Dataset, openDataset } from "../../src/dataset/dataset.ts";
import { ReddError } from "../../src/errors.ts";
import { type FilesEngine, openFilesEngine } from "../../src/verify/engines/files.ts";
import { verifyDataset } from "../../src/verify/verify_dataset.ts";
import { memoryDataset, partsIn } from "../dataset/memory_dataset.ts";
import { MINI, writeDataset } from "../load/mini_dataset.ts";

/** Names that DuckDB takes for patterns, and a neighbour that such a pattern would match. */
const NAMES = ["a [b]*? 'q{x,y}", "a b-other 'qx"];

const root = await Deno.makeTempDir();
Deno.test.afterAll(() => Deno.remove(root, { recursive: true }));

const READING = "environmental_environmentalreading";
const MONTHS = ["2024-01", "2024-02", "2024-03"];
const reading = (id: number, at: string, value = "9.1", notes = `""`) =>
  `${id},${value},${at},f,${notes},2024-01-01T00:00:00Z,,1,1,,1,`;

/** A dataset of a few rows, of which the readings are given. */
async function datasetOf(name: string, readings: readonly string[]): Promise<Dataset> {
  const folder = join(root, name);
  await writeDataset(folder, { ...MINI, [READING]: readings }, { [READING]: MONTHS });
  return await openDataset(folder, { believed: true });
}

const good = [1, 2, 3].map((id) => reading(id, `2024-0${id}-01T06:00:00Z`));

/** What a query finds. */
function ask(engine: FilesEngine, sql: string) {
  return engine.ask({ sql, args: [], limit: 100, tables: [], own: true });
}

Deno.test("files are read by their names, whatever these would match, and typed as described", async () => {
  for (const name of NAMES.toReversed()) await datasetOf(name, good);
  const dataset = await datasetOf(NAMES[0]!, [
    reading(1, "2024-01-01T06:00:00Z", "9.1", "a"),
    reading(2, "2024-01-01T23:00:00Z", "9.25", `"b, ""c"""`),
    reading(3, "2024-03-01T06:00:00Z", "10"),
  ]);
  await using engine = await openFilesEngine(dataset, { threads: 1 });
  const text = `SELECT id, value, CAST(reading_time AS date) AS day, notes,
    extract(hour FROM reading_time) AS hour, batch_id IS NULL AS nobody, is_manual
    FROM ${READING} ORDER BY id`;
  const common = { nobody: true, is_manual: false };
  assertEquals(await ask(engine, text), [
    { id: 1, value: 9.1, day: "2024-01-01", notes: "a", hour: 6, ...common },
    { id: 2, value: 9.25, day: "2024-01-01", notes: 'b, "c"', hour: 23, ...common },
    { id: 3, value: 10, day: "2024-03-01", notes: "", hour: 6, ...common },
  ]);
  const hall =
    "SELECT id, description = '' AS empty, area_sqm FROM infrastructure_hall ORDER BY id";
  assertEquals(await ask(engine, hall), [
    { id: 1, empty: true, area_sqm: 500 },
    { id: 2, empty: true, area_sqm: null },
    { id: 5, empty: true, area_sqm: 500 },
  ]);
  const lines = "SELECT description FROM infrastructure_geography WHERE id = 2";
  assertEquals(await ask(engine, lines), [{ description: 'two\nlines, "quoted"' }]);
  const strange = `SELECT 'NaN, "-Infinity"' AS text, CAST('NaN' AS float8) AS one,
    CAST('-inf' AS float8) AS other, 1 / 0 AS none, CAST(12345678901234567890.5 AS decimal(28, 2)) AS big`;
  assertEquals(await ask(engine, strange), [
    {
      text: 'NaN, "-Infinity"',
      one: "NaN",
      other: "-Infinity",
      none: null,
      big: 12345678901234567890.5,
    },
  ]);
});

Deno.test("DuckDB opens the files of the dataset and nothing else", async () => {
  const dataset = await datasetOf("shut", good);
  const secret = join(root, "secret.csv");
  await Deno.writeTextFile(secret, "a\n1\n");
  await using engine = await openFilesEngine(dataset, { threads: 1 });
  const part = dataset.fileOf!(dataset.manifest.tables.infrastructure_hall!.parts[0]!);
  assertEquals((await ask(engine, `SELECT count(*) AS n FROM read_csv('${part}')`)).length, 1);
  const before = await Deno.readTextFile(part);
  for (
    const [statement, because] of [
      [`SELECT * FROM read_csv('${secret}')`, "Cannot access file"],
      [`SELECT * FROM read_text('${root}/*')`, "Cannot access"],
      [`SELECT * FROM '${secret}'`, "Cannot access file"],
      [`SELECT * FROM glob('${root}/*')`, "Cannot access"],
      [`COPY (SELECT 1) TO '${join(root, "new.csv")}'`, "Cannot access file"],
      [`COPY (SELECT 1) TO '${part}'`, "Cannot access file"],
      [`ATTACH '${join(root, "new.duckdb")}'`, "Cannot access file"],
      ["INSTALL httpfs", "Cannot access"],
      ["LOAD httpfs", "disabled through configuration"],
      ["SET enable_external_access = true", "configuration has been locked"],
      ["SET allowed_paths = []", "configuration has been locked"],
      ["RESET lock_configuration", "configuration has been locked"],
    ] as const
  ) {
    const { message } = await assertRejects(() => engine.run(statement), Error);
    assert(message.includes(because), `${statement}: ${message}`);
  }
  assertEquals(await Deno.readTextFile(part), before);
  assertEquals([...Deno.readDirSync(root)].filter(({ name }) => name.startsWith("new")), []);
});

Deno.test("what cannot be read is named with its file and line", async () => {
  const path = `data/${READING}/2024-02.csv`;
  const tell = async (added: string, rows = 2) => {
    const dataset = await datasetOf("bad", good);
    const file = join(root, "bad", path);
    const bytes = Uint8Array.from(added, (one) => one.charCodeAt(0));
    await Deno.writeFile(file, Uint8Array.from([...await Deno.readFile(file), ...bytes, 10]));
    // The manifest speaks of this file.
    const entry = dataset.manifest.tables[READING]!;
    const part = entry.parts[1]!;
    entry.rows += rows - part.rows;
    entry.bytes += bytes.length + 1;
    Object.assign(part, { rows, bytes: part.bytes + bytes.length + 1 });
    const error = await assertRejects(() => openFilesEngine(dataset, { threads: 1 }), ReddError);
    assertEquals([error.code, error.fault], ["PART_UNREADABLE", "input"]);
    assertEquals(error.cannot, `verify ${join(root, "bad")}`);
    assert(error.because.startsWith(`${path}, `), error.because);
    return error.because.slice(`${path}, `.length);
  };
  const noInstant = (at: string) =>
    `line 3: reading_time is "${at}", expected timestamp with time zone`;
  const instants = ["2024-13-01T06:00:00Z", "2024-02-01T06:00:00+02:00", "01/02/2024 06:00"];
  for (const at of instants) assertEquals(await tell(reading(4, at)), noInstant(at));
  const at = "2024-02-01T06:00:00Z";
  for (const value of ["1e99", ""]) {
    const said = `line 3: value is "${value}", expected numeric(10,4)`;
    assertEquals(await tell(reading(4, at, `"${value}"`)), said);
  }
  assertEquals(await tell(`4,1.0,${at}`), "line 3: it has 3 columns, expected 12");
  assertEquals(await tell(reading(4, at, "1", "\xff")), "line 3: it is not UTF-8");
  assertEquals(await tell(reading(4, at, "1", '"a"b')), "line 3: a quote is opened and not closed");
  assertEquals(
    await tell(reading(4, at, "1", '"open')),
    "line 3: a quote is opened and not closed",
  );
  assertEquals(await tell(reading(4, at), 3), "it has 2 rows, expected 3");
});

Deno.test("a file with another header, and a link in the place of a file, are refused", async () => {
  const dataset = await datasetOf("headed", good);
  const path = "data/infrastructure_hall.csv";
  const file = join(root, "headed", path);
  const text = await Deno.readTextFile(file);
  const because = async () =>
    (await assertRejects(() => openFilesEngine(dataset, { threads: 1 }), ReddError)).because;
  await Deno.writeTextFile(file, text.replace("area_sqm", "AREA_sqm"));
  assertEquals(await because(), `${path}, line 1: column 4 is AREA_sqm, expected area_sqm`);
  await Deno.writeTextFile(join(root, "elsewhere"), text);
  await Deno.remove(file);
  await Deno.symlink(join(root, "elsewhere"), file);
  assertEquals(await because(), `${path} is a link, expected a regular file`);
});

Deno.test("a dataset whose parts are no files says what to do", async () => {
  const { manifest } = await datasetOf("packed", good);
  const packed = memoryDataset("packed", manifest, partsIn(join(root, "packed"), manifest));
  const error = await assertRejects(() => verifyDataset(packed), ReddError);
  assertEquals(
    error.message,
    "Cannot verify memory:packed: its parts are no files, and DuckDB reads nothing else. " +
      "Unpack it into a folder, and verify that.",
  );
});

Deno.test("only the tables are read that the wanted checks ask for", async () => {
  const dataset = await datasetOf("some", good);
  const read = async (only?: readonly string[]) => {
    const tables: string[] = [];
    const onTable = (table: string, place: number, all: number) =>
      tables.push(`${table} ${place + 1}/${all}`);
    const { results } = await verifyDataset(dataset, {
      onTable,
      threads: 1,
      ...only === undefined ? {} : { only },
    });
    return { tables, ends: results.map(({ check, status }) => `${check.id} ${status}`) };
  };
  assertEquals(await read(["C-21", "D-*", "C-30"]), {
    tables: [`${READING} 1/1`],
    ends: ["C-21 failed", "C-30 skipped", "D-01 skipped", "D-02 skipped"],
  });
  const all = Object.keys(dataset.manifest.tables);
  assertEquals(
    (await read(["ROWS"])).tables,
    all.map((name, i) => `${name} ${i + 1}/${all.length}`),
  );
});

Deno.test("a verification of files that is interrupted says so, between tables and in a query", async () => {
  const dataset = await datasetOf("interrupted", good);
  const interrupted = async (work: (stop: AbortController) => Promise<unknown>) => {
    const error = await assertRejects(() => work(new AbortController()), ReddError);
    assertEquals([error.code, error.exitCode], ["INTERRUPTED", 130]);
    assertEquals(error.cannot, `finish verifying ${dataset.name}`);
  };
  await interrupted((stop) =>
    verifyDataset(dataset, { signal: stop.signal, onTable: () => stop.abort() })
  );
  await interrupted((stop) =>
    verifyDataset(dataset, { signal: stop.signal, onCheck: () => stop.abort() })
  );
  await interrupted(async (stop) => {
    await using engine = await openFilesEngine(dataset, { signal: stop.signal, threads: 1 });
    const endless = ask(
      engine,
      "SELECT sum(a.range * b.range) AS n FROM range(100000000) a, range(100000000) b",
    );
    setTimeout(() => stop.abort(), 50);
    await endless;
  });
});

Deno.test("too little memory is a fault of the environment, and a store on disk is the way out", async () => {
  const dataset = await datasetOf("large", good);
  const many = `CREATE TABLE many AS SELECT hash(range) AS a FROM range(2000000)`;
  const sort = "SELECT a FROM (SELECT a, count(*) AS n FROM many GROUP BY a) ORDER BY a";
  const store = join(root, "store.duckdb");
  {
    await using engine = await openFilesEngine(dataset, { memory: 40, threads: 1, store });
    await engine.run(many);
    assertEquals((await ask(engine, sort)).length, 100);
  }
  const tooLittle = { memory: 16, threads: 1 };
  const none = await assertRejects(() => openFilesEngine(dataset, tooLittle), ReddError);
  assertEquals(none.code, "DUCKDB_FAILED");
  await using engine = await openFilesEngine(dataset, { memory: 40, threads: 1 });
  const query =
    "SELECT count(*) AS n FROM (SELECT DISTINCT hash(range) AS a FROM range(2000000)) x";
  const error = await assertRejects(() => ask(engine, query), ReddError);
  assertEquals([error.code, error.fault], ["DUCKDB_FAILED", "environment"]);
  assert(error.remedy?.includes("Allow it more memory"), error.message);
});
