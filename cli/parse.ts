/** Parses a command's line against its flags; whatever is not known is an error. */
import { ReddError } from "../src/errors.ts";
import { didYouMean } from "../src/closest.ts";
import { commandLine } from "../src/command_line.ts";
import { type Command, COMMON_FLAGS, type Given } from "./command.ts";
import { looksLikeConnection, shownFlag, shownWord } from "./shown_word.ts";

/** An error in what was typed. */
export function usageError(command: string, because: string, remedy: string): ReddError {
  return new ReddError("input", "USAGE", {
    cannot: `run ${commandLine(command)}`,
    because,
    remedy,
  });
}

/**
 * The flags and operands of a line. What follows a flag with a value is its value, a negative number
 * too; a switch takes true and false, so that `--confirm=no` is not taken for a yes. Behind `--`
 * everything is an operand.
 *
 * @throws {ReddError} input, for an unknown flag, a flag without its value, a switch with another
 *   value than true and false or with both, or operands that are missing or too many.
 */
export function parseLine(command: Command, line: readonly string[]): Given {
  const { name } = command;
  const flags = new Map([...command.flags, ...COMMON_FLAGS].map((flag) => [flag.name, flag]));
  const help = `See ${commandLine(name, "--help")}`;
  const refuse = (because: string, remedy = help): never => {
    throw usageError(name, because, remedy);
  };
  const texts = new Map<string, string>();
  const switches = new Map<string, boolean>();
  const operands: string[] = [];
  const words = [...line];
  while (words.length > 0) {
    const word = words.shift()!;
    if (word === "--") {
      operands.push(...words.splice(0));
    } else if (!isFlag(word)) {
      operands.push(word);
    } else {
      const { given, flag, value } = readFlag(word);
      const known = flags.get(flag);
      if (known === undefined) {
        const meant = meantBy(given, flag, [...flags.keys()]);
        refuse(`it has no flag ${shownFlag(given)}`, `${meant}${help}`);
      } else if (known.value === undefined) {
        const on = switchOf(name, flag, value ?? truthOf(words));
        if ((switches.get(flag) ?? on) !== on) {
          refuse(`--${flag} is given as true and as false`, "Give one of the two");
        }
        switches.set(flag, on);
      } else {
        const text = value ?? valueOf(words);
        if (texts.has(flag)) refuse(`--${flag} is given twice`);
        if (text === "") refuse(`--${flag} has no value`);
        texts.set(flag, text);
      }
    }
  }
  const missing = command.operands[operands.length];
  const asked = switches.get("help") === true || switches.get("version") === true;
  if (!asked && missing !== undefined && !missing.startsWith("[")) {
    refuse(`${missing} is missing`);
  }
  const open = command.operands.at(-1)?.includes("...") ?? false;
  if (!open && operands.length > command.operands.length) {
    const word = operands[command.operands.length]!;
    if ([...switches.keys()].some(isSecret)) {
      refuse("a word, which is not shown, is one too many", NEVER_ON_A_LINE);
    }
    const because = `${shownWord(word)} is one word too many`;
    if (!looksLikeConnection(word) || !flags.has("database-url")) refuse(because);
    refuse(because, "Give a connection string as --database-url");
  }
  return {
    text: (flag) => texts.get(flag),
    on: (flag) => switches.get(flag) === true,
    operands,
  };
}

/** Is a switch about a password, so that somebody may write one behind it? */
function isSecret(flag: string): boolean {
  return /password/.test(flag);
}

const NEVER_ON_A_LINE = "Everybody on the machine may read a line: see the help for where it is " +
  "taken from";

function isFlag(word: string): boolean {
  return word.length > 1 && word.startsWith("-");
}

/** A flag as it was typed, by its name, and what stands behind its `=`. */
function readFlag(word: string): { given: string; flag: string; value: string | undefined } {
  const [, given = word, value] = /^([^=]*)(?:=([^]*))?$/.exec(word) ?? [];
  const flag = given.startsWith("--")
    ? given.slice(2)
    : COMMON_FLAGS.find(({ short }) => given === `-${short}`)?.name ?? "";
  return { given, flag, value };
}

/** What is asked about a flag that is not known. Other programs have one letter for many of Redd's. */
function meantBy(given: string, flag: string, known: readonly string[]): string {
  const [, letter] = /^-([a-z])$/i.exec(given) ?? [];
  if (letter === undefined) {
    // Folders are given with --out, files with --output.
    const longer = known.filter((one) => flag.length > 2 && flag.startsWith(one));
    return didYouMean(longer[0] ?? flag, known, (one) => `--${one}`);
  }
  const beginning = known.filter((one) => one.startsWith(letter.toLowerCase()));
  return beginning.length === 1 ? `Did you mean --${beginning[0]}? ` : "";
}

/** Takes the next word as the value of a flag; empty where there is none. */
function valueOf(words: string[]): string {
  const [next] = words;
  return next === undefined || (isFlag(next) && !/^-\d/.test(next)) ? "" : words.shift()!;
}

/** Takes the next word as what a switch is, where it says so: `--confirm false`. */
function truthOf(words: string[]): string {
  return words[0] === "true" || words[0] === "false" ? words.shift()! : "true";
}

function switchOf(command: string, flag: string, value: string): boolean {
  if (value === "true") return true;
  if (value === "false") return false;
  if (isSecret(flag)) {
    throw usageError(command, `--${flag} is given a value, which is not shown`, NEVER_ON_A_LINE);
  }
  const because = `--${flag} is ${value === "" ? "empty" : shownWord(value)}`;
  throw usageError(command, because, `Give --${flag} alone, or leave it out`);
}
