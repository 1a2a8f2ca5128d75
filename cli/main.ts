/** The command line of Redd: `redd COMMAND [FLAGS]`. */
import { EXIT_CODES, ReddError } from "../src/errors.ts";
import { VERSION } from "../src/version.ts";
import type { Command } from "./command.ts";
import { dbCommand } from "./db.ts";
import { diffCommand } from "./diff.ts";
import { generateCommand } from "./generate.ts";
import { helpOf, overview } from "./help.ts";
import { loadCommand } from "./load.ts";
import { mergeCommand } from "./merge.ts";
import { parseLine, usageError } from "./parse.ts";
import { scheduleCommand } from "./schedule.ts";
import { startCommand } from "./start.ts";
import { verifyCommand } from "./verify.ts";
import { openVoice, write } from "./voice.ts";
import { wipeCommand } from "./wipe.ts";

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  startCommand,
  scheduleCommand,
  generateCommand,
  mergeCommand,
  loadCommand,
  verifyCommand,
  diffCommand,
  wipeCommand,
  dbCommand,
];

/** Runs one line and returns its exit code; nothing is thrown. */
export async function main(line: readonly string[]): Promise<number> {
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
    return await command.run(given, voice);
  } catch (thrown) {
    voice.close();
    return complain(thrown, verbose);
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

if (import.meta.main) Deno.exit(await main(Deno.args));
