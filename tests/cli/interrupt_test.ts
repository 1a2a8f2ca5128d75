/** Ctrl-C ends what does not heed it, too. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { processesOf } from "../../src/server/processes.ts";
import { freeze } from "../server/freeze.ts";
import { temporaryFolder } from "../server/temporary.ts";
import { lineOf, spawnRedd, withoutProgress } from "./command_line.ts";

const INTERRUPT = new URL("../../cli/interrupt.ts", import.meta.url).href;

/** A program that waits for what `work` says, with the signal at hand. */
async function interrupted(
  work: string,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const source = `import { interruptible } from ${JSON.stringify(INTERRUPT)};
    addEventListener("unload", () => console.log("unloaded"));
    const awake = setInterval(() => {}, 1000);
    await interruptible(async (signal) => { console.log("ready"); ${work} });
    clearInterval(awake);
    console.log("ended");`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", source],
    env: { NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const [forUs, forLater] = child.stdout.tee();
  await lineOf(forUs, (line) => line === "ready");
  child.kill("SIGINT");
  const [stdout, stderr, { code }] = await Promise.all([
    new Response(forLater).text(),
    new Response(child.stderr).text().then(withoutProgress),
    child.status,
  ]);
  return { code, stdout, stderr };
}

const delay = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

Deno.test("work that heeds the signal ends by itself", async () => {
  const work = "await new Promise((done) => signal.addEventListener('abort', done));";
  assertEquals(await interrupted(work), {
    code: 0,
    stdout: "ready\nended\nunloaded\n",
    stderr: "",
  });
});

Deno.test("work that does not heed the signal is cut off, after the last steps of its process", async () => {
  const { code, stdout, stderr } = await interrupted("await new Promise(() => {});");
  assertEquals([code, stdout], [130, "ready\nunloaded\n"]);
  assertStringIncludes(stderr, "run the same command again");
});

Deno.test("one Ctrl-C ends a command whose server hangs, and the server with it", async () => {
  const cwd = await temporaryFolder();
  try {
    const env = { XDG_STATE_HOME: join(cwd, "state") };
    const child = spawnRedd(["db"], { cwd, env });
    const [forUs, forLater] = child.stdout.tee();
    await lineOf(forUs, (line) => line.startsWith("postgres://"));
    const folder = join(cwd, "out/postgres");
    const [entry] = [...Deno.readDirSync(folder)].filter(({ isDirectory }) => isDirectory);
    const data = join(folder, entry!.name);
    freeze(processesOf(data).all);
    child.kill("SIGINT");
    await forLater.cancel();
    await child.stderr.cancel();
    await child.status;
    // What is killed takes a moment to go.
    for (let i = 0; i < 500 && processesOf(data).all.length > 0; i++) await delay(20);
    assertEquals(processesOf(data), { all: [] });
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
});
