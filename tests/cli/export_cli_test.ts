/** `redd export` as it is typed. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { redd } from "./command_line.ts";
import { reddHere } from "./line_here.ts";
import { namesIn, refuses, SHORT } from "./short_dataset.ts";

const cwd = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "redd_export_cli_" }));
Deno.test.afterAll(() => Deno.removeSync(cwd, { recursive: true }));
await reddHere([...SHORT, "--out", "farm"], { cwd });

Deno.test("a dataset is exported beside its folder, with the rights of its task", async () => {
  const { code, stdout, stderr } = await redd(["export", "farm/"], { cwd });
  assertEquals([code, stderr], [0, ""]);
  assertMatch(
    stdout,
    /^farm\.parquet: [\d,]+ rows of 107 tables in [\d,]+ files, [\d.]+ \w+, in [\d.]+ s\n$/,
  );
  assert(namesIn(join(cwd, "farm.parquet")).includes("batch_batch.parquet"));
  await refuses(
    cwd,
    ["export", "farm"],
    2,
    "Cannot export to farm.parquet: it is there already, and nothing is written over. Remove it, " +
      "or give another path with --output.",
  );
});

Deno.test("what was exported is told to programs", async () => {
  const line = "export farm --format duckdb --output one.duckdb --tables batch_*,scenario --json";
  const { code, stdout } = await reddHere(line.split(" "), { cwd });
  assertEquals(code, 0);
  const { target, format, files, bytes, tables } = JSON.parse(stdout);
  assertEquals([target, format, files], ["one.duckdb", "duckdb", 1]);
  assertEquals(bytes, Deno.statSync(join(cwd, "one.duckdb")).size);
  assert(tables > 10 && tables < 40, `${tables} tables`);
  assert(!namesIn(cwd).includes("one.duckdb.partial"));
});

Deno.test("what an export cannot be is refused before anything is read", async () => {
  const cases: readonly (readonly [string, string])[] = [
    ["--format csv", "--format is csv. Give one of parquet, duckdb"],
    ["--layout nested", "--layout is nested. Give one of flat, hive"],
    [
      "--format duckdb --layout hive",
      "--layout is of Parquet, and --format is not. Leave one of them out",
    ],
    ["--memory 5", "--memory is 5. Give a whole number from 100 to 10000000"],
    ["--tables ,", "--tables names none. Give names such as batch_batch,scenario"],
  ];
  for (const [flags, message] of cases) {
    const line = ["export", "nowhere", ...flags.split(" ")];
    await refuses(cwd, line, 2, `Cannot run deno task export: ${message}.`);
  }
});
