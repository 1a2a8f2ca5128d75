// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { COMMON_FLAGS } from "../../cli/command.ts";
import { helpOf, overview } from "../../cli/help.ts";
import { COMMANDS } from "../../cli/main.ts";
import { VERSION } from "../../src/version.ts";
import { helpCommand } from "../../cli/commands/help.ts";
import { inTempFolder } from "../generate/files.ts";
import { reddHere } from "./line_here.ts";
import { parseLine } from "../../cli/parse.ts";
import { generateCommand } from "../../cli/commands/generate.ts";
import { loadCommand } from "../../cli/commands/load.ts";
import { verifyCommand } from "../../cli/commands/verify.ts";

Deno.test("the help of a command says what it does, its flags and lines to type", () => {
  assertEquals(
    helpOf(verifyCommand),
    `verify: check the files of a dataset, the database that it was loaded into, or
any database

Usage: deno task verify [DATASET] [FLAGS]
DATASET is a folder, or an archive; - is an archive through standard input.

Flags:
  --database          check the database in place of the files: the named one,
                      or the embedded server's
  --both              check the files and the database, and that both say the
                      same
  --only IDS          run these checks only, such as LAW-FEED*,C-17
  --figures           show figures beside their published ranges; they judge
                      nothing
  --list              print the checks, or with --figures the figures, and run
                      none
  --explain IDS       print what checks state, read and rest on; run none
  --junit FILE        write the verdicts as JUnit XML, for CI systems
  --force             let --junit replace a file that holds no verdicts of
                      Redd's
  --memory MB         the most that reading files takes (of 4/5 of all)
  --expect DIGEST     the dataset's digest, sha256:…; any other dataset is
                      refused

The database:
  --jobs N            connections that read side by side (2)
  --as-of DATE        without a dataset: judge up to this day (the last one with
                      a record)
  --database-url URL  postgres://user@host:5432/database (or DATABASE_URL,
                      PGSERVICE, PGHOST …)
  --embedded          the embedded server, whatever the environment names
  --data-dir DIR      the embedded server's folder (beside the dataset)
  --port N            the embedded server's port (a free one)

Of every command:
  --json              print the result as JSON
  --no-color          write no escapes to the terminal, as with NO_COLOR
  -q, --quiet         print errors only
  -v, --verbose       print more, and stack traces of defects
  -h, --help          print this help
  -V, --version       print the version

Examples:
  deno task verify out/single
  deno task verify out/single --only LAW-FEED*,C-17 --junit checks.xml
  deno task verify out/single --embedded
  deno task verify out/single --both --json
  deno task verify out/single --figures
  deno task verify out/single --figures --only mort_*,temp_*
  deno task verify --database-url postgres://reader@db.example/aquamind
  deno task verify --database-url postgres://reader@db.example/aquamind \\
    --as-of 2025-06-06
  deno task verify --list
  deno task verify --explain LAW-FEED*,C-17`,
  );
});

Deno.test("every help names all flags and fits a terminal of 80 columns", () => {
  for (const command of COMMANDS) {
    const help = helpOf(command);
    for (const { name } of [...command.flags, ...COMMON_FLAGS]) {
      assertStringIncludes(help, ` --${name} `);
    }
    for (const line of help.split("\n")) assert(line.length <= 80, line);
  }
});

Deno.test("the examples of a help are lines that its command understands", () => {
  for (const command of COMMANDS) {
    assert(command.examples.length > 0, command.name);
    for (const example of command.examples) {
      const [name, ...line] = example.split(" ");
      assertEquals(name, command.name);
      parseLine(command, line);
    }
  }
});

Deno.test("help is a command like the others", () =>
  inTempFolder(async (cwd) => {
    const of = async (...line: string[]) => await reddHere(line, { cwd });
    const shown = (text: string) => ({ code: 0, stdout: `${text}\n`, stderr: "" });
    for (const line of [["help"], ["--help"], ["-h"]]) {
      assertEquals(await of(...line), shown(overview(COMMANDS)));
    }
    for (const line of [["help", "generate"], ["--help", "generate"], ["generate", "-h"]]) {
      assertEquals(await of(...line), shown(helpOf(generateCommand)));
    }
    for (const line of [["help", "help"], ["help", "-h"], ["help", "--help"]]) {
      assertEquals(await of(...line), shown(helpOf(helpCommand)));
    }
    for (const line of [["help", "--version"], ["help", "-V"], ["--version"], ["-V"]]) {
      assertEquals(await of(...line), shown(VERSION));
    }
    const { commands } = JSON.parse((await of("help", "--json")).stdout);
    assertEquals(commands.map(({ name }: { name: string }) => name), COMMANDS.map((c) => c.name));
    const { name, flags } = JSON.parse((await of("help", "load", "--json")).stdout);
    assertEquals([name, flags.length], ["load", loadCommand.flags.length + COMMON_FLAGS.length]);
    for (
      const [line, told] of [
        [["help", "generate", "load"], "load is one word too many. See deno task help --help"],
        [
          ["help", "genrate"],
          "there is no such command. Did you mean generate? See deno task help",
        ],
        [["--version", "load"], "load is one word too many. See deno task help"],
      ] as const
    ) {
      const { code, stderr } = await of(...line);
      assertEquals(code, 2);
      assertStringIncludes(stderr, `: ${told}.\n`);
    }
  }));

Deno.test("the overview names every command in one line", () => {
  const lines = overview(COMMANDS).split("\n");
  for (const { name, about } of COMMANDS) {
    assertEquals(lines.filter((line) => line.startsWith(`  ${name} `)).length, 1);
    assertStringIncludes(lines.map((line) => line.trim()).join(" "), about);
  }
  for (const line of lines) assert(line.length <= 80, line);
});

Deno.test("a line to type that is too long is cut as a shell takes it, before a flag", () => {
  const lines = helpOf(loadCommand).split("\n");
  const cut = lines.findIndex((line) => line.endsWith(" \\"));
  assertEquals(
    lines.slice(cut, cut + 2),
    [
      "  deno task load out/single \\",
      "    --database-url postgres://aquamind@localhost/aquamind",
    ],
  );
});

Deno.test("the help of generate shows its flags in groups, and which preset is the default", () => {
  const help = helpOf(generateCommand);
  const headings = help.split("\n").filter((line) => /^\S.*:$/.test(line));
  assertEquals(headings, [
    "What is made:",
    "A single batch:",
    "What is in it:",
    "The run:",
    "A dataset that is there:",
    "On several machines:",
    "Of every command:",
    "Examples:",
  ]);
  assertStringIncludes(help, "  --preset NAME             single (the default), lifecycle, ");
});

Deno.test("a task of deno.json says in its description what its command does", () => {
  const { tasks } = JSON.parse(Deno.readTextFileSync(new URL("../../deno.json", import.meta.url)));
  for (const { name } of COMMANDS) assert(tasks[name].description.length > 20, name);
  for (const [name, task] of Object.entries(tasks)) {
    assert((task as { description?: string }).description !== undefined, name);
  }
});
