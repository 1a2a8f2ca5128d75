/** What an extension is to be, and whether it can be: nothing is written here. */
import { commandLine } from "../command_line.ts";
import { ReddError } from "../errors.ts";
import { buildInfrastructure } from "../farm/ground/infrastructure.ts";
import { isoOf, parseIso } from "../farm/days.ts";
import type { Infrastructure } from "../farm/ground/places.ts";
import type { Fixtures } from "../fixtures/fixtures.ts";
import { appendBatches, nextStart } from "../schedule/append.ts";
import { checkSchedule, findingText } from "../schedule/check.ts";
import { YOUNGEST } from "../schedule/dates.ts";
import { extendedSchedule } from "../schedule/append.ts";
import { asOfOf, type Schedule, SCHEDULE_LIMITS } from "../schedule/format.ts";
import { beyondLife } from "../schedule/quiet.ts";
import { readSchedule } from "../schedule/read.ts";
import { VERSION } from "../version.ts";
import { digestIn } from "../dataset/digest.ts";
import { datasetIn, extensionIn } from "./dataset_in.ts";
import { extensionFolder } from "./extension_folder.ts";
import { foreignFile } from "./folder.ts";
import { type Identity, sameIdentity } from "./identity.ts";
import { unnamedIn } from "../dataset/contents.ts";
import { readManifest, type ReddManifest } from "../dataset/manifest.ts";
import { readDataset } from "../dataset/read_dataset.ts";
import { SCHEDULE_FILE } from "../dataset/places.ts";
import { datasetIdentity, prepare, type Prepared, type Recipe } from "./prepare.ts";
import { type GenerateProgress, planning } from "./progress.ts";
import { writing } from "./write_error.ts";

/** How a dataset is extended. */
export interface ExtendOptions {
  /**
   * Adds the batches that have become due (rulings.md#30). The first may start before the old as-of
   * date: everything from its month on is then written again, with other ids from its start on.
   * False unless given.
   */
  readonly appendBatches?: boolean;
  /**
   * The day that it is: an extension goes {@linkcode FURTHEST_AHEAD} years further at most. The
   * system's unless given.
   */
  readonly today?: string;
  /** Called as the days are lived, before and after the extension. */
  readonly onProgress?: (progress: GenerateProgress) => void;
}

/** How many years an extension may reach beyond today, or beyond its dataset where that is later. */
export const FURTHEST_AHEAD = 2;

/** How a finished dataset becomes a longer one. */
export interface Plan {
  /** Day number up to which nothing changes. */
  readonly unchanged: number;
  readonly manifest: ReddManifest;
  readonly before: Prepared;
  readonly after: Prepared;
}

/** Decides what an extension is to be; without a plan nothing is left to be begun. */
export async function lookInto(
  folder: string,
  schedule: Schedule,
  asOf: string,
  fixtures: Fixtures,
  { appendBatches: append = false, today = isoOf(daysNow()), onProgress }: ExtendOptions,
): Promise<{ readonly recipe: Recipe; readonly plan?: Plan }> {
  const { identity, found } = datasetIn(folder)!;
  if (found === "begun") {
    return { recipe: begunRecipe(folder, identity, schedule, asOf, fixtures, false) };
  }
  const begun = extensionIn(folder);
  if (begun !== undefined && !sameIdentity(begun.identity, identity)) {
    const infrastructure = buildInfrastructure(fixtures.layout, fixtures.master);
    const file = `${extensionFolder(folder)}/${SCHEDULE_FILE}`;
    const own = readSchedule(file, fixtures.profile, infrastructure, { follow: false });
    return { recipe: begunRecipe(folder, begun.identity, own, asOf, fixtures, true) };
  }
  const manifest = await readManifest(folder);
  refuseUnnamed(folder, manifest);
  refuseAnother(folder, identity, fixtures, digestIn(folder, SCHEDULE_FILE, SCHEDULE_LIMITS.bytes));
  await readDataset(folder);
  const { seed, firstId, documentedTotals, laterScenarios, initialFeed } = manifest;
  const options = { fixtures, seed, firstId, documentedTotals, laterScenarios, initialFeed };
  // It has been extended to this day already.
  if (asOf === manifest.asOf) return { recipe: { ...options, schedule } };
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
  refuseFar(folder, asOf, manifest.asOf, today);
  if (append) {
    longer = appendBatches(schedule, asOf, seed, fixtures.profile, infrastructure);
    requireInOrder(folder, longer, fixtures, infrastructure);
  }
  const recipe: Recipe = { ...options, schedule: longer };
  const before = prepare({ ...options, schedule }, undefined, planning(onProgress));
  const appended = longer.batches[schedule.batches.length];
  if (appended === undefined) refuseLifeless(folder, schedule, before, fixtures);
  const after = prepare(recipe, undefined, planning(onProgress));
  const unchanged = parseIso(appended?.start_date ?? asOf)!;
  return { recipe, plan: { unchanged, manifest, before, after } };
}

/** Today as a day number, UTC. */
function daysNow(): number {
  return Math.floor(Date.now() / 86_400_000);
}

/** @throws {ReddError} input, for a date that no dataset is to reach yet. */
function refuseFar(folder: string, asOf: string, before: string, today: string): void {
  const [from, what] = before > today ? [before, "it goes up to"] : [today, "today is"];
  const latest = `${Number(from.slice(0, 4)) + FURTHEST_AHEAD}${
    from.slice(4).replace("-02-29", "-02-28")
  }`;
  if (asOf <= latest) return;
  throw new ReddError("input", "TOO_FAR", {
    cannot: `extend the dataset ${folder}`,
    because: `--until is ${asOf}, and ${what} ${from}`,
    remedy: `Give a date up to ${latest}, ${FURTHEST_AHEAD} years on`,
  });
}

/** @throws {ReddError} input, where every batch is harvested and none is added: no row would be. */
function refuseLifeless(
  folder: string,
  schedule: Schedule,
  before: Prepared,
  { profile }: Fixtures,
): void {
  const { batches } = before.pass.end;
  if (batches.some(({ status }) => status !== "COMPLETED")) return;
  const next = batches.length > 1 ? isoOf(nextStart(schedule, profile) + YOUNGEST) : undefined;
  throw new ReddError("input", "NOTHING_LIVES", {
    cannot: `extend the dataset ${folder}`,
    because: `${
      batches.length === 1 ? "its batch is" : `all ${batches.length} batches are`
    } harvested by ${asOfOf(schedule)} and none is appended: no later day would add a row`,
    remedy: next === undefined
      ? "Generate a schedule with more batches, or a later start, into another folder"
      : `Give --append-batches and --until ${next} or later: then the plan's next batch is due`,
  });
}

/** A finished dataset holds what its manifest names; what else lies there is somebody's. */
function refuseUnnamed(folder: string, { files = [], tables }: ReddManifest): void {
  const parts = Object.values(tables).flatMap((entry) => entry.parts);
  const named = new Set([...files, ...parts].map(({ path }) => path));
  const [foreign] = writing(folder, () => unnamedIn(folder, named));
  if (foreign !== undefined) throw foreignFile(`extend the dataset ${folder}`, foreign);
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
  isExtension: boolean,
): Recipe {
  const { seed, firstId, documentedTotals, laterScenarios, initialFeed } = identity;
  const options = { fixtures, seed, firstId, documentedTotals, laterScenarios, initialFeed };
  const recipe: Recipe = { ...options, schedule };
  refuseAnother(folder, identity, fixtures, datasetIdentity(recipe).schedule);
  const begunUntil = asOfOf(schedule);
  if (begunUntil === asOf) return recipe;
  throw new ReddError("input", "NOT_FINISHED", {
    cannot: `extend the dataset ${folder}`,
    because: `it has been begun up to ${begunUntil} and is not finished`,
    remedy: `Finish it first: ${
      commandLine("generate", "--extend", "--until", begunUntil, "--out", folder)
    }${
      isExtension ? `; or give it up: ${commandLine("generate", "--abandon", "--out", folder)}` : ""
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
  { profile, diseases }: Fixtures,
  infrastructure: Infrastructure,
): void {
  const ids = diseases.map(({ id }) => id);
  const finding = checkSchedule(schedule, profile, infrastructure, new Set(), ids) ??
    beyondLife(schedule);
  if (finding === undefined) return;
  throw new ReddError("input", "CANNOT_EXTEND", {
    cannot: `extend the dataset ${folder}`,
    because: findingText(finding),
    remedy: "Give an earlier date, or plan the farm again with longer reservations",
  });
}
