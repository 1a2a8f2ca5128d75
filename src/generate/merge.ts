/** Bringing the folders of shards together into the dataset that one machine would have written. */
import { createHash } from "node:crypto";
import { ReddError } from "../errors.ts";
import { FIXTURES, type Fixtures, profileNames, readFixtures } from "../fixtures/read.ts";
import {
  beginDataset,
  type Identity,
  identityIn,
  isFinished,
  openFolder,
  sameIdentity,
} from "./folder.ts";
import { generate, type Generated } from "./generate.ts";
import { readManifest } from "./manifest.ts";
import { makeFolders, SCHEDULE_FILE, WORK } from "./places.ts";
import { completedWindow, recordCopied, recordedWindow } from "./records.ts";
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
    const because = `it is of another dataset than ${shards[0]!.folder}`;
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
 * Copies the windows of all shards into a folder, each digest checked on the way, and finishes the
 * dataset there. The shards stay as they are. What a shard has written into that folder itself is
 * checked where it lies, unless another has the same window.
 *
 * @throws {ReddError} input, naming the windows that are missing or the file that is damaged.
 */
export async function mergeShards(
  into: string,
  shards: readonly ShardFolder[],
  recipe: Recipe,
): Promise<Generated> {
  const { identity } = shards[0]!;
  const found = openFolder(into, identity, false);
  if (found === "finished") return { found, manifest: await readManifest(into) };
  if (found === "empty") beginDataset(into, identity, false);
  writing(into, () => makeFolders(into));
  const inPlace = shards.find(({ folder }) => isSameFolder(folder, into));
  const copied = new Set<string>();
  for (const { folder } of shards) {
    if (folder === inPlace?.folder) continue;
    for (const window of windowsIn(folder)) {
      const parts = recordedWindow(folder, window, identity);
      if (parts === undefined || completedWindow(into, window, identity) !== undefined) continue;
      writing(into, () => {
        for (const part of parts) {
          Deno.writeFileSync(`${into}/${part.path}`, checkedContent(folder, part));
        }
        recordCopied(into, window, identity, parts);
      });
      copied.add(window);
    }
  }
  if (inPlace !== undefined) {
    for (const window of windowsIn(into).filter((window) => !copied.has(window))) {
      for (const part of recordedWindow(into, window, identity) ?? []) checkedContent(into, part);
    }
  }
  return await generate({ ...recipe, folder: into, renderMissing: false });
}

function windowsIn(folder: string): string[] {
  return Array.from(Deno.readDirSync(`${folder}/${WORK}`), ({ name }) => name)
    .flatMap((name) => /^\d{4}-\d{2}\.json$/.test(name) ? [name.slice(0, -5)] : [])
    .sort();
}

function checkedContent(from: string, part: WindowPart): Uint8Array {
  const { path } = part;
  const remedy = "Copy the shard's folder again";
  const bytes = contentOf(`${from}/${path}`);
  if (bytes === undefined) throw mergeError(from, `${path} is missing`, remedy);
  if (bytes.length !== part.bytes) {
    const because = `${path} is damaged: it has ${bytes.length} bytes, expected ${part.bytes}`;
    throw mergeError(from, because, remedy);
  }
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== part.sha256) {
    const because = `${path} is damaged: it has the sha256 ${found}, expected ${part.sha256}`;
    throw mergeError(from, because, remedy);
  }
  return bytes;
}

function contentOf(path: string): Uint8Array | undefined {
  try {
    return Deno.readFileSync(path);
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return undefined;
    throw thrown;
  }
}
