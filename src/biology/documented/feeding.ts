/** Feeding as documented (domain.md#7.1): a share of the biomass every day, half of it at a meal. */
import type { Feeding } from "../../farm/biology.ts";
import { divideRounded } from "../../farm/exact.ts";
import type { Facts } from "../../farm/facts.ts";

/**
 * The feed of one meal: biomass x daily rate / 2.
 *
 * @param biomass In 0.01 kg.
 * @param feedRate Daily rate in 0.01 % of biomass.
 * @return In 0.0001 kg.
 */
export function mealOf(biomass: number, feedRate: number): number {
  return divideRounded(biomass * feedRate, 200);
}

/** Meals by the rate and the feed of the stage. */
export function documentedFeeding({ rates: { stages } }: Facts): Feeding {
  return {
    serve(meal, _farm, { stage, weight }) {
      const { feedRate, feedId, laterFeed } = stages[stage]!;
      if (feedRate === 0) return;
      const isLater = laterFeed !== null && weight >= laterFeed.fromWeight;
      meal.amount = mealOf(meal.biomass, feedRate);
      meal.feedId = isLater ? laterFeed.feedId : feedId;
      meal.leftoverId = isLater ? feedId : 0;
      meal.percent = divideRounded(feedRate, 2);
    },
  };
}
