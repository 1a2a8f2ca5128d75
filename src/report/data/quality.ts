/** What verify has found, by group. */
import type { ReportSource, SectionFigures, VerifiedChecks } from "./section.ts";

/** How one check ended. */
export interface QualityCheck {
  readonly id: string;
  /** What holds where it passes. */
  readonly title: string;
  /** Where it is written down. */
  readonly source: string;
  readonly status: "passed" | "failed" | "skipped" | "broken";
  /** Offenders, or why it was skipped. */
  readonly details: readonly string[];
}

/** Checks that belong together. */
export interface QualityGroup {
  readonly name: string;
  readonly checks: readonly QualityCheck[];
}

/** What the section of data quality shows; no groups where nothing was verified. */
export interface QualityFigures {
  readonly verified: boolean;
  readonly groups: readonly QualityGroup[];
}

/** The groups in their order, each with the ids that belong to it. */
const GROUPS: readonly (readonly [name: string, ids: RegExp])[] = [
  ["Files", /^FILE-/],
  ["Rows, keys and order", /^(ROWS$|LAW-ORDER|LAW-TIME|LAW-HISTORY|LAW-PLACE)/],
  ["Infrastructure and master data", /^A-/],
  ["Single batches", /^B-/],
  ["The whole farm", /^C-/],
  ["Loading and operation", /^D-/],
  ["Laws of conservation and consistency", /^/],
];

/** The checks of a verification, in groups. */
export function qualityOf(report: VerifiedChecks | undefined): QualityFigures {
  if (report === undefined) return { verified: false, groups: [] };
  const checks = report.results.map(({ check: { id, title, source }, status, details }) => ({
    id,
    title,
    source,
    status,
    details,
  }));
  const placeOf = ({ id }: QualityCheck) => GROUPS.findIndex(([, ids]) => ids.test(id));
  const groups = GROUPS.map(([name], place) => ({
    name,
    checks: checks.filter((check) => placeOf(check) === place),
  }));
  return { verified: true, groups: groups.filter((group) => group.checks.length > 0) };
}

/** The section of data quality. */
export const qualityFigures: SectionFigures<QualityFigures> = {
  id: "quality",
  reads: {},
  figures: ({ verified }: ReportSource) => Promise.resolve(qualityOf(verified)),
};
