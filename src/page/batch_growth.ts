/** How a batch has grown: the three series of AquaMind's own Growth tab. */
import type { BatchFigures, BatchLife } from "../report/data/batch.ts";
import { BATCH_UNITS } from "../report/data/steps.ts";
import { choice } from "./choice.ts";
import { stageColour } from "./colours.ts";
import { element } from "./dom.ts";
import { emptyFigure, figure } from "./figure.ts";
import { dayAfter, drawing, isoDay, MARGIN, Plot, TIME } from "./plot.ts";
import { timeScale } from "./plot_marks.ts";
import { numbersOf } from "./series.ts";
import { decimalText, wholeText } from "./words.ts";

const COLOURS = {
  states: "var(--series-1)",
  projection: "var(--series-5)",
  samples: "var(--series-4)",
} as const;

/** How many weeks of a projection beyond the last state are drawn where weights are linear. */
const WEEKS_BEYOND = 8;

/** The height of the strip of stages, in pixels. */
const STRIP = 6;

/** A weight on a day; where a sample has them, the lightest and the heaviest fish. */
interface Weighed {
  readonly day: Date;
  readonly grams: number;
  readonly least?: number;
  readonly most?: number;
}

/** Grams with as many decimals as they are worth. */
function gramsText(grams: number): string {
  return `${grams < 10 ? decimalText(grams, 2) : wholeText(grams)} g`;
}

function seriesOf(batch: BatchLife) {
  const weekly = (deltas: BatchLife["projection"]): Weighed[] =>
    numbersOf(deltas, BATCH_UNITS.weight).flatMap((grams, week) =>
      grams === null ? [] : [{ day: dayAfter(batch.start, 7 * week), grams }]
    );
  const { samples } = batch;
  const [least, most] = [samples.least, samples.most].map((one) =>
    numbersOf(one, BATCH_UNITS.weight)
  );
  const days = numbersOf(samples.day);
  return {
    states: weekly(batch.weeks.weight),
    projection: weekly(batch.projection),
    samples: numbersOf(samples.weight, BATCH_UNITS.weight).map((grams, place): Weighed => ({
      day: dayAfter(batch.start, days[place]!),
      grams: grams!,
      least: least![place] ?? grams!,
      most: most![place] ?? grams!,
    })),
  };
}

/**
 * What is drawn of a projection. Of a batch that lives it goes on to the weight of harvest, beside
 * which all that was measured of a young one would lie on the line at nothing.
 */
function drawnOf(batch: BatchLife, isLog: boolean) {
  const { states, projection, samples } = seriesOf(batch);
  const last = Math.max(...[...states, ...samples].map(({ day }) => day.getTime()));
  const until = last + WEEKS_BEYOND * 7 * 86_400_000;
  const isLiving = batch.end === null && !isLog;
  const drawn = projection.filter(({ day }) => !isLiving || day.getTime() <= until);
  return { states, samples, projection: drawn, isCut: drawn.length < projection.length };
}

/** Why both are not the same, where both are. */
function differenceText(batch: BatchLife, isLog: boolean): string {
  const { projection, isCut } = drawnOf(batch, isLog);
  if (projection.length === 0) return "";
  const why = " The projection is the plan of the batch's scenario, which reckons with the " +
    "temperatures and the growth of its models; the states are what became of the fish, so that " +
    "the two part with time.";
  return isCut
    ? `${why} It is drawn up to ${WEEKS_BEYOND} weeks beyond the last day; the logarithmic scale and ` +
      "the table have all of it."
    : why;
}

/** Days of stages as a strip above the drawing. */
function stagesOf(batch: BatchLife, { stages }: BatchFigures) {
  return batch.stages.map(({ stage, since, until }) => ({
    x1: dayAfter(batch.start, since),
    x2: dayAfter(batch.start, until + 1),
    colour: stageColour(stages.indexOf(stage)),
  }));
}

function growthDrawing(batch: BatchLife, data: BatchFigures, isLog: boolean, width: number) {
  const { states, projection, samples } = drawnOf(batch, isLog);
  const weights = { x: "day", y: "grams" } as const;
  const height = width < 600 ? 300 : 380;
  return drawing({
    width,
    height,
    x: TIME,
    y: {
      label: "Weight of a fish (g)",
      grid: true,
      nice: true,
      ...isLog ? { type: "log", tickFormat: (g: number) => String(g), ticks: 5 } : { zero: true },
    },
    color: { type: "identity" },
    marks: [
      Plot.rect(stagesOf(batch, data), {
        x1: "x1",
        x2: "x2",
        fill: "colour",
        insetBottom: height - MARGIN.top - MARGIN.bottom - STRIP,
      }),
      Plot.ruleX(samples, {
        x: "day",
        y1: "least",
        y2: "most",
        stroke: COLOURS.samples,
        strokeOpacity: 0.45,
      }),
      Plot.line(projection, {
        ...weights,
        stroke: COLOURS.projection,
        strokeWidth: 2.2,
        strokeDasharray: "7 4",
      }),
      Plot.line(states, { ...weights, stroke: COLOURS.states, strokeWidth: 2.2 }),
      Plot.dot(samples, { ...weights, fill: COLOURS.samples, r: 2.6 }),
    ],
  });
}

/** What the three series say on each day of the first. */
function stepsOf(batch: BatchLife, svg: SVGSVGElement) {
  const { states, projection, samples } = seriesOf(batch);
  const x = timeScale(svg);
  const projected = new Map(projection.map(({ day, grams }) => [day.getTime(), grams]));
  return states.map(({ day, grams }) => {
    const said = [`${isoDay(day)}: daily state ${gramsText(grams)}`];
    const planned = projected.get(day.getTime());
    if (planned !== undefined) said.push(`projection ${gramsText(planned)}`);
    const sample = samples.find((one) =>
      one.day >= day && one.day.getTime() < day.getTime() + 7 * 86_400_000
    );
    if (sample !== undefined) {
      said.push(
        `sample of ${isoDay(sample.day)} ${gramsText(sample.grams)} (` +
          `${gramsText(sample.least!)} to ${gramsText(sample.most!)})`,
      );
    }
    return { text: said.join(", "), x: x(day) };
  });
}

/** Weights over the days of a batch. */
export function growthFigure(batch: BatchLife, data: BatchFigures): HTMLElement {
  const { states, projection, samples } = seriesOf(batch);
  const title = "Growth";
  if (states.length + samples.length === 0) {
    return emptyFigure({ title, why: "No day of this batch was simulated yet." });
  }
  const place = element("div");
  const show = (isLog: boolean) =>
    place.replaceChildren(figure({
      title,
      description: "What a fish weighs: daily states and the projection once in seven days, and " +
        "every day of samples with its mean, from the lightest to the heaviest fish. " +
        `The strip above has the stages.${differenceText(batch, isLog)}`,
      legend: [
        { name: "Daily states", colour: COLOURS.states, shape: "line" },
        { name: "Projection", colour: COLOURS.projection, shape: "dashed" },
        { name: "Samples", colour: COLOURS.samples, shape: "dot" },
        ...batch.stages.map(({ stage }) => (
          { name: stage, colour: stageColour(data.stages.indexOf(stage)) }
        )),
      ],
      draw: (width) => growthDrawing(batch, data, isLog, width),
      steps: (svg) => stepsOf(batch, svg),
      table: () => ({
        caption: "Weight of a fish in grams, by series",
        head: ["Day", "Series", "Weight (g)", "Lightest (g)", "Heaviest (g)"],
        rows: ([["daily state", states], ["projection", projection], ["sample", samples]] as const)
          .flatMap(([name, rows]) =>
            rows.map(({ day, grams, least, most }) => [
              isoDay(day),
              name,
              decimalText(grams, 2),
              least === undefined ? "" : decimalText(least, 2),
              most === undefined ? "" : decimalText(most, 2),
            ])
          ),
      }),
    }));
  show(false);
  return element(
    "div",
    {},
    choice({
      name: "Scale of weight",
      options: ["linear", "logarithmic"],
      onChoose: (chosen) => show(chosen === 1),
    }),
    place,
  );
}
