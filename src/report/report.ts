/**
 * The page of a dataset, which people show each other: its figures, drawn, in one HTML file.
 *
 * Deno permissions: read (the dataset), ffi (DuckDB's library); for an archive what
 * {@linkcode filesOf} needs besides.
 */
import { filesOf, type FilesOfOptions } from "../archive/files_of.ts";
import { digestOfDataset } from "../dataset/manifest_digest.ts";
import type { Dataset } from "../dataset/dataset_type.ts";
import type { DuckLimits } from "../duckdb/session.ts";
import { creation } from "../duckdb/tables.ts";
import { ReddError } from "../errors.ts";
import { withNineDigits } from "../figures/nine_digits.ts";
import { tableNamed } from "../tables/catalog.ts";
import {
  type FilesEngine,
  openFilesEngine,
  type ReadingPurpose,
  requireGoing,
} from "../verify/engines/files.ts";
import type { VerifyReport } from "../verify/report.ts";
import type { VerifyOptions } from "../verify/run.ts";
import { verifyAnd } from "../verify/verify_dataset.ts";
import pageScript from "./bundles/page.js" with { type: "text" };
import licences from "./bundles/plot.licences.txt" with { type: "text" };
import plotScript from "./bundles/plot.js" with { type: "text" };
import { allSectionFigures, columnsRead } from "./data/all.ts";
import type { ReportSource, ReportVerdict, SectionFigures } from "./data/section.ts";
import style from "../page/styles.css" with { type: "text" };
import { pageHtml } from "./shell/page_html.ts";
import { PLOT_STYLE } from "./shell/plot_style.ts";

/** What a report is given besides the dataset. */
export interface ReportOptions extends DuckLimits {
  /** What the checks said of these files just now; the page says that nothing was verified if absent. */
  readonly verdict?: VerifyReport;
  /** Where and how an archive is unpacked, which DuckDB does not read as it is. */
  readonly unpacking?: FilesOfOptions;
  /** Ends it. */
  readonly signal?: AbortSignal;
  /** Called with every table as it begins to be read, with its place from 0 and their number. */
  readonly onTable?: (table: string, place: number, all: number) => void;
  /**
   * Runs all checks of files first, which the page then shows; they are those of `verifyDataset`. It
   * says that nothing was verified otherwise.
   */
  readonly verify?: boolean;
  /** Called with every check as it begins, with its place and their number. */
  readonly onBegin?: NonNullable<VerifyOptions["onBegin"]>;
  /** Called with what came of the checks, before the sections. */
  readonly onVerified?: (report: VerifyReport) => void;
  /** Called with every section as its figures begin to be asked, with its place and their number. */
  readonly onSection?: (id: string, place: number, all: number) => void;
}

const PURPOSE: ReadingPurpose = {
  verb: "report on",
  doing: "the report on",
  again: "run the same command again",
};

/** More rows than any question of a section has; one that has them is a defect. */
const MOST_ROWS = 2_000_000;

/**
 * Reads the files of a dataset and makes the page of it, which needs no network and no other file.
 * Nothing is checked but that every file has the rows that the manifest says, of the types of their
 * columns; the page says so, unless it is asked to verify them or given a verdict.
 *
 * @param dataset One that is open.
 * @returns the HTML of the page.
 * @throws {ReddError} input: a file that cannot be read; environment: DuckDB cannot be used, or has too
 *   little memory; interrupted: the signal.
 */
export async function makeReport(dataset: Dataset, options: ReportOptions = {}): Promise<string> {
  return reportPage(dataset.title, await reportFigures(dataset, options));
}

/** The page of figures, by the id of their section. */
export function reportPage(title: string, data: ReadonlyMap<string, unknown>): string {
  return pageHtml({
    title,
    data,
    scripts: [plotScript, pageScript],
    style,
    licences,
    addedStyles: [PLOT_STYLE],
  });
}

/**
 * The figures of all sections, by their ids: what a page is drawn of.
 *
 * @throws {ReddError} as {@linkcode makeReport}.
 */
export async function reportFigures(
  dataset: Dataset,
  options: ReportOptions = {},
): Promise<ReadonlyMap<string, unknown>> {
  if (options.verify) {
    return await verifyAnd(dataset, { ...options, purpose: PURPOSE }, (report, engine) => {
      options.onVerified?.(report);
      return sectionsOf(dataset, engine, options, report);
    });
  }
  const columns = columnsRead();
  const { signal, unpacking } = options;
  await using filed = await filesOf(dataset, {
    ...unpacking,
    ...signal === undefined ? {} : { signal },
  });
  await using engine = await openFilesEngine(filed, {
    ...options,
    tables: new Set(columns.keys()),
    columns,
    purpose: PURPOSE,
  });
  return await sectionsOf(dataset, engine, options, options.verdict);
}

async function sectionsOf(
  dataset: Dataset,
  engine: FilesEngine,
  options: ReportOptions,
  verdict: VerifyReport | undefined,
): Promise<ReadonlyMap<string, unknown>> {
  requireReadable(dataset, engine);
  // A dataset of an earlier version has fewer tables.
  for (const [name, only] of columnsRead()) {
    if (!(name in dataset.manifest.tables)) await engine.run(creation(tableNamed(name), only));
  }
  const source = sourceOf(dataset, engine, verdict);
  const data = new Map<string, unknown>();
  for (const [place, section] of allSectionFigures.entries()) {
    requireGoing(dataset, options.signal, PURPOSE);
    options.onSection?.(section.id, place, allSectionFigures.length);
    data.set(section.id, await figuresOf(section, source));
  }
  return data;
}

async function figuresOf(section: SectionFigures<unknown>, source: ReportSource): Promise<unknown> {
  try {
    return await section.figures(source);
  } catch (cause) {
    if (cause instanceof ReddError) throw cause;
    throw new Error(`the figures of ${section.id} cannot be asked`, { cause });
  }
}

function verdictOf({ ok, counts, results }: VerifyReport): ReportVerdict {
  const checks = results.map(({ check: { id, title, source }, status, details }) => (
    { id, title, source, status, details }
  ));
  return { ok, counts, checks };
}

function sourceOf(
  dataset: Dataset,
  engine: FilesEngine,
  verdict: VerifyReport | undefined,
): ReportSource {
  return {
    title: dataset.title,
    manifest: dataset.manifest,
    digest: digestOfDataset(dataset.manifest),
    engine,
    ...verdict === undefined ? {} : { verdict: verdictOf(verdict) },
    async rows<Row>(sql: string) {
      const rows = await engine.ask({ sql, args: [], limit: MOST_ROWS, tables: [], own: true });
      return withNineDigits(rows) as unknown as readonly Row[];
    },
  };
}

/** @throws {ReddError} input, where a file cannot be read. */
function requireReadable({ name }: Dataset, { unread }: FilesEngine): void {
  for (const [table, [first]] of unread) {
    throw new ReddError("input", "PART_UNREADABLE", {
      cannot: `report on ${name}`,
      because: first === undefined
        ? `the files of ${table} cannot be read`
        : `${first.part.path}, ${first.because}`,
      remedy: "Run verify, which tells all that is wrong with the files, and generate or fetch " +
        "the dataset again",
    });
  }
}
