/** `redd db` with an action, as a user types it. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { redactUrl } from "../../src/postgres/url.ts";
import { ask, startTestServer } from "../load/databases.ts";
import { at, makeTide, namesOn, tideOf } from "../snapshot/databases.ts";
import { type Outcome, redd, refused, withoutProgress } from "./command_line.ts";
import { reddHere } from "./line_here.ts";

const test = await startTestServer("18");
Deno.test.afterAll(() => test.end());
const admin = test.server.url("postgres");
const cwd = test.folder;

const joined = `The embedded server is running already, on port ${test.server.port}.\n`;

/** Runs a line of `redd db` beside the server of this file. */
async function db(...line: string[]): Promise<Outcome> {
  const outcome = await reddHere(["db", ...line, "--data-dir", "postgres"], { cwd });
  return { ...outcome, stderr: withoutProgress(outcome.stderr).replace(joined, "") };
}

Deno.test("a line that makes no sense is refused before a server is thought of", async () => {
  const usage = (...line: string[]) => reddHere(["db", ...line], { cwd });
  const says = (because: string) => refused(2, `Cannot run deno task db: ${because}`);
  const list = "snapshot, reset, clone, list, drop";
  assertEquals(
    await usage("rest", "farm"),
    says(
      `it has no action rest. Did you mean reset? Give one of ${list}, or none to run the server.`,
    ),
  );
  assertEquals(
    await usage("list", "--force"),
    says("--force does not go with list. It belongs to snapshot, reset."),
  );
  assertEquals(
    await usage("drop", "farm", "--clones", "--snapshot"),
    says("--clones does not go with --snapshot. Give one of the two."),
  );
  assertEquals(
    await usage("reset", "farm", "lake"),
    says("lake is one word too many. See deno task db --help."),
  );
  assertEquals(
    await usage("reset"),
    says("reset has no name of a database. See what there is: deno task db list."),
  );
  assertEquals(
    await usage("clone", "farm", "--count", "65"),
    says("--count is 65. Give a whole number from 1 to 64."),
  );
  assertEquals(
    await usage("--disconnect"),
    says(`--disconnect goes with an action, and none is given. Give one of ${list}.`),
  );
  assertEquals(
    await usage("--database-url", admin),
    says(`--database-url goes with an action, and none is given. Give one of ${list}.`),
  );
  assertEquals([...Deno.readDirSync(cwd)].map(({ name }) => name), ["postgres"]);
});

Deno.test("a database of the embedded server is kept, altered, reset, cloned and let go", async () => {
  const url = await makeTide(admin, "farm");
  const made = await db("snapshot", "out/farm");
  assertMatch(made.stdout, /^farm: the snapshot is made, [\d.]+ MB, in [\d.]+ s\.\n$/);
  assertEquals([made.code, made.stderr], [0, ""]);
  await ask(url, "update tide set height = 2");
  const back = await db("reset", "farm", "--json");
  const { action, database, left, bytes, made: since, seconds } = JSON.parse(back.stdout);
  assertEquals([action, database, left, back.code], ["reset", "farm", [], 0]);
  assertEquals([bytes > 1e6, seconds > 0, since.length], [true, true, 20]);
  assertEquals(await tideOf(url), 1);

  const lent = await db("clone", "farm", "--count", "2");
  const urls = lent.stdout.trim().split("\n");
  assertEquals(urls, [at(admin, "farm_clone_1"), at(admin, "farm_clone_2")]);
  assertEquals(await tideOf(urls[1]!), 1);
  assertMatch(
    lent.stderr,
    /^2 clones of farm, in [\d.]+ s\. To remove: deno task db drop farm_clone_1 farm_clone_2 --data-dir postgres\n$/,
  );
  const { stdout: listed } = await db("list");
  assertMatch(
    listed,
    /^farm, [\d.]+ MB\n {2}snapshot of \S+Z, [\d.]+ MB\n {2}clone farm_clone_1 of \S+Z, [\d.]+ MB\n {2}clone farm_clone_2 /,
  );
  assertEquals((await db("drop", "farm_clone_1")).stdout, "farm_clone_1: dropped.\n");
  const { stdout } = await db("drop", "farm", "--clones", "--json");
  assertEquals(JSON.parse(stdout), { action: "drop", dropped: ["farm_clone_2"], kept: [] });
  assertEquals((await db("drop", "farm", "--clones")).stdout, "There was none.\n");
  assertEquals(
    await db("drop", "farm"),
    refused(
      2,
      'Cannot drop farm: "farm" is no clone that Redd has made. Nothing was dropped. Its ' +
        "snapshot goes with deno task db drop farm --snapshot --data-dir postgres, its clones with " +
        "deno task db drop farm --clones --data-dir postgres.",
    ),
  );
  assertEquals(
    await db("reset", "farm.snapshot"),
    refused(
      2,
      'Cannot reset the database "farm.snapshot": the name is that of a snapshot, or of what an ' +
        "interrupted command has left. Give the name of a database that holds a dataset.",
    ),
  );
  assertEquals((await db("drop", "farm", "--snapshot")).stdout, "farm.snapshot: dropped.\n");
  assertEquals(
    await db("reset", "farm"),
    refused(
      2,
      'Cannot reset the database farm: the database "farm" has no snapshot. Make one while the ' +
        "database is as you want it back: deno task db snapshot farm --data-dir postgres.",
    ),
  );
  assertEquals(await namesOn(admin), ["farm"]);
  await ask(admin, "drop database farm");
});

Deno.test("on a server that is named the string says which database, and no password is shown", async () => {
  const url = await makeTide(admin, "lake");
  const named = (...line: string[]) => redd(["db", ...line, "--database-url", url], { cwd });
  const target = `Target: ${redactUrl(url)}\n`;
  assertEquals((await named("snapshot")).code, 0);
  const lent = await named("clone", "lake");
  const open = new URL(url);
  open.password = "";
  assertEquals([lent.code, lent.stdout], [0, `${at(open.href, "lake_clone_1")}\n`]);
  assertEquals(lent.stderr.includes(new URL(url).password), false);
  const server = `--database-url ${open.href.replace(":@", "@")}`;
  assertStringIncludes(lent.stderr, `To remove: deno task db drop lake_clone_1 ${server}\n`);
  const again = await named("snapshot");
  assertStringIncludes(again.stderr, `Go back to it: deno task db reset lake ${server}, or`);
  // A line about another database names that one.
  const none = await named("drop", "lake", "lake_clone_1");
  assertStringIncludes(none.stderr, `deno task db drop lake --clones ${server}.`);
  const snapshotted = await redd(["db", "snapshot", "--database-url", at(url, "lake_clone_1")], {
    cwd,
  });
  assertEquals(snapshotted.code, 0);
  assertEquals(await named("reset", "farm"), {
    code: 2,
    stdout: "",
    stderr: `${target}error: Cannot run deno task db: farm and lake of the connection string may ` +
      "be two databases. Leave out the name, or give --embedded for the embedded server.\n",
  });
  const gone = await named("drop", "lake_clone_1");
  assertEquals(gone.stdout, "lake_clone_1: dropped.\n");
  const cloned = at(open.href, "lake_clone_1");
  assertStringIncludes(
    gone.stderr,
    "lake_clone_1.snapshot, the snapshot of lake_clone_1, stays. To drop it: deno task db drop " +
      `lake_clone_1 --snapshot --database-url ${cloned}\n`,
  );
  const rest = [
    "db",
    "drop",
    "lake_clone_1",
    "--snapshot",
    "--database-url",
    at(url, "lake_clone_1"),
  ];
  const { code, stdout } = await redd(rest, { cwd });
  assertEquals([code, stdout], [0, "lake_clone_1.snapshot: dropped.\n"]);
  assertEquals((await named("drop")).code, 2);
  assertEquals((await named("drop", "--snapshot")).stdout, "lake.snapshot: dropped.\n");
  await ask(admin, "drop database lake");
});
