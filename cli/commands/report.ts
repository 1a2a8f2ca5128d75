/** What `redd report` is. */
import type { Command } from "../command.ts";
import { EXPECT_FLAG } from "./flags.ts";
import { reportRights } from "../rights/report.ts";

/** `redd report`. */
export const reportCommand: Command = {
  name: "report",
  about: "draw a dataset as one page of HTML that needs no network",
  operands: ["DATASET"],
  piped: true,
  flags: [
    { name: "output", value: "FILE", about: "the page (beside the dataset: DATASET.html)" },
    { name: "force", about: "replace a file that is no page of Redd's" },
    { name: "verify", about: "run all checks of the files first, and show their verdict" },
    { name: "memory", value: "MB", about: "the most that reading files takes (of 4/5 of all)" },
    EXPECT_FLAG,
  ],
  examples: [
    "report out/single",
    "report out/single --verify",
    "report out/single --output single.html --json",
  ],
  rights: reportRights,
  run: async (given, voice, host) => (await import("../report.ts")).runReport(given, voice, host),
};
