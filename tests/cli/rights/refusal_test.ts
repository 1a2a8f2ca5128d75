/** What Redd may not do is said, with what to do about it. */
// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { explained } from "../../../cli/rights/refusal.ts";
import { ReddError } from "../../../src/errors.ts";
import { PROJECT } from "../../project.ts";

const REMEDY =
  "Run it as its task in deno.json, and name files and folders themselves, not links " +
  "that lead elsewhere.";

/** Runs a line with some flags of Deno alone. */
async function withFlags(flags: readonly string[], line: readonly string[], cwd: string) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", ...flags, join(PROJECT, "cli/main.ts"), ...line],
    cwd,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

Deno.test("a right that the launcher lacks is named before anything is done", async () => {
  const cwd = Deno.realPathSync(Deno.makeTempDirSync());
  const url = ["--database-url", "postgres://anna:x@127.0.0.1:1/farm"];
  const variables = "--allow-env=DATABASE_URL,PG*,HOME,USER,LOGNAME";
  const cases: readonly (readonly [readonly string[], readonly string[], string])[] = [
    [["--allow-read"], ["generate", "--out", "farm"], `write "${cwd}/farm"`],
    [["--allow-write"], ["generate", "--out", "farm"], `read "${cwd}/farm"`],
    [["--allow-read", "--allow-net"], ["generate", "--shards", "2"], `write "${cwd}/out/single"`],
    [["--allow-read", variables], ["wipe", ...url], 'net "127.0.0.1:1"'],
    [["--allow-read", "--allow-net=127.0.0.1:2", variables], ["wipe", ...url], 'net "127.0.0.1:1"'],
  ];
  for (const [flags, line, right] of cases) {
    const because = `it was not given the right to ${right}`;
    assertEquals(await withFlags(flags, line, cwd), {
      code: 3,
      stdout: "",
      stderr: `error: Cannot run deno task ${line[0]}: ${because}. ${REMEDY}\n`,
    });
  }
  assertEquals([...Deno.readDirSync(cwd)], []);
  Deno.removeSync(cwd);
});

Deno.test("help needs no right but to read the program", async () => {
  const { code, stdout } = await withFlags([], ["load", "--help"], PROJECT);
  assertEquals([code, stdout.split("\n")[0]], [
    0,
    "load: load a dataset into the embedded server or any PostgreSQL from 14 on",
  ]);
});

Deno.test("what Deno refuses on the way is said in words that help", () => {
  const error = explained(
    new Deno.errors.NotCapable(
      'Requires write access to "/a, b", run again with the --allow-write flag',
    ),
  );
  assert(error instanceof ReddError);
  assertEquals([error.code, error.exitCode], ["NOT_ALLOWED", 3]);
  assertEquals(
    error.message,
    `Cannot go on: it was not given the right to write "/a, b". ${REMEDY}`,
  );
  const special = explained(
    new Deno.errors.NotCapable(
      'Requires all access to "/dev/farm", run again with the --allow-all flag.',
    ),
  );
  assert(special instanceof ReddError);
  assertEquals(special.because, 'Deno does not let programs use "/dev/farm"');
  const other = new TypeError("no such thing");
  assertEquals(explained(other), other);
});
