/** The committed script of the page is what its sources give. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { PROJECT } from "./pages.ts";

/** What a task of `deno.json` bundles, written somewhere else. */
async function bundled(task: string, to: string): Promise<string> {
  const { tasks } = JSON.parse(await Deno.readTextFile(join(PROJECT, "deno.json")));
  const words = (tasks[task].command as string).split(" ");
  assertEquals(words.shift(), "deno");
  words[words.indexOf("-o") + 1] = to;
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: words,
    cwd: PROJECT,
    stdout: "null",
  }).output();
  assert(success, new TextDecoder().decode(stderr));
  return await Deno.readTextFile(to);
}

for (const name of ["page", "plot"]) {
  Deno.test(`the bundle of ${name} is what \`deno task bundle:${name}\` makes`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      const made = await bundled(`bundle:${name}`, join(folder, `${name}.js`));
      const path = join(PROJECT, `src/report/bundles/${name}.js`);
      assert(await Deno.readTextFile(path) === made, `run \`deno task bundle:${name}\``);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}
