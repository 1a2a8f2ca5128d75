/** Figures of one value for each week or each thing. */
import { emptyFigure, figure } from "./figure.ts";
import { dayAfter, drawing, isoDay, Plot, TIME } from "./plot.ts";
import { groundLine, timeScale } from "./plot_marks.ts";

/** A value of a day, or of the seven days that begin with it. */
export interface Dated {
  readonly day: Date;
  readonly value: number;
}

/** What is drawn over time. */
export interface DatedFigure {
  readonly title: string;
  readonly description: string;
  /** The label of the vertical axis, with its unit. */
  readonly label: string;
  readonly rows: readonly Dated[];
  readonly colour: string;
  /** Bars of seven days each, or a line. */
  readonly shape: "weeks" | "line";
  /** A value as people read it, with its unit. */
  readonly say: (value: number) => string;
  /** Values above are cut off at the upper edge. */
  readonly cap?: number;
  /** Why there is nothing, where there is nothing. */
  readonly why: string;
}

/** A figure of values over time. */
export function datedFigure(dated: DatedFigure): HTMLElement {
  const { title, label, rows, colour, shape, cap, say, why } = dated;
  if (rows.length === 0) return emptyFigure({ title, why });
  const isCut = cap !== undefined && rows.some(({ value }) => value > cap);
  const description = isCut
    ? `${dated.description} What is above ${say(cap)} is cut off; the table has it.`
    : dated.description;
  const weekEnd = ({ day }: Dated) => dayAfter(isoDay(day), 7);
  return figure({
    title,
    description,
    draw: (width) =>
      drawing({
        width,
        x: TIME,
        y: {
          label,
          grid: true,
          tickFormat: "~s",
          ...isCut ? { domain: [0, cap] } : { nice: true, zero: true },
        },
        marks: [
          shape === "weeks"
            ? Plot.rectY(rows, {
              x1: "day",
              x2: weekEnd,
              y: "value",
              fill: colour,
              insetRight: 0.6,
            })
            : Plot.line(rows, {
              x: "day",
              y: "value",
              stroke: colour,
              strokeWidth: 2.2,
              clip: isCut,
            }),
          groundLine(),
        ],
      }),
    steps: (svg) => {
      const x = timeScale(svg);
      const half = shape === "weeks" ? 3.5 * 86_400_000 : 0;
      return rows.map(({ day, value }) => ({
        text: `${shape === "weeks" ? "week of " : ""}${isoDay(day)}: ${say(value)}`,
        x: x(new Date(day.getTime() + half)),
      }));
    },
    table: () => ({
      caption: title,
      head: [shape === "weeks" ? "Week of" : "Day", label],
      rows: rows.map(({ day, value }) => [isoDay(day), say(value)]),
    }),
  });
}
