/** Harvest: when, of which weight and grade, and the money between companies. */
import type { HarvestFigures } from "../../report/data/harvest.ts";
import { WEIGHT_STEP } from "../../report/data/steps.ts";
import { lyingBars } from "../lying_bars.ts";
import { seriesColour } from "../colours.ts";
import { columnsFigure, monthColumns } from "../columns.ts";
import { element, isolated } from "../dom.ts";
import { emptyFigure } from "../figure.ts";
import { moneyParts } from "./money.ts";
import type { PageSection } from "../section.ts";
import { tableElement } from "../table.ts";
import { countText, decimalText, weightText, wholeText } from "../words.ts";

function monthsFigure({ batches, geographies }: HarvestFigures): HTMLElement {
  const rows = batches.map(({ lastDay, liveKg, geography }) => ({
    month: lastDay.slice(0, 7),
    geography,
    kg: liveKg,
  }));
  return columnsFigure({
    title: "Harvest by month",
    description: "Live weight of the batches whose last ring was emptied in the month.",
    label: "Live weight (t)",
    parts: geographies.map((name, place) => ({ name, colour: seriesColour(place) })),
    ...monthColumns(
      rows.map(({ month, geography, kg }) => ({ month, part: geography, value: kg / 1000 })),
    ),
    say: (t) => weightText(t * 1000),
  });
}

function weightsFigure({ weights, geographies }: HarvestFigures): HTMLElement {
  const all = weights.map(({ fromKg }) => fromKg);
  return columnsFigure({
    title: "Mean weight of the fish of a ring",
    description:
      `Rings by what their fish weighed alive on the mean, in steps of ${WEIGHT_STEP} kg.`,
    label: "Rings",
    parts: geographies.map((name, place) => ({ name, colour: seriesColour(place) })),
    head: "From (kg)",
    x: { label: "Mean live weight (kg)", domain: [Math.min(...all) - 0.5, Math.max(...all) + 0.6] },
    columns: weights.map(({ fromKg, geography, rings }) => ({
      name: `${decimalText(fromKg, 1)} kg`,
      from: fromKg,
      to: fromKg + WEIGHT_STEP,
      part: geography,
      value: rings,
    })),
    say: (n) => countText(n, "ring"),
  });
}

function gradesFigure({ grades, byGrade, geographies }: HarvestFigures): HTMLElement {
  const lots = byGrade.reduce((sum, one) => sum + one.lots, 0);
  return lyingBars({
    title: "Fish by grade",
    description: `${countText(lots, "lot")}, one for each grade of a ring.`,
    label: "Fish",
    parts: geographies.map((name, place) => ({ name, colour: seriesColour(place) })),
    bars: grades.map((grade) => ({
      name: grade,
      values: geographies.map((_, place) =>
        byGrade.find((one) => one.grade === grade && one.geography === place)?.fish ?? 0
      ),
    })),
    say: (n) => countText(n, "fish", "fish"),
  });
}

function batchTable({ batches, geographies }: HarvestFigures): HTMLElement {
  return element(
    "details",
    { class: "numbers" },
    element("summary", {}, `Harvested batches (${wholeText(batches.length)})`),
    tableElement({
      caption: "Harvested batches; weights in tonnes, the mean weight of a fish in kg",
      head: [
        "Batch",
        "Geography",
        "Harvested",
        "Rings",
        "Lots",
        "Fish",
        "Live",
        "Gutted",
        "Fillet",
        "Mean",
      ],
      rows: batches.map((one) => [
        element("bdi", {}, one.number),
        element("bdi", {}, geographies[one.geography] ?? ""),
        one.firstDay === one.lastDay ? one.lastDay : `${one.firstDay} to ${one.lastDay}`,
        one.rings,
        one.lots,
        wholeText(one.fish),
        ...[one.liveKg, one.guttedKg, one.filletKg].map((kg) => decimalText(kg / 1000, 1)),
        decimalText(one.liveKg / Math.max(one.fish, 1), 2),
      ]),
    }),
  );
}

/** The same with all that the dataset says put apart from the words around it. */
function apart(data: HarvestFigures): HarvestFigures {
  return {
    ...data,
    geographies: data.geographies.map(isolated),
    grades: data.grades.map(isolated),
    byGrade: data.byGrade.map((one) => ({ ...one, grade: isolated(one.grade) })),
    batches: data.batches.map((one) => ({ ...one, number: isolated(one.number) })),
    months: data.months.map((one) => ({ ...one, currency: isolated(one.currency) })),
  };
}

/** The section of harvest. */
export const harvestSection: PageSection<HarvestFigures> = {
  id: "harvest",
  title: "Harvest and money",
  about:
    "What was harvested, of which weight and grade, and what companies of the farm sell each other.",
  draw(figures, root) {
    const data = apart(figures);
    if (data.batches.length === 0 && data.money.length === 0) {
      root.append(emptyFigure({
        title: "Harvest and money",
        why:
          "No company has sold anything and no batch has been harvested yet: the first sale is " +
          "when fish go to sea, after 450 days, and harvest when they have reached their weight, " +
          "after some 750 to 850.",
      }));
      return;
    }
    if (data.batches.length === 0) {
      root.append(emptyFigure({
        title: "Harvest",
        why: "No batch has been harvested yet: that is when its fish have reached their weight, " +
          "after some 750 to 850 days.",
      }));
    } else {
      root.append(
        monthsFigure(data),
        element("div", { class: "pair" }, weightsFigure(data), gradesFigure(data)),
        batchTable(data),
      );
    }
    root.append(...moneyParts(data));
  },
};
