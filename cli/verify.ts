/** `redd verify`: the acceptance checks and the laws, on the files of a dataset or on a database. */
import { EXIT_CODES } from "../src/errors.ts";
import { allChecks } from "../src/catalogue/catalogue.ts";
import type { CheckFacts } from "../src/catalogue/check.ts";
import { chosenChecks } from "../src/catalogue/choice.ts";
import { verifyDatabase } from "../src/verify/engines/postgres.ts";
import { fileChecks } from "../src/verify/file_laws/checks.ts";
import type { CheckResult } from "../src/verify/judge.ts";
import {
  NOTHING_CHECKED,
  nothingChecked,
  resultLines,
  summaryLines,
  type VerifyReport,
} from "../src/verify/report.ts";
import { verdictDifferences } from "../src/verify/verdicts.ts";
import type { VerifyOptions } from "../src/verify/run.ts";
import { verifyDataset } from "../src/verify/verify_dataset.ts";
import type { ChosenFigures } from "../src/figures/chosen_figures.ts";
import type { Given, Host, Voice } from "./command.ts";
import { type DatasetSource, datasetSource, unpackingOf } from "./dataset_source.ts";
import {
  areAlone,
  type AskedFigures,
  askFigures,
  figuresBesides,
  figuresOfFiles,
  figuresOnDatabase,
  listFigures,
  showFigures,
  tellFigures,
} from "./figures_line.ts";
import { explainChecks } from "./explain_line.ts";
import { interruptible } from "./interrupt.ts";
import type { Suite } from "./junit.ts";
import { junitPathOf, writeJunit } from "./junit_file.ts";
import { usageError } from "./parse.ts";
import { type DatabaseChecking, readingBy, withDatabaseOf } from "./verify_database.ts";
import {
  datasetOf,
  explainedBy,
  jobsOf,
  judgedToOf,
  memoryOf,
  onlyOf,
  requireFitting,
  requireListing,
  verifiedBy,
} from "./verify_line.ts";

const NAME = "verify";

/** How a verification speaks: what fails as it is found, and how far it is. */
function speaking(voice: Voice) {
  return {
    onBegin: ({ id, title }: CheckFacts, place: number, all: number) =>
      voice.progress(`checking ${place + 1} of ${all}: ${id}, ${title}`),
    onCheck(result: CheckResult) {
      const bad = result.status === "failed" || result.status === "broken";
      if (voice.json) return;
      for (const line of resultLines(result)) bad ? voice.result(line) : voice.resultDetail(line);
    },
  };
}

/** Checks a database against the manifest of its dataset, and shows what fails as it is found. */
export async function checkDatabase(
  url: string,
  { manifest, voice, ...reading }: DatabaseChecking,
  options: Pick<VerifyOptions, "only" | "besides" | "onAnswer"> = {},
): Promise<VerifyReport> {
  return await verifyDatabase(url, manifest, {
    ...readingBy(reading, voice),
    ...options,
    ...speaking(voice),
  });
}

/** Tells how a verification has ended; returns the exit code. */
export function tellVerdict(report: VerifyReport, voice: Voice, figures?: AskedFigures): number {
  if (voice.json) voice.data(JSON.stringify({ ...factsOf(report), ...figuresFacts(figures) }));
  else {
    for (const line of summaryLines(report)) voice.result(line);
    if (nothingChecked(report)) voice.result(NOTHING_CHECKED);
    if (figures !== undefined) showFigures(figures.figures, figures.results(), voice);
  }
  return report.ok ? 0 : EXIT_CODES.check;
}

/** What programs want to know: each check by its id, how it ended, and why. */
function factsOf({ ok, counts, results, found }: VerifyReport) {
  const checks = results.map(({ check, status, details }) => (
    { id: check.id, title: check.title, status, details }
  ));
  return { ok, counts, ...found === undefined ? {} : { found }, checks };
}

/** What figures came to, in an array of their own. */
function figuresFacts(asked: AskedFigures | undefined) {
  return asked === undefined ? {} : { figures: asked.results() };
}

/** The checks that a line names, in the catalogue's order. */
function chosenBy(given: Given): readonly CheckFacts[] {
  const only = figuresBesides(given)?.checks ?? onlyOf(given);
  return chosenChecks<CheckFacts>([...fileChecks, ...allChecks], only);
}

/** Prints the checks; those of files are asked of files alone, and some of a database alone. */
function list(given: Given, voice: Voice): number {
  const figures = figuresBesides(given);
  if (figures !== undefined) {
    listFigures(figures, voice);
    return 0;
  }
  const checks = chosenBy(given).map((check) => {
    const { id, title, source, asks, defects = [] } = check;
    const files = asks === undefined;
    const database = !fileChecks.includes(check);
    // Of a database that no dataset speaks for, what is made of a manifest cannot be asked.
    const withoutDataset = database && !("basis" in check && check.basis !== undefined);
    return { id, title, source, defects, files, database, withoutDataset };
  });
  if (voice.json) voice.data(JSON.stringify(checks));
  else {
    for (const { id, title, files, database } of checks) {
      const on = files && database ? "" : files ? " (files)" : " (database)";
      voice.data(`${id}  ${title}${on}`);
    }
  }
  return 0;
}

/** Checks the files of a dataset. */
async function checkFilesOf(
  source: DatasetSource,
  chosen: readonly CheckFacts[],
  given: Given,
  voice: Voice,
  signal: AbortSignal,
  host: Host,
  besides: Pick<VerifyOptions, "besides" | "onAnswer">,
): Promise<VerifyReport> {
  const memory = memoryOf(NAME, given);
  return await verifyDataset(await source.open({ unread: true }), {
    signal,
    unpacking: unpackingOf(voice, host),
    only: chosen.map(({ id }) => id),
    ...besides,
    ...memory === undefined ? {} : { memory },
    onTable: (table, place, all) => voice.progress(`reading ${place + 1} of ${all}: ${table}`),
    ...speaking(voice),
  });
}

/**
 * Checks the database of a dataset, or one that no dataset speaks for: the embedded server's unless
 * another is named.
 */
async function checkDatabaseOf(
  dataset: string | undefined,
  source: DatasetSource | undefined,
  chosen: readonly CheckFacts[],
  given: Given,
  voice: Voice,
  signal: AbortSignal,
  besides: Pick<VerifyOptions, "besides" | "onAnswer">,
): Promise<VerifyReport> {
  const only = chosen.filter((check) => !fileChecks.includes(check)).map(({ id }) => id);
  if (only.length === 0) {
    const because = "all checks of --only are of files";
    throw usageError(NAME, because, "Leave the flags of a database out, or name other checks");
  }
  return await withDatabaseOf({ dataset, source, given, voice, signal }, (url, by) => (
    checkDatabase(url, by, { only, ...besides })
  ));
}

/** Figures and no check: of files, unless the line speaks of a database alone. */
async function runFigures(
  chosen: ChosenFigures,
  given: Given,
  voice: Voice,
  signal: AbortSignal,
  host: Host,
): Promise<number> {
  const wanted = verifiedBy(given);
  const dataset = datasetOf(given, wanted);
  requireFitting(given, wanted, true);
  using source = await sourceOf(dataset, given, voice, signal);
  const results = wanted.files && source !== undefined
    ? await figuresOfFiles(source, chosen, given, voice, signal, host)
    : await withDatabaseOf({ dataset, source, given, voice, signal }, (url, by) => (
      figuresOnDatabase(url, chosen, by)
    ));
  tellFigures(chosen, results, voice);
  return 0;
}

/** The dataset of a line; undefined where it names a database alone. */
async function sourceOf(
  dataset: string | undefined,
  given: Given,
  voice: Voice,
  signal: AbortSignal,
): Promise<DatasetSource | undefined> {
  if (dataset === undefined) return undefined;
  return await datasetSource(NAME, dataset, given, voice, signal, verifiedBy(given).files);
}

/** Files and database side by side: both verdicts, and where they differ. */
function tellBoth(
  files: VerifyReport,
  database: VerifyReport,
  voice: Voice,
  figures?: AskedFigures,
): number {
  const differences = verdictDifferences(files, database);
  const nothing = nothingChecked(files) && nothingChecked(database);
  // Where a check can be asked of one of the two alone, the other has nothing to say.
  const ok = !nothing && differences.length === 0 &&
    [files, database].every((report) => report.ok || nothingChecked(report));
  if (voice.json) {
    const facts = { ok, files: factsOf(files), database: factsOf(database), differences };
    voice.data(JSON.stringify({ ...facts, ...figuresFacts(figures) }));
  } else {
    for (const { id, files, database } of differences) {
      voice.result(`differs  ${id}: ${files} on the files, ${database} on the database`);
    }
    for (const [name, report] of [["Files", files], ["Database", database]] as const) {
      const [first, ...reasons] = summaryLines(report);
      voice.result(`${name}: ${first}`);
      for (const line of reasons) voice.result(line);
    }
    const said = differences.length === 0
      ? "Both say the same."
      : `${differences.length} verdicts differ.`;
    voice.result(nothing ? NOTHING_CHECKED : said);
    if (figures !== undefined) showFigures(figures.figures, figures.results(), voice);
  }
  return ok ? 0 : EXIT_CODES.check;
}

/** Runs a line of `redd verify`; returns its exit code. */
export function runVerify(given: Given, voice: Voice, host: Host = {}): Promise<number> {
  if (given.on("list")) {
    return Promise.resolve().then(() => {
      requireListing(given, "list");
      return list(given, voice);
    });
  }
  if (given.text("explain") !== undefined) {
    return Promise.resolve().then(() => {
      explainChecks(
        chosenChecks<CheckFacts>([...fileChecks, ...allChecks], explainedBy(given)),
        voice,
      );
      return 0;
    });
  }
  return interruptible(async (signal) => {
    const wantedFigures = figuresBesides(given);
    if (areAlone(wantedFigures)) {
      return await runFigures(wantedFigures, given, voice, signal, host);
    }
    const figures = wantedFigures === undefined ? undefined : askFigures(wantedFigures, voice);
    const besides = figures === undefined ? {} : { besides: figures.besides };
    const wanted = verifiedBy(given);
    const dataset = datasetOf(given, wanted);
    requireFitting(given, wanted, false);
    const chosen = chosenBy(given);
    memoryOf(NAME, given);
    jobsOf(given);
    judgedToOf(given);
    const junit = junitPathOf(given);
    using source = await sourceOf(dataset, given, voice, signal);
    const files = wanted.files && source !== undefined
      ? await timed(
        `files of ${dataset}`,
        (onAnswer) =>
          checkFilesOf(source, chosen, given, voice, signal, host, { ...besides, onAnswer }),
      )
      : undefined;
    const own = wanted.files ? {} : besides;
    const database = wanted.database
      ? await timed(
        dataset === undefined ? "database" : `database of ${dataset}`,
        (onAnswer) =>
          checkDatabaseOf(dataset, source, chosen, given, voice, signal, { ...own, onAnswer }),
      )
      : undefined;
    const code = files !== undefined && database !== undefined
      ? tellBoth(files.report, database.report, voice, figures)
      : tellVerdict((files ?? database)!.report, voice, figures);
    // The verdict has been told, whatever becomes of the file.
    writeJunit(junit, [files, database].filter((suite) => suite !== undefined));
    return code;
  });
}

/** Runs a verification, and measures it and each of its checks. */
async function timed(
  name: string,
  verify: (onAnswer: NonNullable<VerifyOptions["onAnswer"]>) => Promise<VerifyReport>,
): Promise<Suite> {
  const began = performance.now();
  const secondsOf = new Map<string, number>();
  const report = await verify(({ id }, seconds) => void secondsOf.set(id, seconds));
  return { name, report, secondsOf, seconds: (performance.now() - began) / 1000 };
}
