/** What the colours and shapes of a figure mean. */
import { element } from "./dom.ts";

/** One entry of a legend. */
export interface LegendEntry {
  readonly name: string;
  /** A colour of CSS, `var(--stage-1)`. */
  readonly colour: string;
  /** How it is drawn; an area if absent. */
  readonly shape?: "area" | "line" | "dashed" | "dot" | "ring" | "diamond" | "triangle";
}

const SVG = "http://www.w3.org/2000/svg";

const STROKE = { "stroke-width": "1.8" };

/** How each shape is drawn in a box of 18 by 12. */
const SHAPES: Readonly<
  Record<
    NonNullable<LegendEntry["shape"]>,
    (colour: string) => Readonly<Record<string, string>> & { readonly kind: string }
  >
> = {
  area: (fill) => ({ kind: "rect", x: "1", y: "1", width: "16", height: "10", fill }),
  dot: (fill) => ({ kind: "circle", cx: "9", cy: "6", r: "4", fill }),
  ring: (stroke) => ({ kind: "circle", cx: "9", cy: "6", r: "4", fill: "none", stroke, ...STROKE }),
  diamond: (stroke) => ({
    kind: "path",
    d: "M9,0.5L13,6L9,11.5L5,6Z",
    fill: "none",
    stroke,
    ...STROKE,
  }),
  triangle: (fill) => ({ kind: "path", d: "M9,1L15,11H3Z", fill }),
  line: (stroke) => ({ kind: "path", d: "M0,6H18", stroke, "stroke-width": "2.5" }),
  dashed: (stroke) => ({
    kind: "path",
    d: "M0,6H18",
    stroke,
    "stroke-width": "2.5",
    "stroke-dasharray": "5 3",
  }),
};

function swatch({ colour, shape = "area" }: LegendEntry): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  for (
    const [name, value] of [["width", "18"], ["height", "12"], ["aria-hidden", "true"]] as const
  ) {
    svg.setAttribute(name, value);
  }
  const { kind, ...attributes } = SHAPES[shape](colour);
  const mark = document.createElementNS(SVG, kind);
  for (const [name, value] of Object.entries(attributes)) mark.setAttribute(name, value);
  svg.append(mark);
  return svg;
}

/** A legend as a list. */
export function legend(entries: readonly LegendEntry[]): HTMLElement {
  return element(
    "ul",
    { class: "legend" },
    ...entries.map((entry) => element("li", {}, swatch(entry), element("bdi", {}, entry.name))),
  );
}
