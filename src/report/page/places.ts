/** Places in a drawing, as its scales have them. */

/** What Plot gives besides the drawing. */
interface Scaled {
  scale(name: "x" | "y"): { apply(value: unknown): number } | undefined;
}

/** Where a value of the horizontal axis is, in the drawing's own units. */
export function xIn(svg: SVGSVGElement): (value: Date | number) => number {
  const scale = (svg as unknown as Scaled).scale("x")!;
  return (value) => scale.apply(value);
}

/** The elements of a mark, in the order of their data: `dot`, `rect`, `bar`. */
export function marksOf(svg: SVGSVGElement, mark: string): readonly Element[] {
  return [...svg.querySelectorAll(`[aria-label="${mark}"] > *`)];
}

/** A name where there is little room. */
export function shortName(name: string, most = 24): string {
  const letters = [...name];
  return letters.length <= most ? name : `${letters.slice(0, most - 1).join("")}…`;
}
