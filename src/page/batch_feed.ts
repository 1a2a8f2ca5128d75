/** What a batch has eaten, and what it made of it. */
import type { BatchFigures, BatchLife } from "../report/data/batch.ts";
import { BATCH_UNITS } from "../report/data/steps.ts";
import { datedFigure } from "./bars.ts";
import { dayAfter } from "./plot.ts";
import { numbersOf } from "./series.ts";
import { decimalText, weightText } from "./words.ts";

/** Ratios of weeks with hardly a gain are many times those of others, which would not be seen. */
const CAP = 4;

/** Feed, and the feed conversion ratio, of each week. */
export function batchFeedFigures(
  batch: BatchLife,
  { lastDay, stages }: BatchFigures,
): readonly HTMLElement[] {
  const days = numbersOf(batch.feeding.day).map((day) => dayAfter(batch.start, day!));
  const rowsOf = (values: readonly (number | null)[]) =>
    values.flatMap((value, place) => value === null ? [] : [{ day: days[place]!, value }]);
  const feed = numbersOf(batch.feeding.feed);
  const why = batch.stages.length <= 1
    ? `Nothing was fed up to ${lastDay}: fish of the first stage${
      stages[0] === undefined ? "" : `, ${stages[0]},`
    } live on their yolk.`
    : `Nothing was fed up to ${lastDay}.`;
  const isFed = feed.some((value) => (value ?? 0) > 0);
  return [
    datedFigure({
      title: "Feed",
      description: "Feed eaten in each week of the calendar.",
      label: "Feed in a week (kg)",
      rows: isFed ? rowsOf(feed) : [],
      colour: "var(--series-3)",
      shape: "weeks",
      say: weightText,
      why,
    }),
    datedFigure({
      title: "Feed conversion ratio",
      description: "Kilograms of feed for each kilogram that the batch gained, week by week; " +
        "weeks without a gain have none and break the line. " +
        "Where fish have just been moved they eat and hardly gain, and the ratio is far higher.",
      label: "FCR (kg/kg)",
      rows: isFed ? rowsOf(numbersOf(batch.feeding.fcr, BATCH_UNITS.fcr)) : [],
      colour: "var(--series-4)",
      cap: CAP,
      shape: "line",
      say: (ratio) => decimalText(ratio, 3),
      why,
    }),
  ];
}
