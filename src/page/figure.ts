/**
 * A figure: a drawing with a title, what it shows in words, a legend, what is under the pointer or the
 * arrow keys, and the same figures as a table.
 */
import { element } from "./dom.ts";
import { legend, type LegendEntry } from "./legend.ts";
import { type DrawingStep, stepping } from "./stepping.ts";
import { tableElement, type TableOf } from "./table.ts";

/** What a figure is made of. */
export interface FigureOptions {
  /** What is drawn, over what, in which unit: `Biomass by stage, tonnes`. */
  readonly title: string;
  /** What is to be seen, for those who do not see it. */
  readonly description: string;
  /** Draws it for a width in pixels; is called again when that changes. */
  readonly draw: (width: number) => SVGSVGElement;
  readonly legend?: readonly LegendEntry[];
  /**
   * What the arrow keys walk through, from left to right, and what is said of each. Is called after
   * each drawing, of which it may take elements.
   */
  readonly steps?: (drawn: SVGSVGElement) => readonly DrawingStep[];
  /** Has the drawing links in it? Then it is no single picture to those who do not see it. */
  readonly links?: boolean;
  /** The same as numbers; made when it is opened. */
  readonly table: () => TableOf;
}

/** A figure of which there is nothing to draw, and why. */
export interface EmptyFigure {
  readonly title: string;
  /** Why: `This batch lives: it is harvested when …`. */
  readonly why: string;
}

/** In the place of a figure that has nothing to show. */
export function emptyFigure({ title, why }: EmptyFigure): HTMLElement {
  return element(
    "figure",
    { class: "empty" },
    element("figcaption", {}, element("h3", {}, title)),
    element("p", {}, why),
  );
}

/** A figure that draws itself as soon as it has a width. */
export function figure(options: FigureOptions): HTMLElement {
  const { title, description, draw, steps } = options;
  const box = element("div", { class: "drawing" });
  const readout = element("output", { class: "readout", "aria-live": "polite" });
  const numbers = element("details", { class: "numbers" }, element("summary", {}, "As a table"));
  numbers.addEventListener("toggle", () => {
    if (numbers.open && numbers.childElementCount === 1) {
      numbers.append(tableElement(options.table()));
    }
  });
  let drawnWidth = 0;
  new ResizeObserver(([entry]) => {
    const width = Math.floor(entry!.contentRect.width);
    if (width === 0 || width === drawnWidth) return;
    drawnWidth = width;
    const svg = draw(width);
    svg.setAttribute("role", options.links ? "group" : "img");
    svg.setAttribute("aria-label", `${title}. ${description}`);
    box.replaceChildren(svg);
    if (steps !== undefined) stepping(box, svg, readout, steps(svg));
  }).observe(box);
  return element(
    "figure",
    {},
    element("figcaption", {}, element("h3", {}, title), element("p", {}, description)),
    options.legend === undefined ? undefined : legend(options.legend),
    box,
    steps === undefined ? undefined : readout,
    numbers,
  );
}
