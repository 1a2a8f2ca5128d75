/** What the files for DuckDB and pandas make of a dataset is what stands in its CSV. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertThrows } from "@std/assert";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { duckdbScript, duckdbType } from "../../src/dataset/duckdb_script.ts";
import { readManifest } from "../../src/dataset/manifest.ts";
import { PANDAS_READER, pandasType, pandasTypes } from "../../src/dataset/pandas_reader.ts";
import { allTables, tableNamed } from "../../src/tables/catalog.ts";
import { headerOf } from "../../src/tables/description.ts";
import { generateSmall } from "../generate/small_dataset.ts";
import { type Field, fieldsOf } from "./fields.ts";

const folder = Deno.makeTempDirSync({ prefix: "redd_readers_" });
Deno.test.afterAll(() => Deno.removeSync(folder, { recursive: true }));
const { tables } = (await generateSmall(`${folder}/small`)).manifest;

/** One row with NULL where the next has empty text, and texts that only quotes hold together. */
const AWKWARD = [
  ["1", "a", "NULL", "", "true"],
  ["2", "b", "NA", null, "false"],
  ["3", "c", "", 'say "x",""\n,"",\r\nü', "true"],
  ["4", "d", "", '"', "true"],
] satisfies Field[][];

/** A table of master data of which a column of text holds both, as own fixtures may have it. */
function awkwardDataset(): string {
  const table = tableNamed("health_healthparameter");
  const at = (name: string) => table.columns.findIndex((column) => column.name === name);
  const csv = (field: Field) =>
    field === null ? "" : /[",\r\n]|^$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
  const lines = AWKWARD.map(([id, name, , description, active]) => {
    const values = table.columns.map(({ type, nullable }): Field =>
      nullable ? null : type.startsWith("timestamp") ? "2018-01-01T00:00:00Z" : "7"
    );
    values[at("id")] = id!;
    values[at("name")] = name!;
    values[at("description")] = description!;
    values[at("is_active")] = active!;
    return `${values.map(csv).join(",")}\n`;
  });
  const out = `${folder}/awkward's`;
  Deno.mkdirSync(`${out}/data`, { recursive: true });
  const path = "data/health_healthparameter.csv";
  Deno.writeTextFileSync(`${out}/${path}`, `${headerOf(table)}\n${lines.join("")}`);
  const files = [{ table, paths: [path] }];
  Deno.writeTextFileSync(`${out}/load_duckdb.sql`, duckdbScript(files));
  Deno.writeTextFileSync(`${out}/load_pandas.py`, PANDAS_READER);
  Deno.writeTextFileSync(`${out}/pandas_dtypes.json`, pandasTypes(files));
  return out;
}
const awkward = awkwardDataset();

/** The fields of a table's files, as they stand there. */
function written(name: string): Field[][] {
  return tables[name]!.parts.flatMap(({ path }) => {
    const { header, rows } = fieldsOf(Deno.readTextFileSync(`${folder}/small/${path}`));
    assertEquals(header.join(","), headerOf(tableNamed(name)));
    return rows;
  });
}

async function inDuckdb(
  dataset: string,
  look: (ask: (sql: string) => Promise<unknown[][]>, db: DuckDBConnection) => Promise<void>,
): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:");
  const db = await instance.connect();
  const ask = async (sql: string) => (await db.runAndReadAll(sql)).getRowsJson() as unknown[][];
  try {
    await ask(`SET VARIABLE redd_folder = '${dataset.replaceAll("'", "''")}'`);
    await db.run(Deno.readTextFileSync(`${dataset}/load_duckdb.sql`));
    await look(ask, db);
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}

/** A value as the CSV writes it; NULL stays NULL. */
function asWritten(name: string, type: string): string {
  const column = `"${name}"`;
  if (type === "timestamp with time zone") {
    return `strftime(${column} AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ')`;
  }
  return `${column}::VARCHAR`;
}

/** The types of DuckDB's documentation, for what PostgreSQL's mean. */
const DUCKDB: readonly [RegExp, string][] = [
  [/^bigint$/, "BIGINT"],
  [/^integer$/, "INTEGER"],
  [/^smallint$/, "SMALLINT"],
  [/^boolean$/, "BOOLEAN"],
  [/^date$/, "DATE"],
  [/^time without time zone$/, "TIME"],
  [/^timestamp with time zone$/, "TIMESTAMP WITH TIME ZONE"],
  [/^double precision$/, "DOUBLE"],
  [/^numeric\((\d+),(\d+)\)$/, "DECIMAL($1,$2)"],
  [/^(text|character varying\(\d+\))$/, "VARCHAR"],
  [/^jsonb$/, "JSON"],
  [/^uuid$/, "UUID"],
];

Deno.test("load_duckdb.sql loads every table with its types, and every value as it was written", () =>
  inDuckdb(`${folder}/small`, async (ask) => {
    const found = await ask(
      "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() " +
        "WHERE NOT internal ORDER BY table_oid, column_index",
    );
    const expected = Object.keys(tables).flatMap((table) =>
      tableNamed(table).columns.map(({ name, type, nullable }) => {
        const [form, to] = DUCKDB.find(([form]) => form.test(type))!;
        return [table, name, type.replace(form, to), nullable];
      })
    );
    assertEquals(found, expected);
    let nulls = 0, empties = 0;
    for (const name of Object.keys(tables)) {
      const { columns } = tableNamed(name);
      const values = columns.map(({ name, type }) => asWritten(name, type)).join(", ");
      const rows = await ask(`SELECT ${values} FROM "${name}"`);
      const wanted = written(name);
      // DuckDB writes all digits of a decimal's scale, and the fewest of a double.
      const same = (field: Field, type: string) =>
        field === null
          ? field
          : type === "double precision"
          ? String(Number(field))
          : type.startsWith("numeric")
          ? field.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "")
          : field;
      assertEquals(rows.length, tables[name]!.rows, name);
      rows.forEach((row, i) =>
        columns.forEach(({ name: column, type }, j) => {
          const [is, was] = [row[j] as Field, wanted[i]![j]!];
          if (is === was) return;
          assertEquals(same(is, type), same(was, type), `${name}.${column}, row ${i + 1}`);
        })
      );
      nulls += wanted.flat().filter((field) => field === null).length;
      empties += wanted.flat().filter((field) => field === "").length;
    }
    assert(nulls > 1000 && empties > 1000, `${nulls} NULL, ${empties} empty`);
  }));

Deno.test("load_duckdb.sql keeps texts whole, and empty ones apart from NULL in one column", () =>
  inDuckdb(awkward, async (ask) => {
    const rows = await ask("SELECT id::INT, description FROM health_healthparameter ORDER BY id");
    assertEquals(rows, AWKWARD.map(([id, , , description]) => [Number(id), description]));
  }));

Deno.test("load_duckdb.sql works from within the folder, and leaves all tables or none", async () => {
  const script = Deno.readTextFileSync(`${folder}/small/load_duckdb.sql`);
  const before = Deno.cwd();
  const instance = await DuckDBInstance.create(":memory:");
  const db = await instance.connect();
  const count = async () =>
    Number((await db.runAndReadAll("SELECT count(*) FROM duckdb_tables()")).getRows()[0]![0]);
  try {
    Deno.chdir(`${folder}/small`);
    const last = Object.values(tables).at(-1)!.parts[0]!.path;
    Deno.renameSync(last, `${folder}/aside`);
    let refused = false;
    await db.run(script).catch(() => refused = true);
    await db.run("ROLLBACK");
    Deno.renameSync(`${folder}/aside`, last);
    assertEquals([refused, await count()], [true, 0]);
    await db.run(script);
    assertEquals(await count(), Object.keys(tables).length);
  } finally {
    Deno.chdir(before);
    db.closeSync();
    instance.closeSync();
  }
});

/** The fenced lines of README in a language that name a file, of which there are none else. */
function ofReadme(language: string, file: string): string {
  const text = Deno.readTextFileSync(new URL("../../README.md", import.meta.url));
  const all = text.matchAll(new RegExp("^```" + language + "\\n([^]*?)^```$", "gm"));
  const blocks = [...all].filter(([, lines]) => lines!.includes(file));
  assertEquals(blocks.length, 1);
  return blocks[0]![1]!.replaceAll("out/single", `${folder}/small`);
}

Deno.test("README's lines for DuckDB run as they stand", async () => {
  const instance = await DuckDBInstance.create(":memory:");
  const db = await instance.connect();
  try {
    // What the program `duckdb` does with a line that begins with a dot.
    const sql = ofReadme("sql", "load_duckdb.sql").replace(
      /^\.read (.+)$/m,
      (_, path) => Deno.readTextFileSync(path),
    );
    const rows = (await db.runAndReadAll(sql)).getRowsJson();
    assertEquals([rows.length, rows[0]![0], rows.at(-1)![0]], [130, "2024-01-15", "2024-05-23"]);
    for (const [day, oxygen] of rows) {
      assert(Number(oxygen) > 80 && Number(oxygen) < 100, `${day}: ${oxygen}`);
    }
  } finally {
    db.closeSync();
    instance.closeSync();
  }
});

Deno.test("every described type has one in DuckDB and in pandas, and no other has", () => {
  for (const { columns } of allTables) {
    for (const { type } of columns) assert(duckdbType(type) !== "" && pandasType(type) !== "");
  }
  for (const type of ["inet", "numeric", "constructor", "text[]"]) {
    assertThrows(() => duckdbType(type), RangeError);
    assertThrows(() => pandasType(type), RangeError);
  }
});

Deno.test("where the farm writes text that may be missing, it is never empty", () => {
  for (const [name, { kind }] of Object.entries(tables)) {
    if (kind === "static") continue;
    const rows = written(name);
    tableNamed(name).columns.forEach(({ type, nullable, name: column }, at) => {
      if (!nullable || !/^(text|character varying)/.test(type)) return;
      assert(rows.every((row) => row[at] !== ""), `${name}.${column}`);
    });
  }
});

/** A Python that has pandas. */
const PYTHON = ["python3", "/usr/bin/python3"].find((python) => {
  try {
    return new Deno.Command(python, { args: ["-c", "import pandas"], stderr: "null" })
      .outputSync().success;
  } catch {
    return false;
  }
});
if (PYTHON === undefined) {
  const reason = "load_pandas.py is not run: no python3 with pandas (Debian: python3-pandas)\n";
  Deno.stderr.writeSync(new TextEncoder().encode(reason));
}

/** Prints of every table its types, and its columns as a list of texts with null for what is missing. */
const TELL = `
import json, runpy, sys
import pandas
script = runpy.run_path(sys.argv[1])
def text(value):
    if value is pandas.NA or value is pandas.NaT:
        return None
    if isinstance(value, pandas.Timestamp):
        return value.strftime("%Y-%m-%d" if value.tz is None else "%Y-%m-%dT%H:%M:%SZ")
    if value is True or value is False:
        return str(value).lower()
    return value if isinstance(value, str) else repr(float(value))
for name in script["TABLES"]:
    frame = script["read_table"](name)
    columns = {c: [text(v) for v in frame[c].astype(object)] for c in frame}
    print(json.dumps([name, {c: str(t) for c, t in frame.dtypes.items()}, columns]))
`;

type Told = [string, Record<string, string>, Record<string, Field[]>];

async function inPandas(dataset: string): Promise<Told[]> {
  const { success, stdout, stderr } = await new Deno.Command(PYTHON!, {
    args: ["-c", TELL, `${dataset}/load_pandas.py`],
  }).output();
  assert(success, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout).trimEnd().split("\n").map((line) => JSON.parse(line));
}

/** The types of pandas' documentation that hold a missing value, for what PostgreSQL's mean. */
const PANDAS: readonly [RegExp, string][] = [
  [/^bigint$/, "Int64"],
  [/^integer$/, "Int32"],
  [/^smallint$/, "Int16"],
  [/^boolean$/, "boolean"],
  [/^date$/, "datetime64[ns]"],
  [/^timestamp with time zone$/, "datetime64[ns, UTC]"],
  [/^(double precision|numeric\(\d+,\d+\))$/, "Float64"],
  [/^(text|character varying\(\d+\)|jsonb|uuid|time without time zone)$/, "string"],
];

Deno.test({
  name: "load_pandas.py reads every table with its types, and every value as it was written",
  ignore: PYTHON === undefined,
  async fn() {
    const told = await inPandas(`${folder}/small`);
    assertEquals(told.map(([name]) => name), Object.keys(tables));
    for (const [name, types, columns] of told) {
      const rows = written(name);
      tableNamed(name).columns.forEach(({ name: column, type }, at) => {
        const where = `${name}.${column}`;
        const expected = PANDAS.find(([form]) => form.test(type))![1];
        assertEquals(types[column], expected, where);
        assertEquals(columns[column]!.length, rows.length, where);
        const isNumber = /^(Int|Float)/.test(expected);
        columns[column]!.forEach((found, i) => {
          const field = rows[i]![at]!;
          if (found === field) return;
          const [is, was] = isNumber && field !== null ? [Number(found), Number(field)] : [
            found,
            field,
          ];
          assertEquals(is, was, `${where}, row ${i + 1}`);
        });
      });
    }
    // Nothing has come into the folder.
    const { files = [] } = await readManifest(`${folder}/small`);
    const tops = new Set([...files.map(({ path }) => path.split("/")[0]!), "data"]);
    tops.add("datapackage.json");
    assertEquals(
      Array.from(Deno.readDirSync(`${folder}/small`), ({ name }) => name).sort(),
      [...tops].sort(),
    );
  },
});

Deno.test({
  name: "load_pandas.py keeps texts whole, and empty ones apart from missing in one column",
  ignore: PYTHON === undefined,
  async fn() {
    const [[, , { description }]] = await inPandas(awkward) as [Told];
    assertEquals(description, AWKWARD.map(([, , , description]) => description!));
  },
});

Deno.test({
  name: "README's lines for pandas run as they stand",
  ignore: PYTHON === undefined,
  async fn() {
    const lines = ofReadme("python", "load_pandas.py").trimEnd().split("\n");
    const script = [...lines.slice(0, -1), `print(${lines.at(-1)}.to_json())`].join("\n");
    const { success, stdout, stderr } = await new Deno.Command(PYTHON!, { args: ["-c", script] })
      .output();
    assert(success, new TextDecoder().decode(stderr));
    const means = Object.values(JSON.parse(new TextDecoder().decode(stdout))) as number[];
    assert(means.length > 1 && means.every((mean) => mean > 0), `${means}`);
    assert(means.at(-1)! > means[0]!, `${means}`);
  },
});
