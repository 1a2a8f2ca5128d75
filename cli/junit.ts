/** Verdicts as JUnit XML, which CI systems show: a suite for each thing that was checked. */
import type { CheckResult } from "../src/verify/judge.ts";
import type { VerifyReport } from "../src/verify/report.ts";

/** A report and what it is of: `files of out/farm`. */
export interface Suite {
  readonly name: string;
  readonly report: VerifyReport;
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

function caseOf(suite: string, result: CheckResult): string {
  const { check, status } = result;
  const begin = `    <testcase${
    attributes({ classname: suite, name: `${check.id}: ${check.title}` })
  }`;
  return status === "passed" ? `${begin}/>` : `${begin}>${outcome(result)}</testcase>`;
}

function suiteOf({ name, report: { counts, results } }: Suite): string {
  const values = {
    name,
    tests: results.length,
    failures: counts.failed,
    errors: counts.broken,
    skipped: counts.skipped,
  };
  const cases = results.map((result) => caseOf(name, result));
  return [`  <testsuite${attributes(values)}>`, ...cases, "  </testsuite>"].join("\n");
}

/** The XML of some reports, ending in a newline. */
export function junitOf(suites: readonly Suite[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="redd verify">',
    ...suites.map(suiteOf),
    "</testsuites>",
    "",
  ].join("\n");
}
