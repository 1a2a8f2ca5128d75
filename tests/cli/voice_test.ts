/** The voice of the command line, where nobody listens any more. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { join } from "node:path";
import { write } from "../../cli/screen.ts";
import { openVoice } from "../../cli/voice.ts";
import { inTempFolder } from "../generate/files.ts";
import { PROJECT } from "../project.ts";

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

/** What a voice has said to a screen whose clock and columns are set by hand. */
function stage(moves: boolean, columns = 80, quiet = false) {
  const screen = {
    moves,
    time: 0,
    width: columns,
    said: "",
    columns: () => screen.width,
    now: () => screen.time,
    out: (text: string) => void (screen.said += text),
    err: (text: string) => void (screen.said += text),
  };
  const voice = openVoice({ quiet, verbose: false, json: false }, screen);
  /** What has been said since the last time. */
  const heard = () => {
    const { said } = screen;
    screen.said = "";
    return said;
  };
  return { screen, voice, heard };
}

const CLEAR = "\r\x1b[K";

/** Clears a line that a narrower terminal has broken, with all below it. */
const CLEAR_BROKEN = `${CLEAR}\x1b7\x1b[B\x1b[J\x1b8`;

Deno.test("on a terminal progress is one line, changed ten times a second and cleaned up", () => {
  const { screen, voice, heard } = stage(true);
  let frames = 0;
  for (; screen.time < 1000; screen.time += 7) {
    voice.progress(`row ${screen.time}`);
    if (heard() !== "") frames++;
  }
  assertEquals(frames, 10);
  screen.time = 2000;
  voice.progress("copy");
  assertEquals(heard(), `${CLEAR}copy\r`);
  voice.say("Done.");
  assertEquals(heard(), `${CLEAR}Done.\n`);
  voice.close();
  assertEquals(heard(), CLEAR);
});

Deno.test("progress has the width that the terminal has at that moment, but for the last column", () => {
  const { screen, voice, heard } = stage(true);
  voice.progress("x".repeat(500));
  assertEquals(heard(), `${CLEAR}${"x".repeat(79)}\r`);
  screen.time = 100;
  screen.width = 40;
  voice.progress((columns) => `${columns} of ${"鮭".repeat(500)}`);
  assertEquals(heard(), `${CLEAR_BROKEN}39 of ${"鮭".repeat(16)}\r`);
  // What is not seen is written out, and does not make the line longer either.
  screen.time = 200;
  voice.progress("\x1b".repeat(500));
  assertEquals(heard(), `${CLEAR}${"\\u001b".repeat(6)}\\u0\r`);
  // A line that still fits is not broken by a terminal that is narrower now.
  screen.time = 300;
  voice.progress("x");
  screen.time = 400;
  screen.width = 5;
  heard();
  voice.progress("y");
  assertEquals(heard(), `${CLEAR}y\r`);
});

Deno.test("where nothing may move a line of progress comes every ten seconds, without an escape", () => {
  const { screen, voice, heard } = stage(false);
  for (; screen.time < 35_000; screen.time += 50) voice.progress(`at ${screen.time}`);
  voice.close();
  const lines = [10_000, 20_000, 30_000].map((time) => `progress: at ${time}\n`);
  assertEquals(heard(), lines.join(""));
});

Deno.test("a tick shows a line anew, says that there is no news, and is silent while one rests", () => {
  for (const moves of [true, false]) {
    const { screen, voice, heard } = stage(moves);
    const shown = (line: string) => moves ? `${CLEAR}${line}\r` : `progress: ${line}\n`;
    const tickAt = (time: number) => {
      screen.time = time;
      voice.tick();
      return heard();
    };
    assertEquals(tickAt(4000), "");
    assertEquals(tickAt(10_000), shown("still at work, no news for 10 s"));
    screen.time = 11_000;
    voice.progress("counting the rows");
    heard();
    assertEquals(tickAt(21_000), shown("counting the rows, no news for 10 s"));
    voice.progress(() => `index 14 of 73, ${screen.time / 1000} s`);
    heard();
    assertEquals(tickAt(33_000), shown("index 14 of 73, 33 s"));
    // What is said comes after what was shown: the index is no longer made.
    voice.say("Loaded.");
    heard();
    assertEquals(tickAt(43_000), shown("still at work, no news for 10 s"));
    voice.rest();
    heard();
    assertEquals(tickAt(90_000), "");
    voice.progress("wiping");
    heard();
    assertEquals(tickAt(100_000), shown("wiping, no news for 10 s"));
  }
});

Deno.test("--quiet shows no progress, and no silence", () => {
  for (const moves of [true, false]) {
    const { screen, voice, heard } = stage(moves, 80, true);
    for (; screen.time < 60_000; screen.time += 1000) voice.tick();
    voice.progress("copy");
    assertEquals(heard(), "");
  }
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
