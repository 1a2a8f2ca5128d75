/**
 * What a figure is: a number of a dataset beside the range in which others have found it. It judges
 * nothing: a figure outside of its range is no failure, and none is among the checks.
 *
 * Queries keep to what PostgreSQL and DuckDB understand and answer alike (`catalogue/check.ts`), and
 * reckon in double precision, so that both give the same number but for the order of their sums.
 */
import type { SourceKey } from "./sources.ts";

/** From `low` to `high`, both included, and who says so. */
export interface FigureRange {
  /** The least value that lies inside. */
  readonly low: number;
  /** The greatest value that lies inside. */
  readonly high: number;
  /** Who has published or written it, by the keys of `sources.ts`. */
  readonly sources: readonly SourceKey[];
  /** What exactly it says, where that is more than the range; without a full stop. */
  readonly says?: string;
}

/** What a figure is called, and where its ranges come from. */
export interface FigureFacts {
  /** Unique, such as `mort_wk_p50_pct`; never that of a check. */
  readonly id: string;
  /** What it is in plain words, without a full stop. */
  readonly title: string;
  /** The unit of the value, `""` for a ratio. */
  readonly unit: string;
  /** How it is reckoned, where the title leaves that open; sentences without a last full stop. */
  readonly definition: string;
  /** What is counted as an observation, in the plural. */
  readonly counted: string;
  /** With fewer observations no value is told. */
  readonly least: number;
  /** Why there are no observations, such as `no harvest yet`. */
  readonly empty: string;
  /** Where farms and trials have found it. */
  readonly published?: FigureRange;
  /** Where AquaMind's own specification says it is. */
  readonly documented?: FigureRange;
}

/** A figure, with its question. */
export interface Figure extends FigureFacts {
  /** The tables it reads. */
  readonly tables: readonly string[];
  /** One SELECT of one row; `:as_of` and `:first_day` as in checks. Equal texts are asked once. */
  readonly sql: string;
  /** The column of the value. */
  readonly value: string;
  /** The column of the number of observations. */
  readonly n: string;
}

/** Figures that one question answers, each from columns of its own. */
export function figuresBy(
  question: Pick<Figure, "tables" | "sql">,
  ...figures: readonly (FigureFacts & Partial<Pick<Figure, "value" | "n">>)[]
): Figure[] {
  const tables = [...new Set(question.tables)];
  return figures.map((facts) => ({
    value: "value",
    n: "n",
    ...facts,
    sql: question.sql,
    tables,
  }));
}

/** Where a value lies, as seen from a range; `none` where there is no value or no range. */
export type Verdict = "inside" | "below" | "above" | "none";

/** A range in a result, with its sources in words. */
export interface JudgedRange {
  /** The least value that lies inside. */
  readonly low: number;
  /** The greatest value that lies inside. */
  readonly high: number;
  /** Who says so. */
  readonly source: string;
  /** Where the value lies. */
  readonly verdict: Verdict;
}

/** What a figure of a dataset came to. */
export interface FigureResult {
  /** That of the figure. */
  readonly id: string;
  /** What it is in plain words. */
  readonly title: string;
  /** The unit of the value, `""` for a ratio. */
  readonly unit: string;
  /** The value, with nine digits that count; null where there is none, and `why` says why. */
  readonly value: number | null;
  /** Why there is no value: too few observations, or a table that cannot be asked. */
  readonly why?: string;
  /** The number of observations. */
  readonly n: number;
  /** Where farms and trials have found it, if anybody has. */
  readonly published?: JudgedRange;
  /** Where AquaMind's own specification says it is, if it does. */
  readonly documented?: JudgedRange;
  /** That of the published range; of the documented one where none is published. */
  readonly verdict: Verdict;
}
