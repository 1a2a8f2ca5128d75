/**
 * The npm package as a user has it: packed, installed into an empty folder, and run there. It needs
 * npm's registry, or its cache, and is run by `.ci/package`.
 */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { readDatasetCatalogue } from "../../src/fixtures/ready_datasets.ts";
import { outcomeOf } from "../cli/command_line.ts";
import { PROJECT } from "../project.ts";
import { run } from "../run.ts";
import { temporaryFolder } from "../server/temporary.ts";

/** What may be taken from npm's cache is not asked for; what is not answered ends. */
const FROM_NPM = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];

/** Variables that would name a database. */
const NO_DATABASE = { DATABASE_URL: "", PGHOST: "", PGSERVICE: "", PGDATABASE: "" };

/** Whether root may close the network to a program; elsewhere only npm's and Deno's is closed. */
const canUnshare = Deno.build.os === "linux" && Deno.uid() === 0;

/** A registry and a proxy where nobody answers. */
const NO_NETWORK = {
  npm_config_registry: "http://127.0.0.1:9/",
  https_proxy: "http://127.0.0.1:9/",
  http_proxy: "http://127.0.0.1:9/",
};

Deno.test("the package, packed and installed, is the command redd", async (t) => {
  const folder = await temporaryFolder();
  const home = join(folder, "home");
  const [bin, cwd] = [join(home, "node_modules/.bin/redd"), join(folder, "work")];
  await Deno.mkdir(home);
  await Deno.mkdir(cwd);
  const spawn = (program: string, args: string[], env: Record<string, string> = {}) =>
    new Deno.Command(program, {
      args,
      cwd,
      env: { NO_COLOR: "1", ...NO_DATABASE, ...env },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  const redd = (...line: string[]) => outcomeOf(spawn(bin, line));
  const offline = (...line: string[]) =>
    outcomeOf(
      canUnshare
        ? spawn("unshare", ["-n", bin, ...line], NO_NETWORK)
        : spawn(bin, line, NO_NETWORK),
    );
  try {
    const made = join(folder, "package");
    await t.step(
      "it is made, the same each time, and names no folder of this machine",
      async () => {
        await run(Deno.execPath(), "task", "--config", join(PROJECT, "deno.json"), "package", made);
        const again = join(folder, "again");
        await run(
          Deno.execPath(),
          "task",
          "--config",
          join(PROJECT, "deno.json"),
          "package",
          again,
        );
        assertEquals(await run("diff", "-r", made, again), "");
        for (const { name } of Deno.readDirSync(join(made, "lib"))) {
          const text = await Deno.readTextFile(join(made, "lib", name));
          for (const place of [PROJECT, Deno.env.get("HOME") ?? "/root", "../../../", ".cache/"]) {
            assert(!text.includes(`${place}/`), `${name} has ${place}`);
          }
        }
      },
    );

    await t.step("a folder with something else is left alone", async () => {
      const full = join(folder, "full");
      await Deno.mkdir(full);
      await Deno.writeTextFile(join(full, "mine.txt"), "mine");
      const { code, stderr } = await outcomeOf(spawn(Deno.execPath(), [
        ...["task", "--config", join(PROJECT, "deno.json"), "package", full],
      ]));
      assertEquals(code, 1);
      assertStringIncludes(stderr, "holds something else than a package of Redd");
      assertEquals(await Deno.readTextFile(join(full, "mine.txt")), "mine");
    });

    let packed = "";
    await t.step("npm packs it and installs it into an empty folder", async () => {
      const [{ filename }] = JSON.parse(
        await run("npm", "pack", made, "--json", "--pack-destination", folder),
      );
      packed = join(folder, filename);
      assert(Deno.statSync(packed).size < 4e6, "the package has grown");
      await run("npm", "install", "--prefix", home, ...FROM_NPM, packed);
      const { dependencies, optionalDependencies } = JSON.parse(
        await Deno.readTextFile(join(made, "package.json")),
      );
      for (const version of Object.values({ ...dependencies, ...optionalDependencies })) {
        assertMatch(version as string, /^\d+\.\d+\.\d+[\w.-]*$/);
      }
    });

    await t.step("it says what it is, with the name that is typed", async () => {
      const { version } = JSON.parse(await Deno.readTextFile(join(PROJECT, "deno.json")));
      assertEquals(await redd("--version"), { code: 0, stdout: `${version}\n`, stderr: "" });
      const help = await outcomeOf(spawn("npx", ["--prefix", home, "redd", "--help"]));
      assertEquals([help.code, help.stderr], [0, ""]);
      assertStringIncludes(help.stdout, "Usage: redd COMMAND [FLAGS]");
      const wrong = await redd("generat");
      assertEquals(wrong.code, 2);
      assertStringIncludes(wrong.stderr, "Did you mean generate? See redd help");
      assertEquals((await redd("constructor")).code, 2);
    });

    // From here on each run is in a folder whose files would be Deno's if it looked for them.
    await Deno.writeTextFile(join(cwd, "package.json"), "{ not JSON");
    await Deno.writeTextFile(join(cwd, "deno.json"), '{ "lock": 3, "imports": 4 }');

    await t.step(
      "without a network it makes the dataset of the source, and checks it",
      async () => {
        const { digest } = readDatasetCatalogue().datasets.find(({ name }) => name === "single")!;
        const { code, stdout, stderr } = await offline("generate", "--preset", "single");
        assertEquals(code, 0, stderr);
        assertStringIncludes(stdout, `digest: ${digest}`);
        const checked = await offline("verify", "out/single", "--only", "C-17,LAW-FEED*");
        assertEquals(checked.code, 0, checked.stderr);
        assertMatch(checked.stdout, /^\d+ checks passed, 0 failed/m);
        const archived = await offline("archive", "out/single");
        assertEquals(archived.code, 0, archived.stderr);
      },
    );

    await t.step(
      "start generates, loads into the PostgreSQL that npm brought, and checks",
      async () => {
        const { code, stdout, stderr } = await redd("start");
        assertEquals(code, 0, stderr);
        assertMatch(stdout, /^2\. Loaded postgres:\/\/redd:/m);
        assertMatch(stdout, /\d+ checks passed, 0 failed/);
      },
    );

    await t.step("a command has its own rights and no others", async () => {
      const table = join(home, "node_modules/@redd/redd/lib/permissions.json");
      const rights = JSON.parse(await Deno.readTextFile(table));
      const { tasks } = JSON.parse(await Deno.readTextFile(join(PROJECT, "deno.json")));
      for (const [name, flags] of Object.entries<string[]>(rights)) {
        const words = tasks[name].command.split(" ").filter((word: string) =>
          /^--(?:no-prompt|allow-)/.test(word)
        );
        assertEquals(flags, words, name);
      }
      // What the table leaves out is not there: without it, nothing is written.
      const less = { ...rights, generate: ["--no-prompt", "--allow-read", "--allow-env=TERM"] };
      await Deno.writeTextFile(table, JSON.stringify(less));
      const { code, stderr } = await redd("generate", "--out", "out/forbidden");
      assertEquals(code, 3, stderr);
      assertStringIncludes(stderr, "it was not given the right to write");
      await Deno.writeTextFile(table, JSON.stringify(rights));
    });

    await t.step("a signal reaches it, and its exit code is Redd's", async () => {
      const child = spawn(bin, ["db"]);
      const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
      assertMatch((await reader.read()).value ?? "", /./);
      child.kill("SIGTERM");
      while (!(await reader.read()).done);
      await child.stderr.cancel();
      assertEquals((await child.status).code, 0);
    });

    await t.step("without its Deno it says so", async () => {
      await Deno.remove(join(home, "node_modules/@deno"), { recursive: true });
      await Deno.remove(join(home, "node_modules/deno/deno")).catch(() => {});
      const { code, stdout, stderr } = await redd("--version");
      assertEquals([code, stdout], [3, ""]);
      assertMatch(
        stderr,
        /^error: Cannot run redd: Deno is not installed beside it \(.*\)\. Install/,
      );
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
