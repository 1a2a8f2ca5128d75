/** Bringing the folders of shards together into the dataset that one machine would have written. */
import { createHash } from "node:crypto";
import { ReddError } from "../errors.ts";
import { FIXTURES, type Fixtures, profileNames, readFixtures } from "../fixtures/read.ts";
import { beginDataset, type Identity, identityIn, openFolder, sameIdentity } from "./folder.ts";
import { generate, type Generated } from "./generate.ts";
import { makeFolders, SCHEDULE_FILE, WORK } from "./places.ts";
import { completedWindow, recordCopied } from "./records.ts";
import type { Recipe } from "./prepare.ts";
import { writing } from "./write_error.ts";

/** What a shard's folder is part of. */
export interface ShardFolder {
  readonly folder: string;
  readonly identity: Identity;
}

/**
 * Looks into the folders of shards.
 *
 * @throws {ReddError} input, when one is no shard, or not of the same dataset as the first.
 */
export function shardFolders(folders: readonly string[]): ShardFolder[] {
  const shards = folders.map((folder) => {
    const identity = identityIn(folder);
    if (identity !== undefined) return { folder, identity };
    throw mergeError(folder, "it holds no shard of a dataset", "Give the folders of shards");
  });
  for (const { folder, identity } of shards) {
    if (sameIdentity(shards[0]!.identity, identity)) continue;
    const because = `it is of another dataset than ${shards[0]!.folder}`;
    throw mergeError(folder, because, "Give the shards of one schedule, seed, profile and version");
  }
  return shards;
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
 * Copies the windows of all shards into a folder, each digest checked on the way, and finishes the
 * dataset there. The shards stay as they are.
 *
 * @throws {ReddError} input, naming the windows that are missing or the file that is damaged.
 */
export async function mergeShards(
  into: string,
  shards: readonly ShardFolder[],
  recipe: Recipe,
): Promise<Generated> {
  const { identity } = shards[0]!;
  if (openFolder(into, identity, false) === "empty") beginDataset(into, identity, false);
  writing(into, () => makeFolders(into));
  for (const { folder } of shards) {
    if (Deno.realPathSync(folder) === Deno.realPathSync(into)) continue;
    for (const window of windowsIn(folder)) {
      const parts = completedWindow(folder, window, identity);
      if (parts === undefined || completedWindow(into, window, identity) !== undefined) continue;
      writing(into, () => {
        for (const { path, sha256 } of parts) copyChecked(folder, into, path, sha256);
        recordCopied(into, window, identity, parts);
      });
    }
  }
  return await generate({ ...recipe, folder: into, renderMissing: false });
}

function windowsIn(folder: string): string[] {
  return Array.from(Deno.readDirSync(`${folder}/${WORK}`), ({ name }) => name)
    .flatMap((name) => /^\d{4}-\d{2}\.json$/.test(name) ? [name.slice(0, -5)] : [])
    .sort();
}

function copyChecked(from: string, into: string, path: string, sha256: string): void {
  const bytes = Deno.readFileSync(`${from}/${path}`);
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== sha256) {
    const because = `${path} has the sha256 ${found}, expected ${sha256}`;
    throw mergeError(from, because, "Copy the shard's folder again");
  }
  Deno.writeFileSync(`${into}/${path}`, bytes);
}
