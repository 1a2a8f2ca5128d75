/**
 * The biology of the documents: constant rates, fixed days and chance. Every answer follows from the
 * facts, the day and what fish there are; where containers change stage in turn the weight of the last
 * daily state is remembered besides.
 */
import type { BiologyModel, Remembering } from "../../farm/biology.ts";
import { documentedFeeding } from "./feeding.ts";
import { documentedForecast } from "./forecast.ts";
import { documentedGrading } from "./grading.ts";
import { documentedGrowth, growthCurve, type WeightsBefore } from "./growth.ts";
import { documentedHealth } from "./health.ts";
import { documentedHusbandry } from "./husbandry.ts";
import { documentedLice } from "./lice.ts";
import { lookingBack } from "./look_back.ts";
import { documentedMortality } from "./mortality.ts";
import { rememberedBefore, rememberingWeights } from "./remembered.ts";
import { documentedWater, meanTemperatures } from "./water.ts";
import { documentedWeighing } from "./weighing.ts";

const nothing = () => {};

/** Nothing is remembered. */
const NO_REMEMBERING: Remembering = {
  sites: () => [],
  begin: nothing,
  fill: nothing,
  morning: nothing,
  evening: nothing,
};

/** The model that the documents describe (domain.md#6 to domain.md#14). */
export const documented: BiologyModel = {
  forecast: documentedForecast,
  biologyOf(facts) {
    const mean = meanTemperatures(facts);
    const inTurn = facts.transitionDays > 1;
    const computedBefore: WeightsBefore = (weights) => {
      const before = lookingBack(facts, growthCurve(facts.rates), weights, mean);
      return ({ day }, assignment) => {
        const batch = facts.batches[assignment.batch]!;
        return before(batch, assignment, day - batch.startDay);
      };
    };
    const growth = documentedGrowth(facts, mean, inTurn ? () => rememberedBefore : computedBefore);
    return {
      water: documentedWater(facts, mean),
      growth,
      feeding: documentedFeeding(facts),
      weighing: documentedWeighing(facts),
      mortality: documentedMortality(facts),
      lice: documentedLice(facts),
      health: documentedHealth(facts),
      husbandry: documentedHusbandry(facts),
      grading: documentedGrading(facts),
      remembering: inTurn ? rememberingWeights(facts, growth.stateWeight) : NO_REMEMBERING,
    };
  },
};
