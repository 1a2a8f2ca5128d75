// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { readUrl, redactUrl } from "../../src/postgres/url.ts";
import { fc } from "../random.ts";

Deno.test("readUrl() decodes every piece of a connection string", () => {
  const url = "postgresql://us%40er:p%3A%2F%23s@db.example:6543/my%20farm?sslmode=require";
  assertEquals(readUrl(url), {
    host: "db.example",
    port: 6543,
    database: "my farm",
    username: "us@er",
    password: "p:/#s",
    sslmode: "require",
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
  assertEquals(readUrl("postgres://%2Frun%2Fpg/farm").host, "/run/pg");
  assertEquals(readUrl("postgres://a/farm?options=-c%20a%3Db+c").options, "-c a=b+c");
  assertEquals(readUrl("postgres:///?dbname=farm&user=anna&host=db").username, "anna");
  assertEquals(readUrl("postgres://").sslmode, "prefer");
});

Deno.test("readUrl() reads keyword=value strings as libpq does", () => {
  assertEquals(
    readUrl(
      String.raw`host=db.example port = 6543 dbname='my farm' user=us\'er password='a\'b\\c'`,
    ),
    {
      host: "db.example",
      port: 6543,
      database: "my farm",
      username: "us'er",
      password: "a'b\\c",
      sslmode: "prefer",
      applicationName: "redd",
      connectTimeout: 10,
    },
  );
});

Deno.test("readUrl() lets parameters pass that ask for nothing", () => {
  const idle = "channel_binding=prefer&gssencmode=disable&target_session_attrs=any&hostaddr=";
  assertEquals(readUrl(`postgres://db/farm?${idle}`), readUrl("postgres://db/farm"));
});

Deno.test("sslrootcert=system trusts the system's authorities and wants the whole check", () => {
  assertEquals(readUrl("postgres://db/farm?sslrootcert=system").sslmode, "verify-full");
});

const CANARY = "canary-17";

for (
  const [url, because] of [
    ["canary-17", "is not a URL"],
    ["host=db password=canary-17 pond=3", "has the parameter pond, which Redd does not know"],
    ["host=db password='canary-17 user=redd", "is not made of keyword=value pairs"],
    ["host=db password=a canary-17 user=redd", "is not made of keyword=value pairs"],
    ["host=db password='a\\'canary-17' port=x", 'has "x" as port, expected 1 to 65535'],
    ["host=db sslpassword=canary-17", "has the parameter sslpassword"],
    ["mysql://redd:canary-17@db/farm", "does not begin with postgres://"],
    ["postgres://redd:canary-17#9@db/farm", "is not a URL"],
    ["postgres://redd:12/canary-17@db/farm", "has an @ or # behind the host"],
    ["postgres://redd:12#canary-17@db/farm", "has an @ or # behind the host"],
    ["postgres://redd:12?canary-17@db/farm", "has an @ or # behind the host"],
    ["postgres://redd:canary-17%ZZ@db/farm", "has a percent sign that encodes nothing"],
    ["postgres://redd@db/farm?password=canary-17&port=x", 'has "x" as port, expected 1 to 65535'],
    ["postgres://redd@db/farm?p%61ssword=canary-17&port=x", 'has "x" as port, expected 1 to 65535'],
    ["postgres://redd@db/farm?sslpassword=canary-17", "has the parameter sslpassword"],
    ["postgres://redd:canary-17/farm", "is not a URL"],
    ["postgres://redd:canary-17", "is not a URL"],
    ["postgres://db1,db2/farm", "names several hosts"],
    ["postgres://db/farm?channel_binding=require", "channel_binding, which Redd cannot honour"],
    ["postgres://db/farm?target_session_attrs=standby", "which Redd cannot honour"],
    ["postgres://db/farm?hostaddr=10.0.0.1", "hostaddr, which Redd cannot honour"],
    ["postgres://db/farm?sslcert=me.crt", "has sslcert, no sslkey"],
    ["postgres://db/farm?sslkey=me.key", "has sslkey, no sslcert"],
    ["postgres://db/farm?sslrootcert=system&sslmode=require", "other than verify-full"],
    ["postgres://db/farm?service=farm", "has the parameter service, which is to be looked up"],
    ["postgres://db/farm?passfile=x", "has the parameter passfile, which is to be looked up"],
    ["postgres://redd:canary-17@db:70000/farm", "is not a URL"],
    ["postgres://redd:canary-17@db:0/farm", 'has "0" as port, expected 1 to 65535'],
    ["postgres://redd:canary-17@db/farm?sslmode=maybe", 'has "maybe" as sslmode'],
    ["postgres://redd:canary-17@db/farm?connect_timeout=soon", 'has "soon" as'],
  ] as const
) {
  Deno.test(`readUrl() refuses ${url}`, () => {
    const error = assertThrows(() => readUrl(url), ReddError);
    assertEquals(error.fault, "input");
    assertStringIncludes(error.message, because);
    if (url !== CANARY) assert(!Deno.inspect(error).includes(CANARY), error.message);
  });
}

Deno.test("redactUrl() hides the password whatever characters it holds", () => {
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
      `postgres://redd:${CANARY}`,
      `postgres://redd:${CANARY}/farm`,
      `postgres://db/farm?pasword=${CANARY}`,
      `host=db password = '${CANARY}'`,
      `host=db pasword=${CANARY}`,
      `host=db password='a\\'${CANARY}`,
    ]
  ) {
    assert(!redactUrl(url).includes(CANARY), redactUrl(url));
  }
});

Deno.test("redactUrl() leaves a connection string without a password as it is", () => {
  for (
    const url of [
      "postgres://redd@db:5432/farm?sslmode=require&sslrootcert=/etc/ca.crt",
      "postgres:///farm",
      "postgres://[::1]:5432/farm",
      "postgres://[::1]/farm",
      "postgres://db:5433",
      "host=db dbname=farm",
    ]
  ) assertEquals(redactUrl(url), url);
});

Deno.test("redactUrl() shows no password that stands behind the host", () => {
  for (
    const [url, shown] of [
      ["postgres://anna@db/farm#s3cret", "postgres://anna@db/farm#***"],
      ["postgres://anna@db/farm;password=s3cret", "postgres://anna@db/farm;password=***"],
      ["postgres://anna@db/farm&password=s3cret#x", "postgres://anna@db/farm&password=***#***"],
      [
        "postgres://db/farm?options=-c%20password%3Ds3cret&sslmode=require",
        "postgres://db/farm?options=-c%20password%3D***&sslmode=require",
      ],
      ["postgres://db/farm?options=-c a=b;pwd=s3cret", "postgres://db/farm?options=-c a=b;pwd=***"],
      [
        "postgres://db/farm?options=-c search_path=own",
        "postgres://db/farm?options=-c search_path=own",
      ],
    ] as const
  ) assertEquals(redactUrl(url), shown);
});

Deno.test("readUrl() shows of what is no connection string the name that it begins with", () => {
  for (
    const [text, shown] of [
      ["anna:Zq9xTopSecret", "anna… does not begin with postgres://"],
      ["anna,Zq9xTopSecret@db/farm", "anna… is not a URL"],
      ["postgress://anna|Zq9xTopSecret@db", "postgress… does not begin with postgres://"],
      ["mysql://Zq9xTopSecret", "mysql… does not begin with postgres://"],
      [" anna:Zq9xTopSecret", "it does not begin with postgres://"],
      ["Zq9xTopSecret", "it is not a URL"],
      ["mysql://anna:Zq9xTopSecret@db/farm", "mysql://anna:***@db/farm does not begin with"],
    ] as const
  ) {
    const { message } = assertThrows(() => readUrl(text), ReddError);
    assertStringIncludes(message, `Cannot read the connection string: ${shown}`);
    assert(!message.includes("Zq9x"), message);
  }
});
