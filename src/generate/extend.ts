/**
 * Extending a dataset by days that have passed since (rulings.md#29): a finished dataset becomes one
 * that is begun, with the windows already written in which nothing changes, and generating it again
 * does the rest. The result is, byte for byte, what generating the longer schedule gives.
 */
import { commandLine } from "../command_line.ts";
import { ReddError } from "../errors.ts";
import { buildInfrastructure } from "../farm/infrastructure.ts";
import { parseIso } from "../farm/days.ts";
import type { Infrastructure } from "../farm/places.ts";
import type { Fixtures } from "../fixtures/fixtures.ts";
import { appendBatches } from "../schedule/append.ts";
import { checkSchedule, findingText } from "../schedule/check.ts";
import { extendedSchedule } from "../schedule/extended.ts";
import { asOfOf, type Schedule, SCHEDULE_LIMITS } from "../schedule/format.ts";
import { VERSION } from "../version.ts";
import { digestIn } from "../dataset/digest.ts";
import { clearAway, foreignFile, identityIn, isFinished, reopenDataset } from "./folder.ts";
import { type Identity, sameIdentity } from "./identity.ts";
import { keepWindows } from "./keep_windows.ts";
import { lockDataset } from "./lock.ts";
import { unnamedIn } from "../dataset/contents.ts";
import { readManifest, type ReddManifest } from "../dataset/manifest.ts";
import { readDataset } from "../dataset/read_dataset.ts";
import { makeFolders, SCHEDULE_FILE } from "../dataset/places.ts";
import { identityOf, prepare, type Recipe } from "./prepare.ts";
import { writing } from "./write_error.ts";

/** How a dataset is extended. */
export interface ExtendOptions {
  /**
   * Adds the batches that have become due (rulings.md#30). The first may start before the old as-of
   * date: everything from its month on is then written again, with other ids from its start on.
   * False unless given.
   */
  readonly appendBatches?: boolean;
}

/**
 * Turns a finished dataset into a longer one that has begun. It stays the old one, finished, until
 * the last step. An extension to this date that was interrupted later goes on; one to another date
 * is to be finished first.
 *
 * ```ts
 * import {
 *   buildInfrastructure,
 *   extend,
 *   generate,
 *   readDatasetSchedule,
 *   readFixtures,
 * } from "@redd/redd";
 *
 * const folder = "out/farm";
 * const fixtures = readFixtures();
 * const infrastructure = buildInfrastructure(fixtures.layout, fixtures.master);
 * const schedule = readDatasetSchedule(folder, fixtures.profile, infrastructure);
 * const recipe = await extend(folder, schedule, "2026-01-31", fixtures);
 * await generate({ folder, ...recipe });
 * ```
 *
 * @param schedule The dataset's own, as {@linkcode readDatasetSchedule} reads it.
 * @param asOf The new as-of date, the first day that is not simulated: `2026-01-31`.
 * @return The recipe to generate in the same folder. Batches that are appended come last in it.
 * @throws {ReddError} input, when the date is not later, an extension to another date has begun, the
 *   dataset was made by another version of Redd or with another profile, its schedule file has been
 *   edited, or a batch cannot be appended; environment, when another run has the dataset or the
 *   folder cannot be written to.
 */
export async function extend(
  folder: string,
  schedule: Schedule,
  asOf: string,
  fixtures: Fixtures,
  { appendBatches: append = false }: ExtendOptions = {},
): Promise<Recipe> {
  const begun = identityIn(folder);
  if (begun !== undefined && !isFinished(folder)) {
    // Who has begun it may be at it.
    lockDataset(folder, "alone")[Symbol.dispose]();
    return begunRecipe(folder, begun, schedule, asOf, fixtures);
  }
  // Where no dataset is, none is locked, and the manifest says so.
  if (begun === undefined) await readManifest(folder);
  // What is decided from here on is decided on what is there under the lock.
  using held = lockDataset(folder, "alone");
  const identity = identityIn(folder);
  const same = begun !== undefined && identity !== undefined && sameIdentity(begun, identity);
  if (!same || !isFinished(folder)) throw changedMeanwhile(folder);
  const manifest = await readManifest(folder);
  refuseUnnamed(folder, manifest);
  refuseAnother(
    folder,
    identity!,
    fixtures,
    digestIn(folder, SCHEDULE_FILE, SCHEDULE_LIMITS.bytes),
  );
  await readDataset(folder);
  const { seed, firstId, documentedTotals, laterScenarios, initialFeed } = manifest;
  const options = { fixtures, seed, firstId, documentedTotals, laterScenarios, initialFeed };
  // It has been extended to this day already.
  if (asOf === manifest.asOf) return { ...options, schedule };
  if (asOf < manifest.asOf) {
    throw new ReddError("input", "NOT_LATER", {
      cannot: `extend the dataset ${folder}`,
      because: `--until is ${asOf} and the dataset goes up to ${manifest.asOf}`,
      remedy: "Give a later date",
    });
  }
  const infrastructure = buildInfrastructure(fixtures.layout, fixtures.master, {
    documentedTotals,
  });
  let longer = extendedSchedule(schedule, asOf);
  requireInOrder(folder, longer, fixtures, infrastructure);
  if (append) {
    longer = appendBatches(schedule, asOf, seed, fixtures.profile, infrastructure);
    requireInOrder(folder, longer, fixtures, infrastructure);
  }
  const recipe: Recipe = { ...options, schedule: longer };
  const before = prepare({ ...options, schedule });
  const after = prepare(recipe);
  const appended = longer.batches[schedule.batches.length];
  const unchanged = parseIso(appended?.start_date ?? asOf)!;
  try {
    writing(folder, () => {
      makeFolders(held.folder);
      keepWindows(held.folder, unchanged, manifest, before, after);
      reopenDataset(held.folder, after.identity, after.text);
    });
  } catch (error) {
    // What is still finished is left as it was.
    if (isFinished(held.folder)) clearAway(held.folder);
    throw error;
  }
  return recipe;
}

/** A finished dataset holds what its manifest names; what else lies there is somebody's. */
function refuseUnnamed(folder: string, { files = [], tables }: ReddManifest): void {
  const parts = Object.values(tables).flatMap((entry) => entry.parts);
  const named = new Set([...files, ...parts].map(({ path }) => path));
  const [foreign] = writing(folder, () => unnamedIn(folder, named));
  if (foreign !== undefined) throw foreignFile(`extend the dataset ${folder}`, foreign);
}

function changedMeanwhile(folder: string): ReddError {
  return new ReddError("environment", "DATASET_IN_USE", {
    cannot: `extend the dataset ${folder}`,
    because: "another run has changed it meanwhile",
    remedy: "Run the same command again",
  });
}

/**
 * The recipe of a dataset that has begun, by an extension or otherwise, and goes on to its date.
 *
 * @throws {ReddError} input, as {@linkcode refuseAnother}, and when it was to end on another date,
 *   saying how to finish it first.
 */
function begunRecipe(
  folder: string,
  identity: Identity,
  schedule: Schedule,
  asOf: string,
  fixtures: Fixtures,
): Recipe {
  const { seed, firstId, documentedTotals, laterScenarios, initialFeed } = identity;
  const options = { fixtures, seed, firstId, documentedTotals, laterScenarios, initialFeed };
  const recipe: Recipe = { ...options, schedule };
  refuseAnother(folder, identity, fixtures, identityOf(recipe).schedule);
  const begunUntil = asOfOf(schedule);
  if (begunUntil === asOf) return recipe;
  throw new ReddError("input", "NOT_FINISHED", {
    cannot: `extend the dataset ${folder}`,
    because: `it has been begun up to ${begunUntil} and is not finished`,
    remedy: `Finish it first: ${
      commandLine("generate", "--extend", "--until", begunUntil, "--out", folder)
    }`,
  });
}

/**
 * @param scheduleSha256 Of the schedule that is there now.
 * @throws {ReddError} input, when this Redd would not make the dataset as it was made.
 */
function refuseAnother(
  folder: string,
  identity: Identity,
  fixtures: Fixtures,
  scheduleSha256: string | undefined,
): void {
  const cannot = `extend the dataset ${folder}`;
  if (identity.version !== VERSION) {
    throw new ReddError("input", "ANOTHER_VERSION", {
      cannot,
      because: `Redd ${identity.version} made it and this is Redd ${VERSION}`,
      remedy: "Extend it with that version, or generate it again with this one",
    });
  }
  if (identity.profile !== fixtures.profileSha256) {
    throw new ReddError("input", "ANOTHER_PROFILE", {
      cannot,
      because:
        `the profile ${fixtures.profile.name} is not, or no longer, the one it was made with`,
      remedy: "Give its --profile, take a change of that back, or generate the dataset again",
    });
  }
  if (identity.fixtures !== fixtures.restSha256) {
    throw new ReddError("input", "OTHER_FIXTURES", {
      cannot,
      because: "the fixtures besides the profile are others than it was made with",
      remedy:
        "Give --fixtures with those, take a change of them back, or generate the dataset again",
    });
  }
  if (scheduleSha256 !== identity.schedule) {
    throw new ReddError("input", "ANOTHER_SCHEDULE", {
      cannot,
      because: `its ${SCHEDULE_FILE} has changed since it was made`,
      remedy: "Take the change back, or generate that schedule into another folder",
    });
  }
}

/** A schedule of the original system may reserve less than a longer life needs (rulings.md#27). */
function requireInOrder(
  folder: string,
  schedule: Schedule,
  { profile }: Fixtures,
  infrastructure: Infrastructure,
): void {
  const finding = checkSchedule(schedule, profile, infrastructure);
  if (finding === undefined) return;
  throw new ReddError("input", "CANNOT_EXTEND", {
    cannot: `extend the dataset ${folder}`,
    because: findingText(finding),
    remedy: "Give an earlier date, or plan the farm again with longer reservations",
  });
}
