/**
 * An extension lies in a folder within its dataset, a dataset of its own until it is complete. The old
 * dataset stays one all that time: it is read, loaded and compared as before.
 */
import { dirname } from "node:path";
import { ReddError } from "../errors.ts";
import { makeFolder, syncFolder, writeWhole } from "../files/create.ts";
import { extensionPaths, removeExtensionFiles, removeLeftovers } from "../dataset/contents.ts";
import { MANIFEST_FILE, readManifest, type ReddManifest } from "../dataset/manifest.ts";
import { EXTENSION, IDENTITY_FILE, makeFolders, SCHEDULE_FILE } from "../dataset/places.ts";
import { readDataset } from "../dataset/read_dataset.ts";
import { datasetIn, extensionIn } from "./dataset_in.ts";
import { removeWork } from "./folder.ts";
import { type Identity, sameIdentity } from "./identity.ts";
import { lockDataset } from "./lock.ts";
import type { Named } from "./prepare.ts";
import { writing } from "./write_error.ts";

/** Where the extension of a dataset lies. */
export function extensionFolder(folder: string): string {
  return `${folder}/${EXTENSION}`;
}

/**
 * Begins an extension, whose identity is written last: what a run that was killed before that has left
 * behind is no extension yet.
 *
 * @param keep Brings what the extension keeps of the old dataset into its folder.
 */
export function beginExtension(
  folder: string,
  { identity, text }: Named,
  keep: (into: string) => void,
): void {
  const into = extensionFolder(folder);
  removeExtensionFiles(folder);
  makeFolder(into);
  makeFolders(into);
  keep(into);
  writeWhole(`${into}/${SCHEDULE_FILE}`, text);
  writeWhole(`${into}/${IDENTITY_FILE}`, JSON.stringify(identity));
  syncFolder(folder);
}

/** Where a dataset of this identity is, or is to be, written: the folder, or its extension's. */
export function placeToWrite(folder: string, wanted: Identity): string {
  const there = datasetIn(folder);
  if (there === undefined || there.found === "begun") return folder;
  if (there.found === "finished" && sameIdentity(there.identity, wanted)) return folder;
  const extension = extensionIn(folder);
  return extension !== undefined && sameIdentity(extension.identity, wanted)
    ? extensionFolder(folder)
    : folder;
}

/**
 * Has a complete extension take the place of its dataset. The old manifest goes first and the new one
 * comes last: whoever is killed in between has left the extension complete, and the next run that is
 * to write there goes on with this.
 *
 * @param folder Locked, its links followed.
 */
export async function takePlace(folder: string): Promise<void> {
  const from = extensionFolder(folder);
  const moving = datasetIn(folder)?.found === "moving";
  const manifest = await (moving ? readManifest(from) : readDataset(from));
  writing(folder, () => {
    removeWork(from);
    removeWork(folder);
    if (!moving) {
      Deno.removeSync(`${folder}/${MANIFEST_FILE}`);
      syncFolder(folder);
    }
    move(from, folder, manifest);
    removeExtensionFiles(folder);
  });
}

function move(from: string, into: string, manifest: ReddManifest): void {
  const folders = new Set<string>();
  for (const path of extensionPaths(into)) {
    for (const parent of parentsOf(path)) {
      if (!folders.has(parent)) makeFolder(`${into}/${parent}`);
      folders.add(parent);
    }
    Deno.renameSync(`${from}/${path}`, `${into}/${path}`);
  }
  const parts = Object.values(manifest.tables).flatMap((table) => table.parts);
  const named = [SCHEDULE_FILE, ...parts.map(({ path }) => path)];
  removeLeftovers(into, new Set([...named, ...(manifest.files ?? []).map(({ path }) => path)]));
  for (const one of [...folders, "."]) syncFolder(`${into}/${one}`);
  Deno.renameSync(`${from}/${MANIFEST_FILE}`, `${into}/${MANIFEST_FILE}`);
  syncFolder(into);
}

/** The folders on the way to a path, the outermost first. */
function parentsOf(path: string): string[] {
  const parent = dirname(path);
  return parent === "." ? [] : [...parentsOf(parent), parent];
}

/** Whether a finished dataset has beside it what is no extension, or no more. */
export function hasRemains(folder: string): boolean {
  try {
    if (!Deno.lstatSync(extensionFolder(folder)).isDirectory) return false;
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return false;
    throw thrown;
  }
  const [there, extension] = [datasetIn(folder), extensionIn(folder)];
  return there?.found === "finished" &&
    (extension === undefined || sameIdentity(there.identity, extension.identity));
}

/** What became of an extension that was to be given up. */
export interface Abandoned {
  /**
   * `abandoned` where there was one, `none` where there was nothing to give up, `complete` where it had
   * been complete and had begun to take the dataset's place, which it has now.
   */
  readonly done: "abandoned" | "none" | "complete";
  /** What the dataset says of itself now. */
  readonly manifest: ReddManifest;
}

/**
 * Gives up an extension that is not complete: the dataset is what it was before, byte for byte.
 *
 * @throws {ReddError} input, where no dataset is, or one that was never finished; environment, when
 *   another run has it or the folder cannot be written to.
 */
export async function abandonExtension(path: string): Promise<Abandoned> {
  const there = writing(path, () => datasetIn(path));
  if (there?.found === "begun") {
    throw new ReddError("input", "NOT_FINISHED", {
      cannot: `abandon an extension of ${path}`,
      because: "it is no extension that is unfinished there, but the dataset itself",
      remedy: "Run the command that has begun it again, or remove the folder",
    });
  }
  // Where no dataset is, none is locked, and the manifest says so.
  if (there === undefined) await readManifest(path);
  using held = lockDataset(path, "alone");
  const { folder } = held;
  if (datasetIn(folder)?.found === "moving") {
    await takePlace(folder);
    return { done: "complete", manifest: await readManifest(path) };
  }
  const manifest = await readManifest(path);
  const before = extensionThere(folder);
  writing(path, () => removeExtensionFiles(folder));
  return { done: before ? "abandoned" : "none", manifest };
}

/** Whether there is an extension, or what one that was killed early or is damaged has left. */
function extensionThere(folder: string): boolean {
  try {
    Deno.lstatSync(extensionFolder(folder));
    return true;
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return false;
    throw thrown;
  }
}
