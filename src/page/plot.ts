/** Observable Plot, as another script of the page has brought it, with what all drawings share. */
import type { PlotOptions } from "@observablehq/plot";
import type { PlotMarks } from "./plot_entry.ts";

/** Plot's marks. */
export const Plot: PlotMarks = (globalThis as unknown as { ReddPlot: PlotMarks }).ReddPlot;

/** The same as in `shell/plot_style.ts`: the page's policy knows the style of this class alone. */
const CLASS = "redd-plot";

/** The space around a drawing for its axes, in pixels, unless it says otherwise. */
export const MARGIN = { top: 24, right: 16, bottom: 36, left: 56 } as const;

/**
 * A drawing with the page's own class, text size and margins.
 *
 * @param options Plot's; give `width`, and name units in the labels of axes.
 */
export function drawing(options: PlotOptions): SVGSVGElement {
  return Plot.plot({
    marginTop: MARGIN.top,
    marginRight: MARGIN.right,
    marginBottom: MARGIN.bottom,
    marginLeft: MARGIN.left,
    height: 280,
    ...options,
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
