/**
 * Verifies the files of a dataset, without a database.
 *
 * Deno permissions: read (the dataset), ffi (DuckDB's library); for an archive also read and write of
 * a temporary folder, env (TMPDIR, TMP, TEMP) and sys (uid).
 */
import { filesOf, type FilesOfOptions } from "../archive/files_of.ts";
import { openDataset } from "../archive/open_dataset.ts";
import type { Dataset } from "../dataset/dataset.ts";
import type { ReddManifest } from "../dataset/manifest.ts";
import { ReddError } from "../errors.ts";
import { allChecks } from "../catalogue/catalogue.ts";
import type { CheckFacts, VerifyCheck } from "../catalogue/check.ts";
import { chosenChecks } from "../catalogue/choice.ts";
import type { DuckLimits } from "../duckdb/session.ts";
import {
  type FilesEngine,
  type FilesOptions,
  openFilesEngine,
  requireGoing,
} from "./engines/files.ts";
import { checkFiles, readAllFiles } from "./file_laws/check_files.ts";
import { fileChecks } from "./file_laws/checks.ts";
import { type CheckResult, whySkipped } from "./judge.ts";
import { type VerifyReport, verifyReport } from "./report.ts";
import { runCheck, type VerifyOptions } from "./run.ts";

/** What a verification of files is given besides the dataset. */
export interface VerifyDatasetOptions extends VerifyOptions, DuckLimits {
  /** Called with every table as it begins to be read, with its place from 0 and their number. */
  readonly onTable?: (table: string, place: number, all: number) => void;
  /** Where and how an archive is unpacked, which DuckDB does not read as it is. */
  readonly unpacking?: FilesOfOptions;
}

/**
 * Reads the files of a dataset and holds them against its manifest, the descriptions of the tables
 * and every check of the catalogue that files can answer; those of a database alone are skipped and
 * say so. The same check gives the same verdict as {@linkcode verifyDatabase} gives of a database that
 * holds these rows. Files that are damaged, altered or missing are what it looks for: the report has
 * them, with file and line.
 *
 * ```ts
 * import { verifyDataset } from "@redd/redd";
 *
 * const { ok, results } = await verifyDataset("out/farm", { only: ["LAW-FEED*", "C-17"] });
 * const failed = results.filter(({ status }) => status === "failed");
 * console.log(ok, failed.map(({ check, details }) => `${check.id}: ${details.join("; ")}`));
 * ```
 *
 * @param dataset The folder or the archive of a dataset, or one that is open and believed.
 * @throws {ReddError} input: no dataset, one whose manifest is none, a check that there is not, or
 *   files that cannot be read where the checks of files were not asked for; environment: DuckDB cannot
 *   be used, or has too little memory; interrupted: the signal. What the checks find is in the report.
 */
export async function verifyDataset(
  dataset: string | Dataset,
  options: VerifyDatasetOptions = {},
): Promise<VerifyReport> {
  const opened = typeof dataset === "string"
    ? await openDataset(dataset, { unread: true })
    : dataset;
  return await verifyAnd(opened, options, (report) => Promise.resolve(report));
}

/**
 * The same, and more that is asked of what has been read.
 *
 * @param more Is given the report, and the engine with all tables that could be read where no check
 *   was chosen; its result is returned.
 * @throws as {@linkcode verifyDataset}, and what `more` throws.
 */
export async function verifyAnd<Result>(
  opened: Dataset,
  options: VerifyDatasetOptions & Pick<FilesOptions, "purpose">,
  more: (report: VerifyReport, engine: FilesEngine) => Promise<Result>,
): Promise<Result> {
  const chosen = chosenChecks<CheckFacts>([...fileChecks, ...allChecks], options.only);
  const ofRows = allChecks.filter((check) => chosen.includes(check));
  const going = new AbortController();
  const stop = () => going.abort();
  options.signal?.addEventListener("abort", stop);
  if (options.signal?.aborted) stop();
  try {
    const { signal } = going;
    await using filed = await filesOf(opened, { ...options.unpacking, signal });
    return await verified(filed, { ...options, signal }, chosen, ofRows, more);
  } finally {
    options.signal?.removeEventListener("abort", stop);
    // Where one half has failed, nobody waits for the other.
    stop();
  }
}

async function verified<Result>(
  dataset: Dataset,
  options: VerifyDatasetOptions & Pick<FilesOptions, "purpose">,
  chosen: readonly CheckFacts[],
  ofRows: readonly VerifyCheck[],
  more: (report: VerifyReport, engine: FilesEngine) => Promise<Result>,
): Promise<Result> {
  const { manifest } = dataset;
  const going = () => requireGoing(dataset, options.signal);
  const ofFiles = chosen.some((check) => fileChecks.includes(check));
  const bytes = ofFiles ? readAllFiles(dataset, going) : undefined;
  const besides = [...options.besides?.tables ?? []];
  const tables = bytes === undefined
    ? new Set([...tablesFor(manifest, ofRows), ...besides])
    : undefined;
  await using engine = await openFilesEngine(dataset, {
    ...options,
    ...tables === undefined ? {} : { tables },
    ...bytes === undefined ? {} : { isFormed: bytes.isFormed },
  });
  if (bytes === undefined) requireRead(dataset, engine);
  const results: CheckResult[] = [];
  const all = chosen.length;
  const begin = (check: CheckFacts) => options.onBegin?.(check, results.length, all);
  const end = (result: CheckResult) => {
    results.push(result);
    options.onCheck?.(result);
  };
  if (bytes !== undefined) {
    const read = await bytes.all;
    await checkFiles({ dataset, bytes: read, engine, chosen, going, onBegin: begin, onCheck: end });
  }
  for (const check of ofRows) {
    going();
    begin(check);
    end(await runCheck(engine, check, manifest, options.onAnswer));
  }
  await options.besides?.ask(engine, manifest, going);
  return await more(verifyReport(results), engine);
}

/** @throws {ReddError} input, where a file cannot be read, and no check would tell it. */
function requireRead({ name }: Dataset, { unread }: FilesEngine): void {
  for (const [table, parts] of unread) {
    const [first] = parts;
    throw new ReddError("input", "PART_UNREADABLE", {
      cannot: `verify ${name}`,
      because: first === undefined
        ? `the files of ${table} cannot be read`
        : `${first.part.path}, ${first.because}`,
      remedy: "Run the checks of files, FILE-*, which tell what is wrong with them",
    });
  }
}

/** The tables that the checks will read which files can answer. */
function tablesFor(manifest: ReddManifest, checks: readonly VerifyCheck[]): ReadonlySet<string> {
  const all = Object.keys(manifest.tables);
  const asked = checks.filter((check) => whySkipped(check, manifest, []) === undefined);
  return new Set(asked.flatMap(({ tables }) => tables.length === 0 ? all : tables));
}
