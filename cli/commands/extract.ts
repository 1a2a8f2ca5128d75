/** What `redd extract` is. */
import type { Command } from "../command.ts";
import { extractRights } from "../rights/archive.ts";
import { EXPECT_FLAG } from "./flags.ts";

/** `redd extract`. */
export const extractCommand: Command = {
  name: "extract",
  about: "make a dataset's folder of an archive; - is standard input",
  operands: ["ARCHIVE"],
  piped: true,
  flags: [
    { name: "out", value: "DIR", about: "the folder (beside the archive, without .redd.tar)" },
    EXPECT_FLAG,
    { name: "workers", value: "N", about: "workers that unpack side by side (one per processor)" },
  ],
  examples: ["extract out/single.redd.tar --out out/copy"],
  rights: extractRights,
  run: async (given, voice, host) => (await import("../extract.ts")).runExtract(given, voice, host),
};
