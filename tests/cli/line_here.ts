/**
 * Redd's command line in the process of the test, for lines of which the words and the files matter:
 * a child takes half a second to come up. What the process itself does, the rights of a line, signals
 * and secrets that one line must not hide for the next, is tested with `redd` of `command_line.ts`.
 */
import { HERE } from "../../cli/database.ts";
import { main, perform } from "../../cli/main.ts";
import { type Outcome, type Setting, withoutProgress } from "./command_line.ts";

/** Lines have the working directory and the streams of the process: one begins when one has ended. */
let last: Promise<unknown> = Promise.resolve();

/** Runs a line to its end; lines that are given at once are run one after another. */
export function reddHere(
  line: readonly string[],
  { cwd }: Pick<Setting, "cwd">,
): Promise<Outcome> {
  const outcome = last.then(() => runLine(line, cwd));
  last = outcome.catch(() => {});
  return outcome;
}

async function runLine(line: readonly string[], cwd: string): Promise<Outcome> {
  const before = Deno.cwd();
  const stdout = heard(Deno.stdout);
  const stderr = heard(Deno.stderr);
  Deno.chdir(cwd);
  try {
    const code = await main(line, async (command, given, voice) => {
      // They are reckoned before a line is carried out, and may refuse it.
      await command.rights(given, HERE);
      return await perform(command, given, voice, {});
    });
    return { code, stdout: stdout.text(), stderr: withoutProgress(stderr.text()) };
  } finally {
    Deno.chdir(before);
    stdout.end();
    stderr.end();
  }
}

/** Keeps what is written to a stream, which is no terminal meanwhile. */
function heard(stream: typeof Deno.stdout) {
  const pieces: Uint8Array[] = [];
  const own = { configurable: true, writable: true };
  Object.defineProperties(stream, {
    writeSync: { ...own, value: (bytes: Uint8Array) => pieces.push(bytes.slice()) && bytes.length },
    isTerminal: { ...own, value: () => false },
  });
  return {
    text: () => {
      const decoder = new TextDecoder();
      return pieces.map((piece) => decoder.decode(piece, { stream: true })).join("");
    },
    end: () => {
      const restored: Partial<typeof Deno.stdout> = stream;
      delete restored.writeSync;
      delete restored.isTerminal;
    },
  };
}
