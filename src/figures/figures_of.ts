/** Asks an engine for figures. */
import { bind } from "../catalogue/check.ts";
import { type Engine, QueryRefused, type ResultRow } from "../catalogue/engine.ts";
import { type Known, manifestOf } from "../catalogue/known.ts";
import { allFigures } from "./all_figures.ts";
import type { Figure, FigureRange, FigureResult, JudgedRange, Verdict } from "./figure.ts";
import { nineDigits } from "./nine_digits.ts";
import { SOURCES } from "./sources.ts";

/** What is said while figures are asked for, and which. */
export interface FiguresOptions {
  /** These figures; all of them where it is absent. */
  readonly figures?: readonly Figure[];
  /** Called with every figure before it is asked for, with its place from 0 and their number. */
  readonly onFigure?: (figure: Figure, place: number, all: number) => void;
  /** Throws where no more is to be asked. */
  readonly throwIfAborted?: () => void;
}

/**
 * The figures of the dataset that an engine holds, in their order. What an engine cannot answer, or
 * has too few rows for, is a figure without a value that says why; nothing here passes or fails.
 *
 * @throws {ReddError} as {@linkcode Engine.ask}.
 */
export async function figuresOf(
  engine: Engine,
  known: Known,
  { figures = allFigures, onFigure, throwIfAborted }: FiguresOptions = {},
): Promise<readonly FigureResult[]> {
  const answers = new Map<string, Answer>();
  const results: FigureResult[] = [];
  for (const [place, figure] of figures.entries()) {
    throwIfAborted?.();
    onFigure?.(figure, place, figures.length);
    const answer = answers.get(figure.sql) ?? await answerTo(figure, engine, known);
    answers.set(figure.sql, answer);
    results.push(resultOf(figure, answer));
  }
  return results;
}

/** The tables that figures read. */
export function figureTables(figures: readonly Figure[]): ReadonlySet<string> {
  return new Set(figures.flatMap(({ tables }) => tables));
}

/** The row that answers a question, or why there is none. */
type Answer = { readonly row: ResultRow } | { readonly why: string };

async function answerTo(figure: Figure, engine: Engine, known: Known): Promise<Answer> {
  const { tables } = figure;
  const missing = tables.find((name) => known.tables[name] === undefined);
  if (missing !== undefined) {
    return {
      why: `the ${manifestOf(known) === undefined ? "database" : "dataset"} has no ${missing}`,
    };
  }
  const unread = tables.find((name) => engine.unread?.has(name));
  if (unread !== undefined) return { why: `the files of ${unread} cannot be read` };
  const { text: sql, args } = bind(figure.sql, known);
  try {
    const [row] = await engine.ask({ sql, args, limit: 1, tables, own: true });
    return row === undefined ? { why: "the query has no row" } : { row };
  } catch (refused) {
    if (!(refused instanceof QueryRefused)) throw refused;
    return { why: `${engine.name} says: ${refused.message}` };
  }
}

/** A finite number with nine digits; undefined for everything else that may come from a database. */
function numberIn(row: ResultRow, column: string): number | undefined {
  const value = row[column];
  if (value === null || value === undefined) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? nineDigits(number) : undefined;
}

function resultOf(figure: Figure, answer: Answer): FigureResult {
  const { id, title, unit } = figure;
  const n = "row" in answer ? numberIn(answer.row, figure.n) ?? 0 : 0;
  const found = "row" in answer && n >= figure.least
    ? numberIn(answer.row, figure.value)
    : undefined;
  const value = found ?? null;
  const ranges = {
    ...figure.published === undefined ? {} : { published: judged(value, figure.published) },
    ...figure.documented === undefined ? {} : { documented: judged(value, figure.documented) },
  };
  const verdict = (ranges.published ?? ranges.documented)?.verdict ?? "none";
  const common = { id, title, unit, n, ...ranges, verdict };
  return value === null
    ? { ...common, value, why: "why" in answer ? answer.why : whyNone(figure, n) }
    : { ...common, value };
}

function whyNone({ empty, least, counted }: Figure, n: number): string {
  if (n === 0) return empty;
  return n < least ? `too few ${counted}: ${n}, at least ${least} are needed` : "it has no value";
}

/** Where a value lies in a range. */
function judged(value: number | null, range: FigureRange): JudgedRange {
  const { low, high } = range;
  return { low, high, source: sourceText(range), verdict: verdictOf(value, range) };
}

function verdictOf(value: number | null, { low, high }: FigureRange): Verdict {
  if (value === null) return "none";
  return value < low ? "below" : value > high ? "above" : "inside";
}

/** The sources of a range, in words. */
export function sourceText({ sources, says }: FigureRange): string {
  const names = sources.map((key) => SOURCES[key]).join("; ");
  return says === undefined ? names : `${names} (${says})`;
}
