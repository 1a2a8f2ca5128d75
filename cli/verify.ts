/** `redd verify`: the acceptance checks and the laws, on the files of a dataset or on a database. */
import { EXIT_CODES } from "../src/errors.ts";
import type { ReddManifest } from "../src/dataset/manifest.ts";
import { readDataset } from "../src/dataset/read_dataset.ts";
import { writeOutside } from "../src/schedule/write.ts";
import { allChecks } from "../src/catalogue/catalogue.ts";
import type { CheckFacts } from "../src/catalogue/check.ts";
import { chosenChecks } from "../src/catalogue/choice.ts";
import { verifyDatabase } from "../src/verify/engines/postgres.ts";
import { fileChecks } from "../src/verify/file_laws/checks.ts";
import type { CheckResult } from "../src/verify/judge.ts";
import { resultLines, summaryLines, type VerifyReport } from "../src/verify/report.ts";
import { verdictDifferences } from "../src/verify/verdicts.ts";
import { verifyDataset } from "../src/verify/verify_dataset.ts";
import type { Given, Voice } from "./command.ts";
import { databaseFor } from "./database.ts";
import { loadedUrl, startEmbedded } from "./embedded.ts";
import { interruptible } from "./interrupt.ts";
import { junitOf, type Suite } from "./junit.ts";
import { usageError } from "./parse.ts";
import { besideDataset } from "./server_folder.ts";
import { datasetOf, memoryOf, onlyOf, verifiedBy } from "./verify_line.ts";

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
  manifest: ReddManifest,
  voice: Voice,
  signal: AbortSignal,
  only?: readonly string[],
): Promise<VerifyReport> {
  return await verifyDatabase(url, manifest, {
    signal,
    ...only === undefined ? {} : { only },
    ...speaking(voice),
  });
}

/** Tells how a verification has ended; returns the exit code. */
export function tellVerdict(report: VerifyReport, voice: Voice): number {
  if (voice.json) voice.data(JSON.stringify(factsOf(report)));
  else for (const line of summaryLines(report)) voice.result(line);
  return report.ok ? 0 : EXIT_CODES.check;
}

/** What programs want to know: each check by its id, how it ended, and why. */
function factsOf({ ok, counts, results }: VerifyReport) {
  const checks = results.map(({ check, status, details }) => (
    { id: check.id, title: check.title, status, details }
  ));
  return { ok, counts, checks };
}

/** The checks that a line names, in the catalogue's order. */
function chosenBy(given: Given): readonly CheckFacts[] {
  return chosenChecks<CheckFacts>([...fileChecks, ...allChecks], onlyOf(given));
}

/** Prints the checks; those of files are asked of files alone, and some of a database alone. */
function list(given: Given, voice: Voice): number {
  const checks = chosenBy(given).map((check) => {
    const { id, title, source, asks } = check;
    const files = asks === undefined;
    return { id, title, source, files, database: !fileChecks.includes(check) };
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
  dataset: string,
  chosen: readonly CheckFacts[],
  given: Given,
  voice: Voice,
  signal: AbortSignal,
): Promise<VerifyReport> {
  const memory = memoryOf(NAME, given);
  return await verifyDataset(dataset, {
    signal,
    only: chosen.map(({ id }) => id),
    ...memory === undefined ? {} : { memory },
    onTable: (table, place, all) => voice.progress(`reading ${place + 1} of ${all}: ${table}`),
    ...speaking(voice),
  });
}

/** Checks the database of a dataset, the embedded server's unless another is named. */
async function checkDatabaseOf(
  dataset: string,
  chosen: readonly CheckFacts[],
  given: Given,
  voice: Voice,
  signal: AbortSignal,
): Promise<VerifyReport> {
  const only = chosen.filter((check) => !fileChecks.includes(check)).map(({ id }) => id);
  if (only.length === 0) {
    const because = "all checks of --only are of files";
    throw usageError(NAME, because, "Leave the flags of a database out, or name other checks");
  }
  const url = await databaseFor(NAME, given, voice);
  const manifest = await readDataset(dataset);
  if (url !== undefined) return await checkDatabase(url, manifest, voice, signal, only);
  await using server = await startEmbedded(NAME, given, voice, besideDataset(dataset), signal);
  const own = await loadedUrl(server, NAME, dataset);
  return await checkDatabase(own, manifest, voice, signal, only);
}

/** Writes the verdicts for a CI system, where the line asks for it. */
function writeJunit(given: Given, suites: readonly Suite[]): void {
  const path = given.text("junit");
  if (path !== undefined) writeOutside(path, junitOf(suites), "--junit");
}

/** Files and database side by side: both verdicts, and where they differ. */
function tellBoth(files: VerifyReport, database: VerifyReport, voice: Voice): number {
  const differences = verdictDifferences(files, database);
  const ok = files.ok && database.ok && differences.length === 0;
  if (voice.json) {
    const facts = { ok, files: factsOf(files), database: factsOf(database), differences };
    voice.data(JSON.stringify(facts));
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
    voice.result(said);
  }
  return ok ? 0 : EXIT_CODES.check;
}

/** Runs a line of `redd verify`; returns its exit code. */
export function runVerify(given: Given, voice: Voice): Promise<number> {
  if (given.on("list")) return Promise.resolve().then(() => list(given, voice));
  return interruptible(async (signal) => {
    const dataset = datasetOf(given);
    const wanted = verifiedBy(given);
    const chosen = chosenBy(given);
    memoryOf(NAME, given);
    const files = wanted.files
      ? await checkFilesOf(dataset, chosen, given, voice, signal)
      : undefined;
    const database = wanted.database
      ? await checkDatabaseOf(dataset, chosen, given, voice, signal)
      : undefined;
    writeJunit(given, [
      ...files === undefined ? [] : [{ name: `files of ${dataset}`, report: files }],
      ...database === undefined ? [] : [{ name: `database of ${dataset}`, report: database }],
    ]);
    if (files !== undefined && database !== undefined) return tellBoth(files, database, voice);
    return tellVerdict((files ?? database)!, voice);
  });
}
