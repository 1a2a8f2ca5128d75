/** What a server has to be allowed: with that and nothing more it is started. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { serverAccess } from "../../src/server/access.ts";
import { temporaryFolder } from "./temporary.ts";

const base = await temporaryFolder();
Deno.test.afterAll(() => Deno.remove(base, { recursive: true }));
Deno.env.set("XDG_STATE_HOME", join(base, "state"));

const folder = join(base, "out/postgres");
const access = await serverAccess({ dataDir: folder, defaultDir: folder });

/** Starts a server and stops it, with these permissions. */
async function startWith(
  { read, write, run }: typeof access,
): Promise<{ code: number; stderr: string }> {
  const program = new URL("./run_server.ts", import.meta.url).pathname;
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--quiet",
      `--allow-read=${read}`,
      `--allow-write=${write}`,
      `--allow-run=${run}`,
      "--allow-sys=uid",
      "--allow-env=TMPDIR,TMP,TEMP,HOME,USERPROFILE,XDG_STATE_HOME,XDG_CACHE_HOME,PG*",
      "--allow-net=127.0.0.1",
      program,
      folder,
      "stop",
    ],
    env: { NO_COLOR: "1" },
    stdout: "null",
  }).output();
  return { code, stderr: new TextDecoder().decode(stderr) };
}

Deno.test("a server starts and stops with what it says that it needs", async () => {
  assertEquals(await startWith(access), { code: 0, stderr: "" });
  assertEquals(Deno.lstatSync(folder).isDirectory, true);
});

Deno.test("a server needs each of the programs that it says, and its folder", async () => {
  for (const program of ["pg_ctl", "ls"]) {
    const run = access.run.filter((path) => !path.endsWith(`/${program}`));
    const { code, stderr } = await startWith({ ...access, run });
    assertEquals(code, 1);
    assertMatch(stderr, /not given the right to run|Requires run access/);
  }
  const write = access.write.filter((path) => path !== folder);
  assertEquals((await startWith({ ...access, write })).code, 1);
});
