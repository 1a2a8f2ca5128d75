/** `redd completion`: a script for a shell, made from the table of commands. */
import { didYouMean } from "../src/closest.ts";
import type { Given, Voice } from "./command.ts";
import { COMMANDS } from "./commands/all.ts";
import { SHELLS } from "./commands/completion.ts";
import { helpCommand } from "./commands/help.ts";
import { bashScript } from "./completion/bash.ts";
import { fishScript } from "./completion/fish.ts";
import { type OfferedCommand, offersOf } from "./completion/offers.ts";
import { zshScript } from "./completion/zsh.ts";
import { usageError } from "./parse.ts";
import { shownWord } from "./shown_word.ts";

/** The script of every shell. */
export const SCRIPTS: Readonly<
  Record<typeof SHELLS[number]["name"], (commands: readonly OfferedCommand[]) => string>
> = { bash: bashScript, zsh: zshScript, fish: fishScript };

/**
 * Prints the script of a shell; with `--json` as the text of an object.
 *
 * @throws {ReddError} input, for another shell.
 */
export function runCompletion(given: Given, voice: Voice): Promise<number> {
  const [word = ""] = given.operands;
  const names = SHELLS.map(({ name }) => name);
  const shell = names.find((name) => name === word);
  if (shell === undefined) {
    const meant = didYouMean(word, names);
    throw usageError(
      "completion",
      `there is no script for ${meant === "" ? shownWord(word) : word}`,
      `${meant}Give one of ${names.join(", ")}`,
    );
  }
  const script = SCRIPTS[shell](offersOf(COMMANDS, helpCommand));
  const lines = voice.json ? [JSON.stringify({ shell, script })] : script.split("\n");
  // There is no password in it, but what stands behind the name of a flag looks like one.
  for (const line of lines) voice.secret(line);
  return Promise.resolve(0);
}
