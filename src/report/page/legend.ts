/** What the colours and shapes of a figure mean. */
import { element } from "./dom.ts";

/** One entry of a legend. */
export interface LegendEntry {
  readonly name: string;
  /** A colour of CSS, `var(--stage-1)`. */
  readonly colour: string;
  /** How it is drawn; an area if absent. */
  readonly shape?: "area" | "line" | "dashed" | "dot";
}

const SVG = "http://www.w3.org/2000/svg";

function swatch({ colour, shape = "area" }: LegendEntry): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  for (
    const [name, value] of [["width", "18"], ["height", "12"], ["aria-hidden", "true"]] as const
  ) {
    svg.setAttribute(name, value);
  }
  const kind = shape === "area" ? "rect" : shape === "dot" ? "circle" : "line";
  const mark = document.createElementNS(SVG, kind);
  const attributes: Readonly<Record<string, string>> = shape === "area"
    ? { x: "1", y: "1", width: "16", height: "10", fill: colour }
    : shape === "dot"
    ? { cx: "9", cy: "6", r: "4", fill: colour }
    : {
      x1: "0",
      x2: "18",
      y1: "6",
      y2: "6",
      stroke: colour,
      "stroke-width": "2.5",
      ...shape === "dashed" ? { "stroke-dasharray": "5 3" } : {},
    };
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
