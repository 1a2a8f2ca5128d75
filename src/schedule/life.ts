/** The days of a life: stages, harvest, and how long places are reserved. */
import { cubeRoot } from "../chance/arithmetic.ts";
import { growthRates } from "../farm/build_rates.ts";
import { growthCurve } from "../farm/growth.ts";
import { harvestIndex } from "../farm/harvest.ts";
import type { Profile } from "../fixtures/profile.ts";
import { freshwaterStages } from "../fixtures/stage_key.ts";
import { LONGEST_LIFE } from "./format.ts";

/** Weight in g from which the planner counts the days at sea; the fish themselves are heavier. */
const SMOLT_WEIGHT = 450;

/** What a profile says of the days of every batch, as day indices. */
export interface Life {
  /** Keys of the stages in halls, in order of life. */
  readonly halls: readonly string[];
  /** Of the first day of every stage, and of the end of the last. */
  readonly starts: readonly number[];
  /** Of the first day at sea. */
  readonly seaStart: number;
  /** Up to which a plan reserves places: a batch of the highest target is harvested by then. */
  readonly reserved: number;
  /** Of the day on which a batch of a target in kg is harvested. */
  harvestOf(targetKg: number): number;
}

/** Index of the first day of every stage, and the end of the last. */
export function stageStarts(profile: Profile): number[] {
  const starts = [0];
  for (const { days } of profile.stages) starts.push(starts.at(-1)! + days);
  return starts;
}

/**
 * The life that a profile gives to its batches.
 *
 * Places are reserved for the worst case, the highest target: (target^(1/3) - 450^(1/3)) / (c T)
 * days at sea, weights in g (schedule.md#6; 395 days, so index 845, rulings.md#27). The fish go
 * to sea heavier than 450 g and are harvested by index 835, so a reservation has room to spare; a
 * profile whose smolts are lighter is reserved as long as they need.
 */
export function lifeOf(profile: Profile): Life {
  const halls = freshwaterStages(profile);
  const starts = stageStarts(profile);
  const seaStart = starts.at(-2)!;
  const curve = growthCurve(growthRates(profile));
  const harvestOf = (targetKg: number) => harvestIndex(targetKg, curve, seaStart);
  const highest = profile.harvest.target_kg[1];
  const { growth_coefficient, temperature_c } = profile.stages.at(-1)!;
  const gain = cubeRoot(highest * 1000) - cubeRoot(SMOLT_WEIGHT);
  const atSea = Math.max(1, Math.ceil(gain / (growth_coefficient * temperature_c)));
  const worst = Math.max(seaStart + atSea, harvestOf(highest));
  return {
    halls,
    starts,
    seaStart,
    reserved: Math.min(worst, starts.at(-1)!, LONGEST_LIFE),
    harvestOf,
  };
}
