/** PostgreSQL's programs as they are run. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { ReddError } from "../../src/errors.ts";
import { type Outcome, runProgram } from "../../src/server/program.ts";

const BOUND = { ms: 60_000, what: "the program" };

/** Runs a `pg_ctl` of a few lines of shell, with a signal. */
async function runScript(script: string, aborter: AbortController): Promise<Outcome> {
  const folder = await Deno.makeTempDir();
  try {
    Deno.mkdirSync(join(folder, "bin"));
    Deno.writeTextFileSync(join(folder, "bin/pg_ctl"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const program = {
      binaries: folder,
      account: { name: "myself" },
      folder,
      data: folder,
      signals: false,
    };
    const waits = { notice: () => {}, signal: aborter.signal };
    return await runProgram(program, "pg_ctl", ["start"], BOUND, waits);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("runProgram() gives the code and the text of what has ended", async () => {
  const outcome = await runScript("echo FATAL: no water; exit 3", new AbortController());
  assertEquals(outcome, { code: 3, text: "FATAL: no water\n" });
});

Deno.test("a program that Ctrl-C has ended before us was interrupted, not broken", async () => {
  const aborter = new AbortController();
  // The terminal tells everybody; the program is quicker to end than we are to hear.
  const late = runScript("echo 'LOG: database system is shut down'; exit 1", aborter);
  setTimeout(() => aborter.abort(), 60);
  const error = await assertRejects(() => late, ReddError);
  assertEquals([error.fault, error.code], ["interrupted", "INTERRUPTED"]);
});
