/** The embedded server for somebody who has never used it, with the flags of the tasks. */
// @ts-types="../../../types/std_assert.d.ts"
import { assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { generate } from "../../../src/generate/generate.ts";
import { temporaryFolder } from "../../server/temporary.ts";
import { lean, oneBatch } from "../../small_farm.ts";
import { redd } from "../command_line.ts";

Deno.test("load, verify, diff and wipe begin with an empty cache that is reached through a link", async () => {
  const cwd = await temporaryFolder();
  try {
    for (const name of ["disk", "state"]) Deno.mkdirSync(join(cwd, name), { mode: 0o755 });
    Deno.symlinkSync(join(cwd, "disk"), join(cwd, "cache"));
    const folder = join(cwd, "farms, north/short");
    await generate({
      folder,
      schedule: oneBatch({ duration: 2 }),
      fixtures: lean,
      seed: 7,
      workers: 1,
    });
    const env = { XDG_CACHE_HOME: join(cwd, "cache"), XDG_STATE_HOME: join(cwd, "state") };
    const line = async (...words: string[]) => {
      const { code, stdout, stderr } = await redd([words[0]!, folder, ...words.slice(1)], {
        cwd,
        env,
      });
      assertEquals(code, 0, stderr);
      return stdout;
    };
    assertMatch(await line("load"), /rows in \d+ tables/);
    assertMatch(await line("verify", "--embedded"), / 0 failed/);
    assertMatch(await line("diff"), /: equal, in/);
    assertMatch(await line("wipe", "--confirm"), /rows removed\.$/m);
    const [copy] = [...Deno.readDirSync(join(cwd, "disk/redd"))].filter((one) => one.isDirectory);
    assertEquals(Deno.lstatSync(join(cwd, "disk/redd", copy!.name, "bin/initdb")).isFile, true);
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
});
