/** What was verified, and what came of it. */
import type { QualityCheck, QualityFigures, QualityGroup } from "../report/data/quality.ts";
import { element, said } from "./dom.ts";
import { emptyFigure } from "./figure.ts";
import type { PageSection } from "./section.ts";
import { lawSourceText } from "./law_sources.ts";
import { tableElement } from "./table.ts";
import { countText, wholeText } from "./words.ts";

type Status = QualityCheck["status"];

/** Ends of checks, the worst first, with a sign for those who see it and a word for all. */
const ENDS: readonly (readonly [Status, string])[] = [
  ["broken", "✗ broken"],
  ["failed", "✗ failed"],
  ["skipped", "– skipped"],
  ["passed", "✓ passed"],
];

const countOf = (checks: readonly QualityCheck[], status: Status) =>
  checks.filter((check) => check.status === status).length;

/** `40 passed, 1 failed`. */
function endsText(checks: readonly QualityCheck[]): string {
  return ENDS.toReversed().flatMap(([status]) => {
    const count = countOf(checks, status);
    return count === 0 ? [] : `${wholeText(count)} ${status}`;
  }).join(", ");
}

function detailsOf({ status, details }: QualityCheck): Node | string {
  if (details.length === 0) return "";
  if (status === "skipped") return said(details[0]!);
  return element("ul", { class: "details" }, ...details.map((one) => element("li", {}, said(one))));
}

function groupPart({ name, checks }: QualityGroup): HTMLElement {
  const order = (check: QualityCheck) => ENDS.findIndex(([status]) => status === check.status);
  const isSilent = checks.every(({ details }) => details.length === 0);
  const bad = checks.some(({ status }) => status === "failed" || status === "broken");
  return element(
    "details",
    { class: "group", ...bad ? { open: "" } : {} },
    element("summary", {}, `${name}: ${endsText(checks)}`),
    element(
      "div",
      { class: isSilent ? "checks silent" : "checks" },
      tableElement({
        caption: `${name}; what holds where a check passes`,
        head: [
          "Check",
          "Verdict",
          "What holds",
          ...isSilent ? [] : ["Found, or why it was skipped"],
          "Written down in",
        ],
        rows: checks.toSorted((a, b) => order(a) - order(b)).map((check) => [
          said(check.id),
          element("td", { class: "verdict" }, ENDS[order(check)]![1]),
          said(check.title),
          ...isSilent ? [] : [detailsOf(check)],
          element("td", { class: "source" }, said(lawSourceText(check.source))),
        ]),
      }),
    ),
  );
}

/** The section of data quality. */
export const qualitySection: PageSection<QualityFigures> = {
  id: "quality",
  title: "Data quality",
  about: "Whether the dataset keeps its laws, where it was held against them.",
  draw({ verified, groups }, root) {
    if (!verified) {
      root.append(emptyFigure({
        title: "Nothing was verified",
        why:
          "This page was made of the files as they are. `report --verify` runs all checks first.",
      }));
      return;
    }
    const checks = groups.flatMap((group) => group.checks);
    root.append(
      element(
        "p",
        {},
        "The laws that the dataset was held against, and what came of each. ",
        element("strong", {}, `${countText(checks.length, "check")}: `),
        endsText(checks),
      ),
      ...groups.map(groupPart),
    );
  },
};
