/** A bit that has turned, in any file at any place: nothing that it has altered is signed. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { fc, runs } from "../random.ts";
import { copyTree, digestsIn, filesIn, inTempFolder } from "./files.ts";
import { type Work, WORKS } from "./killed_works.ts";
import { generate, generateShard } from "../../src/generate/generate.ts";
import { lean } from "../small_farm.ts";
import { generateSmall, small } from "./small_dataset.ts";

/** A run that goes on with what a shard has begun. */
const RESUME: Work = {
  prepare: (folder) =>
    generateShard(
      { schedule: small, fixtures: lean, seed: 7, workers: 1, folder: `${folder}/out` },
      { number: 1, of: 1 },
    ),
  run: (folder) =>
    generate({ schedule: small, fixtures: lean, seed: 7, workers: 1, folder: `${folder}/out` }),
};

for (const [name, work] of Object.entries({ resume: RESUME, ...pick("extend", "merge") })) {
  Deno.test(`${name} signs no bit that has turned, wherever it is`, () =>
    inTempFolder(async (folder) => {
      await generateSmall(`${folder}/whole`);
      const whole = digestsIn(`${folder}/whole`);
      await work.prepare(`${folder}/before`);
      const files = [...filesIn(`${folder}/before`)].filter(([, { bytes }]) => bytes > 0);
      // The manifest is the signature; what it says is held against laws elsewhere.
      const paths = files.filter(([path]) => !path.endsWith("datapackage.json"));
      let turned = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.nat(),
          fc.double({ min: 0, max: 0.999999, noNaN: true }),
          fc.nat(6),
          async (
            pick,
            share,
            bit,
          ) => {
            const own = `${folder}/${turned++}`;
            copyTree(`${folder}/before`, own);
            const [path, { sha256 }] = paths[pick % paths.length]!;
            const bytes = Deno.readFileSync(`${own}/${path}`);
            bytes[Math.floor(share * bytes.length)]! ^= 1 << bit;
            Deno.writeFileSync(`${own}/${path}`, bytes);
            assertNotEquals(filesIn(own).get(path)!.sha256, sha256);
            // Reading shards may refuse them before anything is waited for.
            const refusal = await (async () => await work.run(own))()
              .then(() => undefined, (error) => error);
            if (refusal === undefined) assertEquals(digestsIn(`${own}/out`), whole, path);
            else assert(refusal instanceof ReddError, `${path}: ${refusal}`);
            Deno.removeSync(own, { recursive: true });
          },
        ),
        { numRuns: runs(8) },
      );
    }));
}

function pick(...names: string[]): Record<string, Work> {
  return Object.fromEntries(names.map((name) => [name, WORKS[name]!]));
}
