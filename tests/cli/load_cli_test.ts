/** `redd load`, `verify`, `db` and `start` as a user types them. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { grouped } from "../../cli/numbers.ts";
import { generate } from "../../src/generate/generate.ts";
import { filesIn } from "../generate/files.ts";
import { ask, startTestServer } from "../load/databases.ts";
import { startServer } from "../../src/server/server.ts";
import { temporaryFolder } from "../server/temporary.ts";
import { lean, oneBatch } from "../small_farm.ts";
import { lineOf, type Outcome, redd, refused, spawnRedd, withoutProgress } from "./command_line.ts";

/** A dataset of three days. */
function generateShort(folder: string) {
  const schedule = oneBatch({ duration: 3 });
  return generate({ folder, schedule, fixtures: lean, seed: 7, workers: 1 });
}

const namesIn = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

/** Whether some server can be asked. */
async function answers(url: string): Promise<boolean> {
  return await ask(url, "select 1").then(() => true, () => false);
}

Deno.test("a dataset is loaded beside itself, looked into and verified", async (t) => {
  const cwd = await temporaryFolder();
  try {
    await loadAndLook(t, cwd);
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
});

async function loadAndLook(t: Deno.TestContext, cwd: string): Promise<void> {
  const { manifest: { rows } } = await generateShort(`${cwd}/out/short`);
  const step = async (name: string, fn: () => Promise<void>) => {
    assert(await t.step(name, fn), "the steps after this one need it");
  };

  await step("a dataset that is not there starts no server", async () => {
    const message = "there is no such folder. Give a folder that deno task generate has finished.";
    for (const command of [["load"], ["verify"], ["verify", "--embedded"]]) {
      assertEquals(
        await redd([...command, "out/shrt"], { cwd }),
        refused(2, `Cannot read the dataset out/shrt: ${message}`),
      );
    }
    assertEquals(namesIn(`${cwd}/out`), ["short"]);
  });

  await step("verify before load says that it is not loaded", async () => {
    assertEquals(
      await redd(["verify", "out/short", "--embedded"], { cwd }),
      refused(
        2,
        `Cannot verify out/short: there is no embedded server in ${cwd}/out/postgres. ` +
          "Load it first: deno task load out/short.",
      ),
    );
  });

  await step("load says what it has done and how to look", async () => {
    const before = await redd(["load", "out/short", "--dry-run"], { cwd });
    assertEquals([before.code, before.stderr], [0, ""]);
    assertMatch(
      before.stdout,
      new RegExp(`^out/short would go into a new database short of .*: ${grouped(rows)} rows, `),
    );
    const { code, stdout, stderr } = await redd(["load", "out/short"], { cwd });
    assertEquals(code, 0, stderr);
    const [done, digest, end] = stdout.split("\n");
    assertEquals(end, "");
    assertMatch(digest!, /^digest: sha256:[0-9a-f]{64}$/);
    assertMatch(done!, /^postgres:\/\/redd:\*\*\*@127\.0\.0\.1:\d+\/short: /);
    assertMatch(done!, new RegExp(`: ${grouped(rows)} rows in \\d+ tables, [\\d.]+ [kM]B, in `));
    assertMatch(done!, / The schema was created\.$/);
    assertEquals(
      stderr,
      "To look into the database short: deno task db, and psql with the URL it prints.\n",
    );
  });

  await step("a second load finds it there, whole and in part", async () => {
    for (const part of [[], ["--without", "history"]]) {
      const again = await redd(["load", "out/short", ...part], { cwd });
      assertEquals(again.code, 0);
      assertMatch(again.stdout, /\/short: the dataset is there already, /);
    }
    const again = await redd(["load", "out/short", "--dry-run", "--json"], { cwd });
    const { alreadyThere, carriesOn } = JSON.parse(again.stdout);
    assertEquals([again.code, alreadyThere, carriesOn], [0, true, false]);
  });

  await step("while db runs, all other commands join its server, two of them at once", async () => {
    await generateShort(`${cwd}/out/second`);
    const child = spawnRedd(["db"], { cwd });
    const [forUs, forLater] = child.stdout.tee();
    const url = await lineOf(forUs, (line) => line.endsWith("/short"));
    const { port } = new URL(url);
    const joined = `The embedded server is running already, on port ${port}.\n`;
    const run = async (...line: string[]) => {
      const outcome = await redd(line, { cwd });
      assertEquals(outcome.code, 0, `${line}: ${outcome.stderr}`);
      assert(outcome.stderr.startsWith(joined), outcome.stderr);
      return { ...outcome, stderr: outcome.stderr.slice(joined.length) };
    };
    const [loaded, compared] = await Promise.all([
      run("load", "out/second"),
      run("diff", "out/short"),
    ]);
    assertMatch(loaded.stdout, new RegExp(`:${port}/second: ${grouped(rows)} rows in `));
    assertEquals(
      loaded.stderr,
      "To look into the database second: the server is running, so psql with the URL that deno " +
        "task db has printed, and /second at its end.\n",
    );
    assertMatch(compared.stdout, new RegExp(`:${port}/short: .*: equal, in `));
    const [verified, wiped] = await Promise.all([
      run("verify", "out/short", "--json", "--data-dir", "out/postgres"),
      run("wipe", "out/second", "--confirm"),
    ]);
    const { ok, counts, checks } = JSON.parse(verified.stdout);
    assertEquals([verified.stderr, ok, counts.failed, counts.broken], ["", true, 0, 0]);
    assert(counts.passed > 20 && checks.length >= counts.passed);
    assertMatch(wiped.stdout, new RegExp(`:${port}/second: [\\d,]+ rows removed\\.\\n$`));
    const second = await run("db");
    assertEquals(second, {
      code: 0,
      stdout: `${url.replace(/short$/, "second")}\n${url}\n`,
      stderr: `Another deno task db (process ${child.pid}) keeps the server running: ` +
        `Ctrl-C there, or kill -INT ${child.pid}, stops it.\n`,
    });
    assertEquals(await answers(url), true);

    await using last = await startServer({ defaultDir: `${cwd}/out/postgres` });
    child.kill("SIGINT");
    const [stderr, { code }] = await Promise.all([
      new Response(child.stderr).text().then(withoutProgress),
      child.status,
      forLater.cancel(),
    ]);
    assertEquals([code, stderr], [
      0,
      "The server runs until Ctrl-C. Above is the URL of every database.\n" +
      "Stopping the server.\n" +
      "Other commands still use it: the last of them stops it when it ends.\n",
    ]);
    assertEquals(await answers(url), true, "the server is another's now");
    await last.dropDatabase("second");
    assertEquals([await last.stop(), await answers(url)], [true, false]);
  });

  await step("db prints the URLs, answers, and stops cleanly on Ctrl-C", async () => {
    const child = spawnRedd(["db"], { cwd });
    const [forUs, forLater] = child.stdout.tee();
    const url = await lineOf(forUs, (line) => line.endsWith("/short"));
    const readings = "select count(*)::int from environmental_environmentalreading";
    const [[count]] = await ask(url, readings) as [[number]];
    assertEquals(count, 360);
    await ask(
      url,
      "delete from batch_mortalityevent where id = (select max(id) from batch_mortalityevent)",
    );
    child.kill("SIGINT");
    const [stdout, stderr, { code }] = await Promise.all([
      new Response(forLater).text(),
      new Response(child.stderr).text().then(withoutProgress),
      child.status,
    ]);
    assertEquals({ code, stdout, stderr }, {
      code: 0,
      stdout: `${url}\n`,
      stderr: "The server runs until Ctrl-C. Above is the URL of every database.\n" +
        "Stopping the server.\n",
    });
    assertEquals(await answers(url), false, "the server is gone");
  });

  await step("verify --both holds the files against the database", async () => {
    const told = await redd(["verify", "out/short", "--both"], { cwd });
    assertEquals([told.code, told.stderr], [1, ""]);
    const lines = told.stdout.split("\n");
    assertMatch(lines[0]!, /^failed +ROWS /);
    assertEquals(lines.filter((line) => line.startsWith("differs")).slice(0, 1), [
      "differs  ROWS: passed on the files, failed on the database",
    ]);
    const counts = (name: string, failed: string) =>
      new RegExp(`\n${name}: \\d+ checks passed, ${failed} failed, \\d+ skipped\n`);
    assertMatch(told.stdout, counts("Files", "0"));
    assertMatch(told.stdout, counts("Database", "[1-9]\\d*"));
    assertMatch(told.stdout, /\n[1-9]\d* verdicts differ\.\n$/);
  });

  await step("verify finds the row that was deleted", async () => {
    const told = await redd(["verify", "out/short", "--database", "--figures"], { cwd });
    assertEquals([told.code, told.stderr], [1, ""]);
    assertMatch(told.stdout, /^failed +ROWS +.*\n.*batch_mortalityevent/);
    assertMatch(told.stdout, /\n\d+ checks passed, [1-9]\d* failed, \d+ skipped\n/);
    // The figures follow, whatever has failed.
    assertMatch(told.stdout, /\nutilization_pct +3\.571 % {5}none\n/);
    assert(!told.stdout.includes("PostgreSQL says"), told.stdout);
    const alone = ["--figures", "--only", "utilization_pct", "--json"];
    const figures = await redd(["verify", "out/short", "--database", ...alone], { cwd });
    assertEquals([figures.code, JSON.parse(figures.stdout).figures[0].n], [0, 280]);
  });

  await step("db --json gives the URLs of its databases as JSON", async () => {
    const child = spawnRedd(["db", "--json", "--quiet"], { cwd });
    const urls: string[] = JSON.parse(await lineOf(child.stdout, (line) => line.startsWith("[")));
    child.kill("SIGINT");
    const [stderr, { code }] = await Promise.all([
      new Response(child.stderr).text().then(withoutProgress),
      child.status,
    ]);
    assertEquals([code, stderr], [0, ""]);
    assertEquals(urls.map((url) => new URL(url).pathname), ["/short"]);
  });

  await step("what was never loaded is said to be so, whatever is asked of it", async () => {
    await generateShort(`${cwd}/out/never`);
    // They join a server that is there, which is quicker.
    await using server = await startServer({ defaultDir: `${cwd}/out/postgres` });
    const joined = `The embedded server is running already, on port ${server.port}.\n`;
    const remedy = "Load it first: deno task load out/never.";
    for (
      const [deed, ...line] of [
        ["look into the loads of", "load", "out/never", "--status"],
        ["look into the loads of", "load", "out/never", "--restore"],
        ["verify", "verify", "out/never", "--embedded"],
        ["compare", "diff", "out/never"],
      ]
    ) {
      const { stderr, ...outcome } = await redd(line, { cwd });
      assertEquals(
        { ...outcome, stderr: stderr.replace(joined, "") },
        refused(
          2,
          `Cannot ${deed} out/never: the embedded server has no database never. ${remedy}`,
        ),
      );
    }
  });
}

Deno.test("a load that is refused leaves no database that it made itself", async () => {
  const { server, folder: cwd, end } = await startTestServer();
  try {
    const { manifest } = await generateShort(`${cwd}/short`);
    const [part] = manifest.tables["environmental_environmentalreading"]!.parts;
    const path = `${cwd}/short/${part!.path}`;
    const before = Deno.readTextFileSync(path);
    // As long as it was, and no small table: only whoever loads it to the end can tell.
    Deno.writeTextFileSync(path, `${before.slice(0, -2)}!\n`);
    const load = () => redd(["load", "short"], { cwd });
    const refusal = await load();
    assertEquals([refusal.code, refusal.stdout], [2, ""], refusal.stderr);
    assertStringIncludes(refusal.stderr, part!.path);
    assertEquals(await server.databases(), []);
    await server.createDatabase("short");
    assertEquals((await load()).code, 2);
    assertEquals(await server.databases(), ["short"], "it was there before");
    await server.dropDatabase("short");
    Deno.writeTextFileSync(path, before);
    assertEquals((await load()).code, 0);
    assertEquals(await server.databases(), ["short"]);
  } finally {
    await end();
  }
});

/** The same, with the target said before. */
function refusedAt(target: string, code: number, message: string): Outcome {
  return { code, stdout: "", stderr: `Target: ${target}\nerror: ${message}\n` };
}

const CANARY = "canary-7f3a";

Deno.test("--database-url: what is wrong is named, and the password is in no message or file", async () => {
  const { server, folder: cwd, freshDatabase, end } = await startTestServer();
  try {
    const { manifest } = await generateShort(`${cwd}/short`);
    const files = filesIn(`${cwd}/short`);
    const outcomes: Outcome[] = [];
    const load = async (dataset: string, url: string, ...flags: string[]) => {
      const outcome = await redd(["load", dataset, "--database-url", url, ...flags], { cwd });
      outcomes.push(outcome);
      return outcome;
    };
    const url = await freshDatabase();
    const { port } = server;
    const shown = `postgres://redd:***@127.0.0.1:${port}/farm_1`;
    const withCanary = (change: Partial<Record<"hostname" | "port" | "protocol", string>>) =>
      Object.assign(new URL(url), { password: CANARY, ...change }).href;

    const wrongPassword = withCanary({});
    for (const flags of [[], ["--verbose"]]) {
      const { code, stdout, stderr } = await load("short", wrongPassword, ...flags);
      assertEquals([code, stdout], [3, ""]);
      const [target, message] = stderr.split("\n");
      assertEquals(target, `Target: ${shown}`);
      assertEquals(
        message,
        `error: Cannot connect to ${shown}: password authentication failed for user "redd". ` +
          "Correct the user and password, or allow this login in the server's pg_hba.conf.",
      );
    }
    assertEquals(
      await load("short", withCanary({ port: "1" })),
      refusedAt(
        "postgres://redd:***@127.0.0.1:1/farm_1",
        3,
        "Cannot connect to postgres://redd:***@127.0.0.1:1/farm_1: nothing listens there. " +
          "Start the server, or correct the host and port.",
      ),
    );
    assertEquals(
      await load("short", withCanary({ hostname: "nowhere.invalid" })),
      refusedAt(
        `postgres://redd:***@nowhere.invalid:${port}/farm_1`,
        3,
        `Cannot connect to postgres://redd:***@nowhere.invalid:${port}/farm_1: no host of this ` +
          "name is known. Correct the host in the connection string.",
      ),
    );
    const { code, stdout, stderr } = await load("short", `http://redd:${CANARY}@localhost/farm_1`);
    assertEquals([code, stdout], [2, ""]);
    assertMatch(
      stderr,
      /^error: Cannot read the connection string: --database-url, http:\/\/redd:\*\*\*@localhost\/farm_1, does not .*\n$/,
    );
    const remedy = "Give a folder that deno task generate has finished.";
    assertEquals(
      await load("shrt", wrongPassword),
      refusedAt(shown, 2, `Cannot read the dataset shrt: there is no such folder. ${remedy}`),
    );
    for (const command of ["load", "verify"]) {
      const line = [command, "short", "--database-url", wrongPassword, "--port", "5432"];
      outcomes.push(await redd(line, { cwd }));
      assertEquals(
        outcomes.at(-1),
        refused(
          2,
          `Cannot run deno task ${command}: --port does not go with --database-url. Give one of the two.`,
        ),
      );
    }

    // With the role's own password, which is the canary now.
    await ask(url, `alter role redd password '${CANARY}'`);
    const loaded = await load("short", wrongPassword, "--json");
    assertEquals([loaded.code, loaded.stderr], [0, `Target: ${shown}\n`]);
    assertEquals(JSON.parse(loaded.stdout).rows, manifest.rows);
    const again = await load("short", wrongPassword, "--verbose");
    assertEquals(again.code, 0);
    assertEquals(again.stderr, `Target: ${shown}\n`);
    assert(again.stdout.startsWith(`${shown}: the dataset is there already, `));
    const verified = await redd(["verify", "short", "--database-url", wrongPassword, "--verbose"], {
      cwd,
    });
    assertEquals(verified.code, 0);
    outcomes.push(verified);
    await ask(wrongPassword, `alter role redd password '${new URL(url).password}'`);

    assertEquals(outcomes.length, 11);
    assert(!JSON.stringify(outcomes).includes(CANARY), "the password is said");
    assertEquals(filesIn(`${cwd}/short`), files, "the dataset is as it was");
  } finally {
    await end();
  }
});
