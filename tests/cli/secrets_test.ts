/** Passwords, as they may stand in any text that is shown. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { keepShown, withoutShapes } from "../../cli/secret_shapes.ts";
import { keepSecret, keepSecretsOf, withoutSecrets } from "../../cli/secrets.ts";
import { shownJson, shownLine, shownResult, UNSHOWN, visible } from "../../cli/untrusted_text.ts";
import { quoted } from "../../src/quoted.ts";
import { readUrl, redactUrl } from "../../src/postgres/url.ts";
import { fc, runs } from "../random.ts";
import { texts } from "./any_text.ts";

const passwords = fc.string({ minLength: 6, maxLength: 20, unit: "grapheme-ascii" })
  .map((text) => `Zq${text.replaceAll(" ", "_")}7x`);

Deno.test("a password is not shown, wherever it stands in a connection string", () => {
  fc.assert(fc.property(passwords, (password) => {
    const encoded = encodeURIComponent(password);
    const quoted = `'${password.replace(/[\\']/g, "\\$&")}'`;
    const places = [
      `postgres://anna:${encoded}@db/farm`,
      `Cannot load postgres://anna:${encoded}@db:5432/farm: it is no dataset`,
      `postgres://db/farm?user=anna&password=${encoded}`,
      `postgres://db/farm;password=${encoded}`,
      `postgres://db/farm#password=${encoded}`,
      `host=db user=anna password=${quoted} dbname=farm`,
      `PGPASSWORD=${quoted}`,
      `sslpassword=${encoded}`,
      `postgres://anna@db:${encoded}/farm is not a URL`,
      `the service farm of /srv/services has ${
        JSON.stringify(encoded)
      } as port, expected 1 to 65535`,
      `host=db port=${encoded} user=anna`,
      `--out=postgres%3A//x%3Fpassword%3D${encoded}`,
      JSON.stringify({ url: `postgres://anna:${encoded}@db/farm`, password }),
    ];
    for (const place of places) {
      const shown = withoutSecrets(place);
      assert(!shown.includes(password) && !shown.includes(encoded), `${place} gave ${shown}`);
    }
    const json = JSON.stringify({ password, next: "stays" });
    assertEquals(JSON.parse(withoutSecrets(json)), { password: "***", next: "stays" });
  }));
});

Deno.test("a password that Redd was given is not shown anywhere", () => {
  fc.assert(
    fc.property(passwords, texts, (password, around) => {
      keepSecret(password);
      for (const form of [password, encodeURIComponent(password), JSON.stringify(password)]) {
        const line = `${around} the server says ${form}: no`;
        const shown = shownLine(line);
        assert(!shown.includes(password), shown);
        assert(!shown.includes(encodeURIComponent(password)), shown);
      }
    }),
    { numRuns: runs(30) },
  );
  const url = "postgres://anna:s%3Acret@db/farm";
  keepSecret(readUrl(url).password);
  assertEquals(shownLine("FATAL: s:cret is wrong"), "FATAL: *** is wrong");
});

Deno.test("words about passwords, and addresses without one, are shown as they are", () => {
  for (
    const text of [
      "the server wants a password, and none was found",
      'password authentication failed for user "anna"',
      "postgres://anna@db:5432/farm?sslmode=require",
      "Give it as PGPASSWORD or in the password file ~/.pgpass",
      "postgres://user:password@host:5432/database",
      "postgres://anna@[::1]:5432/farm and postgres://[fe80::1]/farm, port=5432",
      'host=db has "0" as port, expected 1 to 65535',
      "https://datapackage.org/profiles/2.0 and somebody@example.org",
    ]
  ) assertEquals(withoutSecrets(text), text);
});

Deno.test("a file or folder that is called like a password is shown with what is said of it", () => {
  for (
    const text of [
      "Cannot read the dataset out/password: there is no such folder",
      "Cannot read the schedule /tmp/db-password: it is no file",
      "Cannot read the fixture /etc/passwd: name is missing",
      "out/pwd: 33,843 rows, 3.9 MB",
    ]
  ) assertEquals(withoutSecrets(text), text);
  const bare = ["password: 33,843 rows", "Cannot read the dataset password: there is none"];
  for (const text of bare) assert(withoutSecrets(text).includes("***"), text);
  keepShown("password");
  for (const text of bare) assertEquals(withoutSecrets(text), text);
  // Whatever else looks like a password's name stays one.
  for (
    const text of [
      "postgres://db/farm?password: Zq9x",
      "user=anna/password=Zq9x",
      "the wrong password: Zq9x",
      "out/password=Zq9x",
      '"password": "Zq9x"',
      "options=/x;password: Zq9x",
    ]
  ) assert(!withoutSecrets(text).includes("Zq9x"), text);
});

/** Passwords with every sign of ASCII, blanks and foreign letters too. */
const nasty = fc.string({ minLength: 4, maxLength: 24, unit: "grapheme" })
  .map((text) => `Zq${text}7x`);

/** A text as others write it: encoded, encoded again, escaped, in JSON of JSON, for SQL, for libpq. */
const SPELLINGS: readonly ((text: string) => string)[] = [
  (text) => text,
  encodeURIComponent,
  (text) => encodeURIComponent(text).replace(/%../g, (byte) => byte.toLowerCase()),
  (text) => encodeURIComponent(encodeURIComponent(text)),
  (text) =>
    [...new TextEncoder().encode(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`)
      .join(""),
  (text) => JSON.stringify(text),
  (text) => JSON.stringify(JSON.stringify(text)),
  (text) => quoted(text),
  (text) => `'${text.replace(/[\\']/g, "\\$&")}'`,
  (text) => `'${text.replaceAll("'", "''")}'`,
  visible,
];

Deno.test("a password that Redd knows is blanked in every spelling of it", () => {
  fc.assert(
    fc.property(nasty, fc.constantFrom(...SPELLINGS), (password, spelling) => {
      keepSecret(password);
      const written = spelling(password);
      const shown = withoutSecrets(`FATAL (${written})`);
      assertEquals(shown.replace(/["'\\]/g, ""), "FATAL (***)", written);
    }),
    { numRuns: runs(100) },
  );
});

Deno.test("a password of any length and of any characters is blanked, even where a text is cut", () => {
  const long = Array.from({ length: 100_000 }, (_, i) => `Zq${i}`).join("").slice(0, 100_000);
  for (const password of [long.slice(0, 4_000), `${long}(`, `Z${"\\".repeat(5_000)}7x`]) {
    keepSecret(password);
    for (const spelling of SPELLINGS) {
      const shown = shownLine(`FATAL (${spelling(password)})`);
      if (spelling(password).length < 150_000) {
        assertMatch(shown.replace(/["'\\]/g, ""), /^FATAL \(\*\*\*…?\)$/);
      } else assert(!shown.includes("Zq"), shown.slice(0, 100));
    }
  }
  // What is looked at ends within the second.
  assertMatch(shownLine(`${long}( and ${long}( end`), /^\*\*\* and \*\*\* … and/);
  // A run of backslashes has endlessly many ways to be read as escapes.
  const run = "\\".repeat(150_000);
  assert(withoutSecrets(run).length > 0);
});

Deno.test("a text that cannot be cleaned is not shown", () => {
  const broken = new Proxy({}, {
    get: () => () => {
      throw new SyntaxError("Zhunter2");
    },
  });
  for (const show of [shownLine, shownResult, shownJson]) {
    assertEquals(show(broken as string), UNSHOWN);
  }
});

Deno.test("what may be a password on the line is blanked from then on, in any message", () => {
  const words: readonly ((password: string) => string)[] = [
    (password) => `postgres://anna:${password}@db:5432/farm`,
    (password) => `--out=postgres://anna:${password}@db/farm`,
    (password) => encodeURIComponent(`postgres://anna:${password}@db/farm`),
    (password) => `anna:${password}@db/farm`,
    (password) => `postgres://anna@db/farm?password=${password}`,
    (password) => `postgres://anna@db/farm&password=${password}`,
    (password) => `postgres://anna@db/farm;password=${password}`,
    (password) => `postgres://anna@db/farm#${password}`,
    (password) => `--database-url=host=db password='${password.replace(/[\\']/g, "\\$&")}' user=x`,
    (password) => `postgres://anna@db/farm?options=-c%20password%3D${encodeURIComponent(password)}`,
    (password) => `PGPASSWORD=${password}`,
  ];
  fc.assert(
    fc.property(nasty, fc.constantFrom(...words), (password, word) => {
      keepSecretsOf(word(password));
      const fatal = shownLine(`error: the server says ${password} is none of mine`);
      assertEquals(fatal, "error: the server says *** is none of mine", word(password));
    }),
    { numRuns: runs(100) },
  );
});

Deno.test("a password in quotes of any kind is blanked to the end of them", () => {
  for (
    const [text, shown] of [
      ["create role zz password $$S3 cr$$ login", "create role zz password $$***$$ login"],
      ["PASSWORD $t$S3 $$ cr$t$ login", "PASSWORD $t$***$t$ login"],
      ["password$$S3 cr$$ login", "password$$***$$ login"],
      ["password E'S3\\'cr' login", "password E'***' login"],
      ["password 'S3''cr' login", "password '***' login"],
      ["password 'S3 cr", "password '***"],
      ["password $$S3 cr", "password $$***"],
      [
        '{\\"password\\": \\"S3\\\\\\"cr\\", \\"a\\": 1}',
        '{\\"password\\": \\"***\\", \\"a\\": 1}',
      ],
    ] as const
  ) assertEquals(withoutShapes(text), shown);
});

Deno.test("what stands behind a user is blanked, and a user alone is not", () => {
  for (
    const [url, shown] of [
      ["postgres://127.0.0.1:1/db?user=u:S3cr3tPw", "postgres://127.0.0.1:1/db?user=u:***"],
      ["postgres://127.0.0.1:1/db?user=u%2fS3cr3tPw", "postgres://127.0.0.1:1/db?user=u%2f***"],
      ["u/S3cr3tPw@db", "u/***@db"],
      ["user=u/S3cr3tPw@db", "user=u/***@db"],
      ["user=u;S3cr3tPw", "user=u;***"],
      ["postgres://u;S3cr3tPw@127.0.0.1:1/db", "postgres://u;***@127.0.0.1:1/db"],
      ["postgres://u%3AS3cr3tPw@127.0.0.1:1/db", "postgres://u%3A***@127.0.0.1:1/db"],
      ["postgres://u/S3cr3tPw@127.0.0.1:1/db", "postgres://u/***@127.0.0.1:1/db"],
      ["postgres://u%253BS3cr3tPw@db/x", "postgres://u%253B***@db/x"],
    ] as const
  ) {
    assertEquals([withoutShapes(url), redactUrl(url)], [shown, shown], url);
    assertEquals(withoutShapes(`Cannot read ${url} as it is`), `Cannot read ${shown} as it is`);
    if (!url.startsWith("u/")) keepSecretsOf(`--database-url=${url}`);
  }
  assertEquals(withoutSecrets("FATAL: S3cr3tPw"), "FATAL: ***");
  for (const plain of ["postgres://anna.b@db/farm?user=anna", "user=anna host=/run/pg"]) {
    assertEquals([withoutShapes(plain), redactUrl(plain)], [plain, plain]);
  }
});

Deno.test("a user ends at the first sign that is in no name, as it is or encoded", () => {
  for (const sign of [",", "|", "!", "$", "*", "~", "+", "=", "(", "%", "\\", "§", "\u200b"]) {
    for (const written of [sign, encodeURIComponent(sign), escape(sign).replace("%", "%25")]) {
      for (
        const url of [
          `postgres://anna${written}Zq9xTopSecret@db/farm`,
          `postgres://db/farm?user=anna${written}Zq9xTopSecret`,
        ]
      ) {
        for (const shown of [withoutShapes(`Cannot read ${url} now`), redactUrl(url)]) {
          assert(shown.includes("anna") && !shown.includes("Zq9x"), `${url} gave ${shown}`);
        }
      }
    }
  }
  assertEquals(redactUrl("postgres://anna%20Zq9x@db/x"), "postgres://anna%20***@db/x");
  assertEquals(redactUrl("postgres://anna,Zq9x@db/x"), "postgres://anna,***@db/x");
  for (const user of ["anna.b-c_d9", "Åse", "%C3%85se", "%41nna", "%2541nna", "***"]) {
    const url = `postgres://${user}@db/farm?user=${user}`;
    assertEquals([withoutShapes(url), redactUrl(url)], [url, url]);
  }
});
