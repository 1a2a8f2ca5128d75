/** Observable Plot, as another script of the page has brought it, with what all drawings share. */
import type { PlotOptions } from "@observablehq/plot";
import type { PlotMarks } from "./plot_entry.ts";

/** Plot's marks. */
export const Plot: PlotMarks = (globalThis as unknown as { ReddPlot: PlotMarks }).ReddPlot;

/** The same as in `shell/plot_style.ts`: the page's policy knows the style of this class alone. */
const CLASS = "redd-plot";

/** The space around a drawing for its axes, in pixels, unless it says otherwise. */
export const MARGIN = { top: 24, right: 16, bottom: 36, left: 56 } as const;

/** So wide is all of a label but its text: an arrow, and what keeps it off the edges. */
const AROUND_LABEL = 40;

/** A label as far as it fits, with an ellipsis where it does not: a dataset's own may be long. */
function fitting(label: string, width: number): string {
  const pen = document.createElement("canvas").getContext("2d");
  if (pen === null) return label;
  pen.font = '12px system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
  const fits = (text: string) => pen.measureText(text).width <= width - AROUND_LABEL;
  // No letter is narrower than two pixels, so that a text of any length is measured a few times.
  const letters = [...label].slice(0, Math.ceil(width / 2));
  if (letters.length === [...label].length && fits(label)) return label;
  while (letters.length > 1 && !fits(`${letters.join("")}…`)) letters.pop();
  return `${letters.join("")}…`;
}

/** The options of an axis, whose label fits. */
function labelled<Axis extends PlotOptions["x"]>(axis: Axis, width: number): Axis {
  return typeof axis?.label === "string" ? { ...axis, label: fitting(axis.label, width) } : axis;
}

/**
 * A drawing with the page's own class, text size and margins.
 *
 * @param options Plot's; give `width`, and name units in the labels of axes, which are cut where they
 *   do not fit: what is told nowhere else belongs into the description.
 */
export function drawing(options: PlotOptions & { readonly width: number }): SVGSVGElement {
  const { width } = options;
  return Plot.plot({
    marginTop: MARGIN.top,
    marginRight: MARGIN.right,
    marginBottom: MARGIN.bottom,
    marginLeft: MARGIN.left,
    height: 280,
    ...options,
    ...options.x === undefined ? {} : { x: labelled(options.x, width) },
    ...options.y === undefined ? {} : { y: labelled(options.y, width) },
    className: CLASS,
  }) as SVGSVGElement;
}

/** A label of an axis on which time runs; a year needs none. */
export const TIME = { type: "utc", label: null } as const;

/** Days as Plot takes them: noon of none, midnight of all (UTC). */
export function dateOfDay(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** So many days after another. */
export function dayAfter(day: string, days: number): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000);
}

/** `2024-05-03` of a date. */
export function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}
