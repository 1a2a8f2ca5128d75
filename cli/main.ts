/** The command line of Redd: `redd COMMAND [FLAGS]`. */
import { EXIT_CODES, ReddError } from "../src/errors.ts";
import { VERSION } from "../src/version.ts";
import type { Command, Given, Voice } from "./command.ts";
import { COMMANDS } from "./commands/all.ts";
import { helpOf, overview } from "./help.ts";
import { performNarrowed } from "./launch.ts";
import { parseLine, usageError } from "./parse.ts";
import { explained } from "./rights/refusal.ts";
import { complain, openVoice } from "./voice.ts";

export { COMMANDS } from "./commands/all.ts";

/** Carries out a line that is understood; returns its exit code. */
export type Perform = (command: Command, given: Given, voice: Voice) => Promise<number>;

/** In this thread, with the rights that it has. */
const here: Perform = (command, given, voice) => command.run(given, voice, {});

/**
 * Runs one line and returns its exit code; nothing is thrown.
 *
 * @param perform Carries it out, in this thread unless given.
 */
export async function main(line: readonly string[], perform = here): Promise<number> {
  const [name, ...rest] = line;
  let voice = openVoice({ quiet: false, verbose: false, json: false });
  let verbose = false;
  try {
    if (name === undefined) {
      for (const one of overview(COMMANDS).split("\n")) voice.say(one);
      return EXIT_CODES.input;
    }
    if (name === "--help" || name === "-h" || name === "help") {
      for (const one of overview(COMMANDS).split("\n")) voice.data(one);
      return 0;
    }
    if (name === "--version") {
      voice.data(VERSION);
      return 0;
    }
    const command = COMMANDS.find((one) => one.name === name);
    if (command === undefined) {
      throw usageError(name, "there is no such command", "See redd --help");
    }
    const given = parseLine(command, rest);
    verbose = given.on("verbose");
    voice = openVoice({ quiet: given.on("quiet"), verbose, json: given.on("json") });
    if (given.on("help")) {
      for (const one of helpOf(command).split("\n")) voice.data(one);
      return 0;
    }
    return await perform(command, given, voice);
  } catch (thrown) {
    voice.close();
    return tell(explained(thrown), verbose);
  } finally {
    voice.close();
  }
}

/** Says what went wrong, in one line where it is meant for the user. */
function tell(thrown: unknown, verbose: boolean): number {
  if (thrown instanceof ReddError) {
    complain(`error: ${thrown.message}`);
    if (verbose) tellStack(thrown);
    return thrown.exitCode;
  }
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  complain(`error: ${error.message}. This is a defect of Redd; --verbose prints where it is.`);
  if (verbose) tellStack(error);
  return EXIT_CODES.environment;
}

/** Where an error was thrown, a line for each place; its message is no place. */
function tellStack({ stack = "", message }: Error): void {
  const places = stack.slice(stack.indexOf(message) + message.length).split("\n");
  for (const place of places.filter((one) => one.trim() !== "")) complain(place);
}

// The command line does its work in a worker that may do no more than the line needs.
if (import.meta.main) {
  Deno.exit(await main(Deno.args, (command, given) => performNarrowed(command, given, Deno.args)));
}
