/** What `redd verify` is. */
import type { Command } from "../command.ts";
import { databaseRights } from "../rights/database.ts";
import { DATABASE_FLAGS } from "./flags.ts";

/** `redd verify`. */
export const verifyCommand: Command = {
  name: "verify",
  about: "check the database that a dataset was loaded into",
  operands: ["DATASET"],
  flags: DATABASE_FLAGS,
  examples: ["verify out/single", "verify out/single --json"],
  rights: (given, surroundings) => databaseRights("verify", given, surroundings, given.operands[0]),
  run: async (given, voice) => (await import("../verify.ts")).runVerify(given, voice),
};
