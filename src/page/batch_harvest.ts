/** What was harvested of a batch, by grade and day. */
import type { BatchFigures, BatchLife, HarvestDay } from "../report/data/batch.ts";
import { isolated } from "./dom.ts";
import { emptyFigure, figure } from "./figure.ts";
import { drawing, Plot } from "./plot.ts";
import { groundLine, marksIn } from "./plot_marks.ts";
import { countText, decimalText, tickText, weightText, wholeText } from "./words.ts";

/** The widest bar, in pixels. */
const WIDEST = 64;

/** What is harvested on one day needs no drawing. */
function onlyDay({ day, containers, fish, live, gutted }: HarvestDay): HTMLElement {
  return emptyFigure({
    title: "Harvest by day",
    why: `All of it on ${day}: ${weightText(live)} live, ${weightText(gutted)} gutted, ${
      countText(fish, "fish", "fish")
    } of ${countText(containers, "container")}.`,
  });
}

/** Tonnes of each grade; each day of harvest. */
export function batchHarvestFigures(batch: BatchLife, { lastDay }: BatchFigures): HTMLElement[] {
  const title = "Harvest";
  const { grades, harvests } = batch;
  if (harvests.length === 0) {
    const why = batch.end === null
      ? `Not harvested: on the last day, ${lastDay}, it lives as ${isolated(batch.stage)}.`
      : `It ended on ${batch.end} without a harvest.`;
    return [emptyFigure({ title, why })];
  }
  const all = grades.reduce((sum, { live }) => sum + live, 0);
  const [first, last] = [harvests[0]!.day, harvests.at(-1)!.day];
  const rows = grades.map(({ grade, fish, live }) => (
    { grade: isolated(grade), fish, tonnes: live / 1000 }
  ));
  const byGrade = figure({
    title: "Harvest by grade",
    description: `Live weight of each grade, harvested ${
      first === last ? `on ${first}` : `from ${first} to ${last}`
    }.`,
    draw: (width) =>
      drawing({
        width,
        height: 40 + 34 * rows.length + 36,
        marginLeft: 130,
        x: { label: "Live weight (t)", grid: true, nice: true, tickFormat: tickText, ticks: 5 },
        y: { label: null, domain: rows.map(({ grade }) => grade) },
        marks: [
          Plot.barX(rows, {
            x: "tonnes",
            y: "grade",
            fill: "var(--series-1)",
            insetTop: 4,
            insetBottom: 4,
          }),
          Plot.ruleX([0]),
        ],
      }),
    steps: (svg) => {
      const bars = marksIn(svg, "bar");
      return rows.map(({ grade, fish, tonnes }, place) => ({
        text: `${grade}: ${weightText(1000 * tonnes)}, ${countText(fish, "fish", "fish")}, ${
          decimalText(1000 * tonnes / Math.max(1, fish), 2)
        } kg each, ${decimalText(100_000 * tonnes / all, 1)} % of the weight`,
        marks: [bars[place]!],
      }));
    },
    table: () => ({
      caption: "Harvest by grade",
      head: ["Grade", "Fish", "Live weight (t)", "Mean (kg)"],
      rows: rows.map(({ grade, fish, tonnes }) => [
        grade,
        wholeText(fish),
        decimalText(tonnes, 1),
        decimalText(1000 * tonnes / Math.max(1, fish), 2),
      ]),
    }),
  });
  // Of few days no bar is a wall.
  const inset = (width: number) => Math.max(4, (0.8 * (width - 90) / harvests.length - WIDEST) / 2);
  const days = harvests.map(({ day, live }) => ({ day, tonnes: live / 1000 }));
  const byDay = days.length === 1 ? onlyDay(harvests[0]!) : figure({
    title: "Harvest by day",
    description: "Live weight of each day of harvest.",
    draw: (width) =>
      drawing({
        width,
        height: 40 + 34 * Math.max(2, rows.length) + 36,
        x: {
          label: null,
          domain: days.map(({ day }) => day),
          tickRotate: days.length > 6 ? -35 : 0,
        },
        y: { label: "Live weight (t)", grid: true, nice: true, tickFormat: tickText, ticks: 5 },
        marginBottom: days.length > 6 ? 62 : 36,
        marks: [
          Plot.barY(days, {
            x: "day",
            y: "tonnes",
            fill: "var(--series-5)",
            insetLeft: inset(width),
            insetRight: inset(width),
          }),
          groundLine(),
        ],
      }),
    steps: (svg) => {
      const bars = marksIn(svg, "bar");
      return harvests.map(({ day, containers, fish, live, gutted }, place) => ({
        text: `${day}: ${weightText(live)} live, ${weightText(gutted)} gutted, ${
          countText(fish, "fish", "fish")
        } of ${countText(containers, "container")}`,
        marks: [bars[place]!],
      }));
    },
    table: () => ({
      caption: "Harvest by day",
      head: ["Day", "Containers", "Fish", "Live weight (t)", "Gutted weight (t)"],
      rows: harvests.map(({ day, containers, fish, live, gutted }) => [
        day,
        containers,
        wholeText(fish),
        decimalText(live / 1000, 1),
        decimalText(gutted / 1000, 1),
      ]),
    }),
  });
  const pair = document.createElement("div");
  pair.className = "pair";
  pair.append(byGrade, byDay);
  return [pair];
}
