/** The voice of the command line, where nobody listens any more. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { join } from "node:path";
import { fitted, write } from "../../cli/voice.ts";
import { inTempFolder } from "../generate/files.ts";
import { PROJECT } from "./command_line.ts";

/** Runs a line that begins when its reader is gone from stdout, or from stderr too. */
async function unheard(line: readonly string[], cwd: string, streams: "stdout" | "both") {
  const redd = [Deno.execPath(), "run", "-A", join(PROJECT, "cli/main.ts"), ...line];
  const child = new Deno.Command("sh", {
    args: ["-c", 'read -r go; exec "$@"', "sh", ...redd],
    cwd,
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  await child.stdout.cancel();
  if (streams === "both") await child.stderr.cancel();
  const stderr = streams === "both" ? "" : new Response(child.stderr).text();
  const stdin = child.stdin.getWriter();
  await stdin.write(new TextEncoder().encode("go\n"));
  await stdin.close();
  const { code } = await child.status;
  return { code, stderr: await stderr };
}

const SHORT = [
  "generate",
  "--duration",
  "3",
  "--eggs",
  "100000",
  "--workers",
  "1",
  "--out",
  "farm",
];

Deno.test("a command whose reader is gone does its work and ends as it would have", () =>
  inTempFolder(async (cwd) => {
    const quiet = { code: 0, stderr: "" };
    assertEquals(await unheard(["generate", "--help"], cwd, "stdout"), quiet);
    assertEquals(await unheard([...SHORT, "--json"], cwd, "stdout"), quiet);
    assertEquals(Deno.statSync(`${cwd}/farm/datapackage.json`).isFile, true);
    assertEquals((await unheard([...SHORT, "--force"], cwd, "both")).code, 0);
    assertEquals(await unheard(["generate", "--eggs", "5", "--json"], cwd, "both"), {
      code: 2,
      stderr: "",
    });
  }));

Deno.test("write() writes on where a stream takes a part, and only overlooks a broken pipe", () => {
  let taken = "";
  const slow = {
    writeSync(bytes: Uint8Array) {
      taken += String.fromCharCode(bytes[0]!);
      return 1;
    },
  };
  write(slow, "salmon");
  assertEquals(taken, "salmon");
  const failing = (thrown: Error) => ({
    writeSync(): number {
      throw thrown;
    },
  });
  write(failing(new Deno.errors.BrokenPipe()), "salmon");
  assertThrows(() => write(failing(new Error("the disk is full")), "salmon"), Error, "disk");
});

Deno.test("fitted() keeps a line of progress within the terminal", () => {
  assertEquals(fitted("copy", 80), "copy");
  assertEquals(fitted("x".repeat(79), 80), "x".repeat(79));
  assertEquals(fitted("x".repeat(80), 80), "x".repeat(79));
  assertEquals(fitted("x".repeat(500), 40), "x".repeat(39));
  assertEquals(fitted("鮭鮭鮭", 6), "鮭鮭");
  assertEquals(fitted("abc", 1), "");
});

Deno.test("a result that cannot be written is refused by the environment, and is no defect", () =>
  inTempFolder(async (cwd) => {
    const redd = [Deno.execPath(), "run", "-A", join(PROJECT, "cli/main.ts")];
    const line = ["schedule", "--batches", "1", "--dry-run", "--json"];
    const { code, stderr } = await new Deno.Command("sh", {
      args: ["-c", 'exec "$@" >/dev/full', "sh", ...redd, ...line],
      cwd,
      env: { NO_COLOR: "1" },
    }).output();
    assertEquals(code, 3);
    assertMatch(
      new TextDecoder().decode(stderr),
      /^error: Cannot write the result to standard output: No space left on device .*\n$/,
    );
  }));
