/** What a batch is, in a few numbers. */
import type { BatchFigures, BatchLife } from "../report/data/batch.ts";
import { type Content, element, said } from "./dom.ts";
import { numbersOf } from "./series.ts";
import { countText, decimalText, weightText, wholeText } from "./words.ts";

const sum = (numbers: readonly (number | null)[]) =>
  numbers.reduce<number>((all, one) => all + (one ?? 0), 0);

/** What of a batch's eggs has died, in percent. */
function shareOfEggs(n: number, { eggs }: BatchLife): string {
  return eggs === null || eggs === 0 ? "" : `, ${decimalText(100 * n / eggs, 1)} % of the eggs`;
}

/** Numbers of a batch as a list. */
export function batchFacts(batch: BatchLife, { lastDay }: BatchFigures): HTMLElement {
  const deaths = sum(numbersOf(batch.deaths));
  const feed = batch.feedKg ?? 0;
  const harvested = batch.harvests.reduce((all, { fish }) => all + fish, 0);
  const live = batch.harvests.reduce((all, one) => all + one.live, 0);
  const fact = (name: string, ...content: readonly Content[]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, ...content));
  return element(
    "dl",
    { class: "facts" },
    fact("Status", said(batch.status.toLowerCase()), ", ", said(batch.stage)),
    fact("Geography", batch.geography === null ? "none" : said(batch.geography)),
    fact(
      "Life",
      `${batch.start} to ${batch.end ?? lastDay}${batch.end === null ? ", goes on" : ""}`,
    ),
    fact("Eggs", batch.eggs === null ? "none" : wholeText(batch.eggs)),
    fact("Deaths", countText(deaths, "fish", "fish") + shareOfEggs(deaths, batch)),
    fact("Feed eaten", weightText(feed)),
    fact(
      "Harvest",
      harvested === 0
        ? "none"
        : `${countText(harvested, "fish", "fish")}, ${weightText(live)}, ${
          decimalText(live / harvested, 2)
        } kg each`,
    ),
    ...batch.notes === "" ? [] : [fact("Notes", said(batch.notes))],
  );
}
