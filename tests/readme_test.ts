/** Every command line of README.md is run, and what README says of `start` is what start makes. */
// @ts-types="../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { grouped, sized } from "../cli/numbers.ts";
import { parseIso } from "../src/farm/days.ts";
import { readDatasetCatalogue } from "../src/fixtures/ready_datasets.ts";
import { readManifest, type ReddManifest } from "../src/dataset/manifest.ts";
import { type EmbeddedServer, startServer } from "../src/server/server.ts";
import { lineOf, type Outcome, outcomeOf } from "./cli/command_line.ts";
import { copyProject, PROJECT } from "./project.ts";
import { ask } from "./load/databases.ts";
import { temporaryFolder } from "./server/temporary.ts";

const README = Deno.readTextFileSync(`${PROJECT}/README.md`);

/** Text that is no fenced block. */
const PROSE = README.replaceAll(/^```[\s\S]*?^```$/gm, "");

/** The indented lines, without their comments. */
const COMMANDS = PROSE.split("\n").filter((line) => line.startsWith("    "))
  .map((line) => line.replace(/\s+#.*$/, "").trim());

/** How README runs a task: with npx alone, or with Deno installed. */
const TASK = /^(?:npx -y deno@[\d.]+|deno) task (.+)$/;

/** Tasks that are not run here, and why. */
const NOT_RUN: Readonly<Record<string, string>> = {
  test: "is the run that this test belongs to",
  ok: "contains the run that this test belongs to",
  bench: "takes minutes, and its figures mean something on an idle machine only",
};

/** A copy of the project in which commands may write `out`. */
async function copyOfProject(): Promise<string> {
  const copy = await temporaryFolder();
  await copyProject(copy);
  return copy;
}

function spawnTask(words: readonly string[], cwd: string): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["task", ...words],
    cwd,
    env: { NO_COLOR: "1", REDD_DEMO_PASSWORD: "of this test alone" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** `task db` alone runs until Ctrl-C: it is seen to print a URL that answers, and is interrupted. */
async function runDb(words: readonly string[], cwd: string): Promise<Outcome> {
  const child = spawnTask(words, cwd);
  const url = await lineOf(child.stdout, (line) => line.startsWith("postgres://"));
  assertEquals(await ask(url, "select 1"), [[1]]);
  child.kill("SIGINT");
  const [stderr, { code }] = await Promise.all([new Response(child.stderr).text(), child.status]);
  return { code, stdout: url, stderr };
}

const SOMEBODYS_URL = "postgres://aquamind@localhost/aquamind";

/** The URL of an AquaMind of README stands for any server: here for one of the copy's own. */
async function runWithServer(
  words: readonly string[],
  cwd: string,
  server: EmbeddedServer,
): Promise<Outcome> {
  await server.createDatabase("aquamind");
  const url = server.url("aquamind");
  return await outcomeOf(
    spawnTask(words.map((word) => word === SOMEBODYS_URL ? url : word), cwd),
  );
}

function runTask(
  words: readonly string[],
  cwd: string,
  server: EmbeddedServer | undefined,
): Promise<Outcome> {
  if (words.join() === "db") return runDb(words, cwd);
  if (words.includes(SOMEBODYS_URL)) return runWithServer(words, cwd, server!);
  return outcomeOf(spawnTask(words, cwd));
}

const days = (manifest: ReddManifest) => parseIso(manifest.asOf)! - parseIso(manifest.firstDay)!;

/** What README says at a place, once; numbers lose their commas. */
function said(pattern: RegExp): string[] {
  const match = pattern.exec(README);
  assert(match !== null, `README says nothing like ${pattern}`);
  return match.slice(1).map((text) => text.replaceAll(",", ""));
}

Deno.test("README's commands run as they stand, and its figures are those of their datasets", async (t) => {
  const cwd = await copyOfProject();
  const outcomes = new Map<string, Outcome>();
  // The first command starts a server and stops it; the others join one, which is quicker.
  let server: EmbeddedServer | undefined;
  try {
    for (const command of COMMANDS) {
      const task = TASK.exec(command)?.[1];
      await t.step(command, async () => {
        assert(task !== undefined, "README shows a command of a form that this test cannot run");
        if (task in NOT_RUN) return;
        const outcome = await runTask(task.split(" "), cwd, server);
        assertEquals(outcome.code, 0, outcome.stderr);
        outcomes.set(task, outcome);
        server ??= await startServer({ defaultDir: `${cwd}/out/postgres` });
      });
    }

    await t.step("the figures of start", async () => {
      const { rows, bytes, tables, ...manifest } = await readManifest(`${cwd}/out/start`);
      const rowsOf = (name: string) => String(tables[name]!.rows);
      assertEquals(said(/([\d,]+)\s+sensor\s+readings/), [
        rowsOf("environmental_environmentalreading"),
      ]);
      assertEquals(said(/([\d,]+)\s+feedings/), [rowsOf("inventory_feedingevent")]);
      assertEquals(said(/([\d,]+)\s+days\s+of\s+deaths/), [rowsOf("batch_mortalityevent")]);
      assertEquals(said(/one batch, (\d+) days, ([\d,]+) rows, ([\d.]+ \w+) \(/), [
        String(days({ rows, bytes, tables, ...manifest })),
        String(rows),
        sized(bytes),
      ]);
      assertEquals(said(/Loaded .*: ([\d,]+) rows in (\d+) tables/), [
        String(rows),
        String(Object.keys(tables).length),
      ]);
      const [millions] = said(/batch of ([\d.]+) million eggs/);
      const schedule = Deno.readTextFileSync(`${cwd}/out/start/schedule.yaml`);
      assertMatch(schedule, new RegExp(`^ +eggs: ${Number(millions) * 1e6}$`, "m"));
      const { stdout } = outcomes.get("start")!;
      assertMatch(stdout, new RegExp(`one batch, \\d+ days, ${grouped(rows)} rows, `));
    });

    await t.step("start says what it has done, and where to look", () => {
      const { stdout, stderr } = outcomes.get("start")!;
      const [made, loaded, checked, counts, skipped, , drawn] = stdout.split("\n");
      assertMatch(made!, /^1\. Generated out\/start: one batch, 900 days, [\d,]+ rows, /);
      assertMatch(
        loaded!,
        /^2\. Loaded postgres:\/\/redd:\*\*\*@127\.0\.0\.1:\d+\/start: [\d,]+ rows in \d+ tables, /,
      );
      assertEquals(checked, "3. Checked:");
      assertMatch(counts!, /^\d+ checks passed, 0 failed, \d+ skipped$/);
      assertMatch(skipped!, /^ {2}\d+ skipped: they are for profiles of fixed rates$/);
      assertEquals(drawn, "4. Drew out/start.html: open it in a browser");
      const page = Deno.readTextFileSync(`${cwd}/out/start.html`);
      assertStringIncludes(page, '"checks":{"passed":');
      assertStringIncludes(stderr, "begin with out/start/datapackage.json.\n");
      assertStringIncludes(stderr, "deno task db, and psql with the URL it prints.\n");
    });

    await t.step("start again leaves what somebody has added to its database", async () => {
      const url = server!.url("start");
      await ask(url, "create table my_notes (x text)", "insert into my_notes values ('mine')");
      const { code, stdout, stderr } = await runTask(["start"], cwd, server);
      assertEquals(code, 0, stderr);
      assertMatch(stdout, /\n2\. Loaded \S+\/start: the dataset is there already, /);
      assertMatch(stderr, /\nIt is kept as it is; --force drops that database /);
      assertEquals(await ask(url, "select x from my_notes"), [["mine"]]);
    });

    await t.step("the checks of start", () => {
      const checks = /Checked:\s+(\d+)(?: checks)? passed, (\d+) failed/;
      assertEquals(said(checks), checks.exec(outcomes.get("start")!.stdout)?.slice(1));
    });

    await t.step("the days of the presets", async () => {
      const single = await readManifest(`${cwd}/out/single`);
      const text =
        /`single`.*batch, (\d+) days from ([\d-]+)[^`]+`lifecycle`.*batch, (\d+) days up to ([\d-]+)/;
      const lifecycle = await readManifest(`${cwd}/out/lifecycle`);
      assertEquals(said(text), [
        String(days(single)),
        single.firstDay,
        String(days(lifecycle)),
        lifecycle.asOf,
      ]);
    });

    await t.step("the extension that is shown grows, by what its dry run says", async () => {
      const task = COMMANDS.map((command) => TASK.exec(command)?.[1] ?? "")
        .find((task) => task.includes("--extend") && task.includes("--dry-run"))!;
      const { stdout } = outcomes.get(task)!;
      const [, from, until, more] = /from (\S+) to (\S+): ([\d,]+) more rows/.exec(stdout) ?? [];
      const { asOf, rows } = await readManifest(`${cwd}/out/growing`);
      const before = `start-date 2025-05-01 --duration 60`;
      assert(COMMANDS.some((command) => command.includes(before)));
      assertEquals([from, until], ["2025-06-30", asOf]);
      const added = Number(more!.replaceAll(",", ""));
      assert(added > 1000 && added < rows, stdout);
    });

    await t.step("a dataset's schedule makes it again", async () => {
      const [first, again] = await Promise.all(
        ["scotland", "again"].map((name) => readManifest(`${cwd}/out/${name}`)),
      );
      assertEquals(again, first);
    });
  } finally {
    await server?.stop();
    await Deno.remove(cwd, { recursive: true });
  }
});

Deno.test("README has the sizes of the presets as the catalogue promises them", () => {
  for (const { name, rows, bytes } of readDatasetCatalogue().datasets) {
    const [millions, size] = said(
      new RegExp(`^\\| \`${name}\` +\\|[^|]+\\| +([\\d.]+) M \\| +([\\d.]+ [MG]B) \\|`, "m"),
    );
    const decimals = millions!.split(".")[1]?.length ?? 0;
    assertEquals(millions, (rows / 1e6).toFixed(decimals), name);
    const [number, unit] = size!.split(" ");
    const places = number!.split(".")[1]?.length ?? 0;
    const whole = bytes / (unit === "GB" ? 1e9 : 1e6);
    // Whole megabytes are cut, as the command line prints them.
    assertEquals(number, places === 0 ? String(Math.floor(whole)) : whole.toFixed(places), name);
  }
});

Deno.test("every exception of the README test is still in README", () => {
  const tasks = COMMANDS.map((command) => TASK.exec(command)?.[1]);
  for (const task of [...Object.keys(NOT_RUN), "db"]) assert(tasks.includes(task), task);
  assert(COMMANDS.some((command) => command.includes(SOMEBODYS_URL)));
});
