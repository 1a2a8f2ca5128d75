/** Bringing the folders of shards together into the dataset that one machine would have written. */
import { ReddError } from "../errors.ts";
import type { Fixtures } from "../fixtures/fixtures.ts";
import type { Folder } from "../fixtures/fixture_files.ts";
import { FIXTURES, profileNames, type ProfileText, readFixtures } from "../fixtures/read.ts";
import { createNew, writeAll } from "../files/create.ts";
import { NotRegular } from "../files/regular.ts";
import { damageOf } from "../dataset/digest.ts";
import { datasetIn, identityIn, isFinished } from "./dataset_in.ts";
import { takePlace } from "./extension_folder.ts";
import { beginDataset, hasWork, openFolder, removeWork } from "./folder.ts";
import { finishCompared, type Generated } from "./generate.ts";
import { type Identity, identityDifferences, sameIdentity } from "./identity.ts";
import { lockDataset } from "./lock.ts";
import { readManifest } from "../dataset/manifest.ts";
import { makeFolders, recordPath, WORK } from "../dataset/places.ts";
import { type GenerateProgress, newRun, planning, progressOf } from "./progress.ts";
import { recordCopied, recordedWindow, windowDamage, withFiles } from "./records.ts";
import { datasetIdentity, prepare, type Recipe } from "./prepare.ts";
import type { WindowPart } from "./render_window.ts";
import { writing } from "./write_error.ts";

/** What a shard's folder is part of. */
export interface ShardFolder {
  /** The path of the shard's folder. */
  readonly folder: string;
  /** Of the dataset that the shard is part of. */
  readonly identity: Identity;
}

/**
 * Looks into the folders of shards: which dataset are they part of?
 *
 * @param into The folder they are merged into. It may be one of them, and finished already.
 * @throws {ReddError} input, when one is no shard, or not of the same dataset as the first.
 */
export function shardFolders(folders: readonly string[], into?: string): ShardFolder[] {
  const shards = folders.map((folder) => {
    const remedy = "Give the folders of shards that are not merged yet";
    const identity = identityIn(folder);
    if (identity === undefined) {
      const because = isFolder(folder)
        ? "it holds no shard of a dataset"
        : "there is no such folder";
      throw mergeError(folder, because, remedy);
    }
    if (isFinished(folder) && !isSameFolder(folder, into)) {
      throw mergeError(folder, "it holds a finished dataset and no shard of one", remedy);
    }
    return { folder, identity };
  });
  for (const { folder, identity } of shards) {
    requireSame(folder, identity, shards[0]!.identity, shards[0]!.folder);
  }
  return shards;
}

/** @throws {ReddError} input, when a shard's identity is not the one of something else. */
function requireSame(folder: string, identity: Identity, wanted: Identity, other: string): void {
  if (sameIdentity(wanted, identity)) return;
  const differences = identityDifferences(identity, wanted).join(", ");
  const because = `it is of another dataset than ${other}: its ${differences}`;
  throw mergeError(folder, because, "Give the shards of one schedule, seed, profile and version");
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

function isSameFolder(one: string, other?: string): boolean {
  if (other === undefined) return false;
  try {
    return Deno.realPathSync(one) === Deno.realPathSync(other);
  } catch {
    return false;
  }
}

function mergeError(folder: string, because: string, remedy: string): ReddError {
  return new ReddError("input", "CANNOT_MERGE", { cannot: `merge ${folder}`, because, remedy });
}

/**
 * The fixtures with the profile that the shards were made with.
 *
 * @param fixturesFolder Redd's own fixtures unless given.
 * @param profile A name or a path, as {@linkcode readFixtures} takes it; looked for in the folder
 *   unless given.
 * @throws {ReddError} input, when no profile is that one, or the other fixtures are not.
 */
export function fixturesOf(
  { folder, identity }: ShardFolder,
  fixturesFolder: Folder = FIXTURES,
  profile?: string | ProfileText,
): Fixtures {
  for (const name of profile === undefined ? profileNames(fixturesFolder) : [profile]) {
    const fixtures = readFixtures(fixturesFolder, name);
    if (fixtures.profileSha256 !== identity.profile) continue;
    if (fixtures.restSha256 === identity.fixtures) return fixtures;
    const because = "the fixtures besides the profile are others than it was made with";
    const remedy =
      "Give --fixtures with those, take a change of them back, or make the shards again";
    throw mergeError(folder, because, remedy);
  }
  const remedy = "Give the profile of the shards with --profile";
  throw mergeError(folder, "no profile here is the one it was made with", remedy);
}

/** How shards are merged. */
export interface MergeOptions {
  /** Called with every window, as the days are lived, and as the dataset is finished. */
  readonly onProgress?: (progress: GenerateProgress) => void;
}

/**
 * Copies the windows of all shards into a folder and finishes the dataset there. The shards stay as
 * they are. Every part is read and its digest compared, on the way or where it lies: a window that is
 * damaged in the folder itself is taken from a shard that has it, or is to be generated again.
 *
 * ```ts
 * import {
 *   buildInfrastructure,
 *   mergeShards,
 *   readDatasetSchedule,
 *   readFixtures,
 *   shardFolders,
 * } from "@redd/redd";
 *
 * const shards = shardFolders(["out/shard-1", "out/shard-2"]);
 * const fixtures = readFixtures();
 * const infrastructure = buildInfrastructure(fixtures.layout, fixtures.master);
 * const schedule = readDatasetSchedule("out/shard-1", fixtures.profile, infrastructure);
 * const { seed } = shards[0]!.identity;
 * const { manifest } = await mergeShards("out/whole", shards, { schedule, fixtures, seed });
 * console.log(manifest.rows);
 * ```
 *
 * @param shards At least one, as {@linkcode shardFolders} gives them.
 * @param recipe What the shards were generated from.
 * @throws {ReddError} input: windows are missing, a file is damaged, a shard is none or of another
 *   dataset than the recipe's, or the folder holds something else; environment: a folder is in use or
 *   cannot be written to.
 */
export async function mergeShards(
  into: string,
  shards: readonly ShardFolder[],
  recipe: Recipe,
  { onProgress }: MergeOptions = {},
): Promise<Generated> {
  const { folder: first, identity } = shards[0]!;
  requireSame(first, identity, datasetIdentity(recipe), "the recipe");
  const readFinished = async () =>
    ({ found: "finished", manifest: await readManifest(into) }) as const;
  if (openFolder(into, identity, false) === "finished" && !hasWork(into)) {
    return await readFinished();
  }
  using held = lockDataset(into, "alone");
  const others = shards.filter(({ folder }) => !isSameFolder(folder, into));
  // Nobody replaces or finishes a shard meanwhile, and what counts is what is there now.
  using stack = new DisposableStack();
  for (const { folder } of others) stack.use(lockDataset(folder, "source"));
  for (const shard of shardFolders(others.map(({ folder }) => folder))) {
    requireSame(shard.folder, shard.identity, identity, first);
  }
  if (datasetIn(held.folder)?.found === "moving") await takePlace(held.folder);
  const found = openFolder(into, identity, false);
  if (found === "finished") {
    // A merge that was killed between its manifest and its end has left its work behind.
    removeWork(held.folder);
    return await readFinished();
  }
  if (found === "empty") beginDataset(held.folder, identity, false);
  writing(into, () => makeFolders(held.folder));
  const sources = new Map<string, string>();
  for (const folder of [...others.map(({ folder }) => folder), held.folder]) {
    for (const window of windowsIn(folder)) {
      if (!sources.has(window)) sources.set(window, folder);
    }
  }
  const run = newRun({ finishes: true, copies: true });
  const sizes = new Map([...sources].map(([window, folder]) => {
    const parts = recordedWindow(folder, window, identity) ?? [];
    const sum = (key: "rows" | "bytes") => parts.reduce((sum, part) => sum + part[key], 0);
    return [window, { rows: sum("rows"), bytes: sum("bytes") }];
  }));
  run.phase = "compare";
  run.totalWindows = sizes.size;
  for (const { rows, bytes } of sizes.values()) {
    run.totalRows += rows;
    run.toCompare += bytes;
  }
  for (const [window, folder] of sources) {
    onProgress?.(progressOf(run));
    if (folder === held.folder) requireWhole(folder, window, identity, into);
    else takeWindow(folder, held.folder, window, identity, into);
    run.windowsBefore++;
    run.rowsBefore += sizes.get(window)!.rows;
    run.compared += sizes.get(window)!.bytes;
  }
  return { found, manifest: await finishCompared(held, recipe, run, onProgress) };
}

/** What a merge of shards would have, and what it would miss. */
export interface MergeForeseen {
  /** The windows (months) that one of the folders has, in order of time. */
  readonly there: readonly string[];
  /** Those that none of them has. */
  readonly missing: readonly string[];
}

/**
 * Looks what shards have, by their records alone: no file is read and nothing written.
 *
 * @param into The folder that they would be merged into, which may hold windows as well.
 * @throws {ReddError} input, when that folder holds something else.
 */
export function foreseeMerge(
  into: string,
  shards: readonly ShardFolder[],
  recipe: Recipe,
  { onProgress }: MergeOptions = {},
): MergeForeseen {
  openFolder(into, shards[0]!.identity, false);
  const own = identityIn(into);
  const folders = [
    ...shards.map(({ folder }) => folder),
    ...own !== undefined && sameIdentity(own, shards[0]!.identity) ? [into] : [],
  ];
  const found = new Set(folders.filter(hasWork).flatMap(windowsIn));
  const { pass } = prepare(recipe, undefined, planning(onProgress));
  const all = pass.windows.map(({ name }) => name);
  return {
    there: all.filter((name) => found.has(name)),
    missing: all.filter((name) => !found.has(name)),
  };
}

/** Copies a window, unless it is there already and undamaged. */
function takeWindow(
  from: string,
  folder: string,
  window: string,
  identity: Identity,
  into: string,
): void {
  const parts = recordedWindow(from, window, identity);
  if (parts === undefined) {
    throw mergeError(
      from,
      `its record ${recordPath(window)} is damaged, or of another dataset`,
      "Copy the shard's folder again, or run the shard again there",
    );
  }
  const there = recordedWindow(folder, window, identity);
  if (there !== undefined && windowDamage(folder, there) === undefined) return;
  writing(into, () => {
    copyWindow(from, folder, parts);
    recordCopied(folder, window, identity, parts);
  });
}

/** @throws {ReddError} input, where a window in the folder itself is damaged and no shard has it. */
function requireWhole(folder: string, window: string, identity: Identity, into: string): void {
  const parts = recordedWindow(folder, window, identity);
  if (parts === undefined) return;
  const damage = windowDamage(folder, parts);
  if (damage === undefined) return;
  // Without its record the window counts as missing, and a run of its shard writes it anew.
  writing(into, () => Deno.removeSync(`${folder}/${recordPath(window)}`));
  throw mergeError(into, damage, "Run its shard again, or generate without --shard");
}

/** The months that are recorded as complete, whatever the records say. */
function windowsIn(folder: string): string[] {
  const work = `${folder}/${WORK}`;
  if (!Deno.lstatSync(work).isDirectory) throw new NotRegular(work, "a link", "a folder");
  return Array.from(Deno.readDirSync(work), ({ name }) => name)
    .flatMap((name) => /^\d{4}-\d{2}\.json$/.test(name) ? [name.slice(0, -5)] : [])
    .sort();
}

function copyWindow(from: string, into: string, parts: readonly WindowPart[]): void {
  for (const part of withFiles(parts)) {
    using file = createNew(`${into}/${part.path}`);
    const damage = damageOf(from, part, (piece) => writeAll(file, piece));
    if (damage !== undefined) throw mergeError(from, damage, "Copy the shard's folder again");
  }
}
