/** Every figure moves with the rows that it is about, and comes to what they give. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { folderDataset } from "../../src/dataset/dataset.ts";
import { allFigures } from "../../src/figures/all_figures.ts";
import { figuresOf, figureTables } from "../../src/figures/figures_of.ts";
import { generate } from "../../src/generate/generate.ts";
import { openFilesEngine } from "../../src/verify/engines/files.ts";
import { lean, oneBatch } from "../small_farm.ts";
import { CHANGES } from "./changes.ts";

Deno.test("every figure has a change that moves it", () => {
  assertEquals(CHANGES.map(({ figure }) => figure), allFigures.map(({ id }) => id));
});

Deno.test("a figure is what the rows give, and moves with them", async (t) => {
  const folder = await Deno.makeTempDir();
  try {
    // Its fish weigh 1 to 4 kg in a summer and in the winter after it.
    const schedule = oneBatch({ start: "2023-02-20", duration: 900, target: 5 });
    const own = `${folder}/life`;
    const { manifest } = await generate({
      folder: own,
      schedule,
      fixtures: lean,
      seed: 7,
      workers: 1,
    });
    const tables = figureTables(allFigures);
    await using engine = await openFilesEngine(folderDataset(own, manifest), {
      threads: 1,
      tables,
    });
    for (const { figure, sql, becomes } of CHANGES) {
      const figures = allFigures.filter(({ id }) => id === figure);
      const ask = async () => (await figuresOf(engine, manifest, { figures }))[0]!;
      await t.step(figure, async () => {
        const before = await ask();
        await engine.run("BEGIN");
        const { value, why } = await engine.run(sql).then(ask).finally(() =>
          engine.run("ROLLBACK")
        );
        assert(value !== null, why);
        if (becomes === "more" || becomes === "less") {
          const [low, high] = becomes === "more" ? [before.value, value] : [value, before.value];
          assert(low !== null && high !== null && low < high, `${before.value} became ${value}`);
        } else {
          const wanted = typeof becomes === "number" ? becomes : becomes(before.value!);
          assertAlmostEquals(value, wanted, Math.abs(wanted) * 2e-3);
          assert(before.value === null || before.value !== value, `it was ${value} before`);
        }
      });
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
