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
