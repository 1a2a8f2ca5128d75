/** What `redd load` is. */
import { GROUPS } from "../../src/dataset/subset.ts";
import { METHODS } from "../../src/load/method_names.ts";
import type { Command } from "../command.ts";
import { databaseRights, demoRights } from "../rights/database.ts";
import { sum } from "../rights/rights.ts";
import { DATABASE_FLAGS, DEMO_FLAGS, EXPECT_FLAG } from "./flags.ts";

/** `redd load`. */
export const loadCommand: Command = {
  name: "load",
  about: "load a dataset into the embedded server or any PostgreSQL from 14 on",
  operands: ["[DATASET]"],
  piped: true,
  flags: [
    EXPECT_FLAG,
    ...DATABASE_FLAGS,
    {
      name: "method",
      value: "WAY",
      words: METHODS,
      about: "deferred, rebuild, or auto: by size (auto)",
    },
    { name: "jobs", value: "N", about: "connections that the rebuild way copies over (2)" },
    { name: "replace", about: "wipe the operational tables first, if they hold rows" },
    { name: "append", about: "load beside the rows that are there, if nothing collides" },
    { name: "tables", value: "A,B", about: "load only these tables" },
    {
      name: "without",
      value: "GROUP",
      words: GROUPS,
      about: "leave out a group of tables: history, operational …",
    },
    ...DEMO_FLAGS,
    {
      name: "demo-password-anyway",
      about: "even where the database has other users, who keep their own",
    },
    { name: "dry-run", about: "say what would be loaded, wiped and merged, and load nothing" },
    { name: "status", about: "say where the loads of the database stand, and load nothing" },
    { name: "restore", about: "take an unfinished load back: rows go, indexes and keys return" },
    { name: "forget", about: "remove the ledger of finished loads from the database" },
  ],
  examples: [
    "load out/single",
    "load out/single --database-url postgres://aquamind@localhost/aquamind",
    "load out/medium --method rebuild --jobs 4",
    "load out/medium --status",
    "load out/single.redd.tar",
    "load --status --database-url postgres://aquamind@localhost/aquamind",
  ],
  rights: async (given, surroundings) =>
    sum(
      await databaseRights("load", given, surroundings, given.operands[0]),
      demoRights(given),
    ),
  run: async (given, voice) => (await import("../load.ts")).runLoad(given, voice),
};
