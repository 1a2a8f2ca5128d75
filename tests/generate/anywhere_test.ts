// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { generate } from "../../src/generate/generate.ts";
import { lean } from "../small_farm.ts";
import { digestsIn, inTempFolder } from "./files.ts";
import { longer } from "./small_dataset.ts";
import { chance, KILLS } from "../random.ts";

const CHILD = new URL("./generate_in_child.ts", import.meta.url).pathname;

/** Shell words of a child that generates the longer dataset into a folder. */
function childWords(folder: string): string[] {
  return [Deno.execPath(), "run", "-A", "--no-check", CHILD, folder];
}

function start(words: readonly string[], env: Record<string, string> = {}): Deno.ChildProcess {
  const [command, ...args] = words;
  const options = { args, env, stdout: "null", stderr: "null" } as const;
  return new Deno.Command(command!, options).spawn();
}

/** The digests of an undisturbed run in this process. */
async function undisturbed(folder: string, workers: number): Promise<Record<string, string>> {
  await generate({ folder, schedule: longer, fixtures: lean, seed: 7, workers });
  return digestsIn(folder);
}

Deno.test("a run that is killed at random moments ends in the bytes of an undisturbed one", () =>
  inTempFolder(async (folder) => {
    const killed = `${folder}/killed`;
    const random = chance();
    // From before the first byte to after the last; the moments are new in every run of this test.
    for (let kill = 0; kill < KILLS; kill++) {
      const child = start(childWords(killed));
      await new Promise((resolve) => setTimeout(resolve, 100 + random() * 500));
      try {
        child.kill("SIGKILL");
      } catch {
        // It had finished.
      }
      await child.status;
    }
    const { success } = await start(childWords(killed)).status;
    assert(success);
    assertEquals(digestsIn(killed), await undisturbed(`${folder}/whole`, 3));
  }));

Deno.test("time zone, language and umask of the machine do not reach the bytes", () =>
  inTempFolder(async (folder) => {
    const elsewhere = `${folder}/elsewhere`;
    const words = childWords(elsewhere).map((word) => `'${word}'`).join(" ");
    const env = { TZ: "Pacific/Auckland", LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" };
    const { success } = await start(["sh", "-c", `umask 077; exec ${words}`], env).status;
    assert(success);
    const digests = digestsIn(elsewhere);
    for (const workers of [2, 8]) {
      assertEquals(digests, await undisturbed(`${folder}/${workers}`, workers));
    }
  }));
