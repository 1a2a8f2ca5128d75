/** A dataset of one batch of your own: `deno run -A own_batch.ts`, from any folder. */
// "../mod.ts" is the path of mod.ts in your copy of Redd.
import { generate, parseIso, planSingle, readFixtures } from "../mod.ts";

const fixtures = readFixtures();
const startDay = parseIso("2025-01-01")!;
const batch = { startDay, eggs: 250_000, geography: "Scotland", duration: 30, seed: 7 };
const schedule = planSingle(batch, fixtures);
const { manifest } = await generate({ folder: "out/mine", schedule, fixtures, seed: 7 });
console.log(`${manifest.rows} rows are in out/mine`);
