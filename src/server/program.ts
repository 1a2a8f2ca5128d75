/** Running PostgreSQL's own programs under the server's account. */
import { join } from "node:path";
import { messageOf } from "../errors.ts";
import { type Account } from "./account.ts";

/** Where the programs are, who runs them and in which folder. */
export interface Program {
  /** The copy of the binaries. */
  readonly binaries: string;
  readonly account: Account;
  /** The working directory; the account must be able to enter it. */
  readonly folder: string;
}

/** How a program ended, and what it printed. */
export interface Outcome {
  readonly code: number;
  readonly text: string;
}

/** Runs a program to its end. */
export async function runProgram(
  program: Program,
  name: "initdb" | "pg_ctl",
  args: readonly string[],
): Promise<Outcome> {
  try {
    return outcomeOf(await commandFor(program, name, args).output());
  } catch (error) {
    return notRun(error);
  }
}

/** The same without returning to the event loop, for a process that is about to end. */
export function runProgramSync(
  program: Program,
  name: "initdb" | "pg_ctl",
  args: readonly string[],
): Outcome {
  try {
    return outcomeOf(commandFor(program, name, args).outputSync());
  } catch (error) {
    return notRun(error);
  }
}

/** The line of a program's output that tells why it failed. */
export function failureOf(text: string): string {
  const lines = text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const telling = lines.findLast((line) => /\b(FATAL|PANIC|ERROR|error|fatal):/.test(line));
  const line = telling ?? lines.at(-1) ?? "it printed nothing";
  return line.replace(/^.*?\b(FATAL|PANIC|ERROR|error|fatal):\s*/, "").replace(/\.$/, "");
}

function commandFor(program: Program, name: string, args: readonly string[]): Deno.Command {
  return new Deno.Command(join(program.binaries, "bin", name), {
    args: [...args],
    cwd: program.folder,
    // The environment of Redd is not the server's: PGDATA or a locale would change what it does.
    clearEnv: true,
    env: { LC_ALL: "C" },
    ...(program.account.ids ?? {}),
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}

/** The folder may have been removed under a running server: that is an outcome like another. */
function notRun(error: unknown): Outcome {
  return { code: 127, text: messageOf(error) };
}

function outcomeOf({ code, stdout, stderr }: Deno.CommandOutput): Outcome {
  const decoder = new TextDecoder();
  return { code, text: decoder.decode(stdout) + decoder.decode(stderr) };
}
