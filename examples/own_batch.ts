/** A dataset of one batch of your own: `deno run -A own_batch.ts`, from any folder. */
import { buildInfrastructure, generate, parseIso, planSingle, readFixtures } from "../mod.ts"; // or the path of mod.ts in your copy

const fixtures = readFixtures();
const { profile } = fixtures;
const startDay = parseIso("2025-01-01")!;
const places = buildInfrastructure(fixtures.layout, fixtures.master);
const batch = { startDay, eggs: 250_000, geography: "Scotland", duration: 30, seed: 7 };
const schedule = planSingle(batch, profile, places);
const { manifest } = await generate({ folder: "out/mine", schedule, fixtures, seed: 7 });
console.log(`${manifest.rows} rows are in out/mine`);
