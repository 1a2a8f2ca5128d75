/** What a command of the command line is: help, parsing and completion are made from this. */
import type { Renderer } from "../src/generate/pool.ts";
import type { Surroundings } from "../src/postgres/connection/resolve.ts";
import type { ProgressLine } from "./progress_line.ts";
import type { Rights } from "./rights/rights.ts";

/** A flag: `--out DIR`, or `--force`, which takes no value. */
export interface Flag {
  readonly name: string;
  /** What its value is called in the help; a flag without it is on or off. */
  readonly value?: string;
  /** All values that it takes, or those that have a name; what a shell completes. */
  readonly words?: readonly string[];
  readonly about: string;
  /** What `-` stands for in the place of a file; without it there is no such file. */
  readonly dash?: "stdin" | "stdout";
  /** One letter that stands for it: `q` of `-q`. */
  readonly short?: string;
  /** Under which heading the help shows it; those without one come first. */
  readonly group?: string;
}

/** One of the things that a command does: `snapshot` of `db snapshot start`. */
export interface Action {
  readonly name: string;
  /** What stands behind it, as operands are called. */
  readonly operands: readonly string[];
  readonly about: string;
}

/** The values of the flags that were given. */
export interface Given {
  /** The text of a flag with a value. */
  text(name: string): string | undefined;
  /** Whether a flag without a value was given. */
  on(name: string): boolean;
  /** What stands on the line without a flag. */
  readonly operands: readonly string[];
}

/** How a command speaks: data to stdout, messages to stderr. */
export interface Voice {
  /** A line of the command's result that was asked for: JSON, figures, a list. `--quiet` keeps it. */
  data(line: string): void;
  /** A line that says how the command has ended; stdout, silenced by `--quiet`. */
  result(line: string): void;
  /** A line of that which comes only with `--verbose`. */
  resultDetail(line: string): void;
  /** A line of the result that holds a password on purpose; the others are shown without. */
  secret(line: string): void;
  /** A message to the person at the terminal; `--quiet` silences it. */
  say(line: string): void;
  /** A message that comes only with `--verbose`. */
  detail(line: string): void;
  /**
   * Shows how far something is: one line that changes on a terminal, rare lines elsewhere. One that
   * is made anew each time it is shown knows how long it has been.
   */
  progress(line: string | ProgressLine): void;
  /** From now on the command waits for somebody, and silence is no work, until there is progress. */
  rest(): void;
  /** Whether the result is wanted as JSON. */
  readonly json: boolean;
}

/** What surrounds a command that runs with few rights. */
export interface Host {
  /** Opens a worker that renders into the dataset folder; a command opens its own unless given. */
  readonly openRenderer?: () => Renderer;
  /** Opens a worker that packs or unpacks; a command opens its own unless given. */
  readonly openArchiver?: () => Renderer;
  /** Free bytes where the dataset will be; a command looks itself unless given. */
  readonly free?: number;
  /** Whether files there are known to share no blocks; unknown if absent. */
  readonly plainCopies?: boolean;
}

/** A command. What it does is loaded only when it runs. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly about: string;
  /**
   * What its operands are called, such as `DATASET`; the last ones may be left out if they stand in
   * brackets, `[DATASET]`, and a last one with `...` may come many times.
   */
  readonly operands: readonly string[];
  /** Whether `-` as its first operand is an archive that comes through standard input. */
  readonly piped?: boolean;
  readonly flags: readonly Flag[];
  /** What its first operand may be, where that says what is done. */
  readonly actions?: readonly Action[];
  /** Lines that a person would type, from the command's name on. */
  readonly examples: readonly string[];
  /**
   * What it may do to carry out a line: known before anything but the line, the environment and the
   * user's own settings is read.
   *
   * @throws {ReddError} input, for a line that makes no sense.
   */
  rights(given: Given, surroundings: Surroundings): Rights | Promise<Rights>;
  /**
   * Does it and returns the exit code.
   *
   * @throws {ReddError} what the user is told.
   */
  run(given: Given, voice: Voice, host: Host): Promise<number>;
}

/** Flags that every command has. */
export const COMMON_FLAGS: readonly Flag[] = [
  { name: "json", about: "print the result as JSON" },
  { name: "no-color", about: "write no escapes to the terminal, as with NO_COLOR" },
  { name: "quiet", short: "q", about: "print errors only" },
  { name: "verbose", short: "v", about: "print more, and stack traces of defects" },
  { name: "help", short: "h", about: "print this help" },
  { name: "version", short: "V", about: "print the version" },
];
