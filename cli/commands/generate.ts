/** What `redd generate` is. */
import type { Command } from "../command.ts";
import { generateRights } from "../rights/dataset.ts";
import { GENERATE_FLAGS } from "./generate_flags.ts";

/** `redd generate`. */
export const generateCommand: Command = {
  name: "generate",
  about: "write a dataset: a preset, a single batch or a schedule",
  operands: [],
  flags: GENERATE_FLAGS,
  examples: [
    "generate --preset single",
    "generate --preset production --seed 7 --out out/production",
    "generate --start-date 2022-01-01 --geography Scotland --out out/scotland",
    "generate --schedule farm.yaml --seed 7",
    "generate --extend --until 2026-06-01 --append-batches --out out/production",
    "generate --abandon --out out/production",
  ],
  rights: generateRights,
  run: async (given, voice, host) =>
    (await import("../generate.ts")).runGenerate(given, voice, host),
};
