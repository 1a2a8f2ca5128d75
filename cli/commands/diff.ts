/** What `redd diff` is. */
import { GROUPS } from "../../src/dataset/subset.ts";
import type { Command } from "../command.ts";
import { databaseRights } from "../rights/database.ts";
import { DATABASE_FLAGS, EXPECT_FLAG } from "./flags.ts";

/** `redd diff`. */
export const diffCommand: Command = {
  name: "diff",
  about: "compare a dataset with the database that it was loaded into, row by row",
  operands: ["DATASET"],
  piped: true,
  flags: [
    EXPECT_FLAG,
    { name: "jobs", value: "N", about: "connections that read side by side (2)" },
    { name: "tables", value: "A,B", about: "compare only these tables" },
    {
      name: "without",
      value: "GROUP",
      words: GROUPS,
      about: "leave out a group of tables: history, operational …",
    },
    ...DATABASE_FLAGS,
  ],
  examples: [
    "diff out/single",
    "diff out/single --tables batch_batch,scenario --json",
    "diff out/single --database-url postgres://aquamind@localhost/aquamind",
  ],
  rights: (given, surroundings) => databaseRights("diff", given, surroundings, given.operands[0]),
  run: async (given, voice) => (await import("../diff.ts")).runDiff(given, voice),
};
