/** What the section of realism shows. */
import type { FigureResult } from "../../figures/figure.ts";

/** Figures in the order in which they are told. */
export interface RealismFigures {
  readonly figures: readonly FigureResult[];
}
