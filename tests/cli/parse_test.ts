// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertThrows } from "@std/assert";
import { type Command, COMMON_FLAGS } from "../../cli/command.ts";
import { NO_RIGHTS } from "../../cli/rights/rights.ts";
import { parseLine } from "../../cli/parse.ts";
import { ReddError } from "../../src/errors.ts";
import { shownCommand } from "../../cli/shown_word.ts";

const command: Command = {
  name: "feed",
  about: "feeds a ring",
  operands: ["RING"],
  flags: [
    { name: "feed-type", value: "NAME", about: "what is eaten" },
    { name: "kilograms", value: "N", about: "how much" },
    { name: "by-hand", about: "without the barge" },
  ],
  examples: ["feed ring-1"],
  rights: () => NO_RIGHTS,
  run: () => Promise.resolve(0),
};

function parsed(...line: string[]) {
  const given = parseLine(command, line);
  return {
    operands: given.operands,
    texts: command.flags.filter((flag) => flag.value).map((flag) => given.text(flag.name)),
    on: [...command.flags, ...COMMON_FLAGS].map((flag) => flag.name).filter((name) =>
      given.on(name)
    ),
  };
}

Deno.test("parseLine() reads flags with and without a value, in any order, and operands", () => {
  const whole = { operands: ["ring-1"], texts: ["Starter 0.5", "12"], on: ["by-hand"] };
  assertEquals(
    parsed("ring-1", "--feed-type", "Starter 0.5", "--by-hand", "--kilograms=12"),
    whole,
  );
  assertEquals(
    parsed("--by-hand", "--kilograms", "12", "--feed-type=Starter 0.5", "ring-1"),
    whole,
  );
  assertEquals(parsed("ring-1"), { operands: ["ring-1"], texts: [undefined, undefined], on: [] });
});

Deno.test("parseLine() keeps texts as they were typed", () => {
  assertEquals(parsed("007").operands, ["007"]);
  assertEquals(parsed("ring-1", "--kilograms", "0012").texts, [undefined, "0012"]);
  assertEquals(parsed("ring-1", "--kilograms=a=b").texts, [undefined, "a=b"]);
  assertEquals(parsed("--", "--ring").operands, ["--ring"]);
});

Deno.test("parseLine() takes a negative number for a value, so that it can be refused as one", () => {
  assertEquals(parsed("ring-1", "--kilograms", "-5").texts, [undefined, "-5"]);
  assertEquals(parsed("ring-1", "--kilograms=-5").texts, [undefined, "-5"]);
});

Deno.test("parseLine() knows the flags that every command has, and needs no operand for help", () => {
  assertEquals(parsed("ring-1", "--json", "--quiet", "--verbose").on, ["json", "quiet", "verbose"]);
  assertEquals(parsed("--help").on, ["help"]);
  assertEquals(parsed("-h").on, ["help"]);
});

for (
  const [line, because] of [
    ["ring-1 --pounds 5", "it has no flag --pounds"],
    ["ring-1 --pounds=5", "it has no flag --pounds"],
    ["ring-1 -k", "it has no flag -k. Did you mean --kilograms?"],
    ["ring-1 -x", "it has no flag -x"],
    ["ring-1 --no-by-hand", "it has no flag --no-by-hand"],
    ["ring-1 --kilograms", "--kilograms has no value"],
    ["ring-1 --kilograms=", "--kilograms has no value"],
    ["ring-1 --kilograms --by-hand", "--kilograms has no value"],
    ["ring-1 --kilograms 5 --kilograms 6", "--kilograms is given twice"],
    ["ring-1 --kilograms=5 --kilograms=5", "--kilograms is given twice"],
    ["", "RING is missing"],
    ["--by-hand", "RING is missing"],
    ["ring-1 ring-2", "ring-2 is one word too many"],
    ["--by-hand ring-1 ring-2", "ring-2 is one word too many"],
  ] as const
) {
  Deno.test(`parseLine() refuses the line "${line}"`, () => {
    const words = line.split(" ").filter((word) => word !== "");
    const error = assertThrows(() => parsed(...words), ReddError);
    assertEquals(
      [error.message, error.code, error.exitCode],
      [
        `Cannot run deno task feed: ${because.replace(/[^?]$/, "$&.")} See deno task feed --help.`,
        "USAGE",
        2,
      ],
    );
  });
}

Deno.test("parseLine() lets an operand in brackets be left out, and takes no more than there are", () => {
  const operandsOf = (operands: readonly string[], ...line: string[]) =>
    parseLine({ ...command, operands }, line).operands;
  assertEquals(operandsOf(["[RING]"]), []);
  assertEquals(operandsOf(["[RING]"], "ring-1"), ["ring-1"]);
  assertEquals(operandsOf(["AREA", "[RING]"], "area-1", "--by-hand"), ["area-1"]);
  assertEquals(operandsOf(["AREA", "[RING...]"], "area-1", "ring-1", "ring-2").length, 3);
  for (
    const [operands, line, because] of [
      [["[RING]"], ["ring-1", "ring-2"], "ring-2 is one word too many"],
      [["AREA", "[RING]"], [], "AREA is missing"],
    ] as const
  ) {
    const error = assertThrows(() => operandsOf(operands, ...line), ReddError);
    assertEquals(
      error.message,
      `Cannot run deno task feed: ${because}. See deno task feed --help.`,
    );
  }
});

Deno.test("parseLine() takes true and false for a switch, and nothing else", () => {
  assertEquals(parsed("ring-1", "--by-hand=true").on, ["by-hand"]);
  assertEquals(parsed("ring-1", "--by-hand=false", "--json").on, ["json"]);
  assertEquals(parsed("ring-1", "--feed-type=--json").on, []);
  assertEquals(parsed("ring-1", "--feed-type=--json").texts, ["--json", undefined]);
  for (const value of ["no", "0", "", "False", "yes", "1", "off", "true "]) {
    const thrown = assertThrows(() => parsed("ring-1", `--by-hand=${value}`), ReddError);
    assertEquals([thrown.fault, thrown.code], ["input", "USAGE"], value);
    assertEquals(
      thrown.message,
      `Cannot run deno task feed: --by-hand is ${value === "" ? "empty" : value}. ` +
        "Give --by-hand alone, or leave it out.",
    );
  }
  const both = ["--by-hand", "--by-hand=false"];
  assertThrows(() => parsed("ring-1", ...both), ReddError, "as true and as false");
  assertThrows(() => parsed("ring-1", "--no-by-hand"), ReddError, "no flag --no-by-hand");
});

Deno.test("parseLine() reads a switch in one way, by whatever name and in whatever place", () => {
  assertEquals(parsed("ring-1", "--by-hand", "false").on, []);
  assertEquals(parsed("ring-1", "--by-hand", "true").on, ["by-hand"]);
  assertEquals(parsed("-h=false", "ring-1").on, []);
  assertEquals(parsed("ring-1", "--by-hand", "--by-hand=true").on, ["by-hand"]);
  assertEquals(parsed("--by-hand", "--", "ring-1").on, ["by-hand"]);
  assertEquals(parsed("--", "--by-hand").operands, ["--by-hand"]);
  for (
    const line of [
      ["ring-1", "-h=no"],
      ["ring-1", "--help="],
      ["ring-1", "--json=1"],
      ["ring-1", "--by-hand", "--by-hand", "false"],
      ["ring-1", "--by-hand=false", "--by-hand"],
      ["ring-1", "--by-hand", "no"],
      ["ring-1", "-by-hand"],
      ["ring-1", "--no-by-hand=true"],
      ["ring-1", "---by-hand"],
      ["ring-1", "--by.hand"],
      ["ring-1", "--by-hand.x=1"],
      ["ring-1", "--constructor"],
      ["ring-1", "--__proto__=1"],
      ["ring-1", "--=1"],
      ["ring-1", "--kilograms", "--", "5"],
    ]
  ) {
    const thrown = assertThrows(() => parsed(...line), ReddError);
    assertEquals([thrown.fault, thrown.code], ["input", "USAGE"], line.join(" "));
  }
});

Deno.test("parseLine() shows no word that may hold a password", () => {
  const database = { name: "database-url", value: "URL", about: "where" };
  const flags = [...command.flags, database];
  const given = "Give a connection string as --database-url.";
  const help = "See deno task feed --help.";
  for (
    const [word, because] of [
      [
        "postgres://127.0.0.1:1/db?user=anna&pass=Zq9x",
        `a connection string is one word too many. ${given}`,
      ],
      ["postgres://127.0.0.1:1/db:Zq9x", `a connection string is one word too many. ${given}`],
      ["host=h user=anna pasword=Zq9x", `a connection string is one word too many. ${given}`],
      ["host=h password Zq9x", `a connection string is one word too many. ${given}`],
      ["anna/Zq9x@db", `a connection string is one word too many. ${given}`],
      ["anna:Zq9x", `a word that is not shown is one word too many. ${help}`],
      ["anna Zq9x", `a word that is not shown is one word too many. ${help}`],
      ["anna|Zq9x", `a word that is not shown is one word too many. ${help}`],
      ["anna%20Zq9x", `a word that is not shown is one word too many. ${help}`],
      ["farms/of Åse".replace(" ", "-"), `farms/of-Åse is one word too many. ${help}`],
      ["-pZq9x", `it has no flag -p…. ${help}`],
      ["--password:Zq9x", `it has no flag --password…. ${help}`],
      ["--postgres://anna:Zq9x@db", `it has no flag --postgres…. ${help}`],
      [
        "--by-hand=anna:Zq9x",
        "--by-hand is a word that is not shown. Give --by-hand alone, or leave it out.",
      ],
      [
        "--by-hand=postgres://anna",
        "--by-hand is a connection string. Give --by-hand alone, or leave it out.",
      ],
    ] as const
  ) {
    const thrown = assertThrows(
      () => parseLine({ ...command, flags }, ["ring-1", word]),
      ReddError,
    );
    assertEquals(thrown.message, `Cannot run deno task feed: ${because}`);
  }
  const alone = assertThrows(() => parsed("ring-1", "host=Zq9x"), ReddError);
  assertEquals(
    alone.message,
    `Cannot run deno task feed: a connection string is one word too many. ${help}`,
  );
});

Deno.test("a command that is not known is named, unless it may hold a password", () => {
  for (
    const [word, shown] of [
      ["fed", "fed"],
      ["--fed", "--fed"],
      ["-pZq9x", "-p…"],
      ["anna:Zq9x", "with a word that is not shown as its command"],
      ["postgres://anna:Zq9x@db", "with a connection string as its command"],
    ] as const
  ) assertEquals(shownCommand(word), shown);
});

Deno.test("parseLine() knows one letter for the flags of every command, and - as a value", () => {
  assertEquals(parsed("ring-1", "-q", "-v").on, ["quiet", "verbose"]);
  assertEquals(parsed("-h").on, ["help"]);
  assertEquals(parsed("-V").on, ["version"]);
  assertEquals(parsed("ring-1", "--feed-type", "-").texts, ["-", undefined]);
  assertEquals(parsed("-").operands, ["-"]);
});

Deno.test("parseLine() asks whether a flag was meant that it knows", () => {
  const error = assertThrows(() => parsed("ring-1", "--kilogram", "5"), ReddError);
  assertEquals(
    error.message,
    "Cannot run deno task feed: it has no flag --kilogram. Did you mean --kilograms? " +
      "See deno task feed --help.",
  );
});
