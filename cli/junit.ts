/** Verdicts as JUnit XML, which CI systems show: a suite for each thing that was checked. */
import type { CheckResult } from "../src/verify/judge.ts";
import type { VerifyReport } from "../src/verify/report.ts";

/** A report and what it is of: `files of out/farm`. */
export interface Suite {
  readonly name: string;
  readonly report: VerifyReport;
  /** How long all of it took, in seconds. */
  readonly seconds: number;
  /** How long checks took, by their ids; those of files are made while these are read, and have none. */
  readonly secondsOf: ReadonlyMap<string, number>;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\t": "&#9;",
};

/** A text as XML has it; what XML has no word for at all becomes U+FFFD. */
function escaped(text: string): string {
  return text.toWellFormed().replace(/[&<>"\n\t]/g, (one) => ENTITIES[one]!)
    // deno-lint-ignore no-control-regex -- XML has none of these
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/g, "\ufffd");
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values).map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join("");
}

/** What stands within a case that has not passed. */
function outcome({ status, details }: CheckResult): string {
  const [first = status] = details;
  if (status === "skipped") return `<skipped${attributes({ message: first })}/>`;
  const word = status === "broken" ? "error" : "failure";
  return `<${word}${attributes({ message: first, type: status })}>${
    escaped(details.join("\n"))
  }</${word}>`;
}

/** Seconds as JUnit has them. */
function timed(seconds: number | undefined): Readonly<Record<string, string>> {
  return seconds === undefined ? {} : { time: seconds.toFixed(3) };
}

function caseOf(suite: string, result: CheckResult, seconds: number | undefined): string {
  const { check, status } = result;
  const name = `${check.id}: ${check.title}`;
  const begin = `    <testcase${attributes({ classname: suite, name, ...timed(seconds) })}`;
  return status === "passed" ? `${begin}/>` : `${begin}>${outcome(result)}</testcase>`;
}

/** The numbers of a suite, or of several. */
function totals(suites: readonly Suite[]): Readonly<Record<string, string | number>> {
  const sum = (count: (suite: Suite) => number) =>
    suites.reduce((total, suite) => total + count(suite), 0);
  return {
    tests: sum(({ report }) => report.results.length),
    failures: sum(({ report }) => report.counts.failed),
    errors: sum(({ report }) => report.counts.broken),
    skipped: sum(({ report }) => report.counts.skipped),
    ...timed(sum(({ seconds }) => seconds)),
  };
}

function suiteOf(suite: Suite): string {
  const { name, report, secondsOf } = suite;
  const cases = report.results.map((result) =>
    caseOf(name, result, secondsOf.get(result.check.id))
  );
  return [`  <testsuite${attributes({ name, ...totals([suite]) })}>`, ...cases, "  </testsuite>"]
    .join("\n");
}

/** With this every file begins, whichever version of Redd has written it. */
export const JUNIT_MARK = '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="redd verify"';

/** The XML of some reports, ending in a newline. */
export function junitOf(suites: readonly Suite[]): string {
  return [
    `${JUNIT_MARK}${attributes(totals(suites))}>`,
    ...suites.map(suiteOf),
    "</testsuites>",
    "",
  ].join("\n");
}
