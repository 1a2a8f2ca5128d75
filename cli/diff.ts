/** `redd diff`: a dataset against the database that it was loaded into, row by row. */
import { EXIT_CODES } from "../src/errors.ts";
import type { Dataset } from "../src/dataset/dataset.ts";
import { diffDataset, type DiffOptions } from "../src/diff/diff.ts";
import type { DiffProgress } from "../src/diff/tables.ts";
import type { DiffReport, PartDifference, TableDiff } from "../src/diff/report.ts";
import type { Given, Voice } from "./command.ts";
import { databaseFor } from "./database.ts";
import { datasetSource } from "./dataset_source.ts";
import { loadedUrl, requireServer, startEmbedded } from "./embedded.ts";
import { besideDataset } from "./server_folder.ts";
import { interruptible } from "./interrupt.ts";
import { grouped, lasting } from "./numbers.ts";
import { leftTexts, listed, percent, silenceTexts } from "./progress_line.ts";
import { subsetOf } from "./subset.ts";
import { type Course, shareDone, timeLeft, UNKNOWN_COURSE, withEvent } from "./time_left.ts";
import { flagValues } from "./values.ts";

const NAME = "diff";

function counted(n: number, one: string, many: string): string {
  return `${grouped(n)} ${n === 1 ? one : many}`;
}

function rowsText(n: number): string {
  return counted(n, "row", "rows");
}

/** A value of a CSV row as people read it. */
function shown(value: string): string {
  return value === "" ? "NULL" : value;
}

/** So many values of a row are told; all of them with `--verbose`. */
const TOLD_VALUES = 3;

/**
 * Where a part differs first, and how.
 *
 * @param most So many values are told, and how many there are besides.
 */
function firstOf({ path, first }: PartDifference, most = Infinity): string {
  const { line, id, dataset, database, values } = first;
  const place = `${path}, line ${line}, id ${id}`;
  if (database === undefined) return `${place}: the database has no such row as ${dataset}`;
  if (dataset === undefined) return `${place}: the database has besides ${database}`;
  const differences = values.slice(0, most).map((value) =>
    `${value.column} is ${shown(value.dataset)} in the dataset and ${shown(value.database)} in ` +
    "the database"
  );
  const more = values.length - differences.length;
  if (more > 0) differences.push(`and ${counted(more, "value", "values")} more`);
  return `${place}: ${differences.join(", ")}`;
}

/** A table that differs: how many rows, how, and the first. */
export function differenceLine({ name, rows, parts }: TableDiff): string {
  const counts = (["missing", "extra", "changed"] as const).flatMap((key) => {
    const n = parts.reduce((total, part) => total + part[key], 0);
    return n === 0 ? [] : [`${grouped(n)} ${key}`];
  });
  const where = parts.length === 1 ? "" : ` in ${parts.length} parts`;
  const all = `${counts.join(", ")} of ${rowsText(rows.dataset)}${where}`;
  return `${name}: ${all}; ${firstOf(parts[0]!, TOLD_VALUES)}`;
}

/** A table in a few words. */
export function tableLine(table: TableDiff): string {
  const { name, rows, others, kept, leftAlone, equal, checksum } = table;
  if (leftAlone) return `${name}: left as the database has it`;
  const notes = [
    equal ? "equal" : "different",
    `checksum ${checksum.dataset.slice(0, 12)}`,
    ...equal && kept === 0 ? [] : [`the database's ${checksum.database.slice(0, 12)}`],
    ...kept === 0 ? [] : [`${rowsText(kept)} kept in the database's own words`],
    ...others === 0 ? [] : [`${rowsText(others)} besides that are not of the dataset`],
  ];
  return `${name}: ${rowsText(rows.dataset)}, ${notes.join(", ")}`;
}

/** The whole comparison in a line. */
export function diffSummary({ target, tables, rows, others, seconds }: DiffReport): string {
  const compared = tables.filter(({ leftAlone }) => !leftAlone);
  const different = compared.filter(({ equal }) => !equal);
  const kept = tables.reduce((total, table) => total + table.kept, 0);
  const alone = tables.length - compared.length;
  const verdict = different.length === 0
    ? "equal"
    : counted(different.length, "table differs", "tables differ");
  return [
    `${target}: ${counted(compared.length, "table", "tables")}, ${rowsText(rows.dataset)}: ` +
    `${verdict}, in ${lasting(seconds * 1000)}.`,
    ...kept === 0 ? [] : [`The database keeps ${rowsText(kept)} of master data in its own words.`],
    ...alone === 0
      ? []
      : [`It has ${counted(alone, "table", "tables")} of Django's own, left alone.`],
    ...others === 0 ? [] : [`It has ${rowsText(others)} besides that are not of the dataset.`],
  ].join(" ");
}

/**
 * The line of progress of a comparison.
 *
 * @param ms Since its beginning, in milliseconds.
 * @param silent Since it has told anything, in milliseconds.
 */
export function diffLine(
  course: Course,
  { table, rows, totalRows }: DiffProgress,
  ms: number,
  silent: number,
  columns: number,
): string {
  return listed([
    percent(shareDone(course)),
    ...leftTexts(timeLeft(course, ms)),
    `${grouped(rows)} of ${grouped(totalRows)} rows compared`,
    table,
    ...silenceTexts(silent),
  ], columns);
}

/** Compares, tells what was found, and returns the exit code. */
async function compare(
  dataset: Dataset,
  url: string,
  voice: Voice,
  options: DiffOptions,
): Promise<number> {
  const began = performance.now();
  let course = UNKNOWN_COURSE;
  const report = await diffDataset(dataset, url, {
    ...options,
    onProgress(progress) {
      const { rows: done, totalRows: all } = progress;
      const ms = performance.now() - began;
      course = withEvent(course, { phase: "compare", done, all, ms });
      const told = performance.now();
      voice.progress((columns) => {
        const now = performance.now();
        return diffLine(course, progress, now - began, now - told, columns);
      });
    },
  });
  if (voice.json) voice.data(JSON.stringify(report));
  else tell(report, voice);
  return report.equal ? 0 : EXIT_CODES.check;
}

function tell(report: DiffReport, voice: Voice): void {
  if (report.unfinished !== undefined) {
    voice.result(`The load of ${report.unfinished} is not finished there.`);
  }
  for (const table of report.tables) {
    voice.resultDetail(tableLine(table));
    if (table.equal) continue;
    voice.result(differenceLine(table));
    const [first, ...others] = table.parts;
    const whole = first!.first.values.length > TOLD_VALUES ? [first!, ...others] : others;
    for (const part of whole) voice.resultDetail(`  ${firstOf(part)}`);
  }
  voice.result(diffSummary(report));
}

/** Runs a line of `redd diff`; returns its exit code. */
export function runDiff(given: Given, voice: Voice): Promise<number> {
  const dataset = given.operands[0]!;
  const jobs = flagValues(NAME, given).whole("jobs", 1, 64);
  const subset = subsetOf(NAME, given);
  return interruptible(async (signal) => {
    using source = await datasetSource(NAME, dataset, given, voice, signal);
    const options = { ...subset, signal, ...(jobs === undefined ? {} : { jobs }) };
    const url = await databaseFor(NAME, given, voice);
    if (url !== undefined) return await compare(await source.open(), url, voice, options);
    // A mistyped path and a dataset that is not true end here, before a server is made beside it.
    const opened = await source.open();
    const folder = besideDataset(dataset);
    await requireServer("compare", given, folder, source.called);
    await using server = await startEmbedded(NAME, given, voice, folder, signal);
    return await compare(opened, await loadedUrl(server, "compare", source.called), voice, options);
  });
}
