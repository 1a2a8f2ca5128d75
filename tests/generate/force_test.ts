// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { identityIn, isFinished } from "../../src/generate/dataset_in.ts";
import { beginDataset, openFolder } from "../../src/generate/folder.ts";
import { datasetIdentity } from "../../src/generate/prepare.ts";
import { lean } from "../small_farm.ts";
import { copyTree, digestsIn, inTempFolder } from "./files.ts";
import { generateSmall, small } from "./small_dataset.ts";

Deno.test("a dataset whose replacement is killed at any step is the old one or the new one, begun", () =>
  inTempFolder(async (folder) => {
    const [older, newer] = [8, 7].map((seed) =>
      datasetIdentity({ schedule: small, fixtures: lean, seed })
    );
    const { renameSync, removeSync } = Deno;
    await generateSmall(`${folder}/old`, { seed: 8 });
    let steps = 0;
    for (let done = false; !done; steps++) {
      const out = `${folder}/${steps}`;
      copyTree(`${folder}/old`, out);
      const before = digestsIn(out);
      let left = steps;
      const killed =
        <Args extends unknown[]>(write: (...args: Args) => void) => (...args: Args) => {
          if (left-- === 0) throw new Error("killed");
          write(...args);
        };
      Deno.renameSync = killed(renameSync);
      Deno.removeSync = killed(removeSync);
      try {
        beginDataset(out, newer!, true);
        done = true;
      } catch (thrown) {
        assertEquals((thrown as Error).message, "killed");
      } finally {
        Deno.renameSync = renameSync;
        Deno.removeSync = removeSync;
      }
      if (isFinished(out)) {
        assertEquals(identityIn(out), older);
        for (const [path, digest] of Object.entries(before)) {
          assertEquals(digestsIn(out)[path], digest, `${path} after ${steps} steps`);
        }
      } else {
        assertEquals(identityIn(out), newer, `after ${steps} steps`);
        assertEquals(openFolder(out, newer!, false), "begun");
      }
    }
    assert(steps > 4, `${steps} steps`);
  }));
