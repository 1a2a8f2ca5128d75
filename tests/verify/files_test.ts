/** The engine of files: what DuckDB makes of them, and what it is kept from. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { openDataset } from "../../src/archive/open_dataset.ts";
import type { Dataset } from "../../src/dataset/dataset.ts";
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

/** The dataset of a test, of which one file is altered, and what the checks of files say of it. */
async function toldOf(
  alter: (bytes: Uint8Array) => Uint8Array | string | undefined,
  {
    path = SECOND,
    signed = false,
    only = ["FILE-THERE", "FILE-DIGEST", "FILE-FORM", "FILE-TYPE"],
  } = {},
): Promise<Record<string, readonly string[]>> {
  await Deno.remove(join(root, "bad"), { recursive: true }).catch(() => {});
  const dataset = await datasetOf("bad", good);
  const file = join(root, "bad", path);
  const altered = alter(await Deno.readFile(file));
  const bytes = typeof altered === "string" ? new TextEncoder().encode(altered) : altered;
  if (bytes === undefined) await Deno.remove(file);
  else await Deno.writeFile(file, bytes);
  if (signed) {
    // The manifest speaks of this file.
    const entry = Object.values(dataset.manifest.tables)
      .find(({ parts }) => parts.some((part) => part.path === path))!;
    const part = entry.parts.find((part) => part.path === path)!;
    entry.bytes += bytes!.length - part.bytes;
    const sha256 = createHash("sha256").update(bytes!).digest("hex");
    Object.assign(part, { bytes: bytes!.length, sha256 });
  }
  const { results } = await verifyDataset(dataset, { threads: 1, only });
  return Object.fromEntries(
    results.filter(({ status }) => status !== "passed").map((
      { check, details },
    ) => [check.id, details]),
  );
}

const SECOND = `data/${READING}/2024-02.csv`;
const HALLS = "data/infrastructure_hall.csv";
const text = (bytes: Uint8Array) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

Deno.test("a file that a spreadsheet or a bad copy has altered is told with file and line", async () => {
  const line = (n: number, because: string) => [`${SECOND}, line ${n}: ${because}`];
  const bytesOf = (latin: string) => Uint8Array.from(latin, (one) => one.charCodeAt(0));
  const cases: readonly (readonly [
    (whole: string) => string | Uint8Array,
    Record<string, readonly string[]>,
  ])[] = [
    [(whole) => whole.replaceAll("\n", "\r\n"), {
      "FILE-FORM": line(1, "it ends with a carriage return, expected a line feed alone"),
    }],
    [(whole) => `\ufeff${whole}`, { "FILE-FORM": line(1, "it begins with a byte order mark") }],
    [(whole) => whole.replace(/\n$/, ",\n"), {
      "FILE-FORM": line(2, "it has 13 values, expected 12"),
    }],
    [(whole) => whole.slice(0, -1), {
      "FILE-FORM": line(2, "it breaks off, expected a line feed at its end"),
    }],
    [(whole) => whole.slice(0, -20), {
      "FILE-FORM": line(2, "it breaks off, expected a line feed at its end"),
    }],
    [(whole) => whole.replace(/,""/, ',"open'), {
      "FILE-FORM": line(2, "a quote is opened and not closed"),
    }],
    [(whole) => whole.replace(/,""/, ',"a"b'), {
      "FILE-FORM": line(2, "it has a quote within a value"),
    }],
    [(whole) => whole.replace("reading_time", "READING"), {
      "FILE-FORM": line(1, "column 3 is READING, expected reading_time"),
    }],
    [() => "", { "FILE-FORM": line(1, "it is empty, expected a header") }],
    [(whole) => `${whole}${reading(9, "2024-02-03T06:00:00Z")}\n`, {
      "FILE-FORM": [`${SECOND} has 2 rows, expected 1`],
    }],
    [(whole) => whole.replace("T06:00:00Z", "T06:00:00+02:00"), {
      "FILE-TYPE": line(
        2,
        'reading_time is "2024-02-01T06:00:00+02:00", expected timestamp with time zone',
      ),
    }],
    [(whole) => whole.replace("2024-02-01T06:00:00Z", "01/02/2024 06:00"), {
      "FILE-TYPE": line(2, 'reading_time is "01/02/2024 06:00", expected timestamp with time zone'),
    }],
    [(whole) => whole.replace("2024-02-01T", "2024-02-30T"), {
      "FILE-TYPE": line(
        2,
        'reading_time is "2024-02-30T06:00:00Z", expected timestamp with time zone',
      ),
    }],
    [(whole) => whole.replace(",9.1,", ",1e99,"), {
      "FILE-TYPE": line(2, 'value is "1e99", expected numeric(10,4)'),
    }],
    [(whole) => whole.replace(",9.1,", ",,"), { "FILE-TYPE": line(2, "value is missing") }],
    [(whole) => whole.replace(",f,", ",FALSE,"), {
      "FILE-TYPE": line(2, 'is_manual is "FALSE", expected boolean'),
    }],
    [(whole) => bytesOf(whole.replace(/,""/, ",\xff")), {
      "FILE-TYPE": line(2, "it is not UTF-8"),
    }],
    [(whole) => whole.replace(",9.1,", ",9.2,"), {}],
  ];
  for (const [alter, wanted] of cases) {
    const { "FILE-THERE": there, "FILE-DIGEST": digest, ...told } = await toldOf((bytes) =>
      alter(text(bytes))
    );
    assertEquals(told, wanted);
    const [said] = [...there ?? [], ...digest ?? []];
    assertMatch(said!, new RegExp(`^${SECOND} has (the sha256 \\w+|\\d+ bytes), expected \\w+$`));
  }
  // Where somebody has signed it anew, it is told as far as a database would refuse it.
  for (const [alter, wanted] of cases.slice(0, 15)) {
    assertEquals(await toldOf((bytes) => alter(text(bytes)), { signed: true }), wanted);
  }
});

Deno.test("a file too few, too many, or a link in its place is told", async () => {
  const missing = await toldOf(() => undefined);
  assertEquals(missing["FILE-THERE"], [`${SECOND} is missing`]);
  const other = `data/${READING}/2024-04.csv`;
  const dataset = await datasetOf("more", good);
  await Deno.writeTextFile(join(root, "more", other), "");
  await Deno.writeTextFile(join(root, "more", "notes.txt"), "mine");
  const { results } = await verifyDataset(dataset, { threads: 1, only: ["FILE-THERE"] });
  assertEquals(results[0]!.details, [`${other} lies there, and the manifest does not name it`]);
  const linked = await datasetOf("linked", good);
  const file = join(root, "linked", HALLS);
  await Deno.rename(file, join(root, "elsewhere"));
  await Deno.symlink(join(root, "elsewhere"), file);
  const report = await verifyDataset(linked, { threads: 1, only: ["FILE-THERE", "ROWS"] });
  assertEquals(report.results.map(({ check, status, details }) => [check.id, status, details[0]]), [
    ["FILE-THERE", "failed", `${HALLS} is a link, expected a regular file`],
    ["ROWS", "skipped", "some files cannot be read"],
  ]);
  // No check of files was asked for, and the others cannot be.
  const error = await assertRejects(() => verifyDataset(linked, { only: ["ROWS"] }), ReddError);
  assertEquals([error.code, error.because], ["PART_UNREADABLE", `${HALLS}, "a file is missing"`]);
});

Deno.test("keys, references and the order of rows are told with file, line, column and value", async () => {
  const told = async (path: string, id: string, alter: (whole: string) => string) =>
    (await toldOf((bytes) => alter(text(bytes)), { path, signed: true, only: [id] }))[id];
  const stations = "data/infrastructure_freshwaterstation.csv";
  assertEquals(await told(stations, "FILE-KEY", (whole) => whole.replace("\n2,", "\n1,")), [
    `${stations}, line 3: id is 1, which another row has too`,
  ]);
  const coasts = "data/infrastructure_geography.csv";
  const same = (whole: string) => whole.replace("Scotland", "Faroe Islands");
  assertEquals(await told(coasts, "FILE-KEY", same), [
    `${coasts}, line 3: name is Faroe Islands, which another row has too`,
  ]);
  const nowhere = await told(HALLS, "FILE-REFERENCE", (whole) => whole.replace(/,7\n$/, ",8\n"));
  assertEquals(
    nowhere![0],
    [
      `${HALLS}, line 4: freshwater_station_id is 8, and no row of `,
      "infrastructure_freshwaterstation has that id",
    ].join(""),
  );
  assertEquals(await told(SECOND, "FILE-ORDER", (whole) => whole.replace("\n2,", "\n3,")), [
    `${SECOND}, line 2: id is 3, expected one more than in the row before`,
  ]);
  assertEquals(await told(HALLS, "FILE-ORDER", (whole) => whole.replace(/\n5,/, "\n2,")), [
    `${HALLS}, line 4: id is 2, expected more than in the row before`,
  ]);
  assertEquals(await told(SECOND, "FILE-ORDER", (whole) => whole.replace("02-01T", "03-01T")), [
    `${SECOND}, line 2: reading_time is 2024-03-01T06:00:00Z, expected a day of 2024-02`,
  ]);
  const long = "x".repeat(101);
  assertEquals(await told(HALLS, "FILE-TYPE", (whole) => whole.replace("FI-FW-01-Hall-A", long)), [
    `${HALLS}, line 2: name is "${"x".repeat(60)}…", expected character varying(100)`,
  ]);
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
  const only = ["FILE-FORM", "FILE-TYPE", "ROWS"];
  const interrupted = async (work: (stop: AbortController) => Promise<unknown>) => {
    const error = await assertRejects(() => work(new AbortController()), ReddError);
    assertEquals([error.code, error.exitCode], ["INTERRUPTED", 130]);
    assertEquals(error.cannot, `finish verifying ${dataset.name}`);
  };
  await interrupted((stop) =>
    verifyDataset(dataset, { only, signal: stop.signal, onTable: () => stop.abort() })
  );
  await interrupted((stop) =>
    verifyDataset(dataset, { only, signal: stop.signal, onCheck: () => stop.abort() })
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
  assert(error.remedy?.includes("Allow it more with --memory"), error.message);
});
