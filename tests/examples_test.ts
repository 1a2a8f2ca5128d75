/** Programs of users, as they stand in `examples/`. */
// @ts-types="../types/std_assert.d.ts"
import { assertEquals, assertMatch } from "@std/assert";
import { inTempFolder } from "./generate/files.ts";

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
