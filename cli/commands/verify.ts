/** What `redd verify` is. */
import type { Command } from "../command.ts";
import { verifyRights } from "../rights/verify.ts";
import { DATABASE_FLAGS, EXPECT_FLAG } from "./flags.ts";

/** `redd verify`. */
export const verifyCommand: Command = {
  name: "verify",
  about: "check the files of a dataset, the database that it was loaded into, or any database",
  operands: ["[DATASET]"],
  piped: true,
  flags: [
    {
      name: "database",
      about: "check the database in place of the files: the named one, or the embedded server's",
    },
    { name: "both", about: "check the files and the database, and that both say the same" },
    { name: "only", value: "IDS", about: "run these checks only, such as LAW-FEED*,C-17" },
    { name: "figures", about: "show figures beside their published ranges; they judge nothing" },
    { name: "list", about: "print the checks, or with --figures the figures, and run none" },
    { name: "explain", value: "IDS", about: "print what checks state, read and rest on; run none" },
    { name: "junit", value: "FILE", about: "write the verdicts as JUnit XML, for CI systems" },
    { name: "force", about: "let --junit replace a file that holds no verdicts of Redd's" },
    { name: "memory", value: "MB", about: "the most that reading files takes (of 4/5 of all)" },
    {
      name: "jobs",
      value: "N",
      about: "connections that read side by side (2)",
      group: "The database",
    },
    {
      name: "as-of",
      value: "DATE",
      about: "without a dataset: judge up to this day (the last one with a record)",
      group: "The database",
    },
    EXPECT_FLAG,
    ...DATABASE_FLAGS.map((flag) => ({ ...flag, group: "The database" })),
  ],
  examples: [
    "verify out/single",
    "verify out/single --only LAW-FEED*,C-17 --junit checks.xml",
    "verify out/single --embedded",
    "verify out/single --both --json",
    "verify out/single --figures",
    "verify out/single --figures --only mort_*,temp_*",
    "verify --database-url postgres://reader@db.example/aquamind",
    "verify --database-url postgres://reader@db.example/aquamind --as-of 2025-06-06",
    "verify --list",
    "verify --explain LAW-FEED*,C-17",
  ],
  rights: verifyRights,
  run: async (given, voice, host) => (await import("../verify.ts")).runVerify(given, voice, host),
};
