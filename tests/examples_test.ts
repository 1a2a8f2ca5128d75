/** Programs of users, as they stand in `examples/`. */
// @ts-types="../types/std_assert.d.ts"
import { assertEquals, assertMatch } from "@std/assert";
import { generate } from "../src/generate/generate.ts";
import { inTempFolder } from "./generate/files.ts";
import { prepareServer } from "./server/prepared.ts";
import { temporaryFolder } from "./server/temporary.ts";
import { lean, oneBatch } from "./small_farm.ts";

Deno.test("a program of its own makes a dataset from a folder that knows nothing of Redd", () =>
  inTempFolder(async (folder) => {
    const example = new URL("../examples/own_batch.ts", import.meta.url);
    const text = Deno.readTextFileSync(example);
    const mod = new URL("../mod.ts", import.meta.url).href;
    Deno.writeTextFileSync(`${folder}/mine.ts`, text.replaceAll('"../mod.ts"', `"${mod}"`));
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", "mine.ts"],
      cwd: folder,
      env: { NO_COLOR: "1" },
    }).output();
    assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
    assertMatch(new TextDecoder().decode(stdout), /^\d+ rows are in out\/mine\n$/);
    assertEquals(Deno.statSync(`${folder}/out/mine/datapackage.json`).isFile, true);
  }));

Deno.test("workers of parallel tests have a clone each, and give it back", async () => {
  const folder = await temporaryFolder();
  try {
    const mod = new URL("../mod.ts", import.meta.url).href;
    const text = Deno.readTextFileSync(new URL("../examples/parallel_tests.ts", import.meta.url));
    Deno.writeTextFileSync(`${folder}/mine.ts`, text.replaceAll('"../mod.ts"', `"${mod}"`));
    const schedule = oneBatch({ duration: 3 });
    const out = `${folder}/out/short`;
    await generate({ folder: out, schedule, fixtures: lean, seed: 7, workers: 1 });
    const forget = await prepareServer(`${folder}/out/postgres`, "18");
    // The second run finds the snapshot of the first.
    for (let run = 0; run < 2; run++) {
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--no-check", "mine.ts", "out/short"],
        cwd: folder,
        env: { NO_COLOR: "1" },
      }).output();
      assertEquals(code, 0, new TextDecoder().decode(stderr));
      assertEquals(
        new TextDecoder().decode(stdout),
        [1, 2, 3].map((n) => `parallel_tests_clone_${n} is mine\n`).join(""),
      );
    }
    await forget();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
