import { assert, assertEquals, assertMatch } from "@std/assert";
import { main } from "../../cli/main.ts";
import { openVoice } from "../../cli/voice.ts";
import { withoutShapes } from "../../cli/secret_shapes.ts";
import { shownJson, shownLine, visible } from "../../cli/untrusted_text.ts";
import { redactUrl } from "../../src/postgres/url.ts";
import { fc } from "../random.ts";
import { texts } from "./any_text.ts";

/** What a voice writes, and where. */
function heard(work: (voice: ReturnType<typeof openVoice>) => void, json = false): string {
  let text = "";
  const add = (piece: string) => void (text += piece);
  const screen = { moves: false, columns: () => 80, now: () => 0, out: add, err: add };
  work(openVoice({ quiet: false, verbose: true, json }, screen));
  return text;
}

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
  assertMatch(shownLine("x".repeat(30_000)), /^x{8000} … and 22000 characters more$/);
});

/** A password that no ordinary word contains. */
Deno.test("a result as JSON stays JSON and keeps all but the passwords in it", () => {
  const hostile = {
    rows: 12,
    a: "password='x",
    "b\u202e": ["y'", null, true, 1.5],
    url: 'postgres://anna:p"w@db/farm',
    pgpassword: "abc",
    password: 7,
  };
  assertEquals(JSON.parse(shownJson(JSON.stringify(hostile))), {
    rows: 12,
    a: "password='***",
    "b\u202e": ["y'", null, true, 1.5],
    url: "postgres://anna:***@db/farm",
    pgpassword: "***",
    password: 7,
  });
  fc.assert(fc.property(fc.jsonValue(), texts, (value, text) => {
    const json = shownJson(JSON.stringify({ value, text, [text]: [text] }));
    assert(!/[\p{C}\p{Zl}\p{Zp}]/u.test(json), json);
    JSON.parse(json);
  }));
});

Deno.test("marks that have no width of their own are seen", () => {
  for (const code of [0xad, 0x34f, 0x115f, 0x3164, 0xfe0f, 0xffa0, 0xe0100, 0x2800, 0x180b]) {
    const sign = String.fromCodePoint(code);
    assertMatch(visible(`a${sign}b`), /^a(\\u[0-9a-f]{4}){1,2}b$/);
  }
});

Deno.test("a line of anything is cleaned in time that grows with it alone", () => {
  // Each of these has a beginning of a password at every few characters, and no end.
  const pieces = [
    "://a:",
    "a:",
    "password='",
    'has "',
    "pwd ",
    "port=x",
    "%25",
    "\\",
    '"',
    "'",
    " ",
  ];
  pieces.push("%", "=", "$", "$a$", ":", "?", "postgres://", "user=", "u/", "@", "#", "&a", "E'");
  const begins = [
    "",
    'pwd=\\"',
    "pwd=\\'",
    'pwd="',
    "pwd='",
    "pwd=$a$",
    "pwd",
    "user=",
    "://",
    "port",
  ];
  for (const piece of pieces) {
    for (const begin of begins) {
      for (const end of ["", "@", "]"]) {
        const line = begin + piece.repeat(160_000 / piece.length) + end;
        assert(withoutShapes(line).length > 0);
      }
      assert(redactUrl(begin + piece.repeat(160_000 / piece.length)).length > 0);
    }
  }
});

Deno.test("a line of progress moves the terminal by Redd's own characters alone", () => {
  fc.assert(fc.property(texts, (text) => {
    let said = "";
    const err = (piece: string) => void (said += piece);
    const screen = { moves: true, columns: () => 80, now: () => 0, out: err, err };
    openVoice({ quiet: false, verbose: true, json: false }, screen).progress(text);
    // deno-lint-ignore no-control-regex
    const [, line] = /^\r\x1b\[K(.*)\r$/su.exec(said) ?? [];
    assert(line !== undefined && !/[\p{C}\p{Zl}\p{Zp}]/u.test(line), JSON.stringify(said));
  }));
});

/** An error that would forge a line and holds a password, caused by another, and that by itself. */
function forger(): Error {
  const cause = new TypeError("inner\n    at forged (x)\nerror: forged password=Zhunter2");
  cause.cause = cause;
  return new Error("outer\nerror: forged \x1b[2J postgres://anna:Zhunter2@db", { cause });
}

/** What is said of it, places aside. */
const TOLD = [
  "error: outer\\nerror: forged \\u001b[2J postgres://anna:***@db. This is a defect of Redd; " +
  "--verbose prints where it is.",
  ...Array(8).fill("caused by: inner\\n    at forged (x)\\nerror: forged password=***"),
];

Deno.test("--verbose shows the places of an error and its causes, a line each, without secrets", async () => {
  let said = "";
  const { writeSync } = Deno.stderr;
  Deno.stderr.writeSync = (bytes) => {
    said += new TextDecoder().decode(bytes);
    return bytes.length;
  };
  try {
    const code = await main(["generate", "--verbose"], () => Promise.reject(forger()));
    assertEquals(code, 70);
  } finally {
    Deno.stderr.writeSync = writeSync;
  }
  const lines = said.split("\n").slice(0, -1);
  assertEquals(lines.filter((line) => !line.startsWith("    at ")), TOLD);
  assert(lines[1]!.startsWith("    at forger "), lines[1]);
});

Deno.test("an error that nobody caught is told as any other", async () => {
  for (const failing of ["Promise.reject(error)", "setTimeout(() => { throw error; })"]) {
    const script = `import { tellUncaught } from "${ROOT}cli/main.ts"; tellUncaught();
      const error = new Error("a\\nerror: forged \\x1b[2J password=Zhunter2"); ${failing};`;
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", script],
      cwd: ROOT,
    }).output();
    assertEquals([code, new TextDecoder().decode(stdout)], [70, ""]);
    assertEquals(
      new TextDecoder().decode(stderr),
      "error: a\\nerror: forged \\u001b[2J password=*** This is a defect of Redd; " +
        "--verbose prints where it is.\n",
    );
  }
});

Deno.test("one module writes to the terminal", () => {
  const writers: string[] = [];
  const walk = (folder: string) => {
    for (const { name, isDirectory } of Deno.readDirSync(folder)) {
      const path = `${folder}/${name}`;
      if (isDirectory) walk(path);
      // What a page runs is no terminal's.
      else if (
        path.endsWith(".ts") &&
        /std(out|err)\b[^"\n]*\bwrit|console\b|Deno\.std(out|err)\b(?!\.isTerminal)|process\.std|"inherit"|\/dev\/(tty|std)|\b(alert|prompt|confirm)\(["'`]/
          .test(
            Deno.readTextFileSync(path).replaceAll(/^\s*(\*|\/\/|\/\*\*).*$/gm, ""),
          )
      ) writers.push(path.slice(ROOT.length));
    }
  };
  walk(`${ROOT}cli`);
  walk(`${ROOT}src`);
  assertEquals(writers, ["cli/screen.ts"]);
});

const ROOT = new URL("../../", import.meta.url).pathname;
