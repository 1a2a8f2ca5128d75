/** How a worker's end becomes the end of the process. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { CUT_OFF } from "../../cli/cut_off.ts";
import { PROJECT } from "../project.ts";
import { flagsOf, lineOf, outcomeOf, spawnRedd } from "./command_line.ts";

/** Launches a worker that behaves in some way, interrupts it when it is ready, and sees how it ends. */
async function launched(way: string, signal?: Deno.Signal, ...more: string[]) {
  const folder = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "redd_launch_" }));
  const child = new Deno.Command(Deno.execPath(), {
    args: [...flagsOf("generate"), join(PROJECT, "tests/cli/launched.ts"), way, folder, ...more],
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const stderr = new Response(child.stderr).text();
  const [stdout, watched] = child.stdout.tee();
  const said = new Response(stdout).text();
  await lineOf(watched, (line) => line === "ready");
  if (signal !== undefined) child.kill(signal);
  if (way === "late") Deno.writeTextFileSync(join(folder, "loaded"), "");
  const { code } = await child.status;
  const steps = Array.from(Deno.readDirSync(folder), ({ name }) => name);
  Deno.removeSync(folder, { recursive: true });
  return { code, stderr: await stderr, steps, said: (await said).replace("ready\n", "") };
}

Deno.test("the exit code of the worker is that of the process, and what must be done is done before", async () => {
  assertEquals(await launched("end"), { code: 7, stderr: "", steps: ["step"], said: "" });
});

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  Deno.test(`${signal} ends what cannot be interrupted, after what must be done`, async () => {
    assertEquals(await launched("wait", signal), {
      code: 130,
      stderr: "",
      steps: ["step"],
      said: "",
    });
  });
}

Deno.test("a signal that comes before the worker listens ends the line before it begins", async () => {
  const { code, said, stderr, steps } = await launched("late", "SIGTERM");
  assertEquals([code, said, stderr, steps], [130, "", "", ["loaded"]]);
  const json = await launched("late", "SIGINT", "--json");
  assertEquals([json.code, JSON.parse(json.said).error.code], [130, "INTERRUPTED"]);
});

Deno.test("without a signal a worker that loads slowly gets its line", async () => {
  const { code, steps } = await launched("late");
  assertEquals([code, steps.sort()], [0, ["loaded", "step"]]);
});

Deno.test("a signal at the very start ends the process", async () => {
  const child = spawnRedd(["datasets"], { cwd: PROJECT });
  child.kill("SIGINT");
  const { code, stdout } = await outcomeOf(child);
  assertEquals([code, stdout], [130, ""]);
});

Deno.test("a worker that does not come to hear of the signal is cut off, and what it leaves is named", async () => {
  const { code, stderr, steps, said } = await launched("spin", "SIGINT", "--json");
  assertEquals([code, steps], [130, ["made.partial"]]);
  assertMatch(stderr, /\nLeft behind, and not whole: \/.*\/made\.partial\.\n$/);
  assertEquals(stderr.split("\n")[0], CUT_OFF);
  const { error } = JSON.parse(said);
  assertEquals([error.code, error.exitCode], ["INTERRUPTED", 130]);
  assertMatch(error.remedy, /^Left behind, and not whole: .*made\.partial\. Run the same command/);
});

Deno.test("a worker that renders is opened by the launcher; its answers and its end are heard", async () => {
  const { code, said } = await launched("render");
  assertEquals(code, 9);
  const [answer, end] = said.split("\n");
  assertEquals(JSON.parse(answer!), {
    kind: "failed",
    message: "A job came before its world",
  });
  assertStringIncludes(end!, "TypeError");
});

Deno.test("who may not render gets no worker that does", async () => {
  const { code, stderr } = await launched("beg");
  assertEquals([code, stderr], [70, "error: This is a defect of Redd.\n"]);
});

Deno.test("an error that nobody caught ends the process as a defect, after what must be done", async () => {
  const { code, stderr, steps } = await launched("fail");
  assertEquals([code, steps], [70, ["step"]]);
  assertStringIncludes(stderr, 'Requires read access to "/etc/passwd"');
  assertStringIncludes(stderr, "This is a defect of Redd.");
});
