/**
 * Extending a dataset by days that have passed since (rulings.md#29): beside a finished dataset a longer
 * one is begun, with the windows already written in which nothing changes, and generating that does
 * the rest and gives it the old one's place. The result is, byte for byte, what generating the longer
 * schedule gives.
 */
import { ReddError } from "../errors.ts";
import type { Fixtures } from "../fixtures/fixtures.ts";
import { type Schedule } from "../schedule/format.ts";
import { datasetIn } from "./dataset_in.ts";
import { beginExtension, takePlace } from "./extension_folder.ts";
import { sameIdentity } from "./identity.ts";
import { keepWindows } from "./keep_windows.ts";
import { lockDataset } from "./lock.ts";
import { removeExtensionFiles } from "../dataset/contents.ts";
import { readManifest } from "../dataset/manifest.ts";
import { type Recipe } from "./prepare.ts";
import { writing } from "./write_error.ts";
import { type ExtendOptions, lookInto } from "./extension_plan.ts";

export type { ExtendOptions } from "./extension_plan.ts";

/**
 * Begins a longer dataset beside a finished one, which stays what it is, finished, until the longer one
 * is complete and takes its place: {@linkcode generate} does that. An extension to this date that was
 * interrupted goes on; one to another date is to be finished or abandoned first.
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
 * @throws {ReddError} input, when the date is not later or too far from today, nothing lives that
 *   would add a row, an extension to another date has begun, the dataset was made by another version
 *   of Redd or with another profile, its schedule file has been edited, or a batch cannot be
 *   appended; environment, when another run has the dataset or the folder cannot be written to.
 */
export async function extend(
  folder: string,
  schedule: Schedule,
  asOf: string,
  fixtures: Fixtures,
  options: ExtendOptions = {},
): Promise<Recipe> {
  const seen = datasetIn(folder);
  // Where no dataset is, none is locked, and the manifest says so.
  if (seen === undefined) await readManifest(folder);
  // What is decided from here on is decided on what is there under the lock.
  using held = lockDataset(folder, "alone");
  if (datasetIn(held.folder)?.found === "moving") await takePlace(held.folder);
  const there = datasetIn(folder);
  const same = seen !== undefined && there !== undefined &&
    sameIdentity(seen.identity, there.identity);
  if (!same) throw changedMeanwhile(folder);
  const found = await lookInto(folder, schedule, asOf, fixtures, options);
  if (found.plan === undefined) return found.recipe;
  const { unchanged, manifest, before, after } = found.plan;
  try {
    writing(folder, () => {
      const { folder: from } = held;
      beginExtension(
        from,
        after,
        (into) => keepWindows(from, into, unchanged, manifest, before, after),
      );
    });
  } catch (error) {
    removeExtensionFiles(held.folder);
    throw error;
  }
  return found.recipe;
}

function changedMeanwhile(folder: string): ReddError {
  return new ReddError("environment", "DATASET_IN_USE", {
    cannot: `extend the dataset ${folder}`,
    because: "another run has changed it meanwhile",
    remedy: "Run the same command again",
  });
}
