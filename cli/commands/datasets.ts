/** What `redd datasets` is. */
import type { Command } from "../command.ts";
import { datasetsRights } from "../rights/datasets.ts";
import { PRESETS } from "./flags.ts";

/** `redd datasets`. */
export const datasetsCommand: Command = {
  name: "datasets",
  about: "list the datasets that this version promises, or make one again and compare",
  operands: [],
  flags: [
    {
      name: "check",
      value: "PRESET",
      words: PRESETS,
      about: "make this one again, and compare it",
    },
    {
      name: "out",
      value: "DIR",
      about: "where it is made, and removed from again (out/check-PRESET)",
    },
  ],
  examples: ["datasets", "datasets --json", "datasets --check single"],
  rights: datasetsRights,
  run: async (given, voice, host) =>
    (await import("../datasets.ts")).runDatasets(given, voice, host),
};
