/** What an output folder holds, and whether it may be written to. */
import { ReddError } from "../errors.ts";
import { MANIFEST_FILE, type ReddManifest } from "./manifest.ts";
import { LOGS, SCHEDULE_FILE, WORK } from "./places.ts";
import { writing } from "./write_error.ts";

/** Names what a dataset is made from: equal identities mean equal bytes (design section 1). */
export interface Identity {
  readonly version: string;
  readonly seed: number;
  /** Digests of the profile and the schedule. */
  readonly profile: string;
  readonly schedule: string;
  readonly firstId: number;
  readonly documentedTotals: boolean;
  readonly laterScenarios: boolean;
  readonly initialFeed: boolean;
}

/** What was found: nothing, the beginning of this very dataset, or all of it. */
export type Found = "empty" | "begun" | "finished";

const IDENTITY_FILE = `${WORK}/identity.json`;

/** The schedule of a dataset that is about to be reopened. */
const NEXT_SCHEDULE = `${WORK}/${SCHEDULE_FILE}`;

/** What a finished dataset consists of; nothing but this and `work` is ever removed. */
const OWN = [MANIFEST_FILE, SCHEDULE_FILE, "data", LOGS];

function readJson(path: string): unknown {
  try {
    return JSON.parse(Deno.readTextFileSync(path));
  } catch {
    return undefined;
  }
}

/** The dataset that a folder holds, if it holds one. */
function datasetIn(folder: string): { identity: Identity; found: Found } | undefined {
  const manifest = readJson(`${folder}/${MANIFEST_FILE}`) as { redd?: ReddManifest } | undefined;
  const redd = manifest?.redd;
  if (redd?.profile !== undefined && redd.schedule !== undefined) {
    const { version, seed, profile, schedule, firstId } = redd;
    const identity = {
      version,
      seed,
      profile: profile.sha256,
      schedule: schedule.sha256,
      firstId,
      documentedTotals: redd.documentedTotals,
      laterScenarios: redd.laterScenarios,
      initialFeed: redd.initialFeed,
    };
    return { identity, found: "finished" };
  }
  const identity = readJson(`${folder}/${IDENTITY_FILE}`);
  return identity === undefined ? undefined : { identity: identity as Identity, found: "begun" };
}

/** Field by field, so that the order of keys in a file does not matter. */
export function sameIdentity(one: Identity, other: Identity): boolean {
  return (Object.keys(one) as (keyof Identity)[]).every((key) => one[key] === other[key]);
}

/** Whether all there is was left by a run that ended before it wrote its identity. */
function isUnnamed(folder: string, entries: readonly string[]): boolean {
  const work = `${folder}/${WORK}`;
  return entries.length === 1 && entries[0] === WORK && Deno.statSync(work).isDirectory &&
    Array.from(Deno.readDirSync(work)).every(({ name }) =>
      /^identity\.json(\..+)?\.partial$/.test(name)
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
  const there = datasetIn(folder);
  if (there === undefined && !nothing) {
    throw new ReddError("input", "NOT_A_DATASET", {
      cannot,
      because: `it holds ${entries[0]} and is no dataset`,
      remedy: "Give a new or empty folder with --out",
    });
  }
  if (there !== undefined && !force) {
    if (sameIdentity(wanted, there.identity)) {
      if (there.found === "finished" && entries.includes(WORK)) removeWork(folder);
      return there.found;
    }
    throw new ReddError("input", "ANOTHER_DATASET", {
      cannot,
      because: "it holds a dataset of another schedule, seed, profile or version",
      remedy: "Give another folder with --out, or --force to replace what is there",
    });
  }
  return "empty";
}

/** A run that is killed between its manifest and its end leaves its work behind. */
function removeWork(folder: string): void {
  writing(folder, () => Deno.removeSync(`${folder}/${WORK}`, { recursive: true }));
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
  Deno.mkdirSync(`${folder}/${WORK}`, { recursive: true });
  const path = `${folder}/${IDENTITY_FILE}`;
  // Shards that begin at the same time each need a partial file of their own.
  writeWhole(path, JSON.stringify(identity), `${path}.${crypto.randomUUID()}.partial`);
  if (!replace) return;
  const entries = entriesOf(folder);
  for (const name of OWN.filter((own) => entries.includes(own))) {
    Deno.removeSync(`${folder}/${name}`, { recursive: true });
  }
  for (const { name } of Array.from(Deno.readDirSync(`${folder}/${WORK}`))) {
    const path = `${WORK}/${name}`;
    if (path !== IDENTITY_FILE) Deno.removeSync(`${folder}/${path}`, { recursive: true });
  }
}

/**
 * Makes a finished dataset one that has begun, under a new identity and with its schedule. What it
 * needs of the old one must be recorded under that identity before. A run that is killed on the way
 * leaves the old dataset finished, or what {@linkcode settleReopened} brings to its end.
 *
 * @param schedule Its text; its digest is in the identity.
 */
export function reopenDataset(folder: string, identity: Identity, schedule: string): void {
  writeWhole(`${folder}/${NEXT_SCHEDULE}`, schedule);
  writeWhole(`${folder}/${IDENTITY_FILE}`, JSON.stringify(identity));
  Deno.removeSync(`${folder}/${MANIFEST_FILE}`);
  settleReopened(folder);
}

/**
 * Puts the schedule of a dataset that was reopened into its place, if that was not done yet.
 *
 * @throws {ReddError} environment, when the folder cannot be written to.
 */
export function settleReopened(folder: string): void {
  if (datasetIn(folder)?.found !== "begun") return;
  writing(folder, () => {
    try {
      Deno.renameSync(`${folder}/${NEXT_SCHEDULE}`, `${folder}/${SCHEDULE_FILE}`);
    } catch (thrown) {
      if (!(thrown instanceof Deno.errors.NotFound)) throw thrown;
    }
  });
}

/** A lock on a dataset that is being written. It goes with the process, however that ends. */
export interface DatasetLock extends Disposable {
  readonly path: string;
}

/**
 * Takes a lock of a dataset that has begun, without waiting for it.
 *
 * @param name One lock for a whole run, one for every shard.
 * @throws {ReddError} environment, when another run holds it.
 */
export function lockFolder(folder: string, name: string): DatasetLock {
  const path = `${folder}/${WORK}/${name}.lock`;
  const file = writing(folder, () => Deno.openSync(path, { write: true, create: true }));
  if (!file.tryLockSync(true)) {
    file.close();
    throw new ReddError("environment", "DATASET_IN_USE", {
      cannot: `write the dataset ${folder}`,
      because: "another run is writing it",
      remedy: "Wait for that run, or give another folder with --out",
    });
  }
  return { path, [Symbol.dispose]: () => file.close() };
}

/** The identity of a dataset that a folder holds, begun or finished; undefined where it holds none. */
export function identityIn(folder: string): Identity | undefined {
  return datasetIn(folder)?.identity;
}

/** Whether a folder holds a dataset from beginning to end: its manifest is written last. */
export function isFinished(folder: string): boolean {
  return datasetIn(folder)?.found === "finished";
}

/** Writes a small file so that it is there as a whole or not at all. */
export function writeWhole(path: string, text: string, partial = `${path}.partial`): void {
  Deno.writeTextFileSync(partial, text);
  Deno.renameSync(partial, path);
}
