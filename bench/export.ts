/**
 * Exporting a dataset beside DuckDB alone doing the same from the same CSV:
 * `deno task bench:export DATASET [ROUNDS]`. The turns alternate, so that what else the machine does
 * falls on both; seconds are of the wall and of the processors.
 */
import { DuckDBInstance } from "@duckdb/node-api";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { exportDataset } from "../src/export/export_dataset.ts";
import { openDataset } from "../src/archive/open_dataset.ts";
import { tableDataOf } from "../src/dataset/table_data.ts";
import { literal } from "../src/sql_literal.ts";
import { line, median, print } from "./measure.ts";

const [folder, rounds = "1", way] = Deno.args;
if (folder === undefined) throw new Error("which dataset?");
const target = `${Deno.makeTempDirSync()}/export`;

/** The types that a person would give, and one COPY after the other. */
async function duckdbAlone(lanes: number): Promise<void> {
  Deno.mkdirSync(target);
  const dataset = await openDataset(folder!);
  const instance = await DuckDBInstance.create(":memory:");
  const all = tableDataOf(dataset).flatMap(({ table, entry }) => {
    Deno.mkdirSync(`${target}/${table.name}`);
    const text = /^(jsonb|uuid|time without)/;
    const types = table.columns.map(({ name, type }) =>
      `'${name}': '${text.test(type) ? "VARCHAR" : type.replace(" with time zone", "")}'`
    );
    const columns = table.columns.map(({ name, type }) =>
      type.endsWith("with time zone") ? `"${name}"::TIMESTAMPTZ AS "${name}"` : `"${name}"`
    );
    return entry.parts.map((part) => {
      const to = `${target}/${table.name}/${part.path.replaceAll("/", "-")}.parquet`;
      return `COPY (SELECT ${columns} FROM read_csv(${literal(dataset.fileOf!(part))},
        auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', nullstr = '',
        allow_quoted_nulls = false, timestampformat = '%Y-%m-%dT%H:%M:%SZ',
        columns = {${types}})) TO ${literal(to)} (FORMAT parquet, COMPRESSION zstd)`;
    });
  });
  let next = 0;
  await Promise.all(Array.from({ length: lanes }, async () => {
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    for (let sql = all[next++]; sql !== undefined; sql = all[next++]) await connection.run(sql);
    connection.closeSync();
  }));
  instance.closeSync();
}

const WAYS: Readonly<Record<string, () => Promise<unknown>>> = {
  "export --format parquet": () => exportDataset(folder!, { output: target }),
  "DuckDB alone, a COPY for each file": () => duckdbAlone(1),
  "DuckDB alone, two connections": () => duckdbAlone(2),
  "export --format duckdb": () => exportDataset(folder!, { output: target, format: "duckdb" }),
};

/** Seconds of the processors that a child and its threads have had, and its greatest memory in MB. */
async function child(name: string): Promise<{ wall: number; cpu: number; peak: number }> {
  const began = performance.now();
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--config",
      "tests/deno.json",
      fileURLToPath(import.meta.url),
      folder!,
      "1",
      name,
    ],
    stdout: "piped",
    stderr: "piped",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const [cpu, peak] = JSON.parse(new TextDecoder().decode(stdout));
  return { wall: (performance.now() - began) / 1000, cpu, peak };
}

if (way !== undefined) {
  await WAYS[way]!();
  Deno.removeSync(target, { recursive: true });
  const { user, system } = process.cpuUsage();
  const status = Deno.readTextFileSync("/proc/self/status");
  const peak = Number(/VmHWM:\s+(\d+) kB/.exec(status)![1]) / 1000;
  print(JSON.stringify([(user + system) / 1e6, peak]));
} else {
  const { manifest: { rows, bytes } } = await openDataset(folder);
  print(`${rows} rows, ${(bytes / 1e9).toFixed(2)} GB of CSV, ${rounds} rounds, medians\n`);
  const found = new Map<string, { wall: number; cpu: number; peak: number }[]>();
  for (let round = 0; round < Number(rounds); round++) {
    for (const name of Object.keys(WAYS)) {
      const one = await child(name);
      found.set(name, [...found.get(name) ?? [], one]);
      print(
        line(
          name,
          `${one.wall.toFixed(1)} s, CPU ${one.cpu.toFixed(1)} s, ${one.peak.toFixed(0)} MB`,
        ),
      );
    }
  }
  const of = (name: string, key: "wall" | "cpu" | "peak") =>
    median(found.get(name)!.map((one) => one[key]));
  print("");
  for (const name of Object.keys(WAYS)) {
    print(line(
      name,
      `${of(name, "wall").toFixed(1)} s, CPU ${of(name, "cpu").toFixed(1)} s, at most ${
        of(name, "peak").toFixed(0)
      } MB`,
    ));
  }
  const [own, , two] = Object.keys(WAYS) as [string, string, string];
  print(line(
    "export against DuckDB on two connections",
    `${(of(own, "wall") / of(two, "wall")).toFixed(2)} of its time, ${
      (of(own, "cpu") / of(two, "cpu")).toFixed(2)
    } of its CPU`,
  ));
}
