// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { ReddError } from "../../../src/errors.ts";
import { connectionOf, type Surroundings } from "../../../src/postgres/connection/resolve.ts";

const CANARY = "canary-17";

/** An environment, and files with the permissions of their owner alone. */
function surroundings(
  env: Record<string, string>,
  files: Record<string, string> = {},
  mode = 0o100600,
): Surroundings {
  const all: Record<string, string> = { HOME: "/home/anna", USER: "anna", ...env };
  return {
    env: (name) => all[name],
    file: (path) => Promise.resolve(path in files ? { text: files[path]!, mode } : undefined),
  };
}

Deno.test("nothing names a database where only a user, a port or a password is set", async () => {
  const env = { PGUSER: "anna", PGPORT: "6543", PGPASSWORD: CANARY, DATABASE_URL: "", PGHOST: "" };
  assertEquals(await connectionOf({}, surroundings(env)), undefined);
});

const SERVICES = {
  "/home/anna/.pg_service.conf": "[farm]\nhost=farm.example\nuser=sven\nsslmode=verify-full\n",
  "/etc/pg/pg_service.conf": "[sea]\nhost=sea.example\n",
  "/srv/services": "[farm]\nhost=other.example\n",
};

for (
  const [what, given, env, url, from] of [
    ["a string alone", "postgres://bo@db/farm", {}, "postgres://bo@db:5432/farm", undefined],
    ["keywords", "host=db dbname=farm user=bo", {}, "postgres://bo@db:5432/farm", undefined],
    ["no user and no database", "postgres://db", {}, "postgres://anna@db:5432/anna", undefined],
    [
      "LOGNAME, where USER is missing",
      "postgres://db",
      { USER: "", LOGNAME: "lo" },
      "postgres://lo@db:5432/lo",
      undefined,
    ],
    [
      "a string before DATABASE_URL",
      "postgres://bo@db/farm",
      { DATABASE_URL: "postgres://elsewhere/pond" },
      "postgres://bo@db:5432/farm",
      undefined,
    ],
    [
      "DATABASE_URL before PGHOST",
      undefined,
      { DATABASE_URL: "postgres://bo@db/farm", PGHOST: "elsewhere" },
      "postgres://bo@db:5432/farm",
      "DATABASE_URL",
    ],
    [
      "variables that fill what the string leaves open",
      "postgres:///farm",
      { PGHOST: "db", PGPORT: "6543", PGUSER: "bo", PGPASSWORD: "s", PGDATABASE: "pond" },
      "postgres://bo:s@db:6543/farm",
      undefined,
    ],
    [
      "variables alone",
      undefined,
      {
        PGHOST: "/run/pg",
        PGDATABASE: "farm",
        PGSSLMODE: "require",
        PGSSLROOTCERT: "/ca",
        PGSSLCERT: "/c",
        PGSSLKEY: "/k",
        PGAPPNAME: "app",
        PGCONNECT_TIMEOUT: "3",
        PGOPTIONS: "-c search_path=a",
      },
      "postgres://anna@/farm?host=/run/pg&port=5432&sslmode=require&sslrootcert=/ca&sslcert=/c" +
      "&sslkey=/k&application_name=app&connect_timeout=3&options=-c%20search_path%3Da",
      "PGHOST and PGDATABASE",
    ],
    [
      "PGDATABASE alone",
      undefined,
      { PGDATABASE: "farm" },
      "postgres://anna@localhost:5432/farm",
      "PGDATABASE",
    ],
    [
      "a service before variables",
      undefined,
      { PGSERVICE: "farm", PGPORT: "6543", PGUSER: "bo", PGSSLMODE: "disable" },
      "postgres://sven@farm.example:6543/sven?sslmode=verify-full",
      "PGSERVICE",
    ],
    [
      "a string before its service, and the service before variables",
      "postgres://kim@/pond?service=farm",
      { PGHOST: "elsewhere", PGSERVICE: "nowhere" },
      "postgres://kim@farm.example:5432/pond?sslmode=verify-full",
      undefined,
    ],
    [
      "PGSERVICEFILE before the one at home",
      "service=farm",
      { PGSERVICEFILE: "/srv/services" },
      "postgres://anna@other.example:5432/anna",
      undefined,
    ],
    [
      "the system's services after one's own",
      "service=sea",
      { PGSYSCONFDIR: "/etc/pg" },
      "postgres://anna@sea.example:5432/anna",
      undefined,
    ],
    [
      "variables that ask for nothing",
      "postgres://db/farm",
      { PGTARGETSESSIONATTRS: "any", PGCHANNELBINDING: "prefer", PGGSSENCMODE: "disable" },
      "postgres://anna@db:5432/farm",
      undefined,
    ],
  ] as const
) {
  Deno.test(`connectionOf() takes ${what}`, async () => {
    const found = await connectionOf({ url: given }, surroundings(env, SERVICES));
    assertEquals(found, { url, ...(from === undefined ? {} : { from }), notices: [] });
  });
}

const PASSWORDS = {
  "/home/anna/.pgpass": `db:5432:farm:bo:home\n`,
  "/srv/passwords": `db:5432:farm:*:srv\n`,
};

for (
  const [what, given, env, password] of [
    ["the string", "postgres://bo:own@db/farm", { PGPASSWORD: "env" }, "own"],
    ["PGPASSWORD, before a file", "postgres://bo@db/farm", { PGPASSWORD: "env" }, "env"],
    ["the file at home", "postgres://bo@db/farm", {}, "home"],
    ["PGPASSFILE", "postgres://bo@db/farm", { PGPASSFILE: "/srv/passwords" }, "srv"],
    [
      "passfile, before PGPASSFILE",
      "host=db user=bo dbname=farm passfile=/srv/passwords",
      { PGPASSFILE: "/home/anna/.pgpass" },
      "srv",
    ],
    ["nowhere, for another port", "postgres://bo@db:6543/farm", {}, ""],
    ["nowhere, for a file that is missing", "postgres://bo@db/farm", { PGPASSFILE: "/no" }, ""],
    ["nowhere, without a home", "postgres://bo@db/farm", { HOME: "" }, ""],
  ] as const
) {
  Deno.test(`connectionOf() takes the password from ${what}`, async () => {
    const found = await connectionOf({ url: given }, surroundings(env, PASSWORDS));
    assertEquals(new URL(found!.url).password, password);
    assertEquals(found!.notices, []);
  });
}

Deno.test("a password file that others may read is not used, and that is said", async () => {
  for (const mode of [0o100644, 0o100640, 0o100602, 0o100610]) {
    const found = await connectionOf(
      { url: "postgres://bo@db/farm" },
      surroundings({}, PASSWORDS, mode),
    );
    assertEquals(found!.url, "postgres://bo@db:5432/farm");
    assertEquals(found!.notices, [
      "The password file /home/anna/.pgpass is not used: others than its owner may read it. " +
      "Make it your own: chmod 600 /home/anna/.pgpass",
    ]);
  }
  const found = await connectionOf(
    { url: "postgres://bo@db/farm" },
    surroundings({}, PASSWORDS, 0o100400),
  );
  assertEquals(new URL(found!.url).password, "home");
});

const BROKEN = {
  "/srv/services": [
    `[port]\nport=x\npassword=${CANARY}`,
    `[unknown]\npond=${CANARY}`,
    `[nested]\nservice=farm`,
    `[line]\n${CANARY}`,
  ].join("\n"),
};

for (
  const [env, because] of [
    [{ DATABASE_URL: `mysql://bo:${CANARY}@db/farm` }, "DATABASE_URL, mysql://bo:***@db/farm,"],
    [
      { DATABASE_URL: "sqlite:///farm.db" },
      "take the embedded server with --embedded",
    ],
    [{ DATABASE_URL: `host=db password='${CANARY}` }, "is not made of keyword=value pairs"],
    [
      { PGHOST: "db", PGPORT: "many", PGPASSWORD: CANARY },
      'PGPORT has "many" as port, expected 1 to 65535',
    ],
    [{ PGHOST: "a,b", PGPASSWORD: CANARY }, "PGHOST names several hosts"],
    [
      { PGHOST: "db", PGSSLMODE: "safe" },
      'PGSSLMODE has "safe" as sslmode, expected one of disable, allow,',
    ],
    [
      { PGHOST: "db", PGSSLMODE: "verify_full" },
      'PGSSLMODE has "verify_full" as sslmode (did you mean verify-full?), expected one of',
    ],
    [{ PGHOST: "db", PGPORT: "\x1b[2J" }, 'PGPORT has "\\u001b[2J" as port'],
    [
      { PGHOST: "db", PGCONNECT_TIMEOUT: "soon" },
      'PGCONNECT_TIMEOUT has "soon" as connect_timeout, which is no number of seconds',
    ],
    [{ PGHOST: "db", PGCHANNELBINDING: "require" }, "PGCHANNELBINDING is require, which"],
    [{ PGHOST: "db", PGTARGETSESSIONATTRS: "standby" }, "PGTARGETSESSIONATTRS is standby"],
    [{ PGHOST: "db", PGHOSTADDR: "10.0.0.1" }, "PGHOSTADDR is 10.0.0.1, which"],
    [{ PGHOST: "db", USER: "" }, "no user is named"],
    [{ PGSERVICE: "lake" }, "it is not defined in /home/anna/.pg_service.conf"],
    [{ PGSERVICE: "lake", HOME: "" }, "there is no service file"],
    [
      { PGSERVICE: "port", PGSERVICEFILE: "/srv/services" },
      'the service port of /srv/services has "x" as port',
    ],
    [{ PGSERVICE: "unknown", PGSERVICEFILE: "/srv/services" }, "has the parameter pond, which"],
    [{ PGSERVICE: "nested", PGSERVICEFILE: "/srv/services" }, "names another service"],
    [{ PGSERVICE: "line", PGSERVICEFILE: "/srv/services" }, "has no setting=value in line 9"],
  ] as [Record<string, string>, string][]
) {
  Deno.test(`connectionOf() refuses ${JSON.stringify(env)}`, async () => {
    const error = await assertRejects(
      () => connectionOf({}, surroundings(env, { ...SERVICES, ...BROKEN })),
      ReddError,
    );
    assertEquals(error.fault, "input");
    assertStringIncludes(error.message, because);
    assert(!Deno.inspect(error, { depth: 20, showHidden: true }).includes(CANARY), error.message);
  });
}
