/** Figures of several things over time, one upon the other. */
import { figure } from "./figure.ts";
import type { LegendEntry } from "./legend.ts";
import { drawing, isoDay, Plot, TIME } from "./plot.ts";
import { groundLine, timeScale } from "./plot_marks.ts";
import { tickText } from "./words.ts";

/** One of the things. */
export interface StackedSeries extends LegendEntry {
  /** A value for each day of the figure. */
  readonly values: readonly number[];
}

/** What is stacked. */
export interface Stacked {
  readonly title: string;
  readonly description: string;
  /** The label of the vertical axis, with its unit. */
  readonly label: string;
  /** Days, ascending. */
  readonly days: readonly Date[];
  readonly series: readonly StackedSeries[];
  /** A value as people read it, with its unit. */
  readonly say: (value: number) => string;
}

/** A figure of stacked areas. */
export function stackedFigure(stacked: Stacked): HTMLElement {
  const { title, description, label, days, series, say } = stacked;
  const rows = series.flatMap(({ name, values }) =>
    days.map((day, place) => ({ day, name, value: values[place] ?? 0 }))
  );
  const totals = days.map((_, place) =>
    series.reduce((sum, { values }) => sum + values[place]!, 0)
  );
  const sayDay = (place: number) => {
    const parts = series.filter(({ values }) => values[place]! > 0)
      .map(({ name, values }) => `${name} ${say(values[place]!)}`);
    return `${isoDay(days[place]!)}: ${say(totals[place]!)}${
      parts.length > 1 ? ` (${parts.join(", ")})` : parts.length === 1 ? `, ${parts[0]}` : ""
    }`;
  };
  return figure({
    title,
    description,
    legend: series,
    draw: (width) =>
      drawing({
        width,
        x: TIME,
        y: { label, grid: true, tickFormat: tickText, nice: true },
        color: {
          domain: series.map(({ name }) => name),
          range: series.map(({ colour }) => colour),
        },
        marks: [
          Plot.areaY(rows, {
            x: "day",
            y: "value",
            fill: "name",
            order: series.map(({ name }) => name),
            stroke: "var(--surface)",
            strokeWidth: 0.6,
          }),
          groundLine(),
        ],
      }),
    steps: (svg) => {
      const x = timeScale(svg);
      return days.map((day, place) => ({ text: sayDay(place), x: x(day) }));
    },
    table: () => ({
      caption: title,
      head: ["Day", ...series.map(({ name }) => name), "All"],
      rows: days.map((day, place) => [
        isoDay(day),
        ...series.map(({ values }) => say(values[place]!)),
        say(totals[place]!),
      ]),
    }),
  });
}
