/** What `redd archive` is. */
import type { Command } from "../command.ts";
import { archiveRights } from "../rights/archive.ts";

/** `redd archive`. */
export const archiveCommand: Command = {
  name: "archive",
  about: "pack a dataset into one file to hand on",
  operands: ["DATASET"],
  flags: [
    { name: "output", value: "FILE", about: "the file (beside the dataset: DATASET.redd.tar)" },
    { name: "level", value: "N", about: "how hard zstd tries, 1 to 19 (1)" },
    { name: "workers", value: "N", about: "workers that pack side by side (one per processor)" },
    { name: "force", about: "replace an archive that is there; no other file is ever replaced" },
  ],
  examples: [
    "archive out/single",
    "archive out/medium --output shared/medium.redd.tar --level 9",
  ],
  rights: archiveRights,
  run: async (given, voice, host) => (await import("../archive.ts")).runArchive(given, voice, host),
};
