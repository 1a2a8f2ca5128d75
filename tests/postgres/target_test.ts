// @ts-types="../../types/std_assert.d.ts"
import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { join } from "node:path";
import { ReddError } from "../../src/errors.ts";
import { loadDeferred } from "../load/believed.ts";
import { connect, requireVersion, versionName } from "../../src/postgres/target.ts";
import { ask, startTestServer } from "../load/databases.ts";
import { MINI, writeDataset } from "../load/mini_dataset.ts";

const test = await startTestServer("18");
const { server } = test;
Deno.test.afterAll(() => test.end());

const CANARY = "c4n4ry-pa55word";
await ask(server.url("postgres"), `create role canary login password '${CANARY}'`);
const folder = join(test.folder, "dataset");
await Deno.mkdir(folder);
await writeDataset(folder);

const place = `127.0.0.1:${server.port}`;
const closedPort = (() => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  listener.close();
  return listener.addr.port;
})();

for (
  const [what, url, code, because] of [
    ["a wrong password", `redd:${CANARY}@${place}/postgres`, "LOGIN_REFUSED", 'for user "redd"'],
    ["an unknown user", `nobody:${CANARY}@${place}/postgres`, "LOGIN_REFUSED", 'user "nobody"'],
    ["a missing database", `canary:${CANARY}@${place}/pond`, "DATABASE_MISSING", '"pond"'],
    ["an unknown host", `redd:${CANARY}@no.such.host.invalid/farm`, "HOST_UNKNOWN", "no host"],
    [
      "a closed port",
      `redd:${CANARY}@127.0.0.1:${closedPort}/farm`,
      "CONNECTION_REFUSED",
      "nothing",
    ],
    ["no Unix socket", `redd:${CANARY}@/farm?host=/nowhere`, "CONNECTION_REFUSED", "nothing"],
    [
      "a user without rights",
      `canary:${CANARY}@${place}/postgres`,
      "RIGHTS_MISSING",
      "canary may not",
    ],
    [
      "a server without TLS",
      `canary:${CANARY}@${place}/postgres?sslmode=require`,
      "TLS_MISSING",
      "the server has no TLS, which sslmode demands",
    ],
  ] as const
) {
  Deno.test(`${what} is told without the password`, async () => {
    const text = `postgres://${url}`;
    const error = await assertRejects(() => loadDeferred(folder, { url: text }), ReddError);
    assertEquals(
      [error.fault, error.exitCode, error.code],
      ["environment", 3, code],
      error.message,
    );
    assertStringIncludes(error.message, because);
    assertStringIncludes(error.message, ":***@");
    const all = Deno.inspect(error, { depth: 20, showHidden: true, iterableLimit: 1000 });
    assert(!all.includes(CANARY), all);
  });
}

Deno.test("a login without a password is told that none was found, and the ways to give one", async () => {
  const without = `postgres://canary@${place}/postgres`;
  const error = await assertRejects(() => connect(without), ReddError);
  assertEquals([error.fault, error.code], ["environment", "LOGIN_REFUSED"]);
  assertEquals(
    error.message,
    `Cannot connect to ${without}: the server wants a password, and none was found. ` +
      "Give it as PGPASSWORD or in the password file ~/.pgpass, which its owner alone may read " +
      "(chmod 600), or allow this login without one in the server's pg_hba.conf.",
  );
  const wrong = await assertRejects(() => connect(without.replace("@", ":wrong@")), ReddError);
  assertStringIncludes(wrong.message, "password authentication failed");
  assertStringIncludes(wrong.message, "Correct the user and password");
});

Deno.test("neither the report nor the message of a failed load shows the password", async () => {
  await ask(server.url("postgres"), "grant create on schema public to canary");
  const url = `postgres://canary:${CANARY}@${place}/postgres`;
  const broken = join(test.folder, "broken");
  await Deno.mkdir(broken);
  await writeDataset(broken, { ...MINI, infrastructure_geography: ["x,y"] });
  const error = await assertRejects(() => loadDeferred(broken, { url }), ReddError);
  assertEquals(error.code, "ROW_REFUSED");
  assert(!Deno.inspect(error, { depth: 20, showHidden: true }).includes(CANARY));
  const report = await loadDeferred(folder, { url });
  assertEquals(report.target, `postgres://canary:***@${place}/postgres`);
  assert(!JSON.stringify(report).includes(CANARY));
});

Deno.test("a host that never answers is given up", async () => {
  const silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const url = `postgres://redd:${CANARY}@127.0.0.1:${silent.addr.port}/farm?connect_timeout=0.3`;
  const accepted = silent.accept();
  const error = await assertRejects(() => connect(url), ReddError);
  assertEquals(error.code, "HOST_UNREACHABLE");
  assert(!Deno.inspect(error, { depth: 20 }).includes(CANARY));
  (await accepted).close();
  silent.close();
});

Deno.test("a connection string that says all is not disturbed by the environment", async () => {
  const disturbing = {
    PGTARGETSESSIONATTRS: "any",
    PGSSL: "require",
    PGSSLMODE: "verify-full",
    PGSSLNEGOTIATION: "direct",
    PGHOST: "nowhere.invalid",
    PGUSER: "nobody",
    PGPASSWORD: "wrong",
    PGOPTIONS: "-c default_transaction_read_only=on",
  };
  for (const [name, value] of Object.entries(disturbing)) Deno.env.set(name, value);
  try {
    const target = await connect(server.url("postgres"));
    const [row] = await target.query("select current_user as user, pg_is_in_recovery() as standby");
    assertEquals(row, { user: "redd", standby: false });
    await target.close();
  } finally {
    for (const name of Object.keys(disturbing)) Deno.env.delete(name);
  }
});

Deno.test("a connection string's options set the session up", async () => {
  const url = server.url("postgres");
  await ask(url, 'create schema "my farm"');
  const target = await connect(`${url}?options=-c%20search_path%3D%22my%5C%20farm%22`);
  assertEquals(target.schema, "my farm");
  await target.close();
});

Deno.test("requireVersion() lets PostgreSQL 14 and later pass", () => {
  for (const version of [140000, 150018, 180004]) {
    assertEquals(requireVersion(version, "x"), version);
  }
  const url = `postgres://redd:${CANARY}@db/farm`;
  const error = assertThrows(() => requireVersion(130010, url), ReddError);
  assertEquals([error.fault, error.code], ["environment", "SERVER_TOO_OLD"]);
  assertStringIncludes(error.message, "PostgreSQL 13.10, expected 14 or later");
  assert(!error.message.includes(CANARY));
});

Deno.test("versionName() writes version numbers as people do", () => {
  assertEquals([180004, 130010, 90624].map(versionName), ["18.4", "13.10", "9.6"]);
});

Deno.test("a target whose connection is closed refuses further statements", async () => {
  const target = await connect(server.url("postgres"));
  const killed = assertRejects(() => target.query("select pg_sleep(60)"));
  await ask(
    server.url("postgres"),
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'redd'",
  );
  await killed;
  await assertRejects(() => target.query("select 1"), Error, "closed");
  await assertRejects(() => target.copy("copy pg_class from stdin"), Error, "closed");
  await target.close();
});
