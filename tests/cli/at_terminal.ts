/** A shell at a terminal of its own, as a person has it: keys go in, what is drawn comes back. */
/** How long all answers are waited for, in milliseconds: a shell that falls silent is a failure. */
const PATIENCE = 20_000;

/** Is a program there? */
export async function isInstalled(program: string): Promise<boolean> {
  const { success } = await new Deno.Command("sh", {
    args: ["-c", 'command -v "$1"', "sh", program],
    stdout: "null",
  }).output();
  return success;
}

/** What is typed, and what is in the answer to it. */
export type Exchange = readonly [keys: string, until: string];

/** What a shell says when it takes keys as they come; before that, some would be lost. */
const PROMPT = "@@ ";

/** What a shell is told first, to say so; the echo of it is no prompt. */
export const SET_PROMPT = `PS1='@@'' '`;

function isAnswered(answer: string, until: string): boolean {
  const at = answer.lastIndexOf(until, answer.length - 1);
  return at >= 0 && answer.indexOf(PROMPT, at) >= 0;
}

/**
 * Types to a shell, waits for each answer, and returns the answers. It works in an empty folder.
 *
 * @param program The shell and its flags, for a terminal.
 * @throws {Error} when an answer does not come.
 */
export async function atTerminal(
  program: string,
  files: Readonly<Record<string, string>>,
  exchanges: readonly Exchange[],
): Promise<{ answers: string[]; left: string[] }> {
  const cwd = await Deno.makeTempDir({ prefix: "redd_terminal_" });
  try {
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(`${cwd}/${name}`, text);
    }
    await using child = new Deno.Command("script", {
      args: ["-qec", program, "/dev/null"],
      cwd,
      env: { TERM: "dumb", HOME: cwd, NO_COLOR: "1" },
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    const keys = child.stdin.getWriter();
    const drawn = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const late = setTimeout(() => child.kill("SIGKILL"), PATIENCE);
    try {
      const answers: string[] = [];
      for (const [line, until] of exchanges) {
        await keys.write(new TextEncoder().encode(line));
        let answer = "";
        while (!isAnswered(answer, until)) {
          const { value, done } = await drawn.read();
          if (done) throw new Error(`${JSON.stringify(line)} is answered by ${answer}`);
          answer += value;
        }
        answers.push(answer);
      }
      await keys.close();
      return { answers, left: [...Deno.readDirSync(cwd)].map(({ name }) => name).sort() };
    } finally {
      clearTimeout(late);
      await drawn.cancel().catch(() => {});
    }
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
}
