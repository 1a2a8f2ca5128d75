/**
 * The biology of the documents: constant rates, fixed days and chance, without a memory. Every answer
 * follows from the facts, the day and what fish there are.
 */
import type { BiologyModel } from "../../farm/biology.ts";
import { documentedFeeding } from "./feeding.ts";
import { documentedForecast } from "./forecast.ts";
import { documentedGrading } from "./grading.ts";
import { documentedGrowth } from "./growth.ts";
import { documentedHealth } from "./health.ts";
import { documentedHusbandry } from "./husbandry.ts";
import { documentedLice } from "./lice.ts";
import { documentedMortality } from "./mortality.ts";
import { documentedWater, meanTemperatures } from "./water.ts";
import { documentedWeighing } from "./weighing.ts";

const nothing = () => {};

/** The model that the documents describe (domain.md#6 to domain.md#14). */
export const documented: BiologyModel = {
  forecast: documentedForecast,
  biologyOf(facts) {
    const mean = meanTemperatures(facts);
    return {
      water: documentedWater(facts, mean),
      growth: documentedGrowth(facts, mean),
      feeding: documentedFeeding(facts),
      weighing: documentedWeighing(facts),
      mortality: documentedMortality(facts),
      lice: documentedLice(facts),
      health: documentedHealth(facts),
      husbandry: documentedHusbandry(facts),
      grading: documentedGrading(facts),
      remembering: {
        sites: () => [],
        begin: nothing,
        fill: nothing,
        morning: nothing,
        evening: nothing,
      },
    };
  },
};
