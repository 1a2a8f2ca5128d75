/** What `redd help` is: the list of commands, or what one of them takes. */
import type { Command } from "../command.ts";
import { NO_RIGHTS } from "../rights/rights.ts";

/** `redd help`. It is no entry of the list that it shows. */
export const helpCommand: Command = {
  name: "help",
  about: "list the commands; with the name of one, its flags",
  operands: ["[COMMAND]"],
  flags: [],
  examples: ["help", "help generate", "help load --json"],
  rights: () => NO_RIGHTS,
  run: async (given, voice) => (await import("../help.ts")).runHelp(given, voice),
};
