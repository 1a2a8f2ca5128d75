/** The documented lives, foreseen: stages of fixed length, and one curve up to the harvest. */
import { cubeRoot } from "../../chance/arithmetic.ts";
import type { Profile } from "../../fixtures/profile.ts";
import type { Forecast } from "../../farm/biology.ts";
import { growthRates } from "../../farm/build_rates.ts";
import { harvestWeight } from "../../farm/harvest.ts";
import { growthCurve } from "./growth.ts";
import { harvestIndex } from "./harvest_index.ts";

/** Weight in g from which the planner counts the days at sea; the fish themselves are heavier. */
const SMOLT_WEIGHT = 450;

/** Index of the first day of every stage, and the end of the last. */
function stageStarts(profile: Profile): number[] {
  const starts = [0];
  for (const { days } of profile.stages) starts.push(starts.at(-1)! + days);
  return starts;
}

/**
 * The lives of a profile.
 *
 * Rings are needed for the worst case, the highest target: (target^(1/3) - 450^(1/3)) / (c T)
 * days at sea, weights in g (schedule.md#6; 395 days, so index 845, rulings.md#27). The fish go
 * to sea heavier than 450 g and are harvested by index 835, so there is room to spare; a profile
 * whose smolts are lighter needs rings as long as they do.
 */
export function documentedForecast(profile: Profile): Forecast {
  const starts = stageStarts(profile);
  const seaStart = starts.at(-2)!;
  const curve = growthCurve(growthRates(profile));
  const harvestOf = (targetKg: number) => harvestIndex(harvestWeight(targetKg), curve, seaStart);
  const highest = profile.harvest.target_kg[1];
  const { growth_coefficient, temperature_c } = profile.stages.at(-1)!;
  const gain = cubeRoot(highest * 1000) - cubeRoot(SMOLT_WEIGHT);
  const atSea = Math.max(1, Math.ceil(gain / (growth_coefficient * temperature_c)));
  const stays = starts.slice(1).map((to, stage) => ({ from: starts[stage]!, to }));
  return {
    starts,
    stays,
    isFlexible: false,
    least: stays.map(() => 0),
    lastNeeded: Math.max(seaStart + atSea, harvestOf(highest)),
    harvestOf,
  };
}
