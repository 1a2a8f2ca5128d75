/** The command line of Redd: `redd COMMAND [FLAGS]`. */
import { EXIT_CODES, ReddError } from "../src/errors.ts";
import { VERSION } from "../src/version.ts";
import type { Command, Given, Voice } from "./command.ts";
import { COMMANDS } from "./commands/all.ts";
import { helpOf, overview } from "./help.ts";
import { performNarrowed } from "./launch.ts";
import { parseLine, usageError } from "./parse.ts";
import { explained } from "./rights/refusal.ts";
import { openVoice, write } from "./voice.ts";

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
  const verbose = rest.includes("--verbose");
  const voice = openVoice({
    quiet: rest.includes("--quiet"),
    verbose,
    json: rest.includes("--json"),
  });
  try {
    if (name === undefined) {
      voice.say(overview(COMMANDS));
      return EXIT_CODES.input;
    }
    if (name === "--help" || name === "-h" || name === "help") {
      voice.data(overview(COMMANDS));
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
    if (given.on("help")) {
      voice.data(helpOf(command));
      return 0;
    }
    return await perform(command, given, voice);
  } catch (thrown) {
    voice.close();
    return complain(explained(thrown), verbose);
  } finally {
    voice.close();
  }
}

/** Says what went wrong, in one line where it is meant for the user. */
function complain(thrown: unknown, verbose: boolean): number {
  const toStderr = (text: string) => write(Deno.stderr, `${text}\n`);
  if (thrown instanceof ReddError) {
    toStderr(`error: ${thrown.message}`);
    if (verbose && thrown.stack !== undefined) toStderr(thrown.stack);
    return thrown.exitCode;
  }
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  toStderr(`error: ${error.message}. This is a defect of Redd; --verbose prints where it is.`);
  if (verbose && error.stack !== undefined) toStderr(error.stack);
  return EXIT_CODES.environment;
}

// The command line does its work in a worker that may do no more than the line needs.
if (import.meta.main) {
  Deno.exit(await main(Deno.args, (command, given) => performNarrowed(command, given, Deno.args)));
}
