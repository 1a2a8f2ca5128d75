/** What an output folder holds, and whether it may be written to. */
import { ReddError } from "../errors.ts";
import { makeFolder, syncFolder, writeWhole } from "../files/create.ts";
import {
  foreignIn,
  isUnfinishedIdentity,
  removeExtensionFiles,
  removeWorkFiles,
} from "../dataset/contents.ts";
import { MANIFEST_FILE } from "../dataset/manifest.ts";
import { digestIn } from "../dataset/digest.ts";
import { readTextInside } from "../files/inside.ts";
import { parseYaml } from "../fixtures/yaml.ts";
import { SCHEDULE_LIMITS, scheduleSchema } from "../schedule/format.ts";
import { scheduleDifference } from "./schedule_difference.ts";
import { IDENTITY_FILE, LOGS, READER_FILES, SCHEDULE_FILE, WORK } from "../dataset/places.ts";
import { DAMAGED, datasetIn } from "./dataset_in.ts";
import { type Identity, identityDifferences, sameIdentity } from "./identity.ts";
import { writing } from "./write_error.ts";

/** What a folder held: nothing, the beginning of this very dataset, or all of it. */
export type FolderState = "empty" | "begun" | "finished";

/** What a finished dataset consists of; nothing but this and `work` is ever removed. */
const OWN = [MANIFEST_FILE, SCHEDULE_FILE, ...READER_FILES, "data", LOGS];

/** Whether all there is was left by a run that ended before it wrote its identity. */
function isUnnamed(folder: string, entries: readonly string[]): boolean {
  const work = `${folder}/${WORK}`;
  return entries.length === 1 && entries[0] === WORK && Deno.lstatSync(work).isDirectory &&
    Array.from(Deno.readDirSync(work)).every(({ name, isFile }) =>
      isFile && isUnfinishedIdentity(`${WORK}/${name}`)
    );
}

function entriesOf(folder: string): string[] {
  try {
    return Array.from(Deno.readDirSync(folder), (entry) => entry.name).sort();
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return [];
    if (!(cause instanceof Deno.errors.NotADirectory)) throw cause;
    throw new ReddError("input", "NOT_A_FOLDER", {
      cannot: `write a dataset into ${folder}`,
      because: "there is a file in its way",
      remedy: "Give another folder with --out",
      cause,
    });
  }
}

/**
 * Looks whether a dataset of this identity may be written into a folder, and what is there of it;
 * with `force` whatever dataset is there counts as nothing. A folder that holds anything but a
 * dataset is never touched. Writing starts with {@linkcode beginDataset}.
 *
 * @param told The text of the wanted schedule and the name of the profile, to say in what another
 *   dataset differs.
 * @throws {ReddError} input, when the folder holds something else; environment, when it cannot be
 *   read.
 */
export function openFolder(
  folder: string,
  wanted: Identity,
  force: boolean,
  told?: { readonly text: string; readonly profileName: string },
): FolderState {
  const cannot = `write a dataset into ${folder}`;
  const entries = writing(folder, () => entriesOf(folder));
  // Asked before the identity is read: another shard may write it in between.
  const nothing = entries.length === 0 || isUnnamed(folder, entries);
  const there = force ? datasetOrDamage(folder) : datasetIn(folder);
  if (there === undefined && !nothing) {
    throw new ReddError("input", "NOT_A_DATASET", {
      cannot,
      because: `it holds ${entries[0]} and is no dataset`,
      remedy: "Give a new or empty folder with --out",
    });
  }
  if (there === undefined) return "empty";
  if (there === "damaged" || force) {
    refuseForeign(folder, cannot);
    return "empty";
  }
  if (sameIdentity(wanted, there.identity)) {
    if (there.found === "finished") return "finished";
    refuseForeign(folder, cannot);
    return "begun";
  }
  throw new ReddError("input", "ANOTHER_DATASET", {
    cannot,
    because: `it holds another dataset: its ${
      identityDifferences(
        there.identity,
        wanted,
        told === undefined ? undefined : differenceIn(folder, there.identity, told.text),
        { found: there.profileName, wanted: told?.profileName },
      ).join(", ")
    }`,
    remedy: "Give another folder with --out, or --force to replace what is there",
  });
}

/** In what the schedule that is there differs from a text, if that can be said; empty: in the seed. */
function differenceIn(folder: string, there: Identity, wanted: string): string | undefined {
  if (digestIn(folder, SCHEDULE_FILE, SCHEDULE_LIMITS.bytes) !== there.schedule) return undefined;
  const found = readTextInside(folder, SCHEDULE_FILE, SCHEDULE_LIMITS.bytes);
  const [one, other] = [found, wanted].map((text) =>
    parseYaml(text, scheduleSchema, SCHEDULE_LIMITS)
  );
  return one!.ok && other!.ok ? scheduleDifference(one!.data, other!.data) ?? "" : undefined;
}

/** As {@linkcode datasetIn}, where a dataset is about to be replaced and may be damaged. */
function datasetOrDamage(folder: string): ReturnType<typeof datasetIn> | "damaged" {
  try {
    return datasetIn(folder);
  } catch (thrown) {
    if (thrown instanceof ReddError && thrown.code === DAMAGED) return "damaged";
    throw thrown;
  }
}

/** A folder that holds anything but a dataset is never written to. */
export function refuseForeign(folder: string, cannot: string): void {
  const [foreign] = writing(folder, () => foreignIn(folder));
  if (foreign !== undefined) throw foreignFile(cannot, foreign);
}

/** The refusal of a folder with a file that is somebody else's. */
export function foreignFile(cannot: string, path: string): ReddError {
  return new ReddError("input", "FOREIGN_FILE", {
    cannot,
    because: `it holds ${path}, which is none of the dataset's`,
    remedy: "Move that away, or give another folder with --out",
  });
}

/** Whether a folder holds the work of a run that is, or was, under way. */
export function hasWork(folder: string): boolean {
  return writing(folder, () => entriesOf(folder)).includes(WORK);
}

/** Removes what a run that was killed between its manifest and its end has left behind. */
export function removeWork(folder: string): void {
  writing(folder, () => removeWorkFiles(folder));
}

/**
 * Begins a dataset in a folder that {@linkcode openFolder} has found empty. The identity comes
 * first: from then on, whatever is interrupted is this dataset, begun.
 *
 * @param replace Removes the dataset that is there. Without it nothing is removed: what is there
 *   now was written by other shards since the folder was found empty.
 * @throws {ReddError} environment, when the folder cannot be written to.
 */
export function beginDataset(folder: string, identity: Identity, replace: boolean): void {
  writing(folder, () => begin(folder, identity, replace));
}

function begin(folder: string, identity: Identity, replace: boolean): void {
  const work = `${folder}/${WORK}`;
  const path = `${folder}/${IDENTITY_FILE}`;
  // First of all: an extension that is complete takes the place of a dataset without a manifest.
  if (replace) removeExtensionFiles(folder);
  if (replace && !isFolder(work)) removeTree(work);
  makeFolder(work);
  if (replace && isFolder(path)) Deno.removeSync(path);
  // Shards that begin at the same time each need a partial file of their own.
  writeWhole(path, JSON.stringify(identity), `${path}.${crypto.randomUUID()}.partial`);
  if (!replace) return;
  // Whoever is killed here leaves the old dataset whole, or the new one begun.
  removeTree(`${folder}/${MANIFEST_FILE}`);
  syncFolder(folder);
  removeWorkFiles(folder, IDENTITY_FILE);
  for (const name of OWN) removeTree(`${folder}/${name}`);
}

/** Whether a real folder lies at a path. */
function isFolder(path: string): boolean {
  try {
    return Deno.lstatSync(path).isDirectory;
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return false;
    throw thrown;
  }
}

/** Removes a file, a link (not what it leads to) or a folder with all in it, if it is there. */
function removeTree(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (thrown) {
    if (!(thrown instanceof Deno.errors.NotFound)) throw thrown;
  }
}
