/** Generates a dataset: pass, windows in workers, entities, manifest. */
import { ReddError } from "../errors.ts";
import { someOf } from "../names.ts";
import { writeWhole } from "../files/create.ts";
import { beginDataset, type FolderState, hasWork, openFolder, removeWork } from "./folder.ts";
import { removeExtensionFiles } from "../dataset/contents.ts";
import { estimate, hasAmpleRoom, requireRoom } from "./estimate.ts";
import { hasRemains, placeToWrite, takePlace } from "./extension_folder.ts";
import { finishDataset } from "./finish.ts";
import { readManifest, type ReddManifest } from "../dataset/manifest.ts";
import { makeFolders, SCHEDULE_FILE, WORK } from "../dataset/places.ts";
import { type DatasetLock, lockDataset } from "./lock.ts";
import { nameOf, prepare, type Prepared, type Recipe } from "./prepare.ts";
import { type GenerateProgress, newRun, planning, progressOf, type Run } from "./progress.ts";
import { recordedWindow } from "./records.ts";
import {
  type RenderOptions,
  renderWindows,
  rowsOfWindow,
  type Shard,
  shareOf,
} from "./render_windows.ts";
import type { WindowPart } from "./render_window.ts";
import { writing } from "./write_error.ts";

export type { GenerateProgress, RunPhase } from "./progress.ts";
export type { Shard } from "./render_windows.ts";

/** What to generate, where, and how. */
export interface GenerateOptions extends Recipe, Omit<RenderOptions, "shard"> {
  /** The dataset folder; it is made if it is not there. */
  readonly folder: string;
  /** Replaces the dataset that is there; false unless given. */
  readonly force?: boolean;
  /** Refuses to begin where the disk lacks room; false unless given. */
  readonly checkRoom?: boolean;
  /** Free bytes there, where the caller has looked; looked up unless given. */
  readonly free?: number;
}

/** A dataset that is complete. */
export interface Generated {
  /** What the folder held before. */
  readonly found: FolderState;
  /** What the dataset says of itself. */
  readonly manifest: ReddManifest;
}

/** @throws {ReddError} input, when there is no such number of workers. */
function requireWorkers({ workers }: GenerateOptions): void {
  if (workers === undefined || (Number.isInteger(workers) && workers >= 1)) return;
  throw new ReddError("input", "BAD_WORKERS", {
    cannot: "generate",
    because: `workers is ${workers}`,
    remedy: "Give a whole number from 1, or leave it out",
  });
}

/**
 * Runs `work` on a folder that has begun to be this dataset; `undefined` where it is finished.
 *
 * @param run Is moved on.
 */
async function inDataset<T>(
  options: GenerateOptions,
  shard: Shard | undefined,
  run: Run,
  work: (folder: string, prepared: Prepared, found: FolderState) => Promise<T>,
): Promise<T | undefined> {
  const { folder: path, force = false, free } = options;
  const named = nameOf(options);
  const plan = () => prepare(options, named, planning(options.onProgress, run));
  const placeIn = (folder: string) => force ? folder : placeToWrite(folder, named.identity);
  const place = placeIn(path);
  const first = openFolder(place, named.identity, force, named);
  const left = () => place !== path || hasWork(path) || hasRemains(path);
  if (first === "finished" && !left()) return undefined;
  // Nothing is written or replaced before the schedule has been lived through.
  const prepared = first === "finished" ? undefined : plan();
  if (prepared !== undefined && options.checkRoom && first === "empty") {
    requireRoomFor(path, prepared, shard, free);
  }
  // Who replaces a dataset does so alone, a shard too.
  using lock = lockDataset(path, shard === undefined || force ? "alone" : "shared");
  // What counts is what is there under the lock.
  const at = placeIn(lock.folder);
  const isExtension = at !== lock.folder;
  const found = openFolder(at, named.identity, force, named);
  if (found === "finished") {
    if (shard !== undefined) return undefined;
    // A run that was killed between its manifest and its end has left its work behind.
    if (isExtension) await takePlace(lock.folder);
    else clearRemains(lock.folder);
    return undefined;
  }
  const own = prepared ?? plan();
  const done = await inBegun(at, options, shard, own, found, work);
  if (isExtension && shard === undefined) await takePlace(lock.folder);
  return done;
}

/** Removes what runs have left behind in a dataset that is finished. */
function clearRemains(folder: string): void {
  removeWork(folder);
  if (hasRemains(folder)) writing(folder, () => removeExtensionFiles(folder));
}

/** Begins the dataset in a folder that is locked, if that was not done yet, and runs `work` there. */
async function inBegun<T>(
  folder: string,
  { folder: path, force = false }: GenerateOptions,
  shard: Shard | undefined,
  prepared: Prepared,
  found: FolderState,
  work: (folder: string, prepared: Prepared, found: FolderState) => Promise<T>,
): Promise<T> {
  if (found === "empty") beginDataset(folder, prepared.identity, force);
  const own = shard === undefined ? "run" : `run-${shard.number}-of-${shard.of}`;
  writing(path, () => {
    makeFolders(folder);
    const schedule = `${folder}/${SCHEDULE_FILE}`;
    writeWhole(schedule, prepared.text, `${folder}/${WORK}/${own}.partial`);
  });
  return await work(folder, prepared, found);
}

/** @throws {ReddError} environment, when the disk lacks room for what a run is to write. */
function requireRoomFor(
  path: string,
  prepared: Prepared,
  shard: Shard | undefined,
  free: number | undefined,
): void {
  if (hasAmpleRoom(path, prepared, free)) return;
  const size = estimate(prepared, 1);
  const bytes = Math.round(size.bytes * shareOf(prepared.pass, shard));
  requireRoom(path, { ...size, bytes }, free);
}

/**
 * Writes a dataset. An interrupted run goes on where it stopped; a finished dataset is left alone.
 *
 * ```ts
 * import { buildInfrastructure, generate, readFixtures, readSchedule } from "@redd/redd";
 *
 * const fixtures = readFixtures();
 * const infrastructure = buildInfrastructure(fixtures.layout, fixtures.master);
 * const schedule = readSchedule("farm.yaml", fixtures.profile, infrastructure);
 * const { found, manifest } = await generate({ folder: "out/farm", schedule, fixtures, seed: 7 });
 * console.log(found, manifest.rows);
 * ```
 *
 * @throws {ReddError} input: the folder holds something else, there is no such number of workers, or
 *   ids would leave their columns; environment: the folder cannot be written to, another run holds
 *   it, the disk lacks room, or a window takes too long; interrupted: the signal.
 */
export async function generate(options: GenerateOptions): Promise<Generated> {
  requireWorkers(options);
  const run = newRun({ finishes: true, copies: false });
  const done = await inDataset(options, undefined, run, async (folder, prepared, found) => {
    const windows = await renderWindows(folder, prepared, options, run);
    const { onProgress } = options;
    return { found, manifest: await finish(folder, prepared, windows, run, onProgress) };
  });
  return done ?? { found: "finished", manifest: await readManifest(options.folder) };
}

/**
 * Finishes a dataset whose folder is locked and has begun. Its windows are the recorded ones: who
 * calls has compared every byte of them with its record under that lock.
 *
 * @param run Is moved on.
 * @throws {ReddError} input, naming the windows that are missing.
 */
export async function finishCompared(
  lock: DatasetLock,
  recipe: Recipe,
  run: Run,
  onProgress?: (progress: GenerateProgress) => void,
): Promise<ReddManifest> {
  const options = { ...recipe, folder: lock.folder };
  const work = async (folder: string, prepared: Prepared) => {
    const { pass, identity } = prepared;
    const windows = pass.windows.map(({ name }, i) =>
      recordedWindow(folder, name, identity, rowsOfWindow(pass, i))
    );
    return await finish(folder, prepared, windows, run, onProgress);
  };
  const prepared = prepare(recipe, undefined, planning(onProgress, run));
  return await inBegun(lock.folder, options, undefined, prepared, "begun", work);
}

/** @throws {ReddError} input, naming the windows that are missing. */
async function finish(
  folder: string,
  prepared: Prepared,
  windows: readonly (readonly WindowPart[] | undefined)[],
  run: Run,
  onProgress: ((progress: GenerateProgress) => void) | undefined,
): Promise<ReddManifest> {
  const whole = allThere(folder, prepared, windows);
  run.phase = "finish";
  return await finishDataset(folder, prepared, whole, (share) => {
    run.ended = share;
    onProgress?.(progressOf(run));
  });
}

/** What a shard has done. */
export interface ShardDone {
  /** What the folder held before. */
  readonly found: FolderState;
  /** Windows (months) of the dataset that are in the folder now; 0 where it is finished. */
  readonly windows: number;
  /** Windows of the dataset; 0 where it is finished. */
  readonly totalWindows: number;
}

/**
 * Writes the windows of one shard; {@linkcode mergeShards} makes a dataset of all shards. Several
 * shards may write into one shared folder at the same time.
 *
 * @throws {ReddError} as {@linkcode generate}.
 */
export async function generateShard(options: GenerateOptions, shard: Shard): Promise<ShardDone> {
  requireWorkers(options);
  const run = newRun({ finishes: false, copies: false });
  const done = await inDataset(options, shard, run, async (folder, prepared, found) => {
    const done = await renderWindows(folder, prepared, { ...options, shard }, run);
    const windows = done.filter((parts) => parts !== undefined).length;
    return { found, windows, totalWindows: done.length };
  });
  return done ?? { found: "finished", windows: 0, totalWindows: 0 };
}

/** @throws {ReddError} input, naming the windows that are missing. */
function allThere(
  folder: string,
  { pass }: Prepared,
  windows: readonly (readonly WindowPart[] | undefined)[],
): (readonly WindowPart[])[] {
  const missing = pass.windows.filter((_, i) => windows[i] === undefined).map(({ name }) => name);
  if (missing.length === 0) return windows.map((parts) => parts!);
  throw new ReddError("input", "WINDOWS_MISSING", {
    cannot: `finish the dataset ${folder}`,
    because: `${missing.length} of its ${windows.length} ${
      windows.length === 1 ? "window" : "windows"
    } ${missing.length === 1 ? "is" : "are"} missing: ${someOf(missing)}`,
    remedy: "Bring the folders of all shards together, or generate the dataset without --shard",
  });
}
