/**
 * The documented lives, foreseen: stages of fixed length, days over which their containers are
 * emptied in turn, and the slowest growth up to the harvest.
 */
import { cubeRoot } from "../../chance/arithmetic.ts";
import type { Profile } from "../../fixtures/profile.ts";
import type { Forecast } from "../../farm/biology.ts";
import { growthRates } from "../../farm/build_rates.ts";
import { harvestWeight } from "../../farm/harvest.ts";
import { harvestSpan } from "./foreseen.ts";
import { daysOfTurns, shortestOf } from "./turns.ts";

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
 *
 * A hall is needed until its last container is empty, and the next one from the day on which the
 * first fish come.
 */
export function documentedForecast(profile: Profile, transitionDays: number): Forecast {
  const starts = stageStarts(profile);
  const seaStart = starts.at(-2)!;
  const moveDays = daysOfTurns({
    containers: profile.creation.containers,
    transitionDays,
    shortestStage: shortestOf(profile.stages),
  });
  const span = harvestSpan(growthRates(profile), moveDays);
  const harvestOf = (targetKg: number) => span.latest(harvestWeight(targetKg));
  const highest = profile.harvest.target_kg[1];
  const { growth_coefficient, temperature_c } = profile.stages.at(-1)!;
  const gain = cubeRoot(highest * 1000) - cubeRoot(SMOLT_WEIGHT);
  const atSea = Math.max(1, Math.ceil(gain / (growth_coefficient * temperature_c)));
  const sea = profile.stages.length - 1;
  const stays = starts.slice(1).map((end, stage) => (
    { from: starts[stage]!, to: stage === sea ? end : end + moveDays - 1 }
  ));
  return {
    starts,
    stays,
    isFlexible: false,
    least: stays.map(() => 0),
    lastNeeded: Math.max(seaStart + atSea, harvestOf(highest)),
    harvestOf,
  };
}
