/** The command line of Redd: a command, its operands and its flags. */
import { commandLine } from "../src/command_line.ts";
import { EXIT_CODES, messageOf, ReddError } from "../src/errors.ts";
import { VERSION } from "../src/version.ts";
import type { Command, Given, Host } from "./command.ts";
import { COMMANDS } from "./commands/all.ts";
import { completionCommand } from "./commands/completion.ts";
import { helpCommand } from "./commands/help.ts";
import { commandNamed } from "./commands/named.ts";
import { defectOf, printError, toldOf, wantsJson } from "./error_json.ts";
import { helpOf, overview } from "./help.ts";
import { performNarrowed } from "./launch.ts";
import { refuseDashes, refuseUrls } from "./paths.ts";
import { parseLine, usageError } from "./parse.ts";
import { explained } from "./rights/refusal.ts";
import { keepSecretsOf } from "./secrets.ts";
import { keepShown } from "./secret_shapes.ts";
import { shownWord } from "./shown_word.ts";
import { complain, speakPlainly } from "./screen.ts";
import { type OpenVoice, openVoice } from "./voice.ts";

export { COMMANDS } from "./commands/all.ts";

/** Carries out a line that is understood; returns its exit code. */
export type Perform = (command: Command, given: Given, voice: OpenVoice) => Promise<number>;

/** In this thread, with the rights that it has; who speaks also says that there is no news. */
export async function perform(
  command: Command,
  given: Given,
  voice: OpenVoice,
  host: Host,
): Promise<number> {
  using _ = voice.beat();
  return await command.run(given, voice, host);
}

/** Commands that print what is known before anything runs: they need no worker and no rights. */
const IN_PLACE: readonly Command[] = [helpCommand, completionCommand];

const here: Perform = (command, given, voice) => perform(command, given, voice, {});

/**
 * Runs one line and returns its exit code; nothing is thrown.
 *
 * @param performing Carries it out, in this thread unless given.
 */
export async function main(line: readonly string[], performing = here): Promise<number> {
  for (const word of line) keepSecretsOf(word);
  const [name, ...rest] = line;
  let voice = openVoice({ quiet: false, verbose: false, json: false });
  let verbose = false;
  // Of a line that cannot be parsed; a program that wants JSON wants its errors so, too.
  let json = wantsJson(rest);
  try {
    if (name === undefined) {
      for (const one of overview(COMMANDS).split("\n")) voice.say(one);
      return EXIT_CODES.input;
    }
    const isVersion = ["--version", "-V", "version"].includes(name);
    const isHelp = ["--help", "-h"].includes(name);
    const command = isVersion || isHelp ? helpCommand : commandNamed(name);
    const given = parseLine(command, rest);
    for (const path of pathsOf(command, given)) keepShown(path);
    verbose = given.on("verbose");
    if (verbose && given.on("quiet")) {
      throw usageError(command.name, "--quiet does not go with --verbose", "Give one of the two");
    }
    if (given.on("no-color")) speakPlainly();
    json = given.on("json") && !given.on("help") && !given.on("version");
    voice = openVoice({ quiet: given.on("quiet"), verbose, json });
    if (given.on("help")) {
      for (const one of helpOf(command).split("\n")) voice.data(one);
      return 0;
    }
    if (given.on("version") || isVersion) {
      const [word] = isVersion ? given.operands : [];
      if (word !== undefined) {
        throw usageError(
          name,
          `${shownWord(word)} is one word too many`,
          `See ${commandLine("help")}`,
        );
      }
      voice.data(VERSION);
      return 0;
    }
    refuseUrls(command, given);
    refuseDashes(command, given);
    return await (IN_PLACE.includes(command) ? here : performing)(command, given, voice);
  } catch (thrown) {
    voice.close();
    return tell(explained(thrown), { verbose, json });
  } finally {
    voice.close();
  }
}

/** The files and folders that a line names. */
function pathsOf(command: Command, given: Given): string[] {
  const values = command.flags.filter(({ value }) => value !== undefined && PATHS.includes(value))
    .flatMap(({ name }) => given.text(name) ?? []);
  return [...given.operands, ...values];
}

/** What the value of a flag is called that is a file or a folder, or may be one. */
const PATHS = ["DIR", "FILE", "NAME"];

/** How an error is told. */
interface Telling {
  /** With the places in the code that it came through. */
  readonly verbose: boolean;
  /** To programs as well: as JSON on stdout, in the place of the result. */
  readonly json: boolean;
}

/** Says what went wrong, in one line where it is meant for the user; returns the exit code. */
function tell(thrown: unknown, { verbose, json }: Telling): number {
  const error = thrown instanceof Error ? thrown : new Error(messageOf(thrown));
  const meant = error instanceof ReddError;
  complain(
    meant
      ? `error: ${error.message}`
      : `error: ${error.message}. This is a defect of Redd; --verbose prints where it is.`,
  );
  if (verbose) tellStack(error);
  if (json) printError(meant ? toldOf(error) : defectOf(error));
  return meant ? error.exitCode : EXIT_CODES.defect;
}

/** How many causes of causes are shown. */
const DEEPEST = 8;

/** Where an error was thrown, a line for each place, and what it was caused by. */
function tellStack(error: Error): void {
  let cause: unknown = error;
  for (let depth = 0; depth <= DEEPEST && cause !== undefined; depth++) {
    if (depth > 0) complain(`caused by: ${messageOf(cause)}`);
    if (!(cause instanceof Error)) return;
    for (const place of placesOf(cause)) complain(place);
    ({ cause } = cause);
  }
}

/** The places of a stack are its last lines; the message before them is none. */
function placesOf({ stack = "" }: Error): string[] {
  const lines = stack.split("\n");
  return lines.slice(lines.findLastIndex((line) => !/^ {4}at /.test(line)) + 1);
}

/** Has an error that nobody caught told as any other, and the process or worker end with it. */
export function tellUncaught(): void {
  const end = (event: Event, thrown: unknown) => {
    event.preventDefault();
    const verbose = Deno.args.includes("--verbose");
    Deno.exit(tell(explained(thrown), { verbose, json: wantsJson(Deno.args) }));
  };
  addEventListener("error", (event) => {
    // Of an error in a worker there is nothing here: it has told it itself, or the launcher does.
    if (event.error === null) event.preventDefault();
    else end(event, event.error);
  });
  addEventListener("unhandledrejection", (event) => end(event, event.reason));
}

/** Does the terminal say that it knows no escapes? */
function isDumb(): boolean {
  const { state } = Deno.permissions.querySync({ name: "env", variable: "TERM" });
  return state === "granted" && ["dumb", ""].includes(Deno.env.get("TERM") ?? "unknown");
}

// The command line does its work in a worker that may do no more than the line needs.
if (import.meta.main) {
  tellUncaught();
  if (isDumb()) speakPlainly();
  Deno.exit(await main(Deno.args, (command, given) => performNarrowed(command, given, Deno.args)));
}
