/** Figures of one value for each week or each thing. */
import { emptyFigure, figure } from "./figure.ts";
import { dayAfter, drawing, isoDay, Plot, TIME } from "./plot.ts";
import { groundLine, timeScale } from "./plot_marks.ts";
import { tickText } from "./words.ts";

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
  /** Bars of seven days each, or a line of a value in seven days, with a gap where one is missing. */
  readonly shape: "weeks" | "line";
  /** A value as people read it, with its unit. */
  readonly say: (value: number) => string;
  /** Values above are told by a triangle at the upper edge, and leave a gap in the line. */
  readonly cap?: number;
  /** Why there is nothing, where there is nothing. */
  readonly why: string;
}

/** Rows with what breaks the line where weeks are missing, and those that stand between two gaps. */
function broken(rows: readonly Dated[]): { readonly line: Dated[]; readonly lone: Dated[] } {
  const isGap = (place: number) => {
    const [before, after] = [rows[place - 1], rows[place]];
    return before === undefined || after === undefined ||
      after.day.getTime() - before.day.getTime() > 7 * 86_400_000;
  };
  const line = rows.flatMap((row, place) =>
    place > 0 && isGap(place) ? [{ day: dayAfter(isoDay(row.day), -1), value: NaN }, row] : [row]
  );
  return { line, lone: rows.filter((_, place) => isGap(place) && isGap(place + 1)) };
}

/** A figure of values over time. */
export function datedFigure(dated: DatedFigure): HTMLElement {
  const { title, label, rows, colour, shape, cap, say, why } = dated;
  if (rows.length === 0) return emptyFigure({ title, why });
  const isCut = cap !== undefined && rows.some(({ value }) => value > cap);
  const description = isCut
    ? `${dated.description} A triangle is a week above ${say(cap)}; the table has it.`
    : dated.description;
  const above = isCut ? rows.filter(({ value }) => value > cap) : [];
  const { line, lone } = shape === "line"
    ? broken(rows.filter((row) => !above.includes(row)))
    : { line: [], lone: [] };
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
          tickFormat: tickText,
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
            : Plot.line(line, {
              x: "day",
              y: "value",
              stroke: colour,
              strokeWidth: 2.2,
            }),
          ...lone.length === 0
            ? []
            : [Plot.dot(lone, { x: "day", y: "value", r: 2, fill: colour })],
          ...above.length === 0 ? [] : [Plot.dot(above, {
            x: "day",
            y: cap!,
            symbol: "triangle",
            r: 4,
            dy: 4,
            fill: colour,
          })],
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
