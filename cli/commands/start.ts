/** What `redd start` is. */
import type { Command } from "../command.ts";
import { tourRights } from "../rights/dataset.ts";
import { demoRights, serverRights } from "../rights/database.ts";
import { sum } from "../rights/rights.ts";
import { DEMO_FLAGS, SERVER_FLAGS } from "./flags.ts";

/** `redd start`. */
export const startCommand: Command = {
  name: "start",
  about: "the tour: a small dataset, generated, loaded into the embedded server, checked, drawn",
  operands: [],
  flags: [
    { name: "force", about: "drop the database that is there, with all that was done in it" },
    ...DEMO_FLAGS,
    ...SERVER_FLAGS,
  ],
  examples: ["start", "start --json"],
  rights: async (given) => sum(await tourRights(), await serverRights(given), demoRights(given)),
  run: async (given, voice, host) => (await import("../start.ts")).runStart(given, voice, host),
};
