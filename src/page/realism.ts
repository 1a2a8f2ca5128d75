/** Figures of the dataset as dots, in the bands in which others have found them. */
import type { FigureResult, JudgedRange } from "../figures/figure.ts";
import type { RealismFigures } from "../report/data/realism_type.ts";
import { element, said } from "./dom.ts";
import { emptyFigure } from "./figure.ts";
import { legend } from "./legend.ts";
import type { PageSection } from "./section.ts";
import { tableElement } from "./table.ts";
import { countText, wholeText } from "./words.ts";

const SVG = "http://www.w3.org/2000/svg";

/** A drawing of a row: its size, and how much of its width lies beside the band, at either side. */
const [WIDTH, HEIGHT, BESIDE] = [190, 26, 0.3];

const NUMBER = new Intl.NumberFormat("en", { maximumSignificantDigits: 3, useGrouping: true });

function withUnit(value: number, unit: string): string {
  return unit === "" ? NUMBER.format(value) : `${NUMBER.format(value)} ${unit}`;
}

function rangeText({ low, high }: JudgedRange, unit: string): string {
  const range = `${NUMBER.format(low)} to ${NUMBER.format(high)}`;
  return unit === "" ? range : `${range} ${unit}`;
}

/** What a value is to a range, in words. */
const PLACES = { inside: "inside", below: "below", above: "above", none: "no value" } as const;

function mark(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/** Where a number is in a drawing whose band is a range; what is far outside is at the edge. */
function scaleAround({ low, high }: JudgedRange): (value: number) => number {
  const [left, right] = [WIDTH * BESIDE, WIDTH * (1 - BESIDE)];
  const width = Math.max(high - low, Math.abs(high) * 0.01, 1e-9);
  return (value) => {
    const x = left + (right - left) * (value - low) / width;
    return Math.max(8, Math.min(WIDTH - 8, x));
  };
}

/** The band of the published range, what is documented as a line below, and the value as a dot. */
function drawFigure({ title, unit, value, published, documented }: FigureResult): Node | string {
  const band = published ?? documented;
  if (band === undefined) return "";
  const x = scaleAround(band);
  const middle = HEIGHT / 2;
  const says = value === null
    ? `${title}: no value`
    : `${title}: ${withUnit(value, unit)}, ${PLACES[band.verdict]} ${rangeText(band, unit)}`;
  const svg = mark("svg", {
    width: WIDTH,
    height: HEIGHT,
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    role: "img",
    "aria-label": says,
    class: "band",
  });
  svg.append(mark("line", { x1: 2, x2: WIDTH - 2, y1: middle, y2: middle, class: "axis" }));
  if (published !== undefined) {
    svg.append(mark("rect", {
      x: x(published.low),
      y: 4,
      width: Math.max(2, x(published.high) - x(published.low)),
      height: HEIGHT - 8,
      class: "published",
    }));
  }
  if (documented !== undefined) {
    svg.append(mark("rect", {
      x: x(documented.low),
      y: HEIGHT - 6,
      width: Math.max(3, x(documented.high) - x(documented.low)),
      height: 4,
      class: "documented",
    }));
  }
  if (value !== null) svg.append(dotAt(value, x, band));
  return svg;
}

/** A dot, or an arrow to where the value is, when that is beyond the edge. */
function dotAt(
  value: number,
  x: (value: number) => number,
  { low, high }: JudgedRange,
): SVGElement {
  const [at, middle] = [x(value), HEIGHT / 2];
  const inside = value >= low && value <= high;
  const beyond = value > high && at >= WIDTH - 8 ? 1 : value < low && at <= 8 ? -1 : 0;
  if (beyond === 0) {
    return mark("circle", { cx: at, cy: middle, r: 5, class: inside ? "value" : "value outside" });
  }
  const d = `M${at + 6 * beyond},${middle}L${at - 5 * beyond},${middle - 6}V${middle + 6}Z`;
  return mark("path", { d, class: "value outside" });
}

function rowOf(figure: FigureResult): (string | Node)[] {
  const { title, unit, value, why, n, published, documented } = figure;
  return [
    said(title),
    value === null ? element("small", {}, said(why ?? "no value")) : withUnit(value, unit),
    drawFigure(figure),
    published === undefined ? "" : rangeText(published, unit),
    published === undefined ? "" : PLACES[published.verdict],
    documented === undefined ? "" : rangeText(documented, unit),
    wholeText(n),
  ];
}

/** Who says what, apart from the figures, since it is long. */
function sourcesPart(figures: readonly FigureResult[]): HTMLElement {
  return element(
    "details",
    { class: "numbers" },
    element("summary", {}, "Where the ranges come from"),
    tableElement({
      caption: "Sources of the ranges",
      head: ["Figure", "Published", "AquaMind's papers"],
      rows: figures.map(({ title, published, documented }) => [
        said(title),
        said(published?.source ?? ""),
        said(documented?.source ?? ""),
      ]),
    }),
  );
}

/** The section of realism. */
export const realismSection: PageSection<RealismFigures> = {
  id: "realism",
  title: "Realism",
  about:
    "Figures of this dataset beside the ranges that farms and trials have published, and that " +
    "AquaMind's own papers state. They are no checks: nothing passes or fails by them.",
  draw({ figures }, root) {
    if (figures.length === 0) {
      root.append(emptyFigure({ title: "Figures", why: "There are none." }));
      return;
    }
    const told = figures.filter(({ value }) => value !== null);
    const judged = told.filter(({ published }) => published !== undefined);
    const inside = judged.filter(({ published }) => published!.verdict === "inside");
    root.append(
      element(
        "p",
        {},
        `${countText(told.length, "figure")} of ${wholeText(figures.length)} have a value here; ` +
          `${wholeText(inside.length)} of the ${wholeText(judged.length)} with a published range ` +
          "are inside it.",
      ),
      legend([
        { name: "published range", colour: "var(--band)" },
        { name: "stated by AquaMind's papers", colour: "var(--series-5)" },
        { name: "this dataset", colour: "var(--text)", shape: "dot" },
        { name: "outside, ring or arrow", colour: "var(--text)", shape: "ring" },
      ]),
      element(
        "div",
        { class: "realism" },
        tableElement({
          caption: "All figures; a dot inside its band lies in the range",
          head: [
            "Figure",
            "Value",
            "In its band",
            "Published",
            "Value is",
            "AquaMind's papers",
            "Counted",
          ],
          rows: figures.map(rowOf),
        }),
      ),
      sourcesPart(figures),
    );
  },
};
