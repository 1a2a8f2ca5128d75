/** A section of the report, as far as its figures go: what it reads, and what it makes of that. */
import type { Engine } from "../../catalogue/engine.ts";
import type { ReddManifest } from "../../dataset/manifest_type.ts";

/** How checks ended, as `VerifyReport` of `src/verify/report.ts` tells it. */
export interface VerifiedChecks {
  readonly results: readonly {
    readonly check: { readonly id: string; readonly title: string; readonly source: string };
    readonly status: "passed" | "failed" | "skipped" | "broken";
    readonly details: readonly string[];
  }[];
  /** How many ended in each way. */
  readonly counts: Readonly<Record<"passed" | "failed" | "skipped" | "broken", number>>;
}

/** Where the figures of a section come from. */
export interface ReportSource {
  /** The name of the dataset, wherever it lies. */
  readonly title: string;
  /** What the dataset says of itself; it was held against its own laws. */
  readonly manifest: ReddManifest;
  /**
   * All rows of a query, in the SQL of `src/catalogue/check.ts` or any that DuckDB has. Exact numbers
   * come as numbers, days as `2024-05-03`, lists as arrays.
   *
   * @throws what DuckDB says.
   */
  rows<Row>(sql: string): Promise<readonly Row[]>;
  /** What answers, for questions in the SQL of checks. */
  readonly engine: Engine;
  /** How the checks of this dataset ended; absent where none was run. */
  readonly verified?: VerifiedChecks;
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
