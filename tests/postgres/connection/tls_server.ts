/** The tests of TLS on a server of one version. */
// @ts-types="../../../types/std_assert.d.ts"
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ReddError } from "../../../src/errors.ts";
import { connect } from "../../../src/postgres/target.ts";
import type { ServerVersion } from "../../../src/server/server.ts";
import { ask, startTestServer, type TestServer } from "../../load/databases.ts";

const FILES = fileURLToPath(new URL("tls", import.meta.url));
const fileOf = (name: string) => join(FILES, name);

/** Who may connect how, before the server's own rules. */
const RULES = [
  "hostssl all certified all cert map=names",
  "host all certified all reject",
  "hostssl all guarded all trust",
  "host all guarded all reject",
  "hostnossl all plain all trust",
  "host all plain all reject",
];

/** Gives a running server its certificate and these rules. */
async function turnOn({ server }: TestServer): Promise<void> {
  const { data } = server;
  const { uid, gid } = await Deno.stat(data);
  for (const name of ["ca.crt", "server.crt", "server.key"]) {
    const copy = join(data, name);
    await Deno.copyFile(fileOf(name), copy);
    await Deno.chmod(copy, 0o600);
    await Deno.chown(copy, uid, gid);
  }
  const rules = join(data, "pg_hba.conf");
  await Deno.writeTextFile(rules, [...RULES, await Deno.readTextFile(rules)].join("\n"));
  await Deno.writeTextFile(join(data, "pg_ident.conf"), "names canary certified\n", {
    append: true,
  });
  const url = server.url("postgres");
  await ask(
    url,
    "create role certified login",
    "create role guarded login",
    "create role plain login",
    "alter system set ssl_ca_file = 'ca.crt'",
    "alter system set ssl = on",
    "select pg_reload_conf()",
  );
  while ((await ask(url, "show ssl"))[0]?.[0] !== "on") {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Registers the tests; the server starts at once and stops after them. */
export async function testTls(version: ServerVersion): Promise<void> {
  const test = await startTestServer(version);
  const keys = await Deno.makeTempDir();
  Deno.test.afterAll(async () => {
    await Deno.remove(keys, { recursive: true });
    await test.end();
  });
  await turnOn(test);
  for (const name of ["client.key", "server.key"]) {
    await Deno.copyFile(fileOf(name), join(keys, name));
    await Deno.chmod(join(keys, name), 0o600);
  }
  const { url, port } = test.server;
  const own = (query: string, host = "localhost") =>
    `${url("postgres").replace("127.0.0.1", host)}?${query}`;
  const as = (user: string, query: string) =>
    `postgres://${user}@localhost:${port}/postgres?${query}`;
  const authority = `sslrootcert=${fileOf("ca.crt")}`;
  const other = `sslrootcert=${fileOf("other_ca.crt")}`;
  const certificate = `sslcert=${fileOf("client.crt")}&sslkey=${join(keys, "client.key")}`;

  for (
    const [what, text, safe] of [
      ["sslmode=disable", own("sslmode=disable"), false],
      ["sslmode=allow, where none is needed", own("sslmode=allow"), false],
      ["sslmode=allow, where it is needed", as("guarded", "sslmode=allow"), true],
      ["sslmode=prefer", own("sslmode=prefer"), true],
      ["no sslmode", own(""), true],
      ["sslmode=prefer, where it is not wanted", as("plain", "sslmode=prefer"), false],
      ["sslmode=require and an unknown authority", own("sslmode=require"), true],
      ["sslmode=require and the authority", own(`sslmode=require&${authority}`), true],
      ["sslmode=verify-ca", own(`sslmode=verify-ca&${authority}`), true],
      [
        "sslmode=verify-ca, by another name",
        own(`sslmode=verify-ca&${authority}`, "127.0.0.1"),
        true,
      ],
      ["sslmode=verify-full", own(`sslmode=verify-full&${authority}`), true],
      ["a certificate of the client's", as("certified", `sslmode=require&${certificate}`), true],
    ] as const
  ) {
    Deno.test(`${version}: ${what} connects ${safe ? "with" : "without"} TLS`, async () => {
      const target = await connect(text);
      const rows = await target.query("select ssl from pg_stat_ssl where pid = pg_backend_pid()");
      await target.close();
      assertEquals([...rows], [{ ssl: safe }]);
    });
  }

  for (
    const [what, text, code, because] of [
      [
        "sslmode=verify-full and an unknown authority",
        own("sslmode=verify-full"),
        "CERTIFICATE_REFUSED",
        "sslrootcert=FILE",
      ],
      [
        "sslmode=verify-full and another authority",
        own(`sslmode=verify-full&${other}`),
        "CERTIFICATE_REFUSED",
        "the server's certificate is refused",
      ],
      [
        "sslmode=verify-full and the system's authorities",
        own("sslrootcert=system"),
        "CERTIFICATE_REFUSED",
        "the server's certificate is refused",
      ],
      [
        "sslmode=verify-full and another name",
        own(`sslmode=verify-full&${authority}`, "127.0.0.1"),
        "CERTIFICATE_REFUSED",
        "the server's certificate is for another name",
      ],
      [
        "sslmode=verify-ca and another authority",
        own(`sslmode=verify-ca&${other}`),
        "CERTIFICATE_REFUSED",
        "the server's certificate is refused",
      ],
      [
        "sslmode=require and another authority",
        own(`sslmode=require&${other}`),
        "CERTIFICATE_REFUSED",
        "the server's certificate is refused",
      ],
      [
        "sslmode=require, where TLS is not wanted",
        as("plain", "sslmode=require"),
        "LOGIN_REFUSED",
        "pg_hba.conf",
      ],
      [
        "sslmode=disable, where it is needed",
        as("guarded", "sslmode=disable"),
        "LOGIN_REFUSED",
        "pg_hba.conf",
      ],
      [
        "no certificate of the client's",
        as("certified", "sslmode=require"),
        "LOGIN_REFUSED",
        "certificate",
      ],
      [
        "a key that belongs to another certificate",
        as(
          "certified",
          `sslmode=require&sslcert=${fileOf("client.crt")}&sslkey=${join(keys, "server.key")}`,
        ),
        "TLS_FAILED",
        "Check sslcert and sslkey",
      ],
      [
        "a certificate that is none",
        as(
          "certified",
          `sslmode=require&sslcert=${fileOf("README.md")}&sslkey=${join(keys, "client.key")}`,
        ),
        "TLS_FAILED",
        "Check sslcert and sslkey",
      ],
      [
        "a file that is not there",
        own("sslmode=verify-full&sslrootcert=/nowhere/ca.crt"),
        "CERTIFICATE_UNREADABLE",
        "/nowhere/ca.crt: there is no such file",
      ],
    ] as const
  ) {
    Deno.test(`${version}: ${what} is refused`, async () => {
      const error = await assertRejects(() => connect(text), ReddError);
      assertEquals(error.code, code, error.message);
      assertStringIncludes(error.message, because);
    });
  }

  Deno.test(`${version}: rows are copied over TLS`, async () => {
    const target = await connect(own(`sslmode=verify-full&${authority}`));
    await target.query("create temporary table pond (fish text)");
    const copy = await target.copy("copy pond from stdin");
    const lines = new TextEncoder().encode("salmon\n".repeat(50_000));
    for (let i = 0; i < 4; i++) await copy.write(lines);
    assertEquals(await copy.finish(), 200_000);
    await target.close();
  });
}
