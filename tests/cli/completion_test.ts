/** What shells complete lines of redd with: bash, zsh and fish themselves are asked. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Command } from "../../cli/command.ts";
import { COMMANDS } from "../../cli/commands/all.ts";
import { SHELLS } from "../../cli/commands/completion.ts";
import { helpCommand } from "../../cli/commands/help.ts";
import { SCRIPTS } from "../../cli/completion.ts";
import { offersOf } from "../../cli/completion/offers.ts";
import { NO_RIGHTS } from "../../cli/rights/rights.ts";
import { inTempFolder } from "../generate/files.ts";
import { run } from "../run.ts";
import { atTerminal, type Exchange, isInstalled, SET_PROMPT } from "./at_terminal.ts";
import { reddHere } from "./line_here.ts";

type Shell = typeof SHELLS[number]["name"];

/** What no word may ever do. */
const HOSTILE = ["$(touch pwned)", "`touch pwned`", "it's", "a b", 'say "x"', "back\\slash", "*"];

/** A command whose texts a shell would run, split or take apart if they were not quoted. */
const hostile: Command = {
  name: "make",
  about: HOSTILE.join(" : "),
  operands: ["DATASET"],
  flags: [{ name: "kind", value: "WORD", words: HOSTILE, about: HOSTILE.join(" : ") }],
  examples: [],
  rights: () => NO_RIGHTS,
  run: () => Promise.resolve(0),
};

const scriptOf = (shell: Shell, commands: readonly Command[] = COMMANDS) =>
  SCRIPTS[shell](offersOf(commands, helpCommand));

/** Tests what needs a shell, which is skipped, and said so, where there is none. */
async function withShell(shell: Shell, t: Deno.TestContext, work: () => Promise<void>) {
  const there = await isInstalled(shell) && await isInstalled("script");
  await t.step({ name: there ? shell : `${shell} is not installed`, ignore: !there, fn: work });
}

/** How a shell at a terminal is made to know redd: as something that says what it was given. */
const TERMINALS: Readonly<Record<"bash" | "zsh", { program: string; setup: string }>> = {
  bash: { program: "bash --norc --noprofile -i", setup: "bind 'set bell-style none'" },
  zsh: { program: "zsh -f -i", setup: "autoload -U compinit; compinit -u -D; unsetopt beep" },
};

/**
 * The words of lines that are typed with tabs.
 *
 * @returns the words of every line, and the files that are left.
 */
async function typed(shell: "bash" | "zsh", script: string, lines: readonly string[]) {
  const { program, setup } = TERMINALS[shell];
  const say = `redd() { printf '<%s>' "$@"; echo EN""D; }`;
  const exchanges: Exchange[] = [
    [`${SET_PROMPT}; ${setup}; source ./script; ${say}; echo REA""DY\n`, "READY"],
    ...lines.map((line): Exchange => [`${line}\n`, "END"]),
  ];
  const { answers, left } = await atTerminal(
    program,
    { script, "farm one": "", plan: "" },
    exchanges,
  );
  const words = answers.slice(1).map((answer) =>
    [.../<([^>]*)>/g[Symbol.matchAll](answer)].map(([, word]) => word!)
  );
  return { words, left };
}

/** Lines with tabs, and what they become. */
const TYPED: readonly (readonly [string, readonly string[]])[] = [
  ["redd gen\t", ["generate"]],
  ["redd generate --preset li\t", ["generate", "--preset", "lifecycle"]],
  ["redd generate --preset=li\t", ["generate", "--preset=lifecycle"]],
  ["redd generate --documented\t", ["generate", "--documented-totals"]],
  ["redd export out --format d\t--layout h\t", [
    ...["export", "out", "--format", "duckdb", "--layout", "hive"],
  ]],
  ["redd db --port 5433 sn\tx", ["db", "--port", "5433", "snapshot", "x"]],
  ["redd load --method r\t", ["load", "--method", "rebuild"]],
  ["redd load fa\t", ["load", "farm one"]],
  ["redd schedule --from pl\t", ["schedule", "--from", "plan"]],
  ["redd help comp\tz", ["help", "completion", "z"]],
  // What takes no word is left as it is.
  ["redd generate --seed pl\t", ["generate", "--seed", "pl"]],
];

Deno.test("a line at a terminal is completed by the table of commands", async (t) => {
  for (const shell of ["bash", "zsh"] as const) {
    await withShell(shell, t, async () => {
      const { words } = await typed(shell, scriptOf(shell), TYPED.map(([line]) => line));
      assertEquals(words, TYPED.map(([, expected]) => expected));
    });
  }
});

/** What fish offers for a line. */
async function offeredByFish(script: string, line: string, cwd: string): Promise<string[]> {
  await Deno.writeTextFile(`${cwd}/script`, script);
  const text = await run(
    "sh",
    "-c",
    'cd "$1" && fish -N -c \'source script; complete -C $argv[1]\' "$2"',
    "sh",
    cwd,
    line,
  );
  return text.trimEnd().split("\n").map((one) => one.split("\t")[0]!);
}

Deno.test("fish offers what the table of commands has", (t) =>
  withShell("fish", t, () =>
    inTempFolder(async (cwd) => {
      const of = (line: string) => offeredByFish(scriptOf("fish"), line, cwd);
      assertEquals(
        await of("redd "),
        [...COMMANDS, helpCommand].map(({ name }) => name).sort(),
      );
      assertEquals(await of("redd export x --format "), ["duckdb", "parquet"]);
      assertEquals(await of("redd generate --preset=li"), ["--preset=lifecycle"]);
      assertEquals(await of("redd db --port 5433 sn"), ["snapshot"]);
      assertEquals(await of("redd db snapshot "), [""]);
      assertEquals(await of("redd load scr"), ["script"]);
      assertEquals(await of("redd load --meth"), ["--method"]);
    })));

Deno.test("no word of the table is run, split or taken apart", async (t) => {
  const lines = [
    "redd make --kind a\t",
    "redd make --kind i\t",
    "redd make --kind s\t",
    "redd make --kind b\t",
    "redd ma\t--ki\tit\t",
  ];
  const expected = [
    ["make", "--kind", "a b"],
    ["make", "--kind", "it's"],
    ["make", "--kind", 'say "x"'],
    ["make", "--kind", "back\\slash"],
    ["make", "--kind", "it's"],
  ];
  for (const shell of ["bash", "zsh"] as const) {
    await withShell(shell, t, async () => {
      const { words, left } = await typed(shell, scriptOf(shell, [hostile]), lines);
      assertEquals(words, expected);
      assertEquals(left.includes("pwned"), false);
    });
  }
  await withShell("fish", t, () =>
    inTempFolder(async (cwd) => {
      const script = scriptOf("fish", [hostile]);
      const offered = await offeredByFish(script, "redd make --kind ", cwd);
      assertEquals(offered.sort(), [...HOSTILE].sort());
      assertEquals([...Deno.readDirSync(cwd)].map(({ name }) => name), ["script"]);
    }));
});

Deno.test("completion prints a script and needs no rights; another shell is refused", () =>
  inTempFolder(async (cwd) => {
    for (const { name } of SHELLS) {
      const { code, stdout, stderr } = await reddHere(["completion", name], { cwd });
      assertEquals([code, stderr, stdout], [0, "", `${scriptOf(name)}\n`]);
      const { shell, script } = JSON.parse(
        (await reddHere(["completion", name, "--json"], { cwd })).stdout,
      );
      assertEquals([shell, script], [name, scriptOf(name)]);
    }
    const { code, stderr } = await reddHere(["completion", "fisch"], { cwd });
    assertEquals(code, 2);
    assertStringIncludes(stderr, "no script for fisch. Did you mean fish? Give one of bash, zsh, ");
    const powershell = await reddHere(["completion", "a secret=word"], { cwd });
    assertMatch(powershell.stderr, /no script for a (connection string|word that is not shown)/);
  }));

Deno.test("the words of a flag are those that its command takes", () =>
  inTempFolder(async (cwd) => {
    const operands: Readonly<Record<string, readonly string[]>> = { load: ["x"], diff: ["x"] };
    const flags = COMMANDS.flatMap((command) =>
      command.flags.filter(({ words }) => words !== undefined).map((flag) => ({ command, flag }))
    );
    assertEquals(flags.length, 9);
    for (const { command: { name, operands: own }, flag } of flags) {
      const line = [
        ...[name, ...operands[name] ?? own.map(() => "x")],
        ...[`--${flag.name}`, "nonsuch"],
      ];
      const { code, stderr } = await reddHere(line, { cwd });
      assertEquals(code, 2, line.join(" "));
      const list = flag.name === "until" ? flag.words!.join(" or ") : flag.words!.join(", ");
      assertStringIncludes(stderr, list, line.join(" "));
    }
  }));
