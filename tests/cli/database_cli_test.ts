/** Which database `redd load` and `verify` work on, by flags, variables and files. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { generate } from "../../src/generate/generate.ts";
import { filesIn } from "../generate/files.ts";
import { ask, startTestServer } from "../load/databases.ts";
import { lean, oneBatch } from "../small_farm.ts";
import { type Outcome, redd, refused } from "./command_line.ts";

const test = await startTestServer();
const { folder: cwd, server: { port } } = test;
Deno.test.afterAll(() => test.end());
const schedule = oneBatch({ duration: 2 });
await generate({ folder: `${cwd}/farms/short`, schedule, fixtures: lean, seed: 7, workers: 1 });
const files = filesIn(`${cwd}/farms/short`);

const CANARY = "canary-5ea1";
const WRONG = "canary-wr0ng";
await ask(test.server.url("postgres"), `create role anna superuser login password '${CANARY}'`);

const pgpass = join(cwd, "passwords");
await Deno.writeTextFile(pgpass, `127.0.0.1:${port}:*:anna:${CANARY}\n`, { mode: 0o600 });
const services = join(cwd, "services");
await Deno.writeTextFile(
  services,
  `[farm]\nhost=127.0.0.1\nport=${port}\nuser=anna\npassword=${CANARY}\n`,
);

const outcomes: Outcome[] = [];
async function run(line: readonly string[], env: Record<string, string>): Promise<Outcome> {
  const outcome = await redd(line, { cwd, env: { USER: "anna", ...env } });
  outcomes.push(outcome);
  return outcome;
}

/** The name of a fresh database. */
async function freshName(): Promise<string> {
  return new URL(await test.freshDatabase()).pathname.slice(1);
}
const targetOf = (name: string, password = ":***") =>
  `postgres://anna${password}@127.0.0.1:${port}/${name}`;

Deno.test("DATABASE_URL names the database, a file has the password, and the target is said", async () => {
  const name = await freshName();
  const env = { DATABASE_URL: `postgres://127.0.0.1:${port}/${name}`, PGPASSFILE: pgpass };
  const target = targetOf(name);
  const loaded = await run(["load", "farms/short", "--verbose"], env);
  assertEquals([loaded.code, loaded.stderr], [0, `Target: ${target} (from DATABASE_URL)\n`]);
  assert(loaded.stdout.startsWith(`${target}: `), loaded.stdout);
  const verified = await run(["verify", "farms/short", "--database", "--json"], env);
  assertEquals(
    [verified.code, verified.stderr],
    [0, `Target: ${target} (from DATABASE_URL)\n`],
  );
  assertEquals(JSON.parse(verified.stdout).ok, true);
  const status = await run(["load", "--status"], env);
  assertEquals(status.code, 0, status.stderr);
  assertStringIncludes(status.stdout, target);
});

Deno.test("a service names the database and has its password", async () => {
  const name = await freshName();
  const env = {
    PGSERVICE: "farm",
    PGSERVICEFILE: services,
    PGDATABASE: name,
    PGHOST: "nowhere.invalid",
  };
  const loaded = await run(["load", "farms/short", "--json"], env);
  assertEquals(
    [loaded.code, loaded.stderr],
    [0, `Target: ${targetOf(name)} (from PGSERVICE and PGHOST and PGDATABASE)\n`],
  );
  assertEquals(JSON.parse(loaded.stdout).target, targetOf(name));
  await ask(test.server.url(name), "drop table batch_mortalityevent");
  const told = await run(["verify", "farms/short", "--database", "--verbose"], env);
  assertEquals(told.code, 1, told.stderr);
  const again = await run(["load", "farms/short", "--method", "deferred", "--verbose"], env);
  assert(again.code !== 0);
});

Deno.test("PG variables name the database; a wrong password is not said, however much is", async () => {
  const name = await freshName();
  const env = { PGHOST: "127.0.0.1", PGPORT: `${port}`, PGDATABASE: name, PGUSER: "anna" };
  for (const flags of [["--verbose"], ["--json"], []]) {
    for (const command of [["load"], ["verify", "--database"]]) {
      const line = [...command, "farms/short", ...flags];
      const told = await run(line, { ...env, PGPASSWORD: WRONG });
      assertEquals(told.code, 3);
      const { error } = flags[0] === "--json" ? JSON.parse(told.stdout) : {};
      assertEquals(told.stdout === "", flags[0] !== "--json");
      assert(error === undefined || error.exitCode === 3 && !told.stdout.includes(WRONG));
      assertMatch(
        told.stderr,
        /^Target: .* \(from PGHOST and PGDATABASE\)\nerror: Cannot connect to .*: password authenti/,
      );
    }
  }
});

Deno.test("a password file that others may read is said and not used", async () => {
  const loose = join(cwd, "loose");
  await Deno.writeTextFile(loose, `*:*:*:*:${CANARY}\n`);
  await Deno.chmod(loose, 0o644);
  const line = [
    "load",
    "farms/short",
    "--database-url",
    `postgres://anna@127.0.0.1:${port}/postgres`,
  ];
  const told = await run(line, { PGPASSFILE: loose });
  assertEquals(told.code, 3);
  assert(told.stderr.startsWith(
    `The password file ${loose} is not used: others than its owner may read it. Make it your own: ` +
      `chmod 600 ${loose}\nTarget: ${targetOf("postgres", "")}\nerror: Cannot connect to `,
  ));
  assertStringIncludes(
    told.stderr,
    ": the server wants a password, and none was found. Give it as ",
  );
  const quiet = await run([...line, "--quiet"], { PGPASSFILE: loose });
  assertMatch(quiet.stderr, /^error: Cannot connect to .*\n$/);
});

Deno.test("--embedded takes the embedded server, which no variable disturbs", async () => {
  const env = {
    DATABASE_URL: `postgres://anna:${CANARY}@127.0.0.1:${port}/postgres`,
    PGSERVICE: "farm",
    PGSERVICEFILE: services,
    PGHOST: "nowhere.invalid",
    PGPORT: "1",
    PGUSER: "nobody",
    PGDATABASE: "nothing",
    PGPASSWORD: CANARY,
    PGPASSFILE: pgpass,
    PGSSLMODE: "verify-full",
    PGSSLROOTCERT: "/nowhere/ca.crt",
    PGOPTIONS: "-c search_path=nowhere -c default_transaction_read_only=on",
    PGHOSTADDR: "10.0.0.1",
    PGAPPNAME: "other",
  };
  const loaded = await run(["load", "farms/short", "--embedded"], env);
  assertEquals(loaded.code, 0, loaded.stderr);
  assertMatch(loaded.stdout, /^postgres:\/\/redd:\*\*\*@127\.0\.0\.1:\d+\/short: /);
  const verified = await run(["verify", "farms/short", "--data-dir", "farms/postgres"], env);
  assertEquals(verified.code, 0, verified.stderr);
  const there = await ask(
    test.server.url("postgres"),
    "select to_regclass('batch_batch')::text",
  );
  assertEquals(there, [[null]], "the named database is untouched");
});

Deno.test("flags that exclude each other, and a line that names nothing, are refused", async () => {
  const url = `postgres://anna:${CANARY}@127.0.0.1:${port}/postgres`;
  for (const command of ["load", "verify"]) {
    for (const flag of [["--embedded"], ["--data-dir", "x"], ["--port", "5433"]]) {
      assertEquals(
        await run([command, "farms/short", "--database-url", url, ...flag], {}),
        refused(
          2,
          `Cannot run deno task ${command}: ${flag[0]} does not go with --database-url. ` +
            "Give one of the two.",
        ),
      );
    }
  }
  assertEquals(
    await run(["load"], { DATABASE_URL: url }),
    refused(2, "Cannot run deno task load: DATASET is missing. See deno task load --help."),
  );
  assertEquals(
    await run(["load", "--status"], {}),
    refused(
      2,
      "Cannot run deno task load: DATASET or --database-url is missing. Give one of the two.",
    ),
  );
});

Deno.test("what makes no sense is named, but for the password", async () => {
  for (
    const [env, message] of [
      [
        { DATABASE_URL: `mysql://anna:${CANARY}@db/farm` },
        "DATABASE_URL, mysql://anna:***@db/farm,",
      ],
      [{ DATABASE_URL: `host=db password='${CANARY}` }, "is not made of keyword=value pairs"],
      [
        { PGSERVICE: "pond", PGSERVICEFILE: services },
        "Cannot find the service pond: it is not defined in",
      ],
      [
        { PGHOST: "db", PGPORT: "x", PGPASSWORD: CANARY },
        'PGPORT has "***" as port, expected 1 to 65535',
      ],
    ] as [Record<string, string>, string][]
  ) {
    const told = await run(["load", "farms/short", "--verbose"], env);
    assertEquals([told.code, told.stdout], [2, ""]);
    assertStringIncludes(told.stderr, message);
  }
});

Deno.test("no output and no file of the dataset holds a password of all these", () => {
  assert(outcomes.length > 20);
  for (const secret of [CANARY, WRONG]) assert(!JSON.stringify(outcomes).includes(secret));
  assertEquals(filesIn(`${cwd}/farms/short`), files);
});
