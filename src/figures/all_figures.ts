/** All figures, in the order in which they are told. */
import { deathFigures } from "./deaths.ts";
import type { Figure } from "./figure.ts";

/** All of them. */
export const allFigures: readonly Figure[] = [
  ...deathFigures,
];
