/** Bringing the folders of shards together into the dataset that one machine would have written. */
import { ReddError } from "../errors.ts";
import { FIXTURES, type Fixtures, profileNames, readFixtures } from "../fixtures/read.ts";
import { createNew, writeAll } from "../files/create.ts";
import { damageOf } from "./digest.ts";
import { beginDataset, identityIn, isFinished, openFolder } from "./folder.ts";
import { type Generated, generateHeld } from "./generate.ts";
import { type Identity, identityDifferences, sameIdentity } from "./identity.ts";
import { lockDataset } from "./lock.ts";
import { readManifest } from "./manifest.ts";
import { makeFolders, recordPath, SCHEDULE_FILE, WORK } from "./places.ts";
import { recordCopied, recordedWindow, windowDamage } from "./records.ts";
import type { Recipe } from "./prepare.ts";
import type { WindowPart } from "./render_window.ts";
import { writing } from "./write_error.ts";

/** What a shard's folder is part of. */
export interface ShardFolder {
  readonly folder: string;
  readonly identity: Identity;
}

/**
 * Looks into the folders of shards.
 *
 * @param into The folder they are merged into. It may be one of them, and finished already.
 * @throws {ReddError} input, when one is no shard, or not of the same dataset as the first.
 */
export function shardFolders(folders: readonly string[], into?: string): ShardFolder[] {
  const shards = folders.map((folder) => {
    const remedy = "Give the folders of shards that are not merged yet";
    const identity = identityIn(folder);
    if (identity === undefined) {
      throw mergeError(folder, "it holds no shard of a dataset", remedy);
    }
    if (isFinished(folder) && !isSameFolder(folder, into)) {
      throw mergeError(folder, "it holds a finished dataset and no shard of one", remedy);
    }
    return { folder, identity };
  });
  for (const { folder, identity } of shards) {
    if (sameIdentity(shards[0]!.identity, identity)) continue;
    const differences = identityDifferences(identity, shards[0]!.identity).join(", ");
    const because = `it is of another dataset than ${shards[0]!.folder}: its ${differences}`;
    throw mergeError(folder, because, "Give the shards of one schedule, seed, profile and version");
  }
  return shards;
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
 * @throws {ReddError} input, when no profile is that one.
 */
export function fixturesOf({ folder, identity }: ShardFolder): Fixtures {
  for (const name of profileNames(FIXTURES)) {
    const fixtures = readFixtures(FIXTURES, name);
    if (fixtures.profileSha256 === identity.profile) return fixtures;
  }
  const remedy = "Put the profile of the shards into fixtures/profiles";
  throw mergeError(folder, "no profile here is the one it was made with", remedy);
}

/** Where the schedule of a shard lies. */
export function scheduleOf({ folder }: ShardFolder): string {
  return `${folder}/${SCHEDULE_FILE}`;
}

/**
 * Copies the windows of all shards into a folder and finishes the dataset there. The shards stay as
 * they are. Every part is read and its digest compared, on the way or where it lies: a window that is
 * damaged in the folder itself is taken from a shard that has it, or is to be generated again.
 *
 * @throws {ReddError} input, naming the windows that are missing or the file that is damaged.
 */
export async function mergeShards(
  into: string,
  shards: readonly ShardFolder[],
  recipe: Recipe,
): Promise<Generated> {
  const { identity } = shards[0]!;
  if (openFolder(into, identity, false) === "finished") {
    return { found: "finished", manifest: await readManifest(into) };
  }
  using held = lockDataset(into, "alone");
  const others = shards.filter(({ folder }) => !isSameFolder(folder, into));
  // A shard that is still being written is no shard yet.
  using stack = new DisposableStack();
  for (const { folder } of others) stack.use(lockDataset(folder, "shared"));
  if (openFolder(into, identity, false) === "empty") beginDataset(into, identity, false);
  writing(into, () => makeFolders(into));
  const whole = new Set<string>();
  for (const { folder } of others) {
    for (const window of windowsIn(folder)) {
      const parts = recordedWindow(folder, window, identity);
      if (parts === undefined || whole.has(window)) continue;
      const there = recordedWindow(into, window, identity);
      if (there === undefined || windowDamage(into, there) !== undefined) {
        writing(into, () => copyWindow(folder, into, parts));
        writing(into, () => recordCopied(into, window, identity, parts));
      }
      whole.add(window);
    }
  }
  for (const window of windowsIn(into).filter((window) => !whole.has(window))) {
    const damage = windowDamage(into, recordedWindow(into, window, identity) ?? []);
    if (damage === undefined) continue;
    // Without its record the window counts as missing, and a run of its shard writes it anew.
    writing(into, () => Deno.removeSync(`${into}/${recordPath(window)}`));
    throw mergeError(into, damage, "Run its shard again, or generate without --shard");
  }
  return await generateHeld({ ...recipe, folder: into, renderMissing: false }, held);
}

function windowsIn(folder: string): string[] {
  return Array.from(Deno.readDirSync(`${folder}/${WORK}`), ({ name }) => name)
    .flatMap((name) => /^\d{4}-\d{2}\.json$/.test(name) ? [name.slice(0, -5)] : [])
    .sort();
}

function copyWindow(from: string, into: string, parts: readonly WindowPart[]): void {
  for (const part of parts) {
    using file = createNew(`${into}/${part.path}`);
    const damage = damageOf(from, part, (piece) => writeAll(file, piece));
    if (damage !== undefined) throw mergeError(from, damage, "Copy the shard's folder again");
  }
}
