/** `redd diff` as a user types it. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch } from "@std/assert";
import { differenceLine } from "../../cli/diff.ts";
import { grouped } from "../../cli/numbers.ts";
import type { TableDiff } from "../../src/diff/report.ts";
import { generate } from "../../src/generate/generate.ts";
import { loadDeferred } from "../load/believed.ts";
import { ask, startTestServer } from "../load/databases.ts";
import { lean, oneBatch } from "../small_farm.ts";
import { redd, refused } from "./command_line.ts";

const test = await startTestServer();
Deno.test.afterAll(() => test.end());
const cwd = test.folder;
const { manifest: { rows, tables } } = await generate({
  folder: `${cwd}/out/short`,
  schedule: oneBatch({ duration: 3 }),
  fixtures: lean,
  seed: 7,
  workers: 1,
});
const url = await test.freshDatabase();
await loadDeferred(`${cwd}/out/short`, { url });

const target = url.replace(/:[^:@]*@/, ":***@");
const count = Object.keys(tables).length;

/** Compares with the database and returns the lines of the result. */
async function diff(...flags: string[]) {
  const line = ["diff", "out/short", "--database-url", url, ...flags];
  const { code, stdout, stderr } = await redd(line, { cwd });
  assertEquals(stderr, `Target: ${target}\n`);
  return { code, stdout, lines: stdout.trimEnd().split("\n") };
}

Deno.test("diff says that a database equals its dataset", async () => {
  const { code, lines } = await diff();
  assertEquals([code, lines.length], [0, 1]);
  const [verdict, lasted] = lines[0]!.split(", in ");
  assertEquals(verdict, `${target}: ${count} tables, ${grouped(rows)} rows: equal`);
  assertMatch(lasted!, /^[\d.]+ s\.$/);
});

Deno.test("diff --verbose has a line for every table", async () => {
  const { code, lines } = await diff("--verbose", "--without", "history");
  assertEquals(code, 0);
  assertMatch(lines[0]!, /^[a-z_]+: \d+ rows?, equal, checksum [0-9a-f]{12}$/);
  assertEquals(lines.length, 1 + Object.keys(tables).filter((name) => !isHistory(name)).length);
});

function isHistory(name: string): boolean {
  return name.includes("historical");
}

Deno.test("diff names what differs and ends with 1", async () => {
  await ask(
    url,
    "update batch_batch set notes = '', actual_end_date = '2024-02-03'",
    "delete from batch_mortalityevent where id > 4",
    "update infrastructure_sensor set id = 99999 where id = 560",
  );
  const { code, lines } = await diff("--tables", "batch_batch,batch_mortalityevent");
  assertEquals([code, lines.length], [1, 3]);
  const deaths = tables["batch_mortalityevent"]!.rows;
  assertMatch(
    lines[0]!,
    /^batch_batch: 1 changed of 1 row; data\/batch_batch\.csv, line 2, id 1: actual_end_date is NULL in the dataset and 2024-02-03 in the database, notes is .+ in the dataset and "" in the database$/,
  );
  assert(
    lines[1]!.startsWith(
      `batch_mortalityevent: ${deaths - 4} missing of ${deaths} rows; ` +
        "data/batch_mortalityevent/2024-01.csv, line 6, id 5: the database has no such row as 5,",
    ),
    lines[1],
  );
  assertMatch(
    lines[2]!,
    new RegExp(`: 2 tables, ${deaths + 1} rows: 2 tables differ, in [\\d.]+ s\\.$`),
  );
});

Deno.test("diff --json tells programs the same, with whole checksums", async () => {
  const { code, stdout } = await diff("--json", "--jobs", "1");
  const report = JSON.parse(stdout);
  assertEquals([code, report.equal, report.tables.length], [1, false, count]);
  const different = report.tables.filter(({ equal }: { equal: boolean }) => !equal);
  const names = ["batch_batch", "batch_mortalityevent", "infrastructure_sensor"];
  assertEquals(different.map(({ name }: { name: string }) => name).sort(), names);
  assertEquals(report.others, 1);
  for (const { checksum } of different) {
    assertMatch(checksum.dataset, /^[0-9a-f]{64}$/);
    assert(checksum.dataset !== checksum.database);
  }
  assert(!stdout.includes(new URL(url).password));
});

Deno.test("diff refuses what makes no sense", async () => {
  const run = (...flags: string[]) => redd(["diff", "out/short", ...flags], { cwd });
  const { code, stderr } = await run("--without", "fish", "--database-url", url);
  assertEquals(code, 2);
  assertMatch(stderr, /^error: Cannot run deno task diff: --without is fish\. /);
  assertEquals((await run("--jobs", "0", "--database-url", url)).code, 2);
});

Deno.test("diff finds the embedded server beside the dataset", async () => {
  const server = `${Deno.realPathSync(cwd)}/out/postgres`;
  const message = `Cannot compare out/short: there is no embedded server in ${server}. ` +
    "Load it first: deno task load out/short.";
  assertEquals(await redd(["diff", "out/short"], { cwd }), refused(2, message));
  // Who only looks makes none.
  for (const line of [["load", "out/short", "--status"], ["db", "list", "--data-dir", server]]) {
    await redd(line, { cwd });
  }
  const foreseen = await redd(["load", "out/short", "--dry-run"], { cwd });
  assertMatch(foreseen.stdout, /would go into a new database short of the embedded server/);
  const reset = await redd(["db", "reset", "short", "--data-dir", server], { cwd });
  assertMatch(reset.stderr, /Cannot reset short: there is no embedded server in \S+\. Load a/);
  assertEquals(await Deno.lstat(server).catch(() => undefined), undefined);
  assertEquals((await redd(["load", "out/short"], { cwd })).code, 0);
  const { code, stdout, stderr } = await redd(["diff", "out/short", "--quiet"], { cwd });
  assertEquals([code, stdout, stderr], [0, "", ""]);
});

Deno.test("of a row that differs in much a few values are told, and how many there are besides", () => {
  const values = ["a", "b", "c", "d", "e"].map((column) => ({
    column,
    dataset: "1",
    database: "2",
  }));
  const first = { line: 2, id: 1, dataset: "1", database: "2", values };
  const part = { path: "data/fish.csv", missing: 0, extra: 0, changed: 1, first };
  const told = differenceLine({
    name: "fish",
    rows: { dataset: 9, database: 9 },
    parts: [part],
  } as unknown as TableDiff);
  assert(told.startsWith("fish: 1 changed of 9 rows; data/fish.csv, line 2, id 1: a is 1 in the"));
  assert(told.endsWith("c is 1 in the dataset and 2 in the database, and 2 values more"), told);
});
