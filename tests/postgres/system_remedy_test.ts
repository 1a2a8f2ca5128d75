// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertMatch } from "@std/assert";
import { connectionFailure, loadFailure } from "../../src/postgres/failure.ts";

const url = "postgres://anna@db/farm";

/** What a system throws. */
const thrown = (code: string) => Object.assign(new Error("told so"), { code });

for (
  const [code, remedy] of [
    ["EMFILE", /ulimit -n/],
    ["ENFILE", /fewer --jobs/],
    ["ENOMEM", /memory of this machine/],
    ["EACCES", /right to read it/],
    ["EPERM", /firewall forbids it/],
    ["EIO", /look at the system's log/],
    ["ESTALE", /mount it again/],
  ] as const
) {
  Deno.test(`${code} has a remedy of its own while a dataset is loaded and connected to`, () => {
    assertMatch(connectionFailure(thrown(code), url).message, remedy);
    const place = { cannot: "load farm", url, remedy: "Run the same command again" };
    const { message } = loadFailure(thrown(code), place);
    assertMatch(message, remedy);
    assertMatch(message, /\. Run the same command again\.$/);
  });
}

Deno.test("what no system says keeps the remedy of its place", () => {
  const { message } = loadFailure(thrown("constructor"), { cannot: "load farm", url });
  assertEquals(message, "Cannot load farm: told so.");
  assertMatch(connectionFailure(thrown("X"), url).message, /Check the connection string with psql/);
});
