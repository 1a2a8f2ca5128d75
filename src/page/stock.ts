/** Biomass and fish by stage and geography over time. */
import type { StockFigures, StockSeries } from "../report/data/stock.ts";
import { STOCK_STEP } from "../report/data/steps.ts";
import { choice } from "./choice.ts";
import { seriesColour, stageColour } from "./colours.ts";
import { element } from "./dom.ts";
import { dayAfter } from "./plot.ts";
import type { PageSection } from "./section.ts";
import { numbersOf } from "./series.ts";
import { stackedFigure } from "./stacked.ts";
import { shortText, weightText } from "./words.ts";

/** What is measured. */
const MEASURES = [
  {
    key: "biomass",
    name: "Biomass",
    label: "Biomass (t)",
    unit: 0.001,
    say: (t: number) => weightText(t * 1000),
  },
  {
    key: "fish",
    name: "Fish",
    label: "Fish",
    unit: 1,
    say: (n: number) => `${shortText(n)} fish`,
  },
] as const;

function sumOf(
  series: readonly StockSeries[],
  key: "biomass" | "fish",
  unit: number,
  days: number,
) {
  const sums = new Array<number>(days).fill(0);
  for (const one of series) {
    numbersOf(one[key]).forEach((value, place) => sums[place]! += (value ?? 0) * unit);
  }
  return sums;
}

function figuresIn(data: StockFigures, geography: number | undefined): HTMLElement[] {
  const days = Array.from({ length: data.days }, (_, n) => dayAfter(data.first, n * STOCK_STEP));
  const own = data.series.filter((one) => geography === undefined || one.geography === geography);
  const where = geography === undefined ? "" : ` in ${data.geographies[geography]}`;
  return MEASURES.map(({ key, name, label, unit, say }) =>
    stackedFigure({
      title: `${name} by stage${where}`,
      description: "Stages lie upon each other, the first of life at the bottom; a day in seven.",
      label,
      days,
      say,
      series: data.stages.flatMap((stage, place) => {
        const ofStage = own.filter((one) => one.stage === place);
        if (ofStage.length === 0) return [];
        const values = sumOf(ofStage, key, unit, data.days);
        return [{ name: stage, colour: stageColour(place), values }];
      }),
    })
  );
}

function drawStock(data: StockFigures, root: HTMLElement): void {
  const days = Array.from({ length: data.days }, (_, n) => dayAfter(data.first, n * STOCK_STEP));
  const figures = element("div", { class: "pair" });
  const show = (geography: number | undefined) => {
    figures.replaceChildren(...figuresIn(data, geography));
  };
  show(undefined);
  if (data.geographies.length > 1) {
    root.append(choice({
      name: "Geography",
      options: ["All", ...data.geographies],
      onChoose: (place) => show(place === 0 ? undefined : place - 1),
    }));
  }
  root.append(figures);
  if (data.geographies.length < 2) return;
  const byGeography = MEASURES.map(({ key, name, label, unit, say }) =>
    stackedFigure({
      title: `${name} by geography`,
      description: "Geographies lie upon each other; a day in seven.",
      label,
      days,
      say,
      series: data.geographies.map((geography, place) => ({
        name: geography,
        colour: seriesColour(place),
        values: sumOf(
          data.series.filter((one) => one.geography === place),
          key,
          unit,
          data.days,
        ),
      })),
    })
  );
  root.append(element("div", { class: "pair" }, ...byGeography));
}

/** What lives on the farm. */
export const stockSection: PageSection<StockFigures> = {
  id: "stock",
  title: "Biomass and fish",
  about: "What lives on the farm, by stage and geography, from the first day to the last.",
  draw: drawStock,
};
