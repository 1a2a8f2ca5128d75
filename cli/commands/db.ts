/** What `redd db` is. */
import { MOST_CLONES } from "../../src/snapshot/limits.ts";
import type { Command } from "../command.ts";
import { dbRights } from "../rights/database.ts";
import { DATABASE_FLAGS, DB_ACTIONS } from "./flags.ts";

/** `redd db`. */
export const dbCommand: Command = {
  name: "db",
  about: "start the embedded server and print how to connect; with an action: snapshot, reset, " +
    "clone, list and drop databases",
  operands: ["[ACTION]", "[NAME...]"],
  actions: DB_ACTIONS,
  flags: [
    {
      name: "count",
      value: "N",
      about: `clone: how many (1); a server has at most ${MOST_CLONES}`,
    },
    {
      name: "disconnect",
      about: "snapshot, reset, drop: end the sessions that are in the way",
    },
    {
      name: "force",
      about: "snapshot: replace the one there is; reset: also a database that was made " +
        "anew since, or loses settings by it",
    },
    { name: "clones", about: "drop: all clones of the database NAME" },
    { name: "snapshot", about: "drop: the snapshot of the database NAME" },
    ...DATABASE_FLAGS.map((flag) => ({ ...flag, group: "The server" })),
  ],
  examples: [
    "db",
    "db --port 5433",
    "db snapshot start",
    "db reset start",
    "db clone start --count 4",
    "db drop start --clones",
    "db snapshot --database-url postgres://aquamind@localhost/aquamind",
  ],
  rights: dbRights,
  run: async (given, voice, host) => {
    if (given.operands.length === 0) return await (await import("../db.ts")).runDb(given, voice);
    return await (await import("../db_actions.ts")).runDbAction(given, voice, host);
  },
};
