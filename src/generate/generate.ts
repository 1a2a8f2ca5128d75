/** Generates a dataset: pass, windows in workers, entities, manifest. */
import { ReddError } from "../errors.ts";
import { someOf } from "../names.ts";
import { beginDataset, type Found, lockFolder, openFolder, writeWhole } from "./folder.ts";
import { estimate, hasAmpleRoom, requireRoom } from "./estimate.ts";
import { finishDataset } from "./finish.ts";
import { readManifest, type ReddManifest } from "./manifest.ts";
import { makeFolders, SCHEDULE_FILE, WORK } from "./places.ts";
import { type Named, nameOf, prepare, type Prepared, type Recipe } from "./prepare.ts";
import { completedWindow } from "./records.ts";
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

/** Runs `work` on a folder that has begun to be this dataset, one run at a time. */
async function inDataset<T>(
  options: GenerateOptions,
  named: Named,
  found: Found,
  shard: Shard | undefined,
  work: (folder: string, prepared: Prepared) => Promise<T>,
): Promise<T> {
  // Nothing is written or replaced before the schedule has been lived through.
  const prepared = prepare(options, named);
  const { free } = options;
  if (options.checkRoom && found === "empty" && !hasAmpleRoom(options.folder, prepared, free)) {
    const size = estimate(prepared, 1);
    const bytes = Math.round(size.bytes * shareOf(prepared.pass, shard));
    requireRoom(options.folder, { ...size, bytes }, free);
  }
  const lock = shard === undefined ? "run" : `run-${shard.number}-of-${shard.of}`;
  if (found === "empty") {
    beginDataset(options.folder, prepared.identity, options.force ?? false);
  }
  const folder = Deno.realPathSync(options.folder);
  using _held = lockFolder(folder, lock);
  writing(folder, () => {
    makeFolders(folder);
    writeWhole(`${folder}/${SCHEDULE_FILE}`, prepared.text, `${folder}/${WORK}/${lock}.partial`);
  });
  return await work(folder, prepared);
}

/**
 * Writes a dataset. An interrupted run goes on where it stopped; a finished dataset is left alone.
 *
 * @throws {ReddError} input, when the folder holds something else or there is no such number of
 *   workers; environment, when it cannot be written to; interrupted, when the signal was aborted.
 */
export async function generate(options: GenerateOptions): Promise<Generated> {
  requireWorkers(options);
  const named = nameOf(options);
  const found = openFolder(options.folder, named.identity, options.force ?? false);
  if (found === "finished") return { found, manifest: await readManifest(options.folder) };
  return await inDataset(options, named, found, undefined, async (folder, prepared) => {
    const windows = options.renderMissing === false
      ? prepared.pass.windows.map(({ name }) => completedWindow(folder, name, prepared.identity))
      : await renderWindows(folder, prepared, options);
    const manifest = writing(
      folder,
      () => finishDataset(folder, prepared, allThere(folder, prepared, windows)),
    );
    return { found, manifest };
  });
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
  const named = nameOf(options);
  const found = openFolder(options.folder, named.identity, options.force ?? false);
  if (found === "finished") {
    return { found, windows: 0, totalWindows: 0 };
  }
  return await inDataset(options, named, found, shard, async (folder, prepared) => {
    const done = await renderWindows(folder, prepared, { ...options, shard });
    const windows = done.filter((parts) => parts !== undefined).length;
    return { found, windows, totalWindows: done.length };
  });
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
