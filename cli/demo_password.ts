/** The password of `--demo-password`: from the environment or the terminal, never from the line. */
import { ReddError } from "../src/errors.ts";
import { requirePassword, setDemoPassword } from "../src/aquamind/demo_users.ts";
import type { DatasetUser } from "../src/dataset/users.ts";
import type { Given, Voice } from "./command.ts";
import { DEMO_VARIABLE } from "./commands/flags.ts";
import { usageError } from "./parse.ts";
import { ownSecrets, type SecretTerminal } from "./secret_terminal.ts";

/** What a line asks for: a password for the users of a dataset. */
export interface DemoWish {
  /** Also where the target has other users. */
  readonly besideOthers: boolean;
}

/**
 * Whether the line asks for it.
 *
 * @throws {ReddError} input, where only the half of it was given.
 */
export function demoWish(command: string, given: Given): DemoWish | undefined {
  const besideOthers = given.on("demo-password-anyway");
  if (given.on("demo-password")) return { besideOthers };
  if (!besideOthers) return undefined;
  throw usageError(
    command,
    "--demo-password-anyway stands alone",
    "Give --demo-password as well: the one asks for it, the other says that you mean it",
  );
}

/**
 * Takes the password, before a load begins to take its time.
 *
 * @returns a function that sets it in a database, and says who can log in.
 * @throws {ReddError} input, where there is none, or one that cannot be used.
 */
export async function takeDemoPassword(
  { besideOthers }: DemoWish,
  users: readonly DatasetUser[],
  voice: Voice,
  signal: AbortSignal,
  terminal: SecretTerminal = ownSecrets,
): Promise<(url: string) => Promise<readonly string[]>> {
  const password = Deno.env.get(DEMO_VARIABLE) || await typed(voice, signal, terminal);
  requirePassword(password);
  const onWarning = (text: string) => voice.say(`warning: ${text}.`);
  return (url) => setDemoPassword(password, { url, users, besideOthers, signal, onWarning });
}

/** What is typed twice, unseen. */
async function typed(
  voice: Voice,
  signal: AbortSignal,
  terminal: SecretTerminal,
): Promise<string> {
  if (!terminal.present) {
    throw refused(
      `${DEMO_VARIABLE} is not set, and there is no terminal to type it at`,
      `Set ${DEMO_VARIABLE}, or run the command at a terminal`,
    );
  }
  voice.rest();
  const first = await terminal.askUnseen("Password for the users of the dataset: ", signal);
  const second = first === undefined ? undefined : await terminal.askUnseen("Once more: ", signal);
  signal.throwIfAborted();
  if (first === undefined || second === undefined) {
    throw refused("none was typed", "Nothing has changed there");
  }
  if (first !== second) {
    throw refused("the two that were typed differ", "Nothing has changed there");
  }
  return first;
}

function refused(because: string, remedy: string): ReddError {
  return new ReddError("input", "DEMO_PASSWORD_MISSING", {
    cannot: "set a password for the users of the dataset",
    because,
    remedy,
  });
}

/**
 * A failure to set the password after a load has come through, saying how things stand.
 *
 * @param recorded Is the load found again, so that the same line brings no rows?
 * @param again The line that sets the password.
 */
export function afterLoad(thrown: unknown, recorded: boolean, again: string): unknown {
  if (!(thrown instanceof ReddError)) return thrown;
  const alone = recorded
    ? `set the password alone with ${again}, without --replace and --append`
    : "set passwords with AquaMind's own manage.py changepassword";
  return thrown.adding(`The data is loaded, and nobody has a new password: ${alone}`);
}
