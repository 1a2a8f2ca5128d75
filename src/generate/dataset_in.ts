/** Which dataset a folder holds, and how far it is: what its manifest or a run's work says. */
import { ReddError } from "../errors.ts";
import { readTextInside } from "../files/inside.ts";
import { NotRegular, TooLarge } from "../files/regular.ts";
import { MANIFEST_CAP, MANIFEST_FILE, type ReddManifest } from "../dataset/manifest.ts";
import { EXTENSION, IDENTITY_FILE } from "../dataset/places.ts";
import { type Identity, identitySchema } from "./identity.ts";

/** The most bytes of an identity. */
const IDENTITY_CAP = 10_000;

/** The text of a file of the folder; undefined where there is none. */
function readText(folder: string, path: string, cap: number): string | undefined {
  try {
    return readTextInside(folder, path, cap);
  } catch (thrown) {
    // Where Deno lets nobody look nobody has written either, which writing there will say.
    const nothing = [
      Deno.errors.NotFound,
      Deno.errors.NotADirectory,
      Deno.errors.NotCapable,
    ];
    if (nothing.some((one) => thrown instanceof one)) return undefined;
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
export const DAMAGED = "DATASET_BROKEN";

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

/** A dataset that is there: how far it is, and what it is made from. */
export interface DatasetThere {
  readonly identity: Identity;
  /** What its profile is called, where a manifest says so. */
  readonly profileName?: string | undefined;
  /** `moving` where its extension is complete and has not taken its place as a whole. */
  readonly found: "begun" | "finished" | "moving";
}

/**
 * The dataset that a folder holds, if it holds one.
 *
 * @throws {ReddError} input, where it is damaged.
 */
export function datasetIn(folder: string): DatasetThere | undefined {
  const finished = finishedIn(folder, MANIFEST_FILE);
  // What is somebody else's is no dataset, whatever lies beside it.
  if (finished === null) return undefined;
  if (finished !== undefined) return { ...finished, found: "finished" };
  const longer = finishedIn(folder, `${EXTENSION}/${MANIFEST_FILE}`);
  if (longer != null) return { ...longer, found: "moving" };
  const begun = begunIn(folder, IDENTITY_FILE);
  return begun === undefined ? undefined : { identity: begun, found: "begun" };
}

/** The extension of a dataset, if one has begun beside it: `finished` where it is complete. */
export function extensionIn(folder: string): DatasetThere | undefined {
  const finished = finishedIn(folder, `${EXTENSION}/${MANIFEST_FILE}`);
  if (finished === null) return undefined;
  if (finished !== undefined) return { ...finished, found: "finished" };
  const begun = begunIn(folder, `${EXTENSION}/${IDENTITY_FILE}`);
  return begun === undefined ? undefined : { identity: begun, found: "begun" };
}

/** The identity in a manifest; undefined where there is none, null where it is somebody else's. */
function finishedIn(
  folder: string,
  path: string,
): Omit<DatasetThere, "found"> | null | undefined {
  const manifest = readText(folder, path, MANIFEST_CAP);
  if (manifest === undefined) return undefined;
  const redd = (jsonOf(manifest) as { redd?: Partial<ReddManifest> } | null | undefined)?.redd;
  if (redd === undefined) return null;
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
  if (!parsed.success) throw damaged(folder, path, parsed.error);
  const { name } = profile ?? {};
  return { identity: parsed.data, profileName: typeof name === "string" ? name : undefined };
}

/** The identity in the work of a run. */
function begunIn(folder: string, path: string): Identity | undefined {
  const identity = readText(folder, path, IDENTITY_CAP);
  if (identity === undefined) return undefined;
  const parsed = identitySchema.safeParse(jsonOf(identity));
  if (!parsed.success) throw damaged(folder, path, parsed.error);
  return parsed.data;
}

/** The identity of a dataset that a folder holds, begun or finished; undefined where it holds none. */
export function identityIn(folder: string): Identity | undefined {
  return datasetIn(folder)?.identity;
}

/** Whether a folder holds a dataset from beginning to end: its manifest is written last. */
export function isFinished(folder: string): boolean {
  return datasetIn(folder)?.found === "finished";
}
