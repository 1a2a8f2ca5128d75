/** How a worker's end becomes the end of the process. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { CUT_OFF } from "../../cli/interrupt.ts";
import { PROJECT } from "../project.ts";
import { flagsOf, lineOf } from "./command_line.ts";

/** Launches a worker that behaves in some way, interrupts it when it is ready, and sees how it ends. */
async function launched(way: string, signal?: Deno.Signal) {
  const folder = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "redd_launch_" }));
  const child = new Deno.Command(Deno.execPath(), {
    args: [...flagsOf("generate"), join(PROJECT, "tests/cli/launched.ts"), way, folder],
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

Deno.test("a worker that does not come to hear of the signal is cut off", async () => {
  assertEquals(await launched("spin", "SIGINT"), {
    code: 130,
    stderr: `${CUT_OFF}\n`,
    steps: [],
    said: "",
  });
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
