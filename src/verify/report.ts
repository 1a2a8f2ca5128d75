/** The account of a verification, as lines for a terminal. */
import { isOfRates } from "../catalogue/rates.ts";
import type { DatabaseFacts } from "./engines/look.ts";
import type { CheckResult, Status } from "./judge.ts";

/** All checks of a dataset, in the order in which they ran. */
export interface VerifyReport {
  /** The end of every check. */
  readonly results: readonly CheckResult[];
  /** How many checks ended in each way. */
  readonly counts: Readonly<Record<Status, number>>;
  /** Has some check passed, none failed, and was none broken? */
  readonly ok: boolean;
  /** What the database holds, where no dataset speaks for it. */
  readonly found?: DatabaseFacts;
}

/** Counts the ends of checks. */
export function verifyReport(results: readonly CheckResult[]): VerifyReport {
  const counts = { passed: 0, failed: 0, skipped: 0, broken: 0 };
  for (const { status } of results) counts[status]++;
  const ok = counts.passed > 0 && counts.failed === 0 && counts.broken === 0;
  return { results, counts, ok };
}

/** Wide enough for the ids of acceptance checks; laws have longer ones. */
const ID_WIDTH = 5;

/** One check: `passed  C-17  no container holds two batches on one day`, and its details below. */
export function resultLines({ check, status, details }: CheckResult): string[] {
  const reason = status === "skipped" ? ` (${details[0]})` : "";
  const line = `${status.padEnd(7)}  ${check.id.padEnd(ID_WIDTH)}  ${check.title}${reason}`;
  return status === "skipped" ? [line] : [line, ...details.map((detail) => `           ${detail}`)];
}

/** Have all checks been skipped, so that nothing is known? */
export function nothingChecked({ counts: { passed, failed, broken } }: VerifyReport): boolean {
  return passed + failed + broken === 0;
}

/** What is said where none has checked anything. */
export const NOTHING_CHECKED = "Nothing was checked.";

/** Checks of rates that a profile has not: so many say which, more are one line. */
const MOST_REASONS = 4;

/** Why checks were skipped, and how many for each reason. */
function reasonsOf(results: VerifyReport["results"]): [reason: string, checks: number][] {
  const reasons = new Map<string, number>();
  for (const { status, details } of results) {
    if (status !== "skipped") continue;
    const reason = details[0] ?? "no reason is known";
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const ofRates = [...reasons].filter(([reason]) => isOfRates(reason));
  if (ofRates.length <= MOST_REASONS) return [...reasons];
  const checks = ofRates.reduce((sum, [, n]) => sum + n, 0);
  const others = [...reasons].filter(([reason]) => !isOfRates(reason));
  return [["they are for profiles of fixed rates", checks], ...others];
}

/**
 * The numbers of a report, `61 checks passed, 1 failed, 20 skipped`, and a line for every reason
 * why some were skipped, those of most checks first.
 */
export function summaryLines({ results, counts }: VerifyReport): string[] {
  const { passed, failed, skipped, broken } = counts;
  return [
    `${passed} ${passed === 1 ? "check" : "checks"} passed, ${failed} failed, ${skipped} skipped` +
    (broken === 0 ? "" : `, ${broken} broken`),
    ...reasonsOf(results).sort(([, a], [, b]) => b - a)
      .map(([reason, n]) => `  ${n} skipped: ${reason}`),
  ];
}
