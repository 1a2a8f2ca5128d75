/** What an output folder holds, and whether it may be written to. */
import { ReddError } from "../errors.ts";
import { MANIFEST_FILE, type ReddManifest } from "./manifest.ts";
import { SCHEDULE_FILE, WORK } from "./places.ts";
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
}

/** What was found: nothing, the beginning of this very dataset, or all of it. */
export type Found = "empty" | "begun" | "finished";

const IDENTITY_FILE = `${WORK}/identity.json`;

/** What a finished dataset consists of; nothing but this and `work` is ever removed. */
const OWN = [MANIFEST_FILE, SCHEDULE_FILE, "data"];

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

function entriesOf(folder: string): string[] {
  try {
    Deno.mkdirSync(folder, { recursive: true });
    return Array.from(Deno.readDirSync(folder), (entry) => entry.name).sort();
  } catch (cause) {
    const inTheWay = cause instanceof Deno.errors.AlreadyExists ||
      cause instanceof Deno.errors.NotADirectory;
    if (!inTheWay) throw cause;
    throw new ReddError("input", "NOT_A_FOLDER", {
      cannot: `write a dataset into ${folder}`,
      because: "there is a file in its way",
      remedy: "Give another folder with --out",
      cause,
    });
  }
}

/**
 * Prepares a folder for a dataset of this identity. What is there of the same dataset is kept; with
 * `force` it is removed. A folder that holds anything but a dataset is never touched.
 *
 * @throws {ReddError} input, when the folder holds something else; environment, when it cannot be
 *   written to.
 */
export function openFolder(folder: string, wanted: Identity, force: boolean): Found {
  const cannot = `write a dataset into ${folder}`;
  const entries = writing(folder, () => entriesOf(folder));
  const there = datasetIn(folder);
  if (there === undefined && entries.length > 0) {
    throw new ReddError("input", "NOT_A_DATASET", {
      cannot,
      because: `it holds ${entries[0]} and is no dataset`,
      remedy: "Give a new or empty folder with --out",
    });
  }
  if (there !== undefined && !force) {
    if (sameIdentity(wanted, there.identity)) return there.found;
    throw new ReddError("input", "ANOTHER_DATASET", {
      cannot,
      because: "it holds a dataset of another schedule, seed, profile or version",
      remedy: "Give another folder with --out, or --force to replace what is there",
    });
  }
  writing(folder, () => begin(folder, wanted, entries));
  return "empty";
}

/** The identity comes first: from then on, whatever is interrupted is this dataset, begun. */
function begin(folder: string, identity: Identity, entries: readonly string[]): void {
  Deno.mkdirSync(`${folder}/${WORK}`, { recursive: true });
  writeWhole(`${folder}/${IDENTITY_FILE}`, JSON.stringify(identity));
  for (const name of OWN.filter((own) => entries.includes(own))) {
    Deno.removeSync(`${folder}/${name}`, { recursive: true });
  }
  for (const { name } of Array.from(Deno.readDirSync(`${folder}/${WORK}`))) {
    const path = `${WORK}/${name}`;
    if (path !== IDENTITY_FILE) Deno.removeSync(`${folder}/${path}`, { recursive: true });
  }
}

/** Writes a small file so that it is there as a whole or not at all. */
export function writeWhole(path: string, text: string): void {
  Deno.writeTextFileSync(`${path}.partial`, text);
  Deno.renameSync(`${path}.partial`, path);
}
