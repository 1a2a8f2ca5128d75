/**
 * Redd: years of salmon-farm history as CSV, and into PostgreSQL. The library behind the command
 * line: read the fixtures, plan, generate, load, verify.
 *
 * ```ts
 * import { generate, parseIso, planSingle, readFixtures } from "@redd/redd";
 *
 * const fixtures = readFixtures();
 * const startDay = parseIso("2025-01-01")!;
 * const batch = { startDay, eggs: 3_500_000, geography: "Scotland", duration: 200, seed: 7 };
 * const schedule = planSingle(batch, fixtures);
 * await generate({ folder: "out/mine", schedule, fixtures, seed: 7 });
 * ```
 *
 * @module
 */
// Words that all rooms use.
export { type Complaint, type Fault, ReddError } from "./src/errors.ts";
export { VERSION } from "./src/version.ts";
export { isoOf, parseIso } from "./src/farm/days.ts";

// Fixtures: the farm, its master data and its biology, as files say them.
export { type ProfileText, readFixtures } from "./src/fixtures/read.ts";
export type { Folder as FixturesFolder } from "./src/fixtures/fixture_files.ts";
export type { Fixtures } from "./src/fixtures/fixtures.ts";
export type { Layout, Position } from "./src/fixtures/layout_type.ts";
export type {
  Described,
  Feed,
  Health,
  Master,
  Models,
  People,
  SpeciesData,
  Trade,
  ValueRange,
} from "./src/fixtures/master_type.ts";
export type {
  DailyStateRules,
  FeedingRules,
  GrowthSampleRules,
  HarvestRules,
  HealthSampleRules,
  LiceCountRules,
  Profile,
  ProfileStage,
  ReadingRules,
} from "./src/fixtures/profile_type.ts";
export type { CauseRules, SharedCauseRules } from "./src/fixtures/field/cause_rules.ts";
export type {
  DeathEntryRules,
  DeathRules,
  EggDeathRules,
  FreshDeathRules,
  MoveDeathRules,
  SeaDeathRules,
} from "./src/fixtures/field/death_rules.ts";
export type { FieldRules } from "./src/fixtures/field/field_rules.ts";
export type { GradingRules } from "./src/fixtures/field/grading_rules.ts";
export type { DiseaseRules, HealthRules } from "./src/fixtures/field/health_rules.ts";
export type { IncidentKindRules, IncidentRules } from "./src/fixtures/field/incident_rules.ts";
export type { GrowthRules } from "./src/fixtures/field/growth_rules.ts";
export type { CountingRules, LiceRules, LiceStageRules } from "./src/fixtures/field/lice_rules.ts";
export type { MovingRules } from "./src/fixtures/field/moving_rules.ts";
export type { PlanRules } from "./src/fixtures/field/plan_rules.ts";
export type { Pauses } from "./src/schedule/pauses.ts";
export type { RationRules } from "./src/fixtures/field/ration_rules.ts";
export type {
  SeaOxygenRules,
  SeaRules,
  TankRules,
  WaterEventRules,
  WaterRules,
} from "./src/fixtures/field/water_rules.ts";
export type { SensorNoise, SensorRules } from "./src/fixtures/field/sensor_rules.ts";
export type {
  LiceLimitRules,
  TreatmentKindRules,
  TreatmentRules,
  VaccinationRules,
} from "./src/fixtures/field/treatment_rules.ts";
export type { WeighingRules } from "./src/fixtures/field/weighing_rules.ts";
export type { BiologyName } from "./src/fixtures/biology_name.ts";
export type { TemperatureProfile, Temperatures } from "./src/fixtures/temperatures.ts";
export type { ContentTypes, Permissions } from "./src/fixtures/django.ts";

// The farm: its places.
export { buildInfrastructure, type Infrastructure } from "./src/farm/ground/infrastructure.ts";
export type {
  Area as SeaArea,
  Container,
  ContainerSensor,
  ContainerType,
  FeedContainer,
  Geography,
  Hall,
  Home,
  Sensor,
  Station,
  Usable,
} from "./src/farm/ground/places.ts";

// Schedules: which batch lives where and when.
export type {
  HallStay,
  Partition as WorkerPartition,
  Schedule,
  ScheduledBatch,
  ScheduledOutbreak,
  SeaStay,
} from "./src/schedule/schedule_type.ts";
export { checkSchedule, type Finding } from "./src/schedule/check.ts";
export { type FarmRequest, planFarm } from "./src/schedule/plan.ts";
export { type BatchCount, countBatches, type CountRequest } from "./src/schedule/batch_count.ts";
export { FARM_PRESETS, SINGLE_PRESETS } from "./src/schedule/presets.ts";
export type { FarmPreset, SinglePreset } from "./src/schedule/presets.ts";
export { scheduleText } from "./src/schedule/text.ts";
export { planSingle, type SingleBatch } from "./src/schedule/single.ts";
export { readSchedule, type ReadScheduleOptions } from "./src/schedule/read.ts";

// Generating: a dataset in a folder, by one machine or several, and made longer.
export { generate, type Generated, type GenerateOptions } from "./src/generate/generate.ts";
export { generateShard, type Shard, type ShardDone } from "./src/generate/generate.ts";
export type { Recipe } from "./src/generate/prepare.ts";
export type { GenerateProgress, RunPhase as GeneratePhase } from "./src/generate/progress.ts";
export type { RenderOptions } from "./src/generate/render_windows.ts";
export type { Renderer } from "./src/generate/pool.ts";
export type { FolderState } from "./src/generate/folder.ts";
export {
  type MergeOptions,
  mergeShards,
  type ShardFolder,
  shardFolders,
} from "./src/generate/merge.ts";
export type { Identity as DatasetIdentity } from "./src/generate/identity.ts";
export { extend, type ExtendOptions } from "./src/generate/extend.ts";
export { type ExtensionForeseen, foreseeExtension } from "./src/generate/foresee_extension.ts";
export { type Abandoned, abandonExtension } from "./src/generate/extension_folder.ts";
export { readDatasetSchedule } from "./src/generate/own_schedule.ts";

// Datasets: what one says of itself, and its parts.
export type { Dataset, OpenDatasetOptions } from "./src/dataset/dataset.ts";
export { openDataset } from "./src/archive/open_dataset.ts";
export { digestOfDataset } from "./src/dataset/manifest_digest.ts";
export { type DatasetUser, usersOf } from "./src/dataset/users.ts";
export {
  type ByteSource,
  PartChanged,
  type PartFile,
  type SignedPart,
  signedPart,
} from "./src/dataset/part_file.ts";
export { readManifest } from "./src/dataset/manifest.ts";
export type { DatasetPart, ReddManifest, TableEntry } from "./src/dataset/manifest_type.ts";
export type * from "./src/dataset/rates_type.ts";
export type * from "./src/dataset/layout_facts_type.ts";
export { readDataset } from "./src/dataset/read_dataset.ts";
export type { Subset as TableSubset } from "./src/dataset/subset.ts";

// Archives: a dataset in one file, made of a folder and back.
export {
  type Archived,
  archiveDataset,
  type ArchiveOptions,
  type ArchiveProgress,
} from "./src/archive/pack.ts";
export { extractArchive, type Extracted, type ExtractOptions } from "./src/archive/extract.ts";
export { type FiledDataset, filesOf, type FilesOfOptions } from "./src/archive/files_of.ts";
export type { CrewOptions as ArchiveCrew } from "./src/archive/pool.ts";

// Loading into PostgreSQL, and wiping.
export type { LoadOptions } from "./src/load/load.ts";
export type { Beside as BesideOptions } from "./src/load/plan/inspect_target.ts";
export type { LoadProgress, LoadStep, Phase as LoadPhase } from "./src/load/progress.ts";
export type { PhaseWork } from "./src/phase_work.ts";
export type { LoadReport, TableReport } from "./src/load/report.ts";
export { load, type MethodOptions } from "./src/load/rebuild/method.ts";
export type { Method as LoadMethod } from "./src/load/method_names.ts";
export type { RebuildOptions, RebuildReport } from "./src/load/rebuild/rebuild.ts";
export { type DemoOptions, setDemoPassword } from "./src/aquamind/demo_users.ts";
export { wipeDatabase, type WipeOptions, type WipeReport } from "./src/load/wipe/wipe.ts";
export type { RowCount, WipePlan } from "./src/load/wipe/plan.ts";
export type { Dependant as WipeDependant } from "./src/load/wipe/dependants.ts";

// Snapshots of a database on its server, resets to them, and clones for tests.
export {
  type CopyReport,
  type DatabaseCopyOptions,
  snapshotDatabase,
  type SnapshotOptions,
} from "./src/snapshot/snapshot.ts";
export { resetDatabase } from "./src/snapshot/reset.ts";
export {
  type Clone,
  cloneDatabase,
  type CloneOptions,
  type CloneReport,
} from "./src/snapshot/clone.ts";
export {
  dropClones,
  dropClonesOf,
  type DropOptions,
  type DropReport,
  dropSnapshot,
  type KeptCopy,
} from "./src/snapshot/drop.ts";
export type { TypedLine } from "./src/snapshot/deed.ts";
export {
  type DatabaseList,
  listDatabases,
  type ListedCopy,
  type ListedDatabase,
} from "./src/snapshot/list.ts";

// Comparing a dataset with a database.
export { diffDataset, type DiffOptions } from "./src/diff/diff.ts";
export type { DiffProgress } from "./src/diff/tables.ts";
export type {
  Both as BothSides,
  DiffReport,
  PartDifference,
  RowDifference,
  TableDiff,
  ValueDifference,
} from "./src/diff/report.ts";

// Exporting a dataset to other tools.
export {
  exportDataset,
  type ExportOptions,
  type ExportProgress,
  type ExportReport,
} from "./src/export/export_dataset.ts";
export type { ExportFormat, ParquetLayout } from "./src/export/formats.ts";

// Drawing a dataset as a page.
export { makeReport, type ReportOptions } from "./src/report/report.ts";

// Verifying a dataset: its files, or a database that it was loaded into; and any other database.
export { verifyDataset, type VerifyDatasetOptions } from "./src/verify/verify_dataset.ts";
export type { DuckLimits } from "./src/duckdb/session.ts";
export { verifyDatabase, type VerifyDatabaseOptions } from "./src/verify/engines/postgres.ts";
export type { DatabaseFacts } from "./src/verify/engines/look.ts";
export type { AskedBesides, VerifyOptions } from "./src/verify/run.ts";
export type { Days as KnownDays, FoundRows, Known as KnownRows } from "./src/catalogue/known.ts";
export type { VerifyReport } from "./src/verify/report.ts";
export { type VerdictDifference, verdictDifferences } from "./src/verify/verdicts.ts";
export type { CheckResult, Status as CheckStatus } from "./src/verify/judge.ts";
export type {
  Ability as CheckAbility,
  Engine as CheckEngine,
  Question as CheckQuestion,
  ResultRow as CheckRow,
} from "./src/catalogue/engine.ts";
export type {
  Basis as CheckBasis,
  CheckFacts,
  CheckOfDataset,
  CheckOfRows,
  CheckWithQuery,
  DefectId,
  ExpectedRow,
  ExpectedValue,
  Need as CheckNeed,
  Span as ExpectedSpan,
  VerifyCheck,
} from "./src/catalogue/check.ts";

// Figures of a dataset beside the ranges that others have found.
export { type DatasetFiguresOptions, figuresOfDataset } from "./src/figures/of_dataset.ts";
export { type DatabaseFiguresOptions, figuresOfDatabase } from "./src/figures/of_database.ts";
export { figuresOf, type FiguresOptions } from "./src/figures/figures_of.ts";
export { allFigures } from "./src/figures/all_figures.ts";
export type {
  Figure,
  FigureFacts,
  FigureRange,
  FigureResult,
  JudgedRange,
  Verdict as FigureVerdict,
} from "./src/figures/figure.ts";
export { SOURCES as FIGURE_SOURCES } from "./src/figures/sources.ts";
export type { SourceKey as FigureSource } from "./src/figures/sources.ts";

// The embedded server.
export { type Access, serverAccess } from "./src/server/access.ts";
export { type EmbeddedServer, type ServerOptions, startServer } from "./src/server/server.ts";
export type { Administration } from "./src/server/administration.ts";
export type { ServerVersion } from "./src/server/binaries.ts";

// The tables of AquaMind.
export { allTables, tableNamed } from "./src/tables/catalog.ts";
export type {
  CheckConstraint as TableCheck,
  Column,
  Group as TableGroup,
  Index as TableIndex,
  Reference as ForeignKey,
  Table,
  TableKind,
  UniqueKey as TableKey,
} from "./src/tables/description.ts";
