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
import { makeFolders, recordPath, SCHEDULE_FILE, WORK } from "./places.ts";
import { recordCopied, recordedWindow } from "./records.ts";
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
  const found = openFolder(into, identity, false);
  if (found === "finished") return { found, manifest: await readManifest(into) };
  if (found === "empty") beginDataset(into, identity, false);
  writing(into, () => makeFolders(into));
  const whole = new Set<string>();
  for (const { folder } of shards) {
    if (isSameFolder(folder, into)) continue;
    for (const window of windowsIn(folder)) {
      const parts = recordedWindow(folder, window, identity);
      if (parts === undefined || whole.has(window)) continue;
      const there = recordedWindow(into, window, identity);
      if (there === undefined || damageIn(into, there) !== undefined) {
        writing(into, () => copyWindow(folder, into, parts));
        writing(into, () => recordCopied(into, window, identity, parts));
      }
      whole.add(window);
    }
  }
  for (const window of windowsIn(into).filter((window) => !whole.has(window))) {
    const damage = damageIn(into, recordedWindow(into, window, identity) ?? []);
    if (damage === undefined) continue;
    // Without its record the window counts as missing, and a run of its shard writes it anew.
    writing(into, () => Deno.removeSync(`${into}/${recordPath(window)}`));
    throw mergeError(into, damage, "Run its shard again, or generate without --shard");
  }
  return await generate({ ...recipe, folder: into, renderMissing: false });
}

/** What is wrong with the first damaged part of a window; undefined where all are whole. */
function damageIn(folder: string, parts: readonly WindowPart[]): string | undefined {
  for (const part of parts) {
    const damage = damageOf(part, contentOf(`${folder}/${part.path}`));
    if (damage !== undefined) return damage;
  }
  return undefined;
}

function windowsIn(folder: string): string[] {
  return Array.from(Deno.readDirSync(`${folder}/${WORK}`), ({ name }) => name)
    .flatMap((name) => /^\d{4}-\d{2}\.json$/.test(name) ? [name.slice(0, -5)] : [])
    .sort();
}

function copyWindow(from: string, into: string, parts: readonly WindowPart[]): void {
  for (const part of parts) {
    const bytes = contentOf(`${from}/${part.path}`);
    const damage = damageOf(part, bytes);
    if (damage !== undefined) throw mergeError(from, damage, "Copy the shard's folder again");
    Deno.writeFileSync(`${into}/${part.path}`, bytes!);
  }
}

function damageOf(part: WindowPart, bytes: Uint8Array | undefined): string | undefined {
  const { path } = part;
  if (bytes === undefined) return `${path} is missing`;
  if (bytes.length !== part.bytes) {
    return `${path} is damaged: it has ${bytes.length} bytes, expected ${part.bytes}`;
  }
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found === part.sha256) return undefined;
  return `${path} is damaged: it has the sha256 ${found}, expected ${part.sha256}`;
}

function contentOf(path: string): Uint8Array | undefined {
  try {
    return Deno.readFileSync(path);
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return undefined;
    throw thrown;
  }
}
