/** Figures of bars that lie, each of parts that add up. */
import { figure } from "./figure.ts";
import type { LegendEntry } from "./legend.ts";
import { marksIn } from "./plot_marks.ts";
import { shortName, tickText } from "./words.ts";
import { drawing, Plot } from "./plot.ts";

/** A bar: its name, and a number for each part. */
export interface LyingBar {
  readonly name: string;
  readonly values: readonly number[];
}

/** What is drawn. */
export interface LyingBars {
  readonly title: string;
  readonly description: string;
  /** The label of the horizontal axis, with its unit. */
  readonly label: string;
  readonly bars: readonly LyingBar[];
  /** What the parts are, in the order in which they lie; the colours are of the page. */
  readonly parts: readonly LegendEntry[];
  /** Draw shares of each bar in percent, in the place of numbers? */
  readonly shares?: boolean;
  readonly say: (value: number) => string;
}

/** A part of a bar, from one number to another. */
interface Piece {
  readonly bar: string;
  readonly part: number;
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

/** Room for the names, which go on in the next line where they are long. */
function marginFor(bars: readonly LyingBar[]): number {
  return Math.min(136, 24 + 8 * Math.max(...bars.map(({ name }) => name.length)));
}

const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);

function piecesOf(bars: readonly LyingBar[], shares: boolean): Piece[] {
  return bars.flatMap(({ name, values }) => {
    const all = shares ? sum(values) / 100 : 1;
    let from = 0;
    return values.flatMap((value, part) => {
      if (value <= 0) return [];
      const piece = { bar: name, part, value, from, to: from + value / all };
      from = piece.to;
      return [piece];
    });
  });
}

/** A figure of bars; parts of nothing are left out. */
export function lyingBars(options: LyingBars): HTMLElement {
  const { title, description, label, bars, parts, shares = false, say } = options;
  const pieces = piecesOf(bars, shares);
  const totals = new Map(bars.map(({ name, values }) => [name, sum(values)]));
  const share = ({ bar, value }: Piece) => `${(100 * value / totals.get(bar)!).toFixed(1)} %`;
  return figure({
    title,
    description,
    ...parts.length > 1 ? { legend: parts } : {},
    draw: (width) =>
      drawing({
        width,
        height: 68 + 34 * bars.length,
        marginLeft: marginFor(bars),
        marginRight: 24,
        marginBottom: 44,
        x: {
          label,
          labelOffset: 36,
          grid: true,
          ...shares ? { domain: [0, 100] } : { tickFormat: tickText, nice: true },
        },
        y: { label: null, domain: bars.map(({ name }) => name), padding: 0.25 },
        marks: [
          Plot.axisY({
            label: null,
            tickSize: 0,
            lineWidth: 9.5,
            tickFormat: (name: string) => shortName(name, 36),
          }),
          Plot.barX(pieces, {
            x1: "from",
            x2: "to",
            y: "bar",
            fill: ({ part }: Piece) => parts[part]!.colour,
            stroke: "var(--surface)",
            strokeWidth: 0.8,
            sort: null,
          }),
          Plot.ruleX([0]),
        ],
      }),
    steps: (svg) => {
      const drawn = marksIn(svg, "bar");
      return pieces.map((piece, place) => ({
        text: `${piece.bar}${parts.length > 1 ? `, ${parts[piece.part]!.name}` : ""}: ${
          say(piece.value)
        }, ${share(piece)}`,
        marks: [drawn[place]!],
      }));
    },
    table: () => ({
      caption: title,
      head: ["", ...parts.map(({ name }) => name), ...parts.length > 1 ? ["All"] : []],
      rows: bars.map(({ name, values }) => [
        name,
        ...values.map(say),
        ...parts.length > 1 ? [say(totals.get(name)!)] : [],
      ]),
    }),
  });
}
