/** Random kills: whatever is killed at whatever write, the same command ends in the same bytes. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { chance, KILLS } from "../random.ts";
import { digestsIn, inTempFolder } from "./files.ts";
import { WORKS } from "./killed_works.ts";
import { generateSmall } from "./small_dataset.ts";

const CHILD = fileURLToPath(new URL("./killed_child.ts", import.meta.url));
const CONFIG = fileURLToPath(new URL("../deno.json", import.meta.url));

/** Does a work in a process that kills itself at a write, and returns how it ended. */
async function inChild(...args: string[]): Promise<Deno.CommandOutput> {
  return await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--config", CONFIG, CHILD, ...args],
    stderr: "inherit",
  }).output();
}

for (const [name, work] of Object.entries(WORKS)) {
  Deno.test(`${name} that is killed at any write ends in the bytes of an undisturbed run`, () =>
    inTempFolder(async (folder) => {
      const { schedule } = work;
      await generateSmall(`${folder}/whole`, schedule === undefined ? {} : { schedule });
      const whole = digestsIn(`${folder}/whole`);
      const random = chance();
      await work.prepare(`${folder}/count`);
      const { stdout, success } = await inChild(name, `${folder}/count`, "never");
      assert(success);
      assertEquals(digestsIn(`${folder}/count/out`), whole);
      const writes = Number(new TextDecoder().decode(stdout));
      assert(writes > 20, `${writes} writes`);
      for (let kill = 0; kill < KILLS; kill++) {
        const own = `${folder}/${kill}`;
        await work.prepare(own);
        // Twice: what goes on may be killed as well.
        for (const share of [1, 0.5]) {
          const at = Math.floor(random() * writes * share);
          const { signal, success } = await inChild(name, own, `${at}`);
          assert(signal === "SIGKILL" || (success && share < 1), `killed at ${at}: ${signal}`);
        }
        await work.run(own);
        assertEquals(digestsIn(`${own}/out`), whole, `${name}, kill ${kill}`);
        Deno.removeSync(own, { recursive: true });
      }
    }));
}
