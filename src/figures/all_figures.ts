/** All figures, in the order in which they are told. */
import { deathFigures } from "./deaths.ts";
import { feedFigures } from "./feed.ts";
import type { Figure } from "./figure.ts";
import { freshWaterFigures } from "./fresh_water.ts";
import { growthFigures } from "./growth.ts";
import { harvestFigures } from "./harvest.ts";
import { healthFigures } from "./health.ts";
import { placeFigures } from "./places.ts";
import { sampleFigures } from "./samples.ts";
import { treatmentFigures } from "./treatments.ts";
import { waterFigures } from "./water.ts";

/** All of them. */
export const allFigures: readonly Figure[] = [
  ...deathFigures,
  ...treatmentFigures,
  ...healthFigures,
  ...growthFigures,
  ...sampleFigures,
  ...feedFigures,
  ...waterFigures,
  ...harvestFigures,
  ...placeFigures,
  ...freshWaterFigures,
];
