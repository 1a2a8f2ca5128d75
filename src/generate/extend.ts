/**
 * Extending a dataset by days that have passed since (ruling 29): a finished dataset becomes one
 * that is begun, with the windows before the old as-of date's month already written, and generating
 * it again does the rest. The result is, byte for byte, what generating the longer schedule gives.
 */
import { createHash } from "node:crypto";
import { ReddError } from "../errors.ts";
import { buildInfrastructure } from "../farm/infrastructure.ts";
import { parseIso } from "../farm/days.ts";
import type { Fixtures } from "../fixtures/read.ts";
import { DAY_TABLES, type DayTable } from "../render/day_rows.ts";
import { checkSchedule, findingText } from "../schedule/check.ts";
import { LONGEST_LIFE, type Schedule } from "../schedule/format.ts";
import { tableNamed } from "../tables/catalog.ts";
import { VERSION } from "../version.ts";
import { reopenDataset } from "./folder.ts";
import { readManifest, type ReddManifest } from "./manifest.ts";
import { makeFolders, wholePath, windowPath } from "./places.ts";
import { prepare, type Prepared, type Recipe } from "./prepare.ts";
import { recordCopied } from "./records.ts";
import type { WindowPart } from "./render_window.ts";
import { writing } from "./write_error.ts";

/** The schedule with a later as-of date: every start, egg count, target and place stays. */
export function extendedSchedule(schedule: Schedule, asOf: string): Schedule {
  const until = parseIso(asOf)!;
  return {
    metadata: { ...schedule.metadata, generated_date: asOf, as_of: asOf },
    batches: schedule.batches.map((batch) => ({
      ...batch,
      duration: Math.min(LONGEST_LIFE, until - parseIso(batch.start_date)!),
    })),
  };
}

/**
 * Turns a finished dataset into a longer one that has begun. It stays the old one, finished, until
 * the last step.
 *
 * @param schedule The dataset's own.
 * @param asOf The new as-of date.
 * @return The recipe to generate in the same folder.
 * @throws {ReddError} input, when the date is not later, or the dataset was made by another version
 *   of Redd or with another profile.
 */
export async function extend(
  folder: string,
  schedule: Schedule,
  asOf: string,
  fixtures: Fixtures,
): Promise<Recipe> {
  const manifest = await readManifest(folder);
  refuse(folder, manifest, asOf, fixtures);
  const { seed, firstId, documentedTotals, laterScenarios } = manifest;
  const options = { fixtures, seed, firstId, documentedTotals, laterScenarios };
  const recipe: Recipe = { ...options, schedule: extendedSchedule(schedule, asOf) };
  requireReserved(folder, recipe);
  const before = prepare({ ...options, schedule });
  const after = prepare(recipe);
  const kept = before.pass.windows.slice(0, -1);
  writing(folder, () => {
    makeFolders(folder);
    for (const index of kept.keys()) keepWindow(folder, index, manifest, before, after);
    reopenDataset(folder, after.identity);
  });
  return recipe;
}

function refuse(folder: string, manifest: ReddManifest, asOf: string, fixtures: Fixtures): void {
  const cannot = `extend the dataset ${folder}`;
  if (manifest.version !== VERSION) {
    throw new ReddError("input", "ANOTHER_VERSION", {
      cannot,
      because: `Redd ${manifest.version} made it and this is Redd ${VERSION}`,
      remedy: "Extend it with that version, or generate it again with this one",
    });
  }
  if (manifest.profile.sha256 !== fixtures.profileSha256) {
    throw new ReddError("input", "ANOTHER_PROFILE", {
      cannot,
      because: `the profile ${manifest.profile.name} has changed since it was made`,
      remedy: "Take the change back, or generate the dataset again",
    });
  }
  if (asOf <= manifest.asOf) {
    throw new ReddError("input", "NOT_LATER", {
      cannot,
      because: `--until is ${asOf} and the dataset goes up to ${manifest.asOf}`,
      remedy: "Give a later date",
    });
  }
}

/** A schedule of the original system may reserve less than a longer life needs (ruling 27). */
function requireReserved(folder: string, { schedule, fixtures, documentedTotals }: Recipe): void {
  const infrastructure = buildInfrastructure(fixtures.layout, fixtures.master, {
    documentedTotals: documentedTotals ?? false,
  });
  const finding = checkSchedule(schedule, fixtures.profile, infrastructure);
  if (finding === undefined) return;
  throw new ReddError("input", "CANNOT_EXTEND", {
    cannot: `extend the dataset ${folder}`,
    because: findingText(finding),
    remedy: "Give an earlier date, or plan the farm again with longer reservations",
  });
}

/** Records a window of the old dataset as a window of the new one. */
function keepWindow(
  folder: string,
  index: number,
  manifest: ReddManifest,
  { pass }: Prepared,
  after: Prepared,
): void {
  const window = pass.windows[index]!;
  const next = (pass.snapshots[index + 1] ?? pass.end).numbers;
  const { numbers } = pass.snapshots[index]!;
  const parts = Object.entries(DAY_TABLES).map(([key, name]): WindowPart => {
    const table = tableNamed(name);
    const path = windowPath(table, window.name);
    if (table.kind === "windowed") {
      const part = manifest.tables[name]!.parts.find((one) => one.path === path)!;
      return { table: name, ...part };
    }
    const from = numbers[key as DayTable] - manifest.firstId;
    const rows = next[key as DayTable] - numbers[key as DayTable];
    const body = linesOf(`${folder}/${wholePath(table)}`, from, rows);
    Deno.writeFileSync(`${folder}/${path}`, body);
    const sha256 = createHash("sha256").update(body).digest("hex");
    return { table: name, path, rows, bytes: body.length, sha256 };
  });
  recordCopied(folder, window.name, after.identity, parts);
}

/** Rows of a joined part: `count` lines after the header and `skip` more. No row has a line break. */
function linesOf(path: string, skip: number, count: number): Uint8Array {
  const bytes = Deno.readFileSync(path);
  let at = bytes.indexOf(10) + 1;
  for (let line = 0; line < skip; line++) at = bytes.indexOf(10, at) + 1;
  const from = at;
  for (let line = 0; line < count; line++) at = bytes.indexOf(10, at) + 1;
  return bytes.subarray(from, at);
}
