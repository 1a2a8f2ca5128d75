// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { COMMON_FLAGS } from "../../cli/command.ts";
import { helpOf, overview } from "../../cli/help.ts";
import { COMMANDS } from "../../cli/main.ts";
import { parseLine } from "../../cli/parse.ts";
import { verifyCommand } from "../../cli/commands/verify.ts";

Deno.test("the help of a command says what it does, its flags and lines to type", () => {
  assertEquals(
    helpOf(verifyCommand),
    `redd verify: check the database that a dataset was loaded into

Usage: redd verify DATASET [FLAGS]

Flags:
  --database-url URL  postgres://user@host:5432/database (or DATABASE_URL, PGSERVICE, PGHOST …)
  --embedded          the embedded server, whatever the environment names
  --data-dir DIR      the embedded server's folder (beside the dataset)
  --port N            the embedded server's port (a free one)
  --json              print the result as JSON
  --quiet             print errors only
  --verbose           print more, and stack traces of defects
  --help              print this help

Examples:
  redd verify out/single
  redd verify out/single --json`,
  );
});

Deno.test("every help names all flags and fits a terminal of 100 columns", () => {
  for (const command of COMMANDS) {
    const help = helpOf(command);
    for (const { name } of [...command.flags, ...COMMON_FLAGS]) {
      assertStringIncludes(help, `  --${name} `);
    }
    for (const line of help.split("\n")) assert(line.length <= 100, line);
  }
});

Deno.test("the examples of a help are lines that its command understands", () => {
  for (const command of COMMANDS) {
    assert(command.examples.length > 0, command.name);
    for (const example of command.examples) {
      const [redd, name, ...line] = example.split(" ");
      assertEquals([redd, name], ["redd", command.name]);
      parseLine(command, line);
    }
  }
});

Deno.test("the overview names every command in one line", () => {
  const lines = overview(COMMANDS).split("\n");
  for (const { name, about } of COMMANDS) {
    assertEquals(lines.filter((line) => line.startsWith(`  ${name} `)).length, 1);
    assert(lines.some((line) => line.endsWith(`  ${about}`) && line.length <= 100), about);
  }
});
