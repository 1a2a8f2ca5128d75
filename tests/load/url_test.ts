// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ReddError } from "../../src/errors.ts";
import { readUrl, redactUrl } from "../../src/load/url.ts";

Deno.test("readUrl() decodes every piece of a connection string", () => {
  const url = "postgresql://us%40er:p%3A%2F%23s@db.example:6543/my%20farm?sslmode=require";
  assertEquals(readUrl(url), {
    host: "db.example",
    port: 6543,
    database: "my farm",
    username: "us@er",
    password: "p:/#s",
    ssl: "require",
    applicationName: "redd",
    connectTimeout: 10,
  });
  assertEquals(
    readUrl("postgres:///farm?host=/var/run/postgresql&port=5433").host,
    "/var/run/postgresql",
  );
  assertEquals(readUrl("postgres:///farm?host=/var/run/postgresql&port=5433").port, 5433);
  assertEquals(readUrl("postgres://me:secret@/farm?host=/run").host, "/run");
  assertEquals(readUrl("postgres://me@").host, "localhost");
  assertEquals(readUrl("postgres://[::1]/farm").host, "::1");
  assertEquals(readUrl("postgres://").host, "localhost");
});

const CANARY = "canary-17";

for (
  const [url, because] of [
    ["canary-17", "is not a URL"],
    ["host=db password=canary-17 user=redd", "is not a URL"],
    ["host=db password='canary-17 b' user=redd", "is not a URL"],
    ["mysql://redd:canary-17@db/farm", "does not begin with postgres://"],
    ["postgres://redd:canary-17#9@db/farm", "is not a URL"],
    ["postgres://redd:12/canary-17@db/farm", "has an @ or # behind the host"],
    ["postgres://redd:12#canary-17@db/farm", "has an @ or # behind the host"],
    ["postgres://redd:12?canary-17@db/farm", "has an @ or # behind the host"],
    ["postgres://redd:canary-17%ZZ@db/farm", "has a percent sign that encodes nothing"],
    ["postgres://redd@db/farm?password=canary-17", "has the parameter password"],
    ["postgres://redd:canary-17@db:70000/farm", "is not a URL"],
    ["postgres://redd:canary-17@db:0/farm", "has a port outside 1 to 65535"],
    ["postgres://redd:canary-17@db/farm?sslmode=maybe", "has an unknown sslmode"],
    ["postgres://redd:canary-17@db/farm?connect_timeout=soon", "has a connect_timeout"],
  ] as const
) {
  Deno.test(`readUrl() refuses ${url}`, () => {
    const error = assertThrows(() => readUrl(url), ReddError);
    assertEquals(error.fault, "input");
    assertStringIncludes(error.message, because);
    if (url !== CANARY) assert(!Deno.inspect(error).includes(CANARY), error.message);
  });
}

Deno.test("redactUrl() hides the password whatever signs it holds", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (left, right) => {
      const shown = redactUrl(`postgres://redd:${left}${CANARY}${right}@db:5432/farm`);
      assert(!shown.includes(CANARY), shown);
      assertStringIncludes(shown, "postgres://redd:***@");
    }),
  );
});

Deno.test("redactUrl() hides the password of a mistyped connection string", () => {
  for (
    const url of [
      `redd:${CANARY}@localhost/farm`,
      `postgres:/redd:${CANARY}@localhost/farm`,
      `postgres:redd:${CANARY}@localhost/farm`,
      `//redd:${CANARY}@localhost/farm`,
    ]
  ) {
    assert(!redactUrl(url).includes(CANARY), redactUrl(url));
  }
});

Deno.test("redactUrl() leaves a connection string without a password as it is", () => {
  for (const url of ["postgres://redd@db:5432/farm?sslmode=require", "postgres:///farm"]) {
    assertEquals(redactUrl(url), url);
  }
});
