/** How a database is copied on servers of every age, told by the statements that are sent. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import type { Target } from "../../src/postgres/target.ts";
import { sharesNoBlocks } from "../../src/generate/room.ts";
import { copyDatabase, LARGE_DATABASE } from "../../src/snapshot/copying.ts";
import type { StandingDatabase } from "../../src/snapshot/standing.ts";

const farm = { name: 'fa"rm', owner: "anna" } as StandingDatabase;

/** Copies on a server that answers nothing, and refuses what fits; returns the statements. */
async function sent(
  version: number,
  bytes: number | undefined,
  refuses: (statement: string, place: number) => string | undefined = () => undefined,
  plainCopies?: boolean,
): Promise<string[]> {
  const statements: string[] = [];
  const admin = {
    version,
    query(statement: string) {
      statements.push(statement);
      const code = refuses(statement, statements.length);
      return code === undefined
        ? Promise.resolve([])
        : Promise.reject(Object.assign(new Error(statement), { code }));
    },
  } as unknown as Target;
  const copying = { cannot: "copy", disconnect: false, from: farm, bytes, plainCopies };
  await copyDatabase({ admin, keeper: admin }, copying);
  return statements;
}

const strategyOf = (statement: string | undefined) => /strategy (\w+)$/.exec(statement ?? "")?.[1];

Deno.test("small databases go through the server's memory, large ones file by file", async () => {
  const [small, ...none] = await sent(180004, LARGE_DATABASE - 1);
  assertMatch(
    small!,
    /^create database "redd\.unfinished\.[0-9a-f]{16}" template "fa""rm" owner "anna" allow_connections false connection limit 1919247460 strategy wal_log$/,
  );
  assertEquals(none, []);
  for (const bytes of [LARGE_DATABASE, undefined]) {
    const [method, large] = await sent(180004, bytes);
    assertEquals(method, "set file_copy_method = clone");
    assertEquals(strategyOf(large), "file_copy");
  }
  assertEquals((await sent(170000, LARGE_DATABASE)).map(strategyOf), ["file_copy"]);
  // PostgreSQL 14 does not ask.
  assertEquals((await sent(140000, 1)).map(strategyOf), [undefined]);
});

Deno.test("where files are known to share no blocks, the server is not asked to try", async () => {
  const statements = await sent(180004, LARGE_DATABASE, undefined, true);
  assertEquals(statements.map(strategyOf), ["file_copy"]);
  assertEquals(sharesNoBlocks("/proc"), false);
  assertEquals(sharesNoBlocks("/dev/shm/nowhere"), Deno.build.os === "linux");
});

Deno.test("where server or file system share no blocks, the copy is made in the plain way", async () => {
  const [, unknown] = await sent(
    180004,
    LARGE_DATABASE,
    (text) => text.startsWith("set") ? "22023" : undefined,
  );
  assertEquals(strategyOf(unknown), "file_copy");
  const again = await sent(180004, LARGE_DATABASE, (_, place) => place === 2 ? "58030" : undefined);
  assertEquals(again[2], "reset file_copy_method");
  assertEquals(again[3], again[1]);
  // What is no fault of the file system is not tried twice.
  const refused = sent(180004, LARGE_DATABASE, (_, place) => place === 2 ? "42501" : undefined);
  const error = await assertRejects(() => refused);
  assert(String(error).includes("create database"));
});
