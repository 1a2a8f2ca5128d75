/** `redd verify` of files, as a user types it; of a database, see `load_cli_test.ts`. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { allChecks } from "../../src/catalogue/catalogue.ts";
import { fileChecks } from "../../src/verify/file_laws/checks.ts";
import { lineOf, redd, spawnRedd } from "./command_line.ts";
import { reddHere } from "./line_here.ts";
import { namesIn, refuses, SHORT } from "./short_dataset.ts";

const cwd = await Deno.makeTempDir();
Deno.test.afterAll(() => Deno.remove(cwd, { recursive: true }));
await reddHere([...SHORT, "--out", "short"], { cwd });

const HALLS = join(cwd, "short/data/infrastructure_hall.csv");
const verify = (...line: string[]) => reddHere(["verify", "short", ...line], { cwd });

Deno.test("a dataset's files are checked with no server, in a worker that may read them alone", async () => {
  const before = namesIn(cwd);
  // The environment names a database, which is no business of this line.
  const env = { DATABASE_URL: "postgres://anna:secret@127.0.0.1:1/farm" };
  const { code, stdout, stderr } = await redd(["verify", "short"], { cwd, env });
  assertEquals([code, stderr], [0, ""]);
  assertMatch(
    stdout,
    /^[12]\d\d checks passed, 0 failed, \d+ skipped\n( {2}\d+ skipped: it needs .*\n)+$/,
  );
  const skips = [...stdout.matchAll(/^ {2}(\d+) skipped: /gm)].map(([, n]) => Number(n));
  const [all] = /\d+(?= skipped\n)/.exec(stdout)!;
  assertEquals(skips.reduce((sum, n) => sum + n, 0), Number(all));
  assertEquals(namesIn(cwd), before);
});

Deno.test("what is wrong in a file is told with file, line, column and value", async () => {
  const whole = await Deno.readTextFile(HALLS);
  await Deno.writeTextFile(HALLS, whole.replace("1000.00", "1.000,00"));
  try {
    const told = await verify("--only", "FILE-FORM,FILE-TYPE", "--junit", "out.xml");
    assertEquals([told.code, told.stderr], [1, ""]);
    const place = "data/infrastructure_hall.csv, line 2: it has 9 values, expected 8";
    const title = fileChecks.find(({ id }) => id === "FILE-FORM")!.title;
    assertEquals(told.stdout.split("\n"), [
      `failed   FILE-FORM  ${title}`,
      `           ${place}`,
      "1 check passed, 1 failed, 0 skipped",
      "",
    ]);
    const xml = await Deno.readTextFile(join(cwd, "out.xml"));
    assertMatch(
      xml,
      /<testsuite name="files of short" tests="2" failures="1" errors="0" skipped="0" time="\d+\.\d{3}">/,
    );
    assertMatch(
      xml,
      /<testsuites name="redd verify" tests="2" failures="1" errors="0" skipped="0" time=/,
    );
    assert(xml.includes(`<failure message="${place}" type="failed">${place}</failure>`), xml);
  } finally {
    await Deno.writeTextFile(HALLS, whole);
  }
});

Deno.test("checks are listed, all of them and some, for people and for programs", async () => {
  const { code, stdout } = await reddHere(["verify", "--list"], { cwd });
  const lines = stdout.trimEnd().split("\n");
  assertEquals([code, lines.length], [0, fileChecks.length + allChecks.length]);
  const some = await reddHere(["verify", "--list", "--only", "d-0*,File-Key", "--json"], { cwd });
  assertEquals(
    JSON.parse(some.stdout).map((
      { id, files, database }: Record<string, unknown>,
    ) => [id, files, database]),
    [["FILE-KEY", true, false], ["D-01", false, true], ["D-02", false, true]],
  );
});

Deno.test("checks are explained, with what they read and where to read on", async () => {
  const { code, stdout } = await reddHere(["verify", "--explain", "law-meal-cost"], { cwd });
  assertEquals([code, stdout.split("\n").map((line) => line.trim()).slice(0, 8)], [0, [
    "LAW-MEAL-COST  every meal costs money",
    "Stated in: domain.md#7.1",
    "Judged:    Every row of its query is an offender; there must be none.",
    "Reads:     inventory_feedingevent (id, feeding_date, amount_kg, feed_cost)",
    "Read on:   docs/checks.md#law-meal-cost",
    "Read on:   docs/defects.md#b-17",
    "Read on:   docs/domain.md#7.1",
    "Again:     deno task verify DATASET --only LAW-MEAL-COST runs this check alone",
  ]]);
  const some = await reddHere(["verify", "--explain", "FILE-KEY,D-0*", "--json"], { cwd });
  assertEquals(JSON.parse(some.stdout).map(({ id }: { id: string }) => id), [
    "FILE-KEY",
    "D-01",
    "D-02",
  ]);
});

Deno.test("the verdicts come as JSON", async () => {
  const { code, stdout } = await verify("--only", "C-17,C-30,D-01", "--json");
  const { ok, counts, checks } = JSON.parse(stdout);
  assertEquals([code, ok, counts], [0, true, { passed: 2, failed: 0, skipped: 1, broken: 0 }]);
  assertEquals(checks.map(({ id, details }: Record<string, unknown>) => [id, details]), [
    ["C-17", []],
    ["C-30", []],
    ["D-01", ["it needs the catalog of a database"]],
  ]);
});

Deno.test("checks of rows have their time in the JUnit file, which replaces one of its kind alone", async () => {
  const line = ["--only", "C-17,C-30", "--junit", "times.xml"];
  assertEquals((await verify(...line)).code, 0);
  assertEquals((await verify(...line)).code, 0);
  const path = join(cwd, "times.xml");
  const cases = (await Deno.readTextFile(path)).match(/<testcase .* time="\d+\.\d{3}"\/>/g);
  assertEquals(cases?.length, 2);
  await Deno.writeTextFile(path, "<testsuites>of somebody else</testsuites>");
  const refused = await verify(...line);
  assertEquals([refused.code, refused.stdout], [2, ""]);
  assertMatch(
    refused.stderr,
    /times\.xml: it is there already, and holds no verdicts of Redd's\. /,
  );
  assertEquals(await Deno.readTextFile(path), "<testsuites>of somebody else</testsuites>");
  assertEquals((await verify(...line, "--force")).code, 0);
  await Deno.remove(path);
});

Deno.test("the verdict is told before a file that cannot be written", async () => {
  const told = await verify("--only", "C-17", "--junit", "/proc/redd.xml");
  assertEquals([told.code, told.stdout], [3, "1 check passed, 0 failed, 0 skipped\n"]);
  assertMatch(told.stderr, /^error: Cannot write \/proc\/redd\.xml: /);
});

Deno.test("a run in which no check applies is no success", async () => {
  const told = await verify("--only", "D-01");
  assertEquals([told.code, told.stdout.split("\n").at(-2)], [1, "Nothing was checked."]);
  const json = await verify("--only", "D-01", "--json");
  assertEquals([json.code, JSON.parse(json.stdout).ok], [1, false]);
});

/** Every file and folder below one, with the bytes that it has. */
function everythingIn(folder: string): readonly string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const path = join(folder, name);
    return isDirectory ? [path, ...everythingIn(path)] : [`${path} ${Deno.statSync(path).size}`];
  }).sort();
}

Deno.test("a verification leaves nothing behind, however it ends", async () => {
  const before = everythingIn(cwd);
  for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 130], ["SIGKILL", 137]] as const) {
    const child = spawnRedd(["verify", "short", "--verbose"], { cwd });
    const [forUs, forLater] = child.stdout.tee();
    await lineOf(forUs, (line) => line.startsWith("passed   FILE-THERE"));
    child.kill(signal);
    await Promise.all([forLater.cancel(), child.stderr.cancel()]);
    assertEquals((await child.status).code, code, signal);
    assertEquals(everythingIn(cwd), before, signal);
  }
  assertEquals((await verify("--only", "C-17")).code, 0);
});

Deno.test("what a killed program has left in a hidden folder is neither read nor an end of the dataset", async () => {
  const work = join(cwd, "short/.work");
  await Deno.mkdir(work);
  await Deno.writeTextFile(join(work, "verify.duckdb"), "no database");
  await Deno.writeTextFile(join(work, "identity.json"), "{}");
  try {
    const { code, stdout } = await verify();
    assertEquals([code, / 0 failed/.test(stdout)], [0, true], stdout);
    assertEquals(await Deno.readTextFile(join(work, "verify.duckdb")), "no database");
  } finally {
    await Deno.remove(work, { recursive: true });
  }
});

Deno.test("a line that makes no sense is refused, and nothing is written", async () => {
  const cases: readonly (readonly [readonly string[], string])[] = [
    [
      ["verify"],
      "Cannot run deno task verify: DATASET is missing. Name a dataset, a database " +
      "with --database-url or --database, or give --list.",
    ],
    [
      ["verify", "short", "--only", "LAW-FEET*"],
      'Cannot run some of the checks: there is no check "LAW-FEET*". Name one of ',
    ],
    [
      ["verify", "short", "--both", "--database"],
      "Cannot run deno task verify: --both does not go with --database. Give one of the two.",
    ],
    [
      ["verify", "short", "--memory", "1"],
      "Cannot run deno task verify: --memory is 1. Give a whole number from 100 to 10000000.",
    ],
    [
      ["verify", "short", "--embedded", "--jobs", "65"],
      "Cannot run deno task verify: --jobs is 65. Give a whole number from 1 to 64.",
    ],
    [
      ["verify", "--embedded", "--both"],
      "Cannot run deno task verify: DATASET is missing. ",
    ],
    [
      ["verify", "short", "--jobs", "3"],
      "Cannot run deno task verify: --jobs is of a database, and this line is about files: it takes " +
      "--database or --both, too. Leave it out.",
    ],
    [
      ["verify", "short", "--embedded", "--memory", "500"],
      "Cannot run deno task verify: --memory is of files, and this line is about a database alone.",
    ],
    [
      ["verify", "short", "--force"],
      "Cannot run deno task verify: --force is of the file of --junit, and there is none. ",
    ],
    [
      ["verify", "--embedded", "--expect", `sha256:${"0".repeat(64)}`],
      "Cannot run deno task verify: --expect is of a dataset, and this line names none. ",
    ],
    [
      ["verify", "--list", "--jobs", "3"],
      "Cannot run deno task verify: --jobs is of a verification, and --list runs none. ",
    ],
    [
      ["verify", "--explain", "C-17", "--embedded"],
      "Cannot run deno task verify: --embedded is of a verification, and --explain runs none. ",
    ],
    [
      ["verify", "--explain", "C-17", "--only", "C-18"],
      "Cannot run deno task verify: --only is of checks that are listed or run. ",
    ],
    [
      ["verify", "--explain", "C-1777"],
      'Cannot run some of the checks: there is no check "C-1777". ',
    ],
    [
      ["verify", "short", "--figures", "--only", "temp_*", "--both"],
      "Cannot run deno task verify: --both is of checks, and --only names figures alone. ",
    ],
    [
      ["verify", "--embedded"],
      "Cannot verify the embedded server's database: there is no embedded server in out/postgres. ",
    ],
    [
      ["verify", "short", "--embedded"],
      `Cannot verify short: there is no embedded server in ${
        join(Deno.realPathSync(cwd), "postgres")
      }. ` +
      "Load it first: deno task load short.",
    ],
    [
      ["verify", "short", "--only", "C-17", "--junit", "nowhere/out.xml"],
      "Cannot write nowhere/out.xml: there is no folder nowhere. Make the folder, or give ",
    ],
    [
      ["verify", "short", "--only", "C-17", "--junit", "."],
      "Cannot write .: a folder is there. ",
    ],
    [
      ["verify", "short", "--only", "C-17", "--junit", "fifo.xml", "--force"],
      "Cannot write fifo.xml: a fifo is there. Give another file with --junit.",
    ],
    [
      ["verify", "short", "--only", "C-17", "--junit", "short/data/out.xml"],
      "Cannot write short/data/out.xml: it would lie in the dataset ",
    ],
  ];
  await new Deno.Command("mkfifo", { args: ["fifo.xml"], cwd }).output();
  for (const [line, message] of cases) {
    const before = namesIn(cwd);
    const { code, stdout, stderr } = await reddHere(line, { cwd });
    assertEquals([code, stderr.startsWith(`error: ${message}`)], [2, true], stderr);
    assertEquals([stdout.includes("error"), namesIn(cwd)], [false, before]);
  }
  await Deno.remove(join(cwd, "fifo.xml"));
  await refuses(cwd, ["verify", "shrt"], 2, NOT_THERE);
});

const NOT_THERE = "Cannot read the dataset shrt: there is no such folder. " +
  "Give a folder that deno task generate has finished.";
