/** Grades as documented (domain.md#14): fixed shares of the fish of a ring. */
import type { Grading } from "../../farm/biology.ts";
import { divideRounded } from "../../farm/exact.ts";
import type { Facts } from "../../farm/facts.ts";
import type { HarvestLot } from "../../farm/harvest_lot.ts";
import type { HarvestRates } from "../../farm/rates.ts";

/**
 * Grades the fish of a ring: shares are rounded down and one grade takes what is left over, so that
 * no fish is lost (defects.md#b-22).
 *
 * @param weight Average weight in 0.01 g.
 */
export function gradeFish(fish: number, weight: number, rates: HarvestRates): HarvestLot[] {
  const units = rates.grades.map(({ percent }) => Math.floor(fish * percent / 100));
  const graded = units.reduce((sum, one) => sum + one, 0);
  units[rates.remainderGrade]! += fish - graded;
  return rates.grades.map(({ weightPercent }, grade): HarvestLot => {
    const live = divideRounded(units[grade]! * weight * weightPercent, 10000);
    return {
      grade,
      units: units[grade]!,
      live,
      gutted: divideRounded(live * rates.guttedPercent, 100),
      fillet: divideRounded(live * rates.filletPercent, 100),
    };
  }).filter((lot) => lot.units > 0);
}

/** Grades by the shares of the profile. */
export function documentedGrading({ rates: { harvest } }: Facts): Grading {
  return { lots: ({ population, weight }) => gradeFish(population, weight, harvest) };
}
