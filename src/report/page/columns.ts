/** Figures of columns, one a month, each of parts that stand upon each other. */
import { figure } from "./figure.ts";
import type { LegendEntry } from "./legend.ts";
import { marksOf } from "./places.ts";
import { drawing, Plot, TIME } from "./plot.ts";

/** A number of a month. */
export interface MonthValue {
  /** `2024-05`. */
  readonly month: string;
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
  /** Several of one month and part add up. */
  readonly months: readonly MonthValue[];
  readonly say: (value: number) => string;
}

const startOf = (month: string, more = 0) => {
  const [year, of] = month.split("-").map(Number) as [number, number];
  return new Date(Date.UTC(year, of - 1 + more, 1));
};

/** A part of a column. */
interface Block extends MonthValue {
  readonly from: number;
  readonly to: number;
}

function blocksOf(months: readonly MonthValue[], parts: number): Block[] {
  const byMonth = Map.groupBy(months, ({ month }) => month);
  return [...byMonth].sort(([a], [b]) => a < b ? -1 : 1).flatMap(([month, own]) => {
    let from = 0;
    return Array.from({ length: parts }, (_, part) => part).flatMap((part) => {
      const value = own.filter((one) => one.part === part)
        .reduce((sum, one) => sum + one.value, 0);
      if (value <= 0) return [];
      const block = { month, part, value, from, to: from + value };
      from = block.to;
      return [block];
    });
  });
}

/** A figure of columns. */
export function columnsFigure({ title, description, label, parts, months, say }: Columns) {
  const blocks = blocksOf(months, parts.length);
  // A lone month would be as wide as the drawing.
  const [first, last] = [blocks[0]!.month, blocks.at(-1)!.month];
  const domain = [startOf(first, -2), startOf(last, 3)];
  return figure({
    title,
    description,
    ...parts.length > 1 ? { legend: parts } : {},
    draw: (width) =>
      drawing({
        width,
        height: 260,
        x: { ...TIME, domain },
        y: { label, grid: true, nice: true, tickFormat: "s" },
        marks: [
          Plot.rectY(blocks, {
            x1: ({ month }: Block) => startOf(month),
            x2: ({ month }: Block) => startOf(month, 1),
            y1: "from",
            y2: "to",
            fill: ({ part }: Block) => parts[part]!.colour,
            insetLeft: 0.5,
            insetRight: 0.5,
            sort: null,
          }),
          Plot.ruleY([0]),
        ],
      }),
    steps: (svg) => {
      const drawn = marksOf(svg, "rect");
      return blocks.map(({ month, part, value }, place) => ({
        text: `${month}${parts.length > 1 ? `, ${parts[part]!.name}` : ""}: ${say(value)}`,
        marks: [drawn[place]!],
      }));
    },
    table: () => ({
      caption: title,
      head: ["Month", "Of", label],
      rows: blocks.map(({ month, part, value }) => [month, parts[part]!.name, say(value)]),
    }),
  });
}
