/** A section of the report, as far as its figures go: what it reads, and what it makes of that. */
import type { Engine } from "../../catalogue/engine.ts";
import type { ReddManifest } from "../../dataset/manifest_type.ts";

/** How checks can end. */
export type VerdictStatus = "passed" | "failed" | "skipped" | "broken";

/** The verdict of all checks on the files of a dataset, as plain values. */
export interface ReportVerdict {
  /** Has none failed, and was none broken? */
  readonly ok: boolean;
  readonly counts: Readonly<Record<VerdictStatus, number>>;
  /** In the order in which they ran. */
  readonly checks: readonly {
    readonly id: string;
    /** What holds where it passes. */
    readonly title: string;
    /** Which document or law it is from. */
    readonly source: string;
    readonly status: VerdictStatus;
    /** Rows that break it, or why it was skipped. */
    readonly details: readonly string[];
  }[];
}

/** Where the figures of a section come from. */
export interface ReportSource {
  /** The name of the dataset, wherever it lies. */
  readonly title: string;
  /** What the dataset says of itself; it was held against its own laws. */
  readonly manifest: ReddManifest;
  /** By which the dataset is named: `sha256:` and 64 digits. */
  readonly digest: string;
  /** What the checks said of these files just now; absent where nobody asked them. */
  readonly verdict?: ReportVerdict;
  /**
   * All rows of a query, in the SQL of `src/catalogue/check.ts` or any that DuckDB has. Exact numbers
   * come as numbers, which have nine digits
   * or are whole, days as `2024-05-03`, lists as arrays.
   *
   * @throws what DuckDB says.
   */
  rows<Row>(sql: string): Promise<readonly Row[]>;
  /** What answers, for questions in the SQL of checks. */
  readonly engine: Engine;
}

/** The figures of one section of the page. */
export interface SectionFigures<Data> {
  /** Its address on the page, `#occupancy`; the page's section has the same. */
  readonly id: string;
  /** The columns that it asks, by table. No others are read. */
  readonly reads: Readonly<Record<string, readonly string[]>>;
  /** Its figures: plain values that JSON has, aggregated, of a size that does not grow with rows. */
  figures(source: ReportSource): Promise<Data>;
}
