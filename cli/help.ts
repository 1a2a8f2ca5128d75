/** `redd help`, and the help texts, made from the table of commands. */
import { commandLine } from "../src/command_line.ts";
import { type Command, COMMON_FLAGS, type Flag, type Given, type Voice } from "./command.ts";
import { COMMANDS } from "./commands/all.ts";
import { commandNamed } from "./commands/named.ts";

/** The columns of the narrowest terminal that people use. */
const WIDTH = 80;

function flagText({ name, short, value }: Flag): string {
  const named = short === undefined ? `--${name}` : `-${short}, --${name}`;
  return value === undefined ? named : `${named} ${value}`;
}

/** A text in lines of at most so many characters, broken between words. */
function wrapped(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1)!;
    if (last === "") lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

type Row = readonly [left: string, right: string];

function twoColumns(rows: readonly Row[], left: number): string[] {
  return rows.flatMap(([name, about]) =>
    wrapped(about, WIDTH - left - 4).map((line, i) =>
      `  ${(i === 0 ? name : "").padEnd(left)}  ${line}`
    )
  );
}

function widest(rows: readonly Row[]): number {
  return Math.max(...rows.map(([name]) => name.length));
}

/** A line to type that is cut, as a shell takes it, where it would leave the terminal. */
function typed(line: string): string[] {
  // A value stays with its flag.
  const lines = wrapped(line.replaceAll(/(--\S+) (?!-)/g, "$1\0"), WIDTH - 6)
    .map((part) => part.replaceAll("\0", " "));
  return lines.map((part, i) =>
    `${i === 0 ? "  " : "    "}${part}${i < lines.length - 1 ? " \\" : ""}`
  );
}

/** The list of commands. */
export function overview(commands: readonly Command[]): string {
  const rows = commands.map(({ name, about }): Row => [name, about]);
  return [
    "Redd: years of salmon-farm history as CSV, and into PostgreSQL",
    "",
    `Usage: ${commandLine("COMMAND", "[FLAGS]")}`,
    "",
    "Commands:",
    ...twoColumns(rows, widest(rows)),
    "",
    `${commandLine("COMMAND", "--help")} shows its flags.`,
  ].join("\n");
}

/** The help of one command. */
export function helpOf(command: Command): string {
  const groups = new Map<string, Row[]>();
  const list = (heading: string, flag: Flag) => {
    const rows = groups.get(heading) ?? [];
    groups.set(heading, [...rows, [flagText(flag), flag.about]]);
  };
  for (const flag of command.flags) list(flag.group ?? "Flags", flag);
  for (const flag of COMMON_FLAGS) list(groups.size > 1 ? "Of every command" : "Flags", flag);
  const actions = (command.actions ?? []).map(({ name, operands, about }): Row => [
    [name, ...operands].join(" "),
    about,
  ]);
  const left = widest([...groups.values(), actions].flat());
  return [
    ...wrapped(`${command.name}: ${command.about}`, WIDTH),
    "",
    `Usage: ${commandLine(command.name, ...command.operands, "[FLAGS]")}`,
    ...command.piped && /DATASET/.test(command.operands[0] ?? "")
      ? ["DATASET is a folder, or an archive; - is an archive through standard input."]
      : [],
    ...(actions.length === 0 ? [] : ["", "Actions:", ...twoColumns(actions, left)]),
    ...[...groups].flatMap(([heading, rows]) => ["", `${heading}:`, ...twoColumns(rows, left)]),
    "",
    "Examples:",
    ...command.examples.flatMap((line) => typed(commandLine(line))),
  ].join("\n");
}

/**
 * Says which commands there are, or what one of them takes; with `--json` as data.
 *
 * @throws {ReddError} input, for a name that no command has.
 */
export function runHelp(given: Given, voice: Voice): Promise<number> {
  const [name] = given.operands;
  const command = name === undefined ? undefined : commandNamed(name);
  if (voice.json) {
    const facts = command === undefined
      ? { commands: COMMANDS.map(({ name, about }) => ({ name, about })) }
      : factsOfCommand(command);
    voice.data(JSON.stringify(facts));
  } else {
    const text = command === undefined ? overview(COMMANDS) : helpOf(command);
    for (const line of text.split("\n")) voice.data(line);
  }
  return Promise.resolve(0);
}

function factsOfCommand({ name, about, operands, flags, actions, examples }: Command) {
  const told = ({ name, value, about, short }: Flag) => ({
    name: `--${name}`,
    ...(short === undefined ? {} : { short: `-${short}` }),
    ...(value === undefined ? {} : { value }),
    about,
  });
  return {
    name,
    about,
    operands,
    ...(actions === undefined ? {} : { actions }),
    flags: [...flags, ...COMMON_FLAGS].map(told),
    examples: examples.map((line) => commandLine(line)),
  };
}
