/** Marks that several drawings have. */
import type { Markish } from "@observablehq/plot";
import { Plot } from "./plot.ts";

/** The elements of one kind of mark in a drawing, in the order of their data. */
export function marksIn(svg: SVGSVGElement, label: string): readonly SVGElement[] {
  const group = svg.querySelector(`g[aria-label="${label}"]`);
  return group === null ? [] : [...group.children] as SVGElement[];
}

/** Where something is on the horizontal axis of time of a drawing. */
export function timeScale(svg: SVGSVGElement): (day: Date) => number {
  const scale = (svg as SVGSVGElement & Plotted).scale("x");
  return (day) => scale!.apply(day);
}

/** What Plot adds to the element that it draws. */
interface Plotted {
  scale(name: string): { apply(value: unknown): number } | undefined;
}

/** The line at nothing, which bars and areas stand on. */
export function groundLine(): Markish {
  return Plot.ruleY([0], { stroke: "currentColor", strokeOpacity: 0.6 });
}
