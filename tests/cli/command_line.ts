/** Redd's command line as a child process, with the very permissions of its tasks. */
import { join } from "node:path";
import { PROGRESS } from "../../cli/voice.ts";
import type { OrdinaryUser } from "../ordinary_user.ts";
import { PROJECT } from "../project.ts";

const { tasks }: { tasks: Record<string, { command: string }> } = JSON.parse(
  Deno.readTextFileSync(join(PROJECT, "deno.json")),
);

/** How a line ended. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where and how a line is run. */
export interface Setting {
  /** The working directory. */
  readonly cwd: string;
  readonly env?: Record<string, string>;
  /** Who runs it; only root can give one. */
  readonly user?: OrdinaryUser;
  /** Nothing comes through standard input unless it is piped. */
  readonly stdin?: "piped";
}

/**
 * The arguments for Deno with which a task runs the command line, without the program's own.
 *
 * @param project The folder of the project, or of a copy.
 */
export function flagsOf(task: string, project = PROJECT): string[] {
  const words = tasks[task]!.command.split(" ");
  const entry = words.indexOf("cli/main.ts");
  if (words[0] !== "deno" || entry < 0) throw new Error(`the task ${task} runs something else`);
  // The paths of a task are below the project.
  return words.slice(1, entry).map((word) => word.replace(/^--lock=/, `--lock=${project}/`));
}

/** Variables that would name a database; whoever runs the tests may have them. */
const NO_DATABASE = { DATABASE_URL: "", PGHOST: "", PGSERVICE: "", PGDATABASE: "" };

/** Starts `redd` with a line; a word that is no task gets the permissions of `generate`. */
export function spawnRedd(line: readonly string[], setting: Setting): Deno.ChildProcess {
  const task = line[0] !== undefined && line[0] in tasks ? line[0] : "generate";
  const { user, env, ...how } = setting;
  const { deno = Deno.execPath(), project = PROJECT } = user ?? {};
  return new Deno.Command(deno, {
    args: [...flagsOf(task, project), join(project, "cli/main.ts"), ...line],
    stdin: "null",
    ...how,
    ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }),
    env: { NO_COLOR: "1", ...NO_DATABASE, ...user?.env, ...env },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/**
 * What was said on stderr but for what a slow machine says besides: how far something is, and what is
 * still waited for.
 */
export function withoutProgress(stderr: string): string {
  const extra = new RegExp(`^(?:${PROGRESS}|Still waiting for ).*\n`, "gm");
  return stderr.replaceAll(extra, "");
}

/** Waits for the end of a child and reads what it said, without progress. */
export async function outcomeOf(child: Deno.ChildProcess): Promise<Outcome> {
  const { code, stdout, stderr } = await child.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: withoutProgress(text(stderr)) };
}

/** Runs a line to its end. */
export function redd(line: readonly string[], setting: Setting): Promise<Outcome> {
  return outcomeOf(spawnRedd(line, setting));
}

/** How a line ends that is refused: one message, nothing else. */
export function refused(code: number, message: string): Outcome {
  return { code, stdout: "", stderr: `error: ${message}\n` };
}

/** Reads lines from a stream until one fits; what comes after it is read away. */
export async function lineOf(
  stream: ReadableStream<Uint8Array>,
  fits: (line: string) => boolean,
): Promise<string> {
  const [here, rest] = stream.tee();
  rest.pipeTo(new WritableStream()).catch(() => {});
  let text = "";
  for await (const piece of here.pipeThrough(new TextDecoderStream())) {
    text += piece;
    const line = text.split("\n").slice(0, -1).find(fits);
    if (line !== undefined) return line;
  }
  throw new Error(`the stream ended with ${JSON.stringify(text)}`);
}
