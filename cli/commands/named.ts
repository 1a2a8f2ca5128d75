/** A command by its name. */
import { didYouMean } from "../../src/closest.ts";
import { commandLine } from "../../src/command_line.ts";
import type { Command } from "../command.ts";
import { usageError } from "../parse.ts";
import { shownCommand } from "../shown_word.ts";
import { COMMANDS } from "./all.ts";
import { helpCommand } from "./help.ts";

/** @throws {ReddError} input, for a name that no command has. */
export function commandNamed(name: string): Command {
  const all = [...COMMANDS, helpCommand];
  const command = all.find((one) => one.name === name);
  if (command !== undefined) return command;
  const meant = didYouMean(name, all.map((one) => one.name));
  const remedy = `${meant}See ${commandLine("help")}`;
  throw usageError(shownCommand(name), "there is no such command", remedy);
}
