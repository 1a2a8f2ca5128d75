/** What `redd wipe` is. */
import type { Command } from "../command.ts";
import { databaseRights } from "../rights/database.ts";
import { CONFIRMATION, DATABASE_FLAGS } from "./flags.ts";

/** `redd wipe`. */
export const wipeCommand: Command = {
  name: "wipe",
  about: "empty the operational tables of a database; infrastructure and master data stay",
  operands: ["[DATASET]"],
  flags: [
    ...DATABASE_FLAGS,
    { name: "dry-run", about: "say what would be removed, and remove nothing" },
    {
      name: "confirm",
      about: `wipe without a question; otherwise ${CONFIRMATION} is typed at a terminal`,
    },
  ],
  examples: [
    "wipe out/single",
    "wipe --database-url postgres://aquamind@localhost/aquamind --confirm",
  ],
  rights: (given, surroundings) => databaseRights("wipe", given, surroundings, given.operands[0]),
  run: async (given, voice) => (await import("../wipe.ts")).runWipe(given, voice),
};
