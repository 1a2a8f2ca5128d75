/** Running PostgreSQL's own programs under the server's account. */
import { join } from "node:path";
import { messageOf } from "../errors.ts";
import { type Account } from "./account.ts";
import { onEarlyExit } from "../early_exit.ts";
import { interrupted, pause, throwIfInterrupted, waitFor, type Waits } from "./waiting.ts";

/** Where the programs are, who runs them and for which files. */
export interface Program {
  /** The user's own copy of the binaries. */
  readonly binaries: string;
  readonly account: Account;
  /** The server's folder. */
  readonly folder: string;
  /** The server's files, a folder in it; a path without links. */
  readonly data: string;
  /** Whether Redd listens for signals, to end the programs when it is ended itself. */
  readonly signals: boolean;
}

/** How a program ended, and what it printed. */
export interface Outcome {
  readonly code: number;
  readonly text: string;
}

/** How long a program may take, in ms, and what the user is told that he waits for. */
export interface TimeBound {
  readonly ms: number;
  readonly what: string;
}

/** The exit code of a program that could not be run, or took too long. */
const NOT_ENDED = 127;

/** The most bytes of its output that are kept. */
const TEXT = 1 << 16;

/**
 * Runs a program to its end in the folder `within`, which is the server's files for it. It gets to
 * know them by that alone: `pg_ctl` hands paths to a shell, and what is in a list of processes can
 * be read by everybody.
 *
 * @throws {ReddError} interrupted, when the signal came first; the program is killed.
 */
export async function runProgram(
  program: Program,
  name: "initdb" | "pg_ctl",
  args: readonly string[],
  { ms, what }: TimeBound,
  waits: Waits,
  within = program.data,
): Promise<Outcome> {
  let child: Deno.ChildProcess;
  try {
    child = commandFor(program, name, args, within).spawn();
  } catch (error) {
    return { code: NOT_ENDED, text: messageOf(error) };
  }
  const takeBack = onEarlyExit(() => end(child), { signals: program.signals });
  const readers = [child.stdout.getReader(), child.stderr.getReader()];
  const text = Promise.all(readers.map(beginning));
  const outcome = async () => {
    const { code } = await child.status;
    return { code, text: (await text).join("") };
  };
  try {
    const ended = await waitFor(outcome(), what, ms, waits);
    if ("done" in ended) {
      // Ctrl-C in a terminal goes to this program as well, which may end by it before we hear of it.
      if (ended.done.code !== 0) await pause(200, waits.signal);
      throwIfInterrupted(waits);
      return ended.done;
    }
    end(child);
    // A program that it has started may still hold the other ends.
    for (const reader of readers) reader.cancel().catch(() => {});
    if (ended.ended === "interrupted") throw interrupted();
    return { code: NOT_ENDED, text: `${name} has not ended within ${ms / 1000} s` };
  } finally {
    takeBack();
  }
}

/** Sends a signal to a process as the server's account may: to one of its own. */
export function sendSignal(program: Program, signal: "INT" | "QUIT" | "KILL", pid: number): void {
  try {
    commandFor(program, "pg_ctl", ["kill", signal, String(pid)], program.binaries).outputSync();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** The line of a program's output that tells why it failed. */
export function failureOf(text: string): string {
  const lines = text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const telling = lines.findLast((line) => /\b(FATAL|PANIC|ERROR|error|fatal):/.test(line));
  const line = telling ?? lines.at(-1) ?? "it printed nothing";
  return line.replace(/^.*?\b(FATAL|PANIC|ERROR|error|fatal):\s*/, "").replace(/\.$/, "");
}

function commandFor(
  program: Program,
  name: string,
  args: readonly string[],
  cwd: string,
): Deno.Command {
  return new Deno.Command(join(program.binaries, "bin", name), {
    args: [...args],
    cwd,
    // The environment of Redd is not the server's: a locale would change what it does.
    clearEnv: true,
    env: { LC_ALL: "C", PGDATA: "." },
    ...(program.account.ids ?? {}),
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}

function end(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** What a program prints; the rest of very much is read away. */
async function beginning(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text;
    if (text.length < TEXT) text += decoder.decode(value, { stream: true });
  }
}
