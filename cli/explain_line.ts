/** What `redd verify --explain` prints of checks. */
import { commandLine } from "../src/command_line.ts";
import type { CheckFacts } from "../src/catalogue/check.ts";
import { type Explanation, explanationOf } from "../src/verify/explanation.ts";
import type { Voice } from "./command.ts";

/** Prints what checks state, read and rest on, in their order. */
export function explainChecks(checks: readonly CheckFacts[], voice: Voice): void {
  const explained = checks.map(explanationOf);
  if (voice.json) return voice.data(JSON.stringify(explained));
  for (const [i, one] of explained.entries()) {
    if (i > 0) voice.data("");
    for (const line of explanationLines(one)) voice.data(line);
  }
}

/** An explanation in lines. */
export function explanationLines(
  { id, title, source, judged, needs, reads, query, readOn }: Explanation,
): readonly string[] {
  const again = commandLine("verify", "DATASET", "--only", id);
  return [
    `${id}  ${title}`,
    `  Stated in: ${source}`,
    `  Judged:    ${judged}`,
    ...needs.map((what) => `  Needs:     ${what}`),
    ...reads.map(({ table, columns }) =>
      `  Reads:     ${table}${columns === undefined ? "" : ` (${columns.join(", ")})`}`
    ),
    ...readOn.map((page) => `  Read on:   ${page}`),
    `  Again:     ${again} runs this check alone`,
    ...query === undefined ? [] : ["  Query:", ...query.split("\n").map((line) => `    ${line}`)],
  ];
}
