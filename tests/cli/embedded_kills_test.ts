/**
 * Loads into the embedded server that are killed at moments drawn anew in every run: the loader, or
 * the server under it. The same command given again ends in the very rows of the files.
 */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { generate } from "../../src/generate/generate.ts";
import { chance, KILLS } from "../random.ts";
import { temporaryFolder } from "../server/temporary.ts";
import { lean, oneBatch } from "../small_farm.ts";
import { outcomeOf, redd, spawnRedd } from "./command_line.ts";

const cwd = await temporaryFolder();
const run = (...line: string[]) => redd(line, { cwd });

/** The processes of the embedded server: whose programs run from Redd's cache, in this folder. */
function serversIn(folder: string): number[] {
  return [...Deno.readDirSync("/proc")].flatMap(({ name }) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      return Deno.readLinkSync(`/proc/${name}/cwd`).startsWith(folder) ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      Deno.kill(pid, "SIGKILL");
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

Deno.test.afterAll(async () => {
  killAll(serversIn(cwd));
  await Deno.remove(cwd, { recursive: true });
});

Deno.test("an embedded load that is killed again and again ends in the rows of the files", async () => {
  const random = chance();
  const schedule = oneBatch({ duration: 120, eggs: 1_000_000 });
  await generate({ folder: join(cwd, "whole"), schedule, fixtures: lean, seed: 5, workers: 1 });
  const began = performance.now();
  assertEquals((await run("load", "whole", "--method", "rebuild")).code, 0);
  const whole = performance.now() - began;
  let name = "whole";
  for (let i = 0; i < KILLS; i++) {
    // A load that is there already would end at once: each has a database of its own.
    await Deno.rename(join(cwd, name), join(cwd, name = `farm_${i}`));
    const line = ["load", name, "--method", i % 2 === 0 ? "rebuild" : "deferred"];
    const moment = random() * whole;
    const victim = random() < 1 / 3 ? "server" : "loader";
    const child = spawnRedd(line, { cwd });
    const outcome = outcomeOf(child);
    const timer = setTimeout(() => {
      killAll(victim === "server" ? serversIn(cwd) : [child.pid]);
    }, moment);
    await outcome;
    clearTimeout(timer);
    const at = `${line.at(-1)}, ${victim} killed after ${Math.round(moment)} ms`;
    const again = await run(...line);
    assertEquals(again.code, 0, `${at}: ${again.stderr}`);
    const compared = await run("diff", name, "--json");
    assertEquals(compared.code, 0, `${at}: ${compared.stderr}`);
    assert(JSON.parse(compared.stdout).equal, at);
  }
});
