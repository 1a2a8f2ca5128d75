/** Figures of quantiles along time: a line in the middle, and bands around it. */
import type { PlotOptions } from "@observablehq/plot";
import { figure } from "./figure.ts";
import type { LegendEntry } from "./legend.ts";
import { timeScale } from "./plot_marks.ts";
import { drawing, Plot } from "./plot.ts";

/** A place on the axis of time with its quantiles; null where there is none. */
export interface BandPoint {
  readonly day: Date;
  /** What the place is called: `2024-05-03`. */
  readonly name: string;
  readonly middle: number | null;
  /** Pairs of low and high, the widest first. */
  readonly bands: readonly (readonly [low: number | null, high: number | null])[];
  /** What is said of it besides its middle. */
  readonly more?: string;
}

/** What is drawn. */
export interface Banded {
  readonly title: string;
  readonly description: string;
  /** The label of the vertical axis, with its unit. */
  readonly label: string;
  readonly colour: string;
  readonly points: readonly BandPoint[];
  /** Names of the line and of the bands, the widest first. */
  readonly names: readonly string[];
  readonly say: (value: number) => string;
  readonly x: PlotOptions["x"];
  readonly y?: PlotOptions["y"];
  /** Marks besides, and what they mean. */
  readonly marks?: readonly NonNullable<PlotOptions["marks"]>[number][];
  readonly legend?: readonly LegendEntry[];
}

/** How much of the colour a band has, the widest first. */
const OPACITY = [0.22, 0.35];

/** A figure of bands. */
export function bandFigure(banded: Banded): HTMLElement {
  const { title, description, label, colour, points, names, say, marks = [] } = banded;
  const known = points.filter(({ middle }) => middle !== null);
  const bandNames = names.slice(1);
  return figure({
    title,
    description,
    legend: [
      { name: names[0]!, colour, shape: "line" },
      ...bandNames.map((name, place) => ({
        name,
        colour: `color-mix(in srgb, ${colour} ${
          100 * (place === 0 ? OPACITY[0]! : OPACITY[0]! + OPACITY[1]!)
        }%, var(--surface))`,
      })),
      ...banded.legend ?? [],
    ],
    draw: (width) =>
      drawing({
        width,
        height: 240,
        x: banded.x ?? {},
        y: { label, grid: true, nice: true, ...banded.y },
        marks: [
          ...bandNames.map((_, place) =>
            Plot.areaY(points, {
              x: "day",
              y1: (point: BandPoint) => point.bands[place]![0] ?? NaN,
              y2: (point: BandPoint) => point.bands[place]![1] ?? NaN,
              fill: colour,
              fillOpacity: OPACITY[place] ?? 0.3,
            })
          ),
          Plot.lineY(points, {
            x: "day",
            y: (point: BandPoint) => point.middle ?? NaN,
            stroke: colour,
            strokeWidth: 2,
            ...known.length < 4 ? { marker: "dot" as const } : {},
          }),
          ...marks,
        ],
      }),
    steps: (svg) => {
      const x = timeScale(svg);
      return known.map((point) => ({ text: sayPoint(point, names, say), x: x(point.day) }));
    },
    table: () => ({
      caption: title,
      head: ["Time", names[0]!, ...bandNames.flatMap((name) => [`${name}: from`, "to"])],
      rows: known.map(({ name, middle, bands }) => [
        name,
        say(middle!),
        ...bands.flatMap(([low, high]) => [said(low, say), said(high, say)]),
      ]),
    }),
  });
}

function said(value: number | null, say: (value: number) => string): string {
  return value === null ? "" : say(value);
}

function sayPoint(
  { name, middle, bands, more }: BandPoint,
  names: readonly string[],
  say: (value: number) => string,
): string {
  const ranges = bands.map(([low, high], place) =>
    `${names[place + 1]} ${said(low, say)} to ${said(high, say)}`
  );
  return `${name}: ${names[0]} ${say(middle!)}; ${ranges.join("; ")}${
    more === undefined ? "" : `; ${more}`
  }`;
}
