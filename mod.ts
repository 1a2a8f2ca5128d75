/**
 * Redd: years of salmon-farm history as CSV, and into PostgreSQL. The library behind the command
 * line: read the fixtures, plan, generate, load, verify.
 *
 * ```ts
 * import { buildInfrastructure, generate, parseIso, planSingle, readFixtures } from "./mod.ts";
 *
 * const fixtures = readFixtures();
 * const infrastructure = buildInfrastructure(fixtures.layout, fixtures.master);
 * const schedule = planSingle(
 *   { startDay: parseIso("2025-01-01")!, eggs: 3_500_000, geography: "Scotland", duration: 200, seed: 7 },
 *   fixtures.profile,
 *   infrastructure,
 * );
 * await generate({ folder: "out/mine", schedule, fixtures, seed: 7 });
 * ```
 *
 * @module
 */
export { type Fault, ReddError } from "./src/errors.ts";
export { VERSION } from "./src/version.ts";
export { isoOf, parseIso } from "./src/farm/days.ts";
export { buildInfrastructure, type Infrastructure } from "./src/farm/infrastructure.ts";
export type { Fixtures } from "./src/fixtures/fixtures.ts";
export { readFixtures } from "./src/fixtures/read.ts";
export { type Schedule } from "./src/schedule/format.ts";
export { checkSchedule, type Finding } from "./src/schedule/check.ts";
export { type FarmRequest, planFarm } from "./src/schedule/plan.ts";
export { countBatches } from "./src/schedule/batch_count.ts";
export { FARM_PRESETS, SINGLE_PRESETS } from "./src/schedule/presets.ts";
export { scheduleText } from "./src/schedule/text.ts";
export { planSingle, type SingleBatch } from "./src/schedule/single.ts";
export { readSchedule } from "./src/schedule/read.ts";
export { generate, type Generated, type GenerateOptions } from "./src/generate/generate.ts";
export { generateShard, type Shard } from "./src/generate/generate.ts";
export { mergeShards, shardFolders } from "./src/generate/merge.ts";
export { extend, type ExtendOptions } from "./src/generate/extend.ts";
export { readDatasetSchedule } from "./src/generate/own_schedule.ts";
export { readManifest, type ReddManifest } from "./src/dataset/manifest.ts";
export { readDataset } from "./src/dataset/read_dataset.ts";
export { load } from "./src/load/checked.ts";
export { diffDataset } from "./src/diff/checked.ts";
export type { LoadOptions } from "./src/load/load.ts";
export type { LoadReport } from "./src/load/report.ts";
export type { MethodOptions } from "./src/load/rebuild/method.ts";
export type { DiffOptions } from "./src/diff/diff.ts";
export type { DiffReport, PartDifference, RowDifference, TableDiff } from "./src/diff/report.ts";
export { wipeDatabase, type WipeOptions, type WipeReport } from "./src/load/wipe/wipe.ts";
export { type Access, serverAccess } from "./src/server/access.ts";
export { type EmbeddedServer, type ServerOptions, startServer } from "./src/server/server.ts";
export { verifyDatabase } from "./src/verify/postgres.ts";
export { allTables, tableNamed } from "./src/tables/catalog.ts";
export type { Column, Table } from "./src/tables/description.ts";
