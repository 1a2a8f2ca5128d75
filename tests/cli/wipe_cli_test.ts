/** `redd wipe` as a user types it, at a terminal and off one. */
// @ts-types="../../types/std_assert.d.ts"
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { join } from "node:path";
import type { Voice } from "../../cli/command.ts";
import { parseLine } from "../../cli/parse.ts";
import type { Terminal } from "../../cli/terminal.ts";
import { wipeCommand } from "../../cli/commands/wipe.ts";
import { wipeAtTerminal } from "../../cli/wipe.ts";
import { ReddError } from "../../src/errors.ts";
import { redactUrl } from "../../src/postgres/url.ts";
import { OPERATIONAL } from "../../src/load/wipe/operational.ts";
import { startServer } from "../../src/server/server.ts";
import { allTables } from "../../src/tables/catalog.ts";
import { ask, startTestServer } from "../load/databases.ts";
import { generateSmall } from "../generate/small_dataset.ts";
import { digestsOf } from "../load/rebuild/farm.ts";
import { countsOf, fullTables } from "../load/wipe/full_database.ts";
import { temporaryFolder } from "../server/temporary.ts";
import { PROJECT } from "../project.ts";
import { flagsOf, type Outcome, outcomeOf, redd, refused } from "./command_line.ts";

const test = await startTestServer("18");
Deno.test.afterAll(() => test.end());

const fullDatabase = () => test.copyOf("full", (url) => ask(url, fullTables(allTables)));
const cwd = test.folder;

/** The arguments for Deno with which the task runs. */
const TASK = [...flagsOf("wipe"), join(PROJECT, "cli/main.ts"), "wipe"];

const ROWS = OPERATIONAL.length + 1;

/** What is said before which database it is. */
const withoutTarget = (text: string) => text.replace(/^Target: .*\n/, "");

/** Runs `redd wipe` off a terminal, in an environment. */
async function wipeIn(env: Record<string, string>, ...line: string[]): Promise<Outcome> {
  const { stderr, ...rest } = await redd(["wipe", ...line], { cwd, env });
  return { ...rest, stderr: withoutTarget(stderr) };
}

const wipe = (...line: string[]) => wipeIn({}, ...line);

/** A database of which one operational table has two rows and the others one. */
async function twoBatches(): Promise<string> {
  const url = await fullDatabase();
  await ask(url, secondOf("environmental_environmentalreading"));
  return url;
}

/** A statement that repeats the only row of a table under the id 2. */
function secondOf(table: string): string {
  return `insert into ${table}
    select (jsonb_populate_record(one, '{"id": 2}')).* from ${table} one`;
}

/** What the person is shown before anything goes. */
function shown(url: string): string {
  const others = OPERATIONAL.filter((name) => name !== "environmental_environmentalreading");
  return [
    `${redactUrl(url)}: ${ROWS} rows in ${OPERATIONAL.length} of ${OPERATIONAL.length} ` +
    "operational tables and histories.",
    "  2  environmental_environmentalreading",
    ...others.map((name) => `  1  ${name}`),
    "Infrastructure, master data and users stay.",
    "",
  ].join("\n");
}

/** Makes sure that the operational tables are empty and all others as they were. */
async function wiped(url: string): Promise<void> {
  const left = [...await countsOf(url)].filter(([name, rows]) =>
    rows !== (OPERATIONAL.includes(name) ? 0 : 1)
  );
  assertEquals(left, []);
}

Deno.test("wipe wants one database, and one way to name it", async () => {
  const url = await test.freshDatabase();
  const both = refused(
    2,
    `Cannot run deno task wipe: farm and ${
      redactUrl(url)
    } may be two databases. Leave out farm, or ` +
      "give --embedded for its database in the embedded server.",
  );
  assertEquals(
    await wipe("--confirm"),
    refused(
      2,
      "Cannot run deno task wipe: DATASET or --database-url is missing. Give one of the two.",
    ),
  );
  assertEquals(await wipe("farm", "--database-url", url), both);
  assertEquals(await wipeIn({ DATABASE_URL: url }, "farm", "--confirm"), both);
  assertEquals(
    await wipe("--database-url", url, "--port", "5432"),
    refused(
      2,
      "Cannot run deno task wipe: --port does not go with --database-url. Give one of the two.",
    ),
  );
  const missing = await wipe("frm", "--confirm");
  assertEquals([missing.code, missing.stdout], [2, ""]);
  assertStringIncludes(missing.stderr, "Cannot read the dataset frm: there is no such folder.");
  const none =
    "the schema public has none of AquaMind's operational tables. Name a database that " +
    "AquaMind has migrated or Redd has loaded";
  assertEquals(
    await wipe("--database-url", url, "--confirm"),
    refused(2, `Cannot wipe ${redactUrl(url)}: ${none}.`),
  );
});

Deno.test("off a terminal nothing goes without --confirm, not even for a DELETE on stdin", async () => {
  const url = await twoBatches();
  const before = await digestsOf(url);
  const error = `error: Cannot wipe ${redactUrl(url)}: there is no terminal to type DELETE at. ` +
    `Nothing has changed there; --confirm removes the ${ROWS} rows without a question.\n`;
  assertEquals(await wipe("--database-url", url), {
    code: 2,
    stdout: "",
    stderr: shown(url) + error,
  });

  const child = new Deno.Command(Deno.execPath(), {
    args: [...TASK, "--database-url", url, "--quiet"],
    cwd,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const stdin = child.stdin.getWriter();
  await stdin.write(new TextEncoder().encode("DELETE\nDELETE\n")).catch(() => {});
  await stdin.close().catch(() => {});
  assertEquals(await outcomeOf(child), { code: 2, stdout: "", stderr: error });

  const json = await wipe("--database-url", url, "--json", "--quiet");
  assertEquals([json.code, json.stderr], [2, error]);
  assertEquals(JSON.parse(json.stdout).error.code, "NOT_CONFIRMED");
  const dry = await wipe("--database-url", url, "--json", "--dry-run");
  const { wiped, rows, tables } = JSON.parse(dry.stdout);
  assertEquals([dry.code, wiped, rows, tables.length], [0, false, ROWS, OPERATIONAL.length]);
  assertEquals((await wipe("--database-url", url, "--dry-run")).stdout, shown(url));
  assertEquals(await digestsOf(url), before);
});

Deno.test("--confirm shows the counts and wipes", async () => {
  const url = await twoBatches();
  assertEquals(await wipe("--database-url", url, "--confirm"), {
    code: 0,
    stdout: `${redactUrl(url)}: ${ROWS} rows removed.\n`,
    stderr: shown(url),
  });
  await wiped(url);

  await ask(url, "create table buoy (id bigint references batch_batch)");
  const again = await wipe("--database-url", url, "--confirm");
  assertEquals(
    again.stderr,
    [
      `${redactUrl(url)}: 0 rows in 0 of ${OPERATIONAL.length} operational tables and histories.`,
      "  0  public.buoy, emptied along for its foreign key buoy_id_fkey into batch_batch",
      "Infrastructure, master data and users stay.",
      "",
    ].join("\n"),
  );
});

Deno.test("--confirm --json says what went, on stdout", async () => {
  const url = await twoBatches();
  const line = ["--database-url", url, "--confirm", "--json", "--quiet"];
  const { code, stdout, stderr } = await wipe(...line);
  assertEquals([code, stderr], [0, ""]);
  const { target, wiped: done, rows, tables, dependants, ...rest } = JSON.parse(stdout);
  assertEquals([target, done, rows, dependants, rest], [redactUrl(url), true, ROWS, [], {}]);
  assertEquals(tables.find(({ rows }: { rows: number }) => rows === 2), {
    name: "environmental_environmentalreading",
    rows: 2,
  });
  await wiped(url);
});

Deno.test("the word must be DELETE", async () => {
  const url = await twoBatches();
  const before = await digestsOf(url);
  const asked: string[] = [];
  const told: string[] = [];
  const voice: Voice = {
    data: (line) => told.push(`data: ${line}`),
    result: (line) => told.push(`result: ${line}`),
    say: (line) => told.push(line),
    secret: () => {},
    resultDetail: () => {},
    detail: () => {},
    progress: () => {},
    rest: () => {},
    json: false,
  };
  const answering = (answer: string | undefined): Terminal => ({
    present: true,
    ask(question) {
      asked.push(question);
      return Promise.resolve(answer);
    },
  });
  const given = parseLine(wipeCommand, ["--database-url", url]);
  for (const answer of ["delete", "DELETE ", "y", "", undefined]) {
    const error = await assertRejects(
      () => wipeAtTerminal(given, voice, answering(answer)),
      ReddError,
    );
    assertEquals(
      [error.message, error.exitCode],
      [`Cannot wipe ${redactUrl(url)}: the answer is not DELETE. Nothing has changed there.`, 2],
    );
  }
  assertEquals(await digestsOf(url), before);
  told.length = 0;
  assertEquals(await wipeAtTerminal(given, voice, answering("DELETE")), 0);
  assertEquals(
    withoutTarget(`${told.join("\n")}\n`),
    `${shown(url)}result: ${redactUrl(url)}: ${ROWS} rows removed.\n`,
  );
  const question = `Type DELETE to remove the ${ROWS} rows from ${redactUrl(url)}: `;
  assertEquals(asked, Array(6).fill(question));
  await wiped(url);
});

/** The program that gives a command a terminal of its own, where the system has it. */
const SCRIPT = "/usr/bin/script";
const hasScript = await Deno.stat(SCRIPT).then(() => true, () => false);

/** Runs a line at a terminal and types when it asks. */
async function typed(line: readonly string[], keys: string) {
  const child = new Deno.Command(SCRIPT, {
    args: [
      "-qec",
      [Deno.execPath(), ...TASK, ...line].map((word) => `'${word}'`).join(" "),
      "/dev/null",
    ],
    cwd,
    env: { NO_COLOR: "1", SHELL: "/bin/sh" },
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const keyboard = child.stdin.getWriter();
  let screen = "";
  let asked = false;
  for await (const piece of child.stdout.pipeThrough(new TextDecoderStream())) {
    screen += piece;
    if (asked || !/Type DELETE .*: $/.test(screen)) continue;
    asked = true;
    await keyboard.write(new TextEncoder().encode(keys));
  }
  const { code } = await child.status;
  await keyboard.close().catch(() => {});
  return { code, screen };
}

Deno.test({
  name: "at a terminal Ctrl-C leaves everything, and the word wipes",
  ignore: !hasScript,
  async fn() {
    const url = await twoBatches();
    const before = await digestsOf(url);
    const line = ["--database-url", url];
    const stopped = await typed(line, "\x03");
    assertEquals(stopped.code, 130, stopped.screen);
    const message = `error: Cannot wipe ${redactUrl(url)}: it was interrupted. Nothing has changed`;
    assertStringIncludes(stopped.screen, message);
    const ended = await typed(line, "\x04");
    assertEquals(ended.code, 2, ended.screen);
    assertStringIncludes(ended.screen, "the answer is not DELETE");
    assertEquals(await digestsOf(url), before);

    const { code, screen } = await typed(line, "DELETE\n");
    assertEquals(code, 0, screen);
    assertMatch(screen, new RegExp(`: ${ROWS} rows removed\\.\r\n$`));
    await wiped(url);
  },
});

Deno.test("the database of a dataset is wiped in the server beside it", async () => {
  const folder = await temporaryFolder();
  try {
    await Deno.mkdir(join(folder, "out"));
    await generateSmall(join(folder, "out/farm"));
    const line = ["wipe", "out/farm", "--confirm"];
    assertEquals(
      await redd(line, { cwd: folder }),
      refused(
        2,
        "Cannot wipe out/farm: there is no embedded server in " +
          `${Deno.realPathSync(folder)}/out/postgres. There is nothing to wipe.`,
      ),
    );
    const defaultDir = join(folder, "out/postgres");
    {
      await using server = await startServer({ defaultDir });
      await server.createDatabase("farm");
      await ask(server.url("farm"), fullTables(allTables));
    }
    const { code, stdout, stderr } = await redd(line, { cwd: folder });
    assertEquals(code, 0, stderr);
    assertMatch(stdout, /^postgres:\/\/redd:\*\*\*@127\.0\.0\.1:\d+\/farm: 90 rows removed\.\n$/);
    assert(!stderr.includes("environmental_environmentalparameter"));
    await using server = await startServer({ defaultDir });
    await wiped(server.url("farm"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
