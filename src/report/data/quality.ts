/** What verify has found, by group. */
import type { ReportSource, ReportVerdict, SectionFigures } from "./section.ts";

/** How one check ended. */
export type QualityCheck = ReportVerdict["checks"][number];

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
export function qualityOf(verdict: Pick<ReportVerdict, "checks"> | undefined): QualityFigures {
  if (verdict === undefined) return { verified: false, groups: [] };
  const { checks } = verdict;
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
  figures: ({ verdict }: ReportSource) => Promise.resolve(qualityOf(verdict)),
};
