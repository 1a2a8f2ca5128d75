import { assert, assertEquals, assertMatch } from "@std/assert";
import { openVoice } from "../../cli/voice.ts";
import { keepSecret, shownLine, visible, withoutSecrets } from "../../cli/untrusted_text.ts";
import { readUrl } from "../../src/load/url.ts";
import { fc, runs } from "../random.ts";

/** What a voice writes, and where. */
function heard(work: (voice: ReturnType<typeof openVoice>) => void, json = false): string {
  const decoder = new TextDecoder();
  const streams = [Deno.stdout, Deno.stderr];
  const writes = streams.map((stream) => stream.writeSync);
  let text = "";
  for (const stream of streams) {
    stream.writeSync = (bytes) => {
      text += decoder.decode(bytes);
      return bytes.length;
    };
  }
  try {
    work(openVoice({ quiet: false, verbose: true, json }));
  } finally {
    streams.forEach((stream, i) => stream.writeSync = writes[i]!);
  }
  return text;
}

const texts = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fc.nat(0x2fff)).map((codes) => String.fromCharCode(...codes)),
  fc.constantFrom(
    "a\nerror: forged",
    "\x1b[2J\x1b]0;title\x07",
    "\x9b31m",
    "\u202egnp.exe",
    "\u2066x\u2069",
    "\u200bhidden",
    "line\u2028separator",
    "\ud800 alone",
    "back\bspace\r",
    "\u{e0041}",
  ),
);

Deno.test("whatever is said, a line stays one line, and nothing in it moves the terminal", () => {
  fc.assert(fc.property(texts, (text) => {
    for (const method of ["say", "data", "detail"] as const) {
      const said = heard((voice) => voice[method](text));
      assert(said.endsWith("\n"));
      const line = said.slice(0, -1);
      assert(!/[\p{C}\p{Zl}\p{Zp}]/u.test(line), JSON.stringify(line));
    }
  }));
});

Deno.test("visible() shows what cannot be seen, and keeps JSON what it was", () => {
  assertEquals(visible("a\nb\x1b[1m\u202e\u{e0041}é"), "a\\nb\\u001b[1m\\u202e\\udb40\\udc41é");
  fc.assert(fc.property(fc.json(), texts, (json, text) => {
    const value = { json, text };
    assertEquals(JSON.parse(visible(JSON.stringify(value))), JSON.parse(JSON.stringify(value)));
  }));
});

Deno.test("a message that is too long says how much of it is missing", () => {
  assertMatch(shownLine("x".repeat(30_000)), /^x{20000} … and 10000 characters more$/);
});

/** A password that no ordinary word contains. */
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

Deno.test("one module writes to the terminal", () => {
  const writers: string[] = [];
  const walk = (folder: string) => {
    for (const { name, isDirectory } of Deno.readDirSync(folder)) {
      const path = `${folder}/${name}`;
      if (isDirectory) walk(path);
      else if (
        /std(out|err)\b[^"\n]*\bwrit|console\.|Deno\.std(out|err)\b(?!\.isTerminal)/.test(
          Deno.readTextFileSync(path).replaceAll(/^\s*(\*|\/\/|\/\*\*).*$/gm, ""),
        )
      ) writers.push(path.slice(ROOT.length));
    }
  };
  walk(`${ROOT}cli`);
  walk(`${ROOT}src`);
  // The others hand a stream to its `write` with a fixed sentence.
  assertEquals(writers.sort(), ["cli/interrupt.ts", "cli/launch.ts", "cli/voice.ts"]);
});

const ROOT = new URL("../../", import.meta.url).pathname;
