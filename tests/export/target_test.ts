/** What an export refuses, what it leaves, and what DuckDB is kept from meanwhile. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { openDataset } from "../../src/archive/open_dataset.ts";
import type { Dataset } from "../../src/dataset/dataset.ts";
import { digestOfDataset } from "../../src/dataset/manifest_digest.ts";
import { openDuck } from "../../src/duckdb/session.ts";
import { ReddError } from "../../src/errors.ts";
import { exportDataset, type ExportOptions } from "../../src/export/export_dataset.ts";
import type { ExportFormat } from "../../src/export/formats.ts";
import { memoryDataset, partsIn } from "../dataset/memory_dataset.ts";
import { filesIn } from "../generate/files.ts";
import { MINI, writeDataset } from "../load/mini_dataset.ts";

const root = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "redd_target_" }));
Deno.test.afterAll(() => Deno.removeSync(root, { recursive: true }));

const FORMATS: readonly ExportFormat[] = ["parquet", "duckdb"];
const HALL = "data/infrastructure_hall.csv";

await writeDataset(`${root}/mini`, MINI, {});
const mini = await openDataset(`${root}/mini`, { believed: true });

/** A folder of its own for each export. */
let count = 0;
function place(): string {
  const folder = `${root}/${count++}`;
  Deno.mkdirSync(folder);
  return folder;
}

const namesIn = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

/** The refusal of an export, after which its folder is as it was. */
async function refusal(
  folder: string,
  options: ExportOptions,
  dataset: Dataset = mini,
): Promise<ReddError> {
  const before = [namesIn(folder), filesIn(folder)];
  const output = join(folder, "out");
  const error = await assertRejects(
    () => exportDataset(dataset, { output, ...options }),
    ReddError,
  );
  assertEquals([namesIn(folder), filesIn(folder)], before, "nothing is left");
  return error;
}

Deno.test("what bears the target's name is never written over", async () => {
  for (const format of FORMATS) {
    for (const make of [Deno.mkdirSync, (path: string) => Deno.writeTextFileSync(path, "mine")]) {
      const folder = place();
      make(join(folder, "out"));
      assertEquals((await refusal(folder, { format })).code, "EXPORT_EXISTS");
    }
    const folder = place();
    Deno.symlinkSync("nowhere", join(folder, "out"));
    const output = join(folder, "out");
    const { code } = await assertRejects(() => exportDataset(mini, { format, output }), ReddError);
    assertEquals([code, Deno.readLinkSync(output)], ["EXPORT_EXISTS", "nowhere"]);
  }
});

Deno.test("nothing is exported into a dataset, or where there is no folder", async () => {
  for (const format of FORMATS) {
    const before = filesIn(`${root}/mini`);
    for (const output of ["mini/out", "mini/data/out"].map((path) => join(root, path))) {
      const { code } = await assertRejects(
        () => exportDataset(mini, { format, output }),
        ReddError,
      );
      assertEquals(code, "IN_DATASET");
    }
    assertEquals(filesIn(`${root}/mini`), before);
    const folder = place();
    const output = join(folder, "not/there");
    assertEquals((await refusal(folder, { format, output })).code, "NO_SUCH_FOLDER");
  }
});

Deno.test("what a killed export has left goes; what is somebody else's stays, and nothing is done", async () => {
  for (const format of FORMATS) {
    const folder = place();
    const work = join(folder, "out.partial");
    Deno.mkdirSync(join(work, "batch_batch/month=2024-01"), { recursive: true });
    Deno.writeTextFileSync(
      join(work, "batch_batch/month=2024-01/batch_batch.parquet"),
      "PAR1 half",
    );
    Deno.writeTextFileSync(join(work, "export.duckdb"), "checksumDUCK half");
    const output = join(folder, "out");
    await exportDataset(mini, { format, output });
    assertEquals(namesIn(folder), ["out"]);
    assertEquals(Deno.statSync(output).isDirectory, format === "parquet");
    assert(format === "duckdb" || !namesIn(output).includes("export.duckdb"));

    const other = place();
    Deno.mkdirSync(join(other, "out.partial"));
    Deno.writeTextFileSync(join(other, "out.partial/thesis.txt"), "mine");
    const { code, because } = await refusal(other, { format });
    assertEquals(code, "IN_THE_WAY");
    assert(because.includes("thesis.txt"), because);
    // A name that an export gives makes no file of somebody's an export's.
    for (const name of ["batch_batch.parquet", "export.duckdb"]) {
      const own = place();
      Deno.mkdirSync(join(own, "out.partial"));
      Deno.writeTextFileSync(join(own, "out.partial", name), "a thesis of many words");
      assertEquals((await refusal(own, { format })).code, "IN_THE_WAY", name);
    }
    const linked = place();
    Deno.symlinkSync(other, join(linked, "out.partial"));
    const error = await assertRejects(
      () => exportDataset(mini, { format, output: join(linked, "out") }),
      ReddError,
    );
    assertEquals([error.code, namesIn(other)], ["IN_THE_WAY", ["out.partial"]]);
  }
});

Deno.test("a path that DuckDB would read otherwise is refused before anything is written", async () => {
  const folder = place();
  const output = join(folder, "w?y.duckdb");
  const error = await refusal(folder, { format: "duckdb", output });
  assertEquals([error.code, error.fault], ["PATH_INVALID", "input"]);
  await exportDataset(mini, { format: "parquet", output });
  assertEquals(namesIn(folder), ["w?y.duckdb"]);
});

Deno.test("what an export has made is no dataset, and is told to be an export", async () => {
  const output = join(place(), "out");
  await exportDataset(mini, { format: "parquet", output });
  const error = await assertRejects(() => openDataset(output), ReddError);
  assertEquals(error.code, "NOT_A_DATASET");
  assert(error.because.startsWith("it is an export, of the dataset "), error.because);
  assert(error.because.endsWith(digestOfDataset(mini.manifest)), error.because);
});

Deno.test("one run at a time exports to a target", async () => {
  const folder = place();
  Deno.mkdirSync(join(folder, "out.partial"));
  using held = Deno.openSync(join(folder, "out.partial"), { read: true });
  assert(held.tryLockSync(true));
  assertEquals((await refusal(folder, {})).code, "EXPORT_IN_USE");
});

Deno.test("a file that is not the one that was generated ends an export of which nothing is left", async () => {
  for (const format of FORMATS) {
    const damaged = `${root}/damaged-${format}`;
    await writeDataset(damaged, MINI, {});
    const path = join(damaged, HALL);
    const bytes = Deno.readFileSync(path);
    // A value that DuckDB would take.
    const at = new TextDecoder().decode(bytes).lastIndexOf("500");
    bytes[at] = "6".charCodeAt(0);
    Deno.writeFileSync(path, bytes);
    const dataset = await openDataset(damaged, { believed: true });
    const { code, message } = await refusal(place(), { format }, dataset);
    assertEquals(code, "PART_CHANGED");
    assert(message.includes(HALL) && message.includes("sha256"), message);
  }
});

Deno.test("a file that its manifest names, with a value that is none of its column's, is told", async () => {
  for (const format of FORMATS) {
    const wrong = `${root}/wrong-${format}`;
    const [first, ...rest] = MINI.infrastructure_hall!;
    await writeDataset(wrong, {
      ...MINI,
      infrastructure_hall: [first!.replace(/^1,/, "one,"), ...rest],
    }, {});
    const dataset = await openDataset(wrong, { believed: true });
    const { code, because } = await refusal(place(), { format }, dataset);
    assertEquals(code, "PART_UNREADABLE");
    assert(/infrastructure_hall.*line 2: id is "one", expected bigint/.test(because), because);
  }
});

Deno.test("an interrupted export leaves nothing, whenever that is", async () => {
  for (const format of FORMATS) {
    for (const after of [0, 1, 2]) {
      const interrupt = new AbortController();
      let parts = 0;
      const { code } = await refusal(place(), {
        format,
        signal: interrupt.signal,
        onPart: () => {
          if (parts++ === after) interrupt.abort();
        },
      });
      assertEquals(code, "INTERRUPTED");
    }
  }
});

Deno.test("an export is interrupted in the middle of a part", async () => {
  for (const format of FORMATS) {
    const interrupt = new AbortController();
    let pieces = 0;
    const endless: Dataset = {
      ...mini,
      open: (part) => ({
        ...mini.open(part),
        read() {
          if (++pieces === 5) interrupt.abort();
          if (pieces === 50) throw new Error("it reads on");
          return Promise.resolve(1);
        },
      }),
    };
    const { signal } = interrupt;
    const { code } = await refusal(place(), { format, signal }, endless);
    assertEquals(code, "INTERRUPTED");
    // Two parts are read side by side.
    assert(pieces <= 6, `${pieces} pieces`);
  }
});

Deno.test("tables are named as they are called, or by a pattern", async () => {
  const folder = place();
  const output = join(folder, "out");
  const { tables } = await exportDataset(mini, { output, tables: ["infrastructure_h*"] });
  assertEquals(tables, 1);
  assertEquals(namesIn(output), ["datapackage.json", "infrastructure_hall.parquet"]);
  const error = await refusal(place(), { tables: ["infrastructure_hal"] });
  assertEquals(error.code, "TABLE_UNKNOWN");
  assert(error.remedy!.includes("infrastructure_hall"), error.remedy);
  assertEquals((await refusal(place(), { tables: ["x*"] })).code, "TABLE_UNKNOWN");
});

Deno.test("parts that are no files are refused with what to do", async () => {
  const elsewhere = memoryDataset("mini", mini.manifest, partsIn(`${root}/mini`, mini.manifest));
  assertEquals((await refusal(place(), {}, elsewhere)).code, "PARTS_NO_FILES");
});

Deno.test("DuckDB writes into the folder of the export, and reads the dataset besides: nothing else", async () => {
  const folder = place();
  const work = join(folder, "work");
  Deno.mkdirSync(work);
  Deno.writeTextFileSync(join(folder, "secret.csv"), "a\n1\n");
  const part = mini.fileOf!({ path: HALL });
  const before = Deno.readTextFileSync(part);
  await using session = await openDuck([part], { folder: work, threads: 1 });
  const beside = await session.beside();
  for (const connection of [session, beside]) {
    const own = join(work, connection === beside ? "b.parquet" : "a.parquet");
    await connection.run(`COPY (SELECT count(*) FROM read_csv('${part}')) TO '${own}'`);
    for (
      const [statement, because] of [
        [`SELECT * FROM read_csv('${folder}/secret.csv')`, "Cannot access file"],
        [`SELECT * FROM read_text('${folder}/*')`, "Cannot access"],
        [`SELECT * FROM read_text('${work}/../secret.csv')`, "Cannot access"],
        [`COPY (SELECT 1) TO '${folder}/new.csv'`, "Cannot access file"],
        [`COPY (SELECT 1) TO '${work}/../new.csv'`, "Cannot access file"],
        [`COPY (SELECT 1) TO '${work}new.csv'`, "Cannot access file"],
        [`COPY (SELECT 1) TO '${part}'`, "Cannot access file"],
        [`ATTACH '${folder}/new.duckdb'`, "Cannot access file"],
        ["INSTALL httpfs", "Cannot access"],
        ["SET allowed_directories = ['/']", "configuration has been locked"],
        ["SET enable_external_access = true", "configuration has been locked"],
      ] as const
    ) {
      const { message } = await assertRejects(() => connection.run(statement), Error);
      assert(message.includes(because), `${statement}: ${message}`);
    }
  }
  assertEquals(namesIn(folder), ["secret.csv", "work"]);
  assertEquals(namesIn(work), ["a.parquet", "b.parquet"]);
  assertEquals(Deno.readTextFileSync(part), before);
});
