/** What the section of realism shows. */
import type { FigureResult } from "../../figures/figure.ts";

/** Figures in the order in which they are told. */
export interface RealismFigures {
  /** The biology that the dataset follows, by its name. */
  readonly profile: string;
  readonly figures: readonly FigureResult[];
}
