/** What `redd db` is. */
import type { Command } from "../command.ts";
import { serverRights } from "../rights/database.ts";
import { SERVER_FLAGS } from "./flags.ts";

/** `redd db`. */
export const dbCommand: Command = {
  name: "db",
  about: "start the embedded server and print how to connect",
  operands: [],
  flags: SERVER_FLAGS,
  examples: ["db", "db --port 5433"],
  rights: (given) => serverRights(given),
  run: async (given, voice) => (await import("../db.ts")).runDb(given, voice),
};
