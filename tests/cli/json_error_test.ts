/** Errors as programs read them. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { main } from "../../cli/main.ts";

/** Runs a line in this process; what it writes to stdout and stderr. */
async function heard(line: readonly string[], thrown?: unknown) {
  const said = { stdout: "", stderr: "" };
  const streams = { stdout: Deno.stdout, stderr: Deno.stderr };
  const real = { stdout: Deno.stdout.writeSync, stderr: Deno.stderr.writeSync };
  for (const name of ["stdout", "stderr"] as const) {
    streams[name].writeSync = (bytes) => {
      said[name] += new TextDecoder().decode(bytes);
      return bytes.length;
    };
  }
  try {
    const code = await main(line, () => Promise.reject(thrown ?? new Error("not reached")));
    return { code, ...said };
  } finally {
    for (const name of ["stdout", "stderr"] as const) streams[name].writeSync = real[name];
  }
}

Deno.test("--json gives an error as JSON too: code, thing, value, remedy", async () => {
  const { code, stdout, stderr } = await heard(["generate", "--sead", "1", "--json"]);
  const message = "Cannot run deno task generate: it has no flag --sead. Did you mean --seed? " +
    "See deno task generate --help.";
  assertEquals([code, stderr], [2, `error: ${message}\n`]);
  assertEquals(JSON.parse(stdout), {
    error: {
      code: "USAGE",
      exitCode: 2,
      thing: "run deno task generate",
      value: "it has no flag --sead",
      remedy: "Did you mean --seed? See deno task generate --help",
      message,
    },
  });
});

Deno.test("a line whose --json is mistyped itself has its error as JSON too", async () => {
  for (
    const [word, value] of [
      ["--json=1", "--json is 1"],
      ["--json=", "--json is empty"],
      ["--json=yes", "--json is yes"],
    ] as const
  ) {
    const { code, stdout } = await heard(["generate", word, "--dry-run"]);
    const { error } = JSON.parse(stdout);
    assertEquals([code, error.code, error.value], [2, "USAGE", value]);
  }
  assertEquals((await heard(["generate", "--json=false", "--sead"])).stdout, "");
});

Deno.test("what goes not together is refused, and a flag of other programs is asked about", async () => {
  for (
    const [line, value, remedy] of [
      [["-q", "-v"], "--quiet does not go with --verbose", "Give one of the two"],
      [["--url", "x"], "it has no flag --url", "Did you mean --database-url? See"],
      [["-p", "5432"], "it has no flag -p", "Did you mean --port? See"],
      [["-d", "farm"], "it has no flag -d", "See"],
    ] as const
  ) {
    const { code, stdout } = await heard(["load", "out/a", ...line, "--json"]);
    const { error } = JSON.parse(stdout);
    assertEquals([code, error.value], [2, value]);
    assertEquals(error.remedy.slice(0, remedy.length), remedy);
  }
});

Deno.test("a defect is JSON as well, and ends with a code of its own", async () => {
  const { code, stdout } = await heard(
    ["generate", "--json"],
    new TypeError("x is not a function"),
  );
  assertEquals(code, 70);
  assertEquals(JSON.parse(stdout).error.code, "DEFECT");
  assertEquals(JSON.parse(stdout).error.message, "x is not a function");
});

Deno.test("no password of a line is in an error as JSON", async () => {
  const url = "postgres://anna:Zhunter2@db/farm";
  const { stdout } = await heard(
    ["load", "out/a", "--database-url", url, "--json"],
    new Error(`what ${url} says`),
  );
  assertEquals(JSON.parse(stdout).error.message, "what postgres://anna:***@db/farm says");
});

Deno.test("without --json an error is on stderr alone", async () => {
  const { stdout } = await heard(["generate", "--sead", "1"]);
  assertEquals(stdout, "");
});
