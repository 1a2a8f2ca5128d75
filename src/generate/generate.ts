/** Generates a dataset: pass, windows in workers, entities, manifest. */
import { ReddError } from "../errors.ts";
import { someOf } from "../names.ts";
import { writeWhole } from "../files/create.ts";
import { beginDataset, type Found, hasWork, openFolder, removeWork } from "./folder.ts";
import { estimate, hasAmpleRoom, requireRoom } from "./estimate.ts";
import { finishDataset } from "./finish.ts";
import { readManifest, type ReddManifest } from "./manifest.ts";
import { makeFolders, SCHEDULE_FILE, WORK } from "./places.ts";
import { type DatasetLock, lockDataset } from "./lock.ts";
import { nameOf, prepare, type Prepared, type Recipe } from "./prepare.ts";
import { recordedWindow } from "./records.ts";
import { type RenderOptions, renderWindows, type Shard, shareOf } from "./render_windows.ts";
import type { WindowPart } from "./render_window.ts";
import { writing } from "./write_error.ts";

export type { Progress, Shard } from "./render_windows.ts";

/** What to generate, where, and how. */
export interface GenerateOptions extends Recipe, Omit<RenderOptions, "shard"> {
  /** The dataset folder; it is made if it is not there. */
  readonly folder: string;
  /** Replaces the dataset that is there. */
  readonly force?: boolean;
  /** Refuses to begin where the disk lacks room. */
  readonly checkRoom?: boolean;
  /** Free bytes there, where the caller has looked. */
  readonly free?: number;
  /** With false, windows that are missing are named, not rendered. */
  readonly renderMissing?: boolean;
}

/** A dataset that is complete. */
export interface Generated {
  /** What the folder held before. */
  readonly found: Found;
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

/** Runs `work` on a folder that has begun to be this dataset; `undefined` where it is finished. */
async function inDataset<T>(
  options: GenerateOptions,
  shard: Shard | undefined,
  held: DatasetLock | undefined,
  work: (folder: string, prepared: Prepared, found: Found) => Promise<T>,
): Promise<T | undefined> {
  const { folder: path, force = false, free } = options;
  const named = nameOf(options);
  const first = openFolder(path, named.identity, force);
  if (first === "finished") {
    clearWork(path, held);
    return undefined;
  }
  // Nothing is written or replaced before the schedule has been lived through.
  const prepared = prepare(options, named);
  if (options.checkRoom && first === "empty" && !hasAmpleRoom(path, prepared, free)) {
    const size = estimate(prepared, 1);
    const bytes = Math.round(size.bytes * shareOf(prepared.pass, shard));
    requireRoom(path, { ...size, bytes }, free);
  }
  using lock = held === undefined
    ? lockDataset(path, shard === undefined ? "alone" : "shared")
    : { folder: held.folder, [Symbol.dispose]() {} };
  // What counts is what is there under the lock.
  const found = openFolder(path, named.identity, force);
  if (found === "finished") return undefined;
  if (found === "empty") beginDataset(lock.folder, prepared.identity, force);
  const own = shard === undefined ? "run" : `run-${shard.number}-of-${shard.of}`;
  writing(path, () => {
    makeFolders(lock.folder);
    const schedule = `${lock.folder}/${SCHEDULE_FILE}`;
    writeWhole(schedule, prepared.text, `${lock.folder}/${WORK}/${own}.partial`);
  });
  return await work(lock.folder, prepared, found);
}

/** A run that was killed between its manifest and its end has left its work behind. */
function clearWork(path: string, held: DatasetLock | undefined): void {
  if (!hasWork(path)) return;
  using _lock = held === undefined ? lockDataset(path, "alone") : undefined;
  removeWork(path);
}

/**
 * Writes a dataset. An interrupted run goes on where it stopped; a finished dataset is left alone.
 *
 * @throws {ReddError} input, when the folder holds something else or there is no such number of
 *   workers; environment, when it cannot be written to; interrupted, when the signal was aborted.
 */
export async function generate(options: GenerateOptions): Promise<Generated> {
  requireWorkers(options);
  return await generateHeld(options);
}

/** Generates in a folder that the caller may have locked already. */
export async function generateHeld(
  options: GenerateOptions,
  held?: DatasetLock,
): Promise<Generated> {
  const done = await inDataset(options, undefined, held, async (folder, prepared, found) => {
    const { pass, identity } = prepared;
    const windows = options.renderMissing === false
      ? pass.windows.map(({ name }) => recordedWindow(folder, name, identity))
      : await renderWindows(folder, prepared, options);
    const parts = allThere(folder, prepared, windows);
    return { found, manifest: await finishDataset(folder, prepared, parts) };
  });
  return done ?? { found: "finished", manifest: await readManifest(options.folder) };
}

/** What a shard has done. */
export interface ShardDone {
  readonly found: Found;
  /** Windows of this shard, and of the dataset; both 0 where the dataset is finished. */
  readonly windows: number;
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
  const done = await inDataset(options, shard, undefined, async (folder, prepared, found) => {
    const done = await renderWindows(folder, prepared, { ...options, shard });
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
    because: `${missing.length} of its ${windows.length} windows are missing: ${someOf(missing)}`,
    remedy: "Bring the folders of all shards together, or generate the dataset without --shard",
  });
}
