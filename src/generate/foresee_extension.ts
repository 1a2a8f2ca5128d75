/** What an extension would add, before its first byte. */
import { commandLine } from "../command_line.ts";
import { ReddError } from "../errors.ts";
import type { Fixtures } from "../fixtures/fixtures.ts";
import { asOfOf, type Schedule } from "../schedule/format.ts";
import { datasetIn } from "./dataset_in.ts";
import { keptWindows } from "./keep_windows.ts";
import { estimate } from "./estimate.ts";
import { readManifest, type ReddManifest } from "../dataset/manifest.ts";
import { prepare, type Prepared, type Recipe } from "./prepare.ts";
import { planning } from "./progress.ts";
import { type ExtendOptions, lookInto } from "./extension_plan.ts";

/** What an extension would add to a dataset. */
export interface ExtensionForeseen {
  /** What the longer dataset is made from. */
  readonly recipe: Recipe;
  /** The as-of date of the dataset now, such as `2026-01-31`. */
  readonly from: string;
  /** The as-of date that it would have. */
  readonly until: string;
  /** Numbers of the batches that are added. */
  readonly batches: readonly string[];
  /** Rows more than it has now. */
  readonly rows: number;
  /** Bytes that are written, about; what is kept is not among them. */
  readonly bytes: number;
  /** Windows (months) that are new or written again. */
  readonly windows: number;
  /** Windows that are kept as they are. */
  readonly keptWindows: number;
}

/**
 * What {@linkcode extend} and generating it would add. Nothing is written, and no lock taken.
 *
 * @throws {ReddError} as {@linkcode extend}.
 */
export async function foreseeExtension(
  folder: string,
  schedule: Schedule,
  asOf: string,
  fixtures: Fixtures,
  options: ExtendOptions = {},
): Promise<ExtensionForeseen> {
  const there = datasetIn(folder);
  if (there === undefined) await readManifest(folder);
  if (there?.found !== "finished") {
    throw new ReddError("input", "NOT_FINISHED", {
      cannot: `say what an extension of ${folder} would add`,
      because: there?.found === "moving"
        ? "an extension of it is complete and has not taken its place as a whole"
        : "it is not finished",
      remedy: `Finish it first: ${
        commandLine("generate", "--extend", "--until", asOfOf(schedule), "--out", folder)
      }`,
    });
  }
  const { recipe, plan } = await lookInto(folder, schedule, asOf, fixtures, options);
  const manifest = plan?.manifest ?? await readManifest(folder);
  const after = plan?.after ?? prepare(recipe, undefined, planning(options.onProgress));
  const size = estimate(after, 1);
  const kept = plan === undefined ? 0 : keptWindows(plan.before, plan.unchanged).length;
  const batches = recipe.schedule.batches.slice(schedule.batches.length);
  const isNew = asOf !== manifest.asOf;
  return {
    recipe,
    from: manifest.asOf,
    until: asOf,
    batches: batches.map(({ batch_id }) => batch_id),
    rows: size.rows - manifest.rows,
    bytes: isNew ? Math.max(0, size.bytes - keptBytes(manifest, after, kept)) : 0,
    windows: isNew ? after.pass.windows.length - kept : 0,
    keptWindows: isNew ? kept : after.pass.windows.length,
  };
}

/** The bytes of the monthly files of the first windows. */
function keptBytes({ tables }: ReddManifest, { pass }: Prepared, kept: number): number {
  const months = new Set(pass.windows.slice(0, kept).map(({ name }) => `/${name}.csv`));
  const parts = Object.values(tables).flatMap((table) => table.parts);
  return parts.filter(({ path }) => months.has(path.slice(-12)))
    .reduce((sum, { bytes }) => sum + bytes, 0);
}
