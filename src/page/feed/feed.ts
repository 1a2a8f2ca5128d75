/** Feed: silos and barges, cost, conversion. */
import { type FeedBatch, type FeedFigures, type FeedStage } from "../../report/data/feed.ts";
import { seriesColour, stageColour } from "../colours.ts";
import { element, isolated } from "../dom.ts";
import { storeFigures } from "./feed_stores.ts";
import { emptyFigure, figure } from "../figure.ts";
import { marksIn } from "../plot_marks.ts";
import { dateOfDay, dayAfter, drawing, Plot, TIME } from "../plot.ts";
import type { PageSection } from "../section.ts";
import { decimalText, shortName, weightText } from "../words.ts";

/** A fed batch with its cost per kilogram of fish. */
interface PricedBatch extends FeedBatch {
  readonly perKg: number;
}

/** From two months before the first start to two after the last. */
function aroundStarts(batches: readonly PricedBatch[]): Date[] {
  const starts = batches.map(({ start }) => start).sort();
  return [dayAfter(starts[0]!, -60), dayAfter(starts.at(-1)!, 60)];
}

function costFigure({ batches, geographies }: FeedFigures): HTMLElement {
  const title = "Feed cost per kilogram of fish, batch by batch";
  const fed: PricedBatch[] = batches.filter(({ feedKg, fishKg }) => feedKg > 0 && fishKg > 0)
    .map((batch) => ({ ...batch, perKg: batch.cost / batch.fishKg }));
  if (fed.length === 0) {
    return emptyFigure({ title, why: "No batch has been fed yet: eggs and alevins eat nothing." });
  }
  const say = ({ number, geography, start, completed, perKg, feedKg, fishKg }: PricedBatch) =>
    `${number}, ${geographies[geography] ?? ""}, from ${start}, ` +
    `${completed ? "harvested" : "alive"}: ${decimalText(perKg, 2)} per kg; ` +
    `${weightText(feedKg)} of feed for ${weightText(fishKg)} of fish`;
  return figure({
    title,
    description:
      "All feed that a batch has eaten at the price of its lots, over the fish that were " +
      "harvested or live on the last day. Prices of feed have no currency in AquaMind.",
    legend: [
      ...geographies.map((name, place) => ({
        name,
        colour: seriesColour(place),
        shape: "dot" as const,
      })),
      { name: "not harvested yet", colour: "var(--faint)", shape: "ring" as const },
    ],
    draw: (width) =>
      drawing({
        width,
        height: 260,
        x: { ...TIME, domain: aroundStarts(fed) },
        y: {
          label: "Feed cost per kg of fish, by start of the batch",
          grid: true,
          nice: true,
          zero: true,
        },
        marks: [
          Plot.ruleY([0]),
          Plot.dot(fed, {
            x: (one: PricedBatch) => dateOfDay(one.start),
            y: "perKg",
            r: 4.5,
            stroke: (one: PricedBatch) => seriesColour(one.geography),
            fill: (one: PricedBatch) =>
              one.completed ? seriesColour(one.geography) : "var(--surface)",
            strokeWidth: 1.8,
            sort: null,
          }),
        ],
      }),
    steps: (svg) => {
      const dots = marksIn(svg, "dot");
      return fed.map((one, place) => ({ text: say(one), marks: [dots[place]!] }));
    },
    table: () => ({
      caption: title,
      head: ["Batch", "Start", "State", "Feed (kg)", "Feed cost", "Fish (kg)", "Cost per kg"],
      rows: fed.map(({ number, start, completed, feedKg, cost, fishKg, perKg }) => [
        element("bdi", {}, number),
        start,
        completed ? "harvested" : "alive",
        decimalText(feedKg, 0),
        decimalText(cost, 2),
        decimalText(fishKg, 0),
        decimalText(perKg, 2),
      ]),
    }),
  });
}

/** A stage of which something is known, with its place in life. */
interface ShownStage extends FeedStage {
  readonly place: number;
}

function saySpan({ fcr, batches }: FeedStage): string {
  const [least, lower, middle, upper, most] = fcr.map((value) => decimalText(value, 2));
  return batches === 1
    ? `${middle}, one batch`
    : `median ${middle} of ${batches} batches, half of them ${lower} to ${upper}, ` +
      `all ${least} to ${most}`;
}

function conversionFigure({ stages }: FeedFigures): HTMLElement {
  const title = "Feed conversion (FCR) by stage";
  const shown: ShownStage[] = stages.map((stage, place) => ({ ...stage, place }))
    .filter(({ fcr, model }) => fcr.length > 0 || (model ?? 0) > 0);
  const fed = shown.filter(({ fcr }) => fcr.length > 0);
  if (fed.length === 0) {
    return emptyFigure({
      title,
      why: "No batch has a whole week of feed and growth yet, from Monday to Sunday.",
    });
  }
  const y = ({ name }: ShownStage) => name;
  const model = shown.filter(({ model }) => (model ?? 0) > 0);
  const sayModel = ({ model }: FeedStage) =>
    model === null || model === 0 ? "" : `; the model of scenarios has ${decimalText(model, 2)}`;
  return figure({
    title,
    description:
      "Feed over gain in the whole weeks of a stage, a value for each batch: the least to " +
      "the greatest, the middle half, the median, and what scenarios reckon with.",
    legend: [
      { name: "median of the batches", colour: "var(--text)", shape: "dot" },
      { name: "middle half", colour: "var(--faint)", shape: "area" },
      { name: "least to greatest", colour: "var(--faint)", shape: "line" },
      { name: "FCR model of scenarios", colour: "var(--accent)", shape: "diamond" },
    ],
    draw: (width) =>
      drawing({
        width,
        height: 60 + 36 * shown.length,
        marginLeft: 96,
        marginBottom: 44,
        x: {
          label: "kg of feed per kg of growth",
          labelOffset: 36,
          grid: true,
          nice: true,
          zero: true,
        },
        y: { label: null, domain: shown.map(y), type: "point", padding: 0.6 },
        marks: [
          Plot.axisY({
            label: null,
            tickSize: 0,
            tickFormat: (name: string) => shortName(name, 14),
          }),
          Plot.ruleX([0]),
          Plot.ruleY(fed, {
            x1: (one: ShownStage) => one.fcr[0],
            x2: (one: ShownStage) => one.fcr[4],
            y,
            stroke: (one: ShownStage) => stageColour(one.place),
            strokeWidth: 2,
          }),
          Plot.ruleY(fed, {
            x1: (one: ShownStage) => one.fcr[1],
            x2: (one: ShownStage) => one.fcr[3],
            y,
            stroke: (one: ShownStage) => stageColour(one.place),
            strokeWidth: 12,
            strokeOpacity: 0.55,
          }),
          Plot.dot(fed, {
            x: (one: ShownStage) => one.fcr[2],
            y,
            r: 5,
            fill: (one: ShownStage) => stageColour(one.place),
            stroke: "var(--text)",
            sort: null,
          }),
          Plot.dot(model, {
            x: "model",
            y,
            r: 5,
            symbol: "diamond",
            stroke: "var(--accent)",
            fill: "var(--surface)",
            strokeWidth: 2,
            sort: null,
          }),
        ],
      }),
    steps: (svg) => {
      const dots = marksIn(svg, "dot");
      return fed.map((stage, place) => ({
        text: `${stage.name}: ${saySpan(stage)}${sayModel(stage)}`,
        marks: [dots[place]!],
      }));
    },
    table: () => ({
      caption: title,
      head: ["Stage", "Batches", "Least", "25 %", "Median", "75 %", "Greatest", "Model"],
      rows: shown.map(({ name, batches, fcr, model }) => [
        element("bdi", {}, name),
        batches,
        ...Array.from({ length: 5 }, (_, n) => fcr[n] === undefined ? "" : decimalText(fcr[n], 2)),
        model === null ? "" : decimalText(model, 2),
      ]),
    }),
  });
}

/** The same with all that the dataset says put apart from the words around it. */
function apart(data: FeedFigures): FeedFigures {
  return {
    ...data,
    geographies: data.geographies.map(isolated),
    suppliers: data.suppliers.map(isolated),
    stores: data.stores.map((store) => ({ ...store, name: isolated(store.name) })),
    batches: data.batches.map((batch) => ({ ...batch, number: isolated(batch.number) })),
    stages: data.stages.map((stage) => ({ ...stage, name: isolated(stage.name) })),
  };
}

/** The section of feed. */
export const feedSection: PageSection<FeedFigures> = {
  id: "feed",
  title: "Feed",
  about: "What lies in silos and barges, what feed costs, and how much of it becomes fish.",
  draw(figures, root) {
    const data = apart(figures);
    root.append(
      ...storeFigures(data),
      element("div", { class: "pair" }, costFigure(data), conversionFigure(data)),
    );
  },
};
