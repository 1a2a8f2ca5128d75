/** How many fish a batch has had, and how many died. */
import type { BatchLife } from "../report/data/batch.ts";
import { datedFigure } from "./bars.ts";
import { dayAfter } from "./plot.ts";
import { numbersOf } from "./series.ts";
import { countText } from "./words.ts";

/** Values of the weeks of a batch, by their first days. */
function weeksOf(batch: BatchLife, deltas: BatchLife["deaths"]) {
  return numbersOf(deltas).flatMap((value, week) =>
    value === null ? [] : [{ day: dayAfter(batch.start, 7 * week), value }]
  );
}

/** Fish, and deaths of each week. */
export function populationFigures(batch: BatchLife): readonly HTMLElement[] {
  const why = "No day of this batch was simulated yet.";
  const say = (n: number) => countText(n, "fish", "fish");
  return [
    datedFigure({
      title: "Population",
      description: "Fish that live, once in seven days.",
      label: "Fish",
      rows: weeksOf(batch, batch.weeks.fish),
      colour: "var(--series-1)",
      shape: "line",
      say,
      why,
    }),
    datedFigure({
      title: "Deaths",
      description: "Fish that died in each week of the batch's life.",
      label: "Deaths in a week (fish)",
      rows: weeksOf(batch, batch.deaths),
      colour: "var(--series-2)",
      shape: "weeks",
      say,
      why,
    }),
  ];
}
