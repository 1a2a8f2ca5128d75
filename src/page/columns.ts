/** Figures of columns that stand, each of parts upon each other. */
import type { PlotOptions } from "@observablehq/plot";
import { figure } from "./figure.ts";
import type { LegendEntry } from "./legend.ts";
import { marksIn } from "./plot_marks.ts";
import { drawing, MARGIN, Plot, TIME } from "./plot.ts";
import { monthText, tickText } from "./words.ts";

/** A number, and from where to where its column is. */
export interface ColumnValue {
  /** `May 2024`. */
  readonly name: string;
  readonly from: Date | number;
  readonly to: Date | number;
  /** The place of what it is of. */
  readonly part: number;
  readonly value: number;
}

/** What is drawn. */
export interface Columns {
  readonly title: string;
  readonly description: string;
  /** The label of the vertical axis, with its unit. */
  readonly label: string;
  readonly parts: readonly LegendEntry[];
  /** What the columns are, as the head of a table has it. */
  readonly head: string;
  readonly x: NonNullable<PlotOptions["x"]>;
  /** Several of one place and part add up. */
  readonly columns: readonly ColumnValue[];
  readonly say: (value: number) => string;
}

/** A number of a month, `2024-05`, and the place of what it is of. */
export interface MonthValue {
  readonly month: string;
  readonly part: number;
  readonly value: number;
}

function startOf(month: string, more = 0): Date {
  const [year, of] = month.split("-").map(Number) as [number, number];
  return new Date(Date.UTC(year, of - 1 + more, 1));
}

/** The widest column of a month, and how long a month is: pixels, milliseconds. */
const [WIDEST, MONTH] = [64, 30 * 86_400_000];

/** Months of a drawing each of which has a tick. */
const FEW_MONTHS = 8;

/** Columns of months, with some months around few, so that a lone one does not fill the drawing. */
export function monthColumns(
  months: readonly MonthValue[],
): Pick<Columns, "head" | "x" | "columns"> {
  const all = months.map(({ month }) => month).sort();
  const [first, last] = [all[0]!, all.at(-1)!];
  const isFew = startOf(last, -FEW_MONTHS + 4) < startOf(first);
  const beside = isFew ? 2 : 1;
  return {
    head: "Month",
    x: {
      ...TIME,
      domain: [startOf(first, -beside), startOf(last, 1 + beside)],
      ...isFew ? { ticks: "month" } : {},
    },
    columns: months.map(({ month, part, value }) => ({
      name: monthText(month),
      from: startOf(month),
      to: startOf(month, 1),
      part,
      value,
    })),
  };
}

/** A part of a column. */
interface Block extends ColumnValue {
  readonly low: number;
  readonly high: number;
}

function blocksOf(columns: readonly ColumnValue[], parts: number): Block[] {
  const byPlace = Map.groupBy(columns, ({ from }) => Number(from));
  return [...byPlace].sort(([a], [b]) => a - b).flatMap(([, own]) => {
    let low = 0;
    return Array.from({ length: parts }, (_, part) => part).flatMap((part) => {
      const value = own.filter((one) => one.part === part)
        .reduce((sum, one) => sum + one.value, 0);
      if (value <= 0) return [];
      const block = { ...own[0]!, part, value, low, high: low + value };
      low = block.high;
      return [block];
    });
  });
}

/** A figure of columns. */
export function columnsFigure(options: Columns): HTMLElement {
  const { title, description, label, parts, head, x, columns, say } = options;
  const blocks = blocksOf(columns, parts.length);
  // Of few months no column is a wall.
  const shown = head === "Month" ? (x.domain as readonly Date[]).map(Number) : undefined;
  const inset = (width: number) => {
    if (shown === undefined) return 0.5;
    const month = (width - MARGIN.left - MARGIN.right) * MONTH / (shown[1]! - shown[0]!);
    return Math.max(0.5, (month - WIDEST) / 2);
  };
  return figure({
    title,
    description,
    ...parts.length > 1 ? { legend: parts } : {},
    draw: (width) =>
      drawing({
        width,
        height: 260,
        marginBottom: 44,
        x: { labelOffset: 36, ...x },
        y: { label, grid: true, nice: true, tickFormat: tickText },
        marks: [
          Plot.rectY(blocks, {
            x1: "from",
            x2: "to",
            y1: "low",
            y2: "high",
            fill: ({ part }: Block) => parts[part]!.colour,
            insetLeft: inset(width),
            insetRight: inset(width),
            sort: null,
          }),
          Plot.ruleY([0]),
        ],
      }),
    steps: (svg) => {
      const drawn = marksIn(svg, "rect");
      return blocks.map(({ name, part, value }, place) => ({
        text: `${name}${parts.length > 1 ? `, ${parts[part]!.name}` : ""}: ${say(value)}`,
        marks: [drawn[place]!],
      }));
    },
    table: () => ({
      caption: title,
      head: [head, "Of", label],
      rows: blocks.map(({ name, part, value }) => [name, parts[part]!.name, say(value)]),
    }),
  });
}
