/** Parses a command's line against its flags; whatever is not known is an error. */
// @ts-types="../types/std_parse_args.d.ts"
import { parseArgs } from "@std/cli/parse-args";
import { ReddError } from "../src/errors.ts";
import { type Command, COMMON_FLAGS, type Given } from "./command.ts";

/** An error in what was typed. */
export function usageError(command: string, because: string, remedy: string): ReddError {
  return new ReddError("input", "USAGE", { cannot: `run redd ${command}`, because, remedy });
}

/**
 * The flags and operands of a line.
 *
 * @throws {ReddError} input, for an unknown flag, a flag without its value, or operands that are
 *   missing or too many.
 */
export function parseLine(command: Command, line: readonly string[]): Given {
  const { name } = command;
  const flags = [...command.flags, ...COMMON_FLAGS];
  const help = `See redd ${name} --help`;
  const withValue = flags.filter((flag) => flag.value !== undefined).map((flag) => flag.name);
  const onOff = flags.filter((flag) => flag.value === undefined).map((flag) => flag.name);
  const words = switched(name, joined(line, withValue), onOff, withValue);
  const args = parseArgs(words, {
    string: [...withValue, "_"],
    boolean: onOff,
    collect: withValue,
    alias: { h: "help" },
    unknown(arg) {
      if (!arg.startsWith("-")) return true;
      throw usageError(name, `it has no flag ${arg.replace(/=.*/s, "")}`, help);
    },
  });
  const texts = (flag: string) => args[flag] as readonly string[];
  for (const flag of withValue) {
    if (texts(flag).length > 1) throw usageError(name, `--${flag} is given twice`, help);
    if (texts(flag)[0] === "") throw usageError(name, `--${flag} has no value`, help);
  }
  const operands = args._.map(String);
  const missing = command.operands[operands.length];
  if (!args.help && missing !== undefined && !missing.startsWith("[")) {
    throw usageError(name, `${missing} is missing`, help);
  }
  const open = command.operands.at(-1)?.includes("...") ?? false;
  if (!open && operands.length > command.operands.length) {
    throw usageError(name, `${operands[command.operands.length]} is one word too many`, help);
  }
  return {
    text: (flag) => texts(flag)[0],
    on: (flag) => args[flag] === true,
    operands,
  };
}

/** `--eggs -5` as `--eggs=-5`: what follows a flag with a value is its value, minus and all. */
function joined(line: readonly string[], withValue: readonly string[]): string[] {
  const words: string[] = [];
  for (let i = 0; i < line.length; i++) {
    const word = line[i]!;
    const next = line[i + 1];
    const takes = word.startsWith("--") && withValue.includes(word.slice(2));
    if (takes && next !== undefined && /^-\d/.test(next)) {
      words.push(`${word}=${next}`);
      i++;
    } else words.push(word);
  }
  return words;
}

/**
 * Switches take no value but true and false: `--confirm=no` is not taken for a yes.
 *
 * @throws {ReddError} input, for another value, and for a switch that is given on and off.
 */
function switched(
  command: string,
  line: readonly string[],
  onOff: readonly string[],
  withValue: readonly string[],
): string[] {
  const values = new Map<string, boolean>();
  const end = line.indexOf("--");
  return line.flatMap((word, i) => {
    const [, name, value = "true"] = /^--([a-z-]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === undefined || !onOff.includes(name) || (end >= 0 && i > end)) return [word];
    if (value !== "true" && value !== "false") {
      const because = `--${name} is ${value === "" ? "empty" : value}`;
      throw usageError(command, because, `Give --${name} alone, or leave it out`);
    }
    const on = value === "true";
    if (values.has(name) && values.get(name) !== on) {
      throw usageError(command, `--${name} is given as true and as false`, "Give one of the two");
    }
    values.set(name, on);
    const before = /^--([a-z-]+)$/.exec(line[i - 1] ?? "")?.[1];
    if (before !== undefined && withValue.includes(before)) {
      throw usageError(command, `--${before} has no value`, `See redd ${command} --help`);
    }
    return on ? [`--${name}`] : [];
  });
}
