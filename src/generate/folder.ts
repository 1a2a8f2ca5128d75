/** What an output folder holds, and whether it may be written to. */
import { ReddError } from "../errors.ts";
import { makeFolder, syncFolder, writeWhole } from "../files/create.ts";
import { readTextInside } from "../files/inside.ts";
import { NotRegular, TooLarge } from "../files/regular.ts";
import { foreignIn, isUnfinishedIdentity, removeWorkFiles } from "../dataset/contents.ts";
import { type Identity, identityDifferences, identitySchema, sameIdentity } from "./identity.ts";
import { MANIFEST_CAP, MANIFEST_FILE, type ReddManifest } from "../dataset/manifest.ts";
import { LOGS, READER_FILES, SCHEDULE_FILE, WORK } from "../dataset/places.ts";
import { writing } from "./write_error.ts";

/** What a folder held: nothing, the beginning of this very dataset, or all of it. */
export type Found = "empty" | "begun" | "finished";

const IDENTITY_FILE = `${WORK}/identity.json`;

/** The schedule of a dataset that is being reopened, until it has its place. */
export const NEXT_SCHEDULE = `${WORK}/${SCHEDULE_FILE}`;

/** What a finished dataset consists of; nothing but this and `work` is ever removed. */
const OWN = [MANIFEST_FILE, SCHEDULE_FILE, ...READER_FILES, "data", LOGS];

/** The most bytes of an identity. */
const IDENTITY_CAP = 10_000;

/** The text of a file of the folder; undefined where there is none. */
function readText(folder: string, path: string, cap: number): string | undefined {
  try {
    return readTextInside(folder, path, cap);
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound || thrown instanceof Deno.errors.NotADirectory) {
      return undefined;
    }
    throw damaged(folder, path, thrown);
  }
}

/** What a text is as JSON; undefined where it is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

/** The code of what is a dataset and cannot be read. */
const DAMAGED = "DATASET_BROKEN";

function damaged(folder: string, path: string, cause: unknown): ReddError {
  const because = cause instanceof NotRegular || cause instanceof TooLarge
    ? cause.message
    : `its ${path} is damaged`;
  return new ReddError("input", DAMAGED, {
    cannot: `use the dataset ${folder}`,
    because,
    remedy: "Generate it again with --force, or in another folder",
    cause,
  });
}

/** The dataset that a folder holds, if it holds one. */
function datasetIn(folder: string): { identity: Identity; found: Found } | undefined {
  const manifest = readText(folder, MANIFEST_FILE, MANIFEST_CAP);
  if (manifest !== undefined) {
    const redd = (jsonOf(manifest) as { redd?: Partial<ReddManifest> } | null | undefined)?.redd;
    if (redd === undefined) return undefined;
    const { version, seed, profile, schedule, firstId } = redd;
    const parsed = identitySchema.safeParse({
      version,
      seed,
      profile: profile?.sha256,
      // Redd 0.1.0 did not say what the others were; its datasets are of another version anyway.
      fixtures: redd.fixtures?.sha256 ?? "0".repeat(64),
      schedule: schedule?.sha256,
      firstId,
      documentedTotals: redd.documentedTotals,
      laterScenarios: redd.laterScenarios,
      initialFeed: redd.initialFeed,
    });
    if (!parsed.success) throw damaged(folder, MANIFEST_FILE, parsed.error);
    return { identity: parsed.data, found: "finished" };
  }
  const identity = readText(folder, IDENTITY_FILE, IDENTITY_CAP);
  if (identity === undefined) return undefined;
  const parsed = identitySchema.safeParse(jsonOf(identity));
  if (!parsed.success) throw damaged(folder, IDENTITY_FILE, parsed.error);
  return { identity: parsed.data, found: "begun" };
}

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
 * @throws {ReddError} input, when the folder holds something else; environment, when it cannot be
 *   read.
 */
export function openFolder(folder: string, wanted: Identity, force: boolean): Found {
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
    if (there.found === "begun") refuseForeign(folder, cannot);
    return there.found;
  }
  throw new ReddError("input", "ANOTHER_DATASET", {
    cannot,
    because: `it holds another dataset: its ${
      identityDifferences(there.identity, wanted).join(", ")
    }`,
    remedy: "Give another folder with --out, or --force to replace what is there",
  });
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

/** Removes what an extension has made in a dataset that stays finished. */
export function clearAway(folder: string): void {
  removeWork(folder);
  for (const { name } of Array.from(Deno.readDirSync(`${folder}/data`))) {
    const path = `${folder}/data/${name}`;
    if (Deno.lstatSync(path).isDirectory && Array.from(Deno.readDirSync(path)).length === 0) {
      Deno.removeSync(path);
    }
  }
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

/**
 * Makes a finished dataset one that has begun, under a new identity and with its schedule. What it
 * needs of the old one must be recorded under that identity before. A run that is killed on the way
 * leaves the old dataset finished, or the new one begun; {@linkcode readDatasetSchedule} reads the
 * schedule of whichever it is.
 *
 * @param schedule Its text; its digest is in the identity.
 */
export function reopenDataset(folder: string, identity: Identity, schedule: string): void {
  writeWhole(`${folder}/${NEXT_SCHEDULE}`, schedule);
  writeWhole(`${folder}/${IDENTITY_FILE}`, JSON.stringify(identity));
  Deno.removeSync(`${folder}/${MANIFEST_FILE}`);
  Deno.renameSync(`${folder}/${NEXT_SCHEDULE}`, `${folder}/${SCHEDULE_FILE}`);
  syncFolder(folder);
}

/** The identity of a dataset that a folder holds, begun or finished; undefined where it holds none. */
export function identityIn(folder: string): Identity | undefined {
  return datasetIn(folder)?.identity;
}

/** Whether a folder holds a dataset from beginning to end: its manifest is written last. */
export function isFinished(folder: string): boolean {
  return datasetIn(folder)?.found === "finished";
}
