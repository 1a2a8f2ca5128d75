/** Holds a dataset's files against its manifest and the descriptions of the tables. */
import type { Dataset } from "../../dataset/dataset.ts";
import { contentFindings } from "../../dataset/dataset_laws.ts";
import type { DatasetPart } from "../../dataset/manifest.ts";
import { type TableData, tableDataOf } from "../../dataset/table_data.ts";
import type { CheckFacts } from "../../catalogue/check.ts";
import type { FilesEngine } from "../engines/files.ts";
import { type CheckResult, SHOWN_ROWS } from "../judge.ts";
import { type FileReading, readFileThrough } from "../../dataset/form/bytes.ts";
import {
  FILE_DIGEST,
  FILE_FORM,
  FILE_KEY,
  FILE_MANIFEST,
  FILE_ORDER,
  FILE_REFERENCE,
  FILE_THERE,
  FILE_TYPE,
} from "./checks.ts";
import { rowAt, valueFaults } from "../../dataset/form/row_faults.ts";
import {
  keyLaws,
  monthLaws,
  orderLaws,
  referenceLaws,
  type TableLaw,
  typeLaw,
} from "../../duckdb/table_laws.ts";
import { valueFault } from "../../dataset/form/value_fault.ts";

/** What the bytes of a dataset's files are, by path. */
export interface BytesRead {
  /** Whether the files of a table can be read as its rows; waits until they have been looked at. */
  isFormed(table: string): Promise<boolean>;
  /** Everything, at the end. */
  readonly all: Promise<ReadonlyMap<string, FileReading>>;
}

/**
 * Reads all files of a dataset through, table after table, those beside the tables last.
 *
 * @param going Is asked before every piece, and throws where no more is wanted.
 */
export function readAllFiles(dataset: Dataset, going: () => void): BytesRead {
  const readings = new Map<string, FileReading>();
  const formed = new Map<string, PromiseWithResolvers<boolean>>();
  const tables = tableDataOf(dataset);
  for (const { table } of tables) formed.set(table.name, Promise.withResolvers());
  const read = async () => {
    for (const { table, entry } of tables) {
      let good = true;
      for (const part of entry.parts) {
        const reading = await readFileThrough(dataset, part, table, going);
        readings.set(part.path, reading);
        good &&= isFormed(part, reading);
      }
      formed.get(table.name)!.resolve(good);
    }
    for (const file of dataset.manifest.files ?? []) {
      readings.set(file.path, await readFileThrough(dataset, file, undefined, going));
    }
    return readings;
  };
  const all = read();
  // Whoever waits for a table hears of a failure too.
  all.catch((thrown) => {
    for (const { promise, reject } of formed.values()) {
      promise.catch(() => {});
      reject(thrown);
    }
  });
  return { isFormed: (table) => formed.get(table)!.promise, all };
}

/** Does a file have rows of its table, and as many as the manifest says? */
function isFormed({ rows }: DatasetPart, { faults, ...reading }: FileReading): boolean {
  return faults.length === 0 && reading.rows === rows;
}

/** The first of some findings, and that there are more. */
function shown(findings: readonly string[]): readonly string[] {
  return findings.length <= SHOWN_ROWS ? findings : [...findings.slice(0, SHOWN_ROWS), "and more"];
}

function resultOf(check: CheckFacts, findings: readonly string[]): CheckResult {
  return {
    check,
    status: findings.length === 0 ? "passed" : "failed",
    details: shown(findings),
  };
}

/** The folders of a dataset in which nothing lies but its files. */
const OWN = /^(data|batches)\//;

/** What the checks of files are given. */
export interface FilesToCheck {
  readonly dataset: Dataset;
  /** What reading the files through has shown. */
  readonly bytes: ReadonlyMap<string, FileReading>;
  /** Has read all tables that could be read. */
  readonly engine: FilesEngine;
  /** The checks that are wanted. */
  readonly chosen: readonly CheckFacts[];
  /** Throws where no more is wanted. */
  readonly going: () => void;
  /** Called with every check as it begins. */
  readonly onBegin: (check: CheckFacts) => void;
  /** Called with every check as it ends. */
  readonly onCheck: (result: CheckResult) => void;
}

/** Runs the checks of files, one after the other. */
export async function checkFiles(
  { dataset, bytes, engine, chosen, going, onBegin, onCheck }: FilesToCheck,
): Promise<void> {
  const tables = tableDataOf(dataset);
  const run = async (check: CheckFacts, findings: () => string[] | Promise<string[]>) => {
    if (!chosen.includes(check)) return;
    going();
    onBegin(check);
    onCheck(resultOf(check, await findings()));
  };
  const laws = (lawsOf: (data: TableData) => readonly TableLaw[]) =>
    lawFindings(dataset, tables, engine, lawsOf, going);
  await run(FILE_THERE, () => [
    ...[...bytes.values()].flatMap(({ absent }) => absent ?? []),
    ...(dataset.unnamed?.() ?? []).filter((path) => OWN.test(path))
      .map((path) => `${path} lies there, and the manifest does not name it`),
  ]);
  await run(FILE_DIGEST, () => [...bytes.values()].flatMap(({ changed }) => changed ?? []));
  await run(FILE_FORM, () => tables.flatMap(({ entry }) => formFindings(entry.parts, bytes)));
  await run(FILE_TYPE, async () => {
    const values = typeFindings(dataset, tables, bytes, engine);
    // What is missing is found by both.
    return [...new Set([...values, ...await laws(({ table }) => [typeLaw(table)])])];
  });
  await run(FILE_KEY, () => laws(keyLaws));
  const names = new Set(tables.map(({ table }) => table.name));
  await run(FILE_REFERENCE, () => laws(({ table }) => referenceLaws(table, names)));
  await run(FILE_ORDER, () => laws((data) => [...orderLaws(data), ...monthLaws(data)]));
  if (chosen.includes(FILE_MANIFEST) && areOthers(bytes, engine)) {
    const details = ["the files are others than the manifest's"];
    onCheck({ check: FILE_MANIFEST, status: "skipped", details });
  } else await run(FILE_MANIFEST, () => contentFindings(dataset));
}

/** Are some files not those of which the manifest speaks? */
function areOthers(bytes: ReadonlyMap<string, FileReading>, { unread }: FilesEngine): boolean {
  return unread.size > 0 ||
    [...bytes.values()].some(({ absent, changed, faults }) =>
      absent !== undefined || changed !== undefined || faults.length > 0
    );
}

function formFindings(
  parts: readonly DatasetPart[],
  bytes: ReadonlyMap<string, FileReading>,
): string[] {
  return parts.flatMap(({ path, rows }) => {
    const reading = bytes.get(path)!;
    const lines = reading.faults.map(({ line, because }) => `${path}, line ${line}: ${because}`);
    if (lines.length > 0 || reading.rows === rows) return lines;
    // Of a file that is not there that has been said.
    const isThere = reading.absent === undefined || reading.rows > 0;
    return isThere ? [`${path} has ${reading.rows} rows, expected ${rows}`] : [];
  });
}

/**
 * Values that are none of their columns', in parts that are other ones, that DuckDB refuses, or of
 * which it rounds numbers.
 */
function typeFindings(
  dataset: Dataset,
  tables: readonly TableData[],
  bytes: ReadonlyMap<string, FileReading>,
  { unread }: FilesEngine,
): string[] {
  const findings: string[] = [];
  for (const { table, entry } of tables) {
    for (const part of entry.parts) {
      if (findings.length > SHOWN_ROWS) return findings;
      const refused = unread.get(table.name)?.find((one) => one.part.path === part.path)?.because;
      const { absent, changed, rounded = false } = bytes.get(part.path)!;
      const suspect = absent !== undefined || changed !== undefined || rounded;
      if (refused === undefined && !suspect) continue;
      const lines = valueFaults(dataset, part, table, SHOWN_ROWS)
        .map(({ line, because }) => `${part.path}, line ${line}: ${because}`);
      if (lines.length > 0) findings.push(...lines);
      else if (refused !== undefined) findings.push(`${part.path}, ${refused}`);
    }
  }
  return findings;
}

/** Rows that break laws, with file, line, column and value. */
async function lawFindings(
  dataset: Dataset,
  tables: readonly TableData[],
  engine: FilesEngine,
  lawsOf: (data: TableData) => readonly TableLaw[],
  going: () => void,
): Promise<string[]> {
  const findings: string[] = [];
  for (const data of tables) {
    for (const law of lawsOf(data)) {
      if ([law.table, ...law.others].some((name) => engine.unread.has(name))) continue;
      if (findings.length > SHOWN_ROWS) return findings;
      going();
      const limit = SHOWN_ROWS + 1;
      const found = await engine.ask({ sql: law.sql, args: [], limit, tables: [], own: true });
      findings.push(
        ...found.map(({ place, other }) => lineOf(dataset, data, law, Number(place), other)),
      );
    }
  }
  return findings;
}

function lineOf(
  dataset: Dataset,
  { table, entry }: TableData,
  law: TableLaw,
  place: number,
  other: unknown,
): string {
  const parts = entry.parts.map((part) => ({ part, rows: part.rows }));
  const row = rowAt(dataset, parts, place);
  if (row === undefined) return `${table.name}, row ${place + 1}: ${law.say(new Map(), other)}`;
  const { path, line, values } = row;
  const at = `${path}, line ${line}`;
  const faults = table.columns.flatMap((column, i) => valueFault(column, values[i] ?? "") ?? []);
  if (faults.length > 0) return `${at}: ${faults.join(", ")}`;
  return `${at}: ${
    law.say(new Map(table.columns.map(({ name }, i) => [name, values[i]!])), other)
  }`;
}
