/** The day of harvest, foreseen, of fish that come to sea on one morning or on several. */
import type { GrowthRates } from "../../farm/rates.ts";
import { growthCurve } from "./growth.ts";
import { harvestIndex } from "./harvest_index.ts";

/** Day indices between which a batch is harvested. */
export interface HarvestSpan {
  /** Of a weight at harvest in 0.01 g: no batch is harvested before. */
  earliest(weight: number): number;
  /** No batch is harvested after. */
  latest(weight: number): number;
}

/**
 * Between which days batches are harvested. Those who come to a stage later have grown by the rates
 * of the one before for longer: the mean of a batch is somewhere between the lightest and the heaviest
 * of its fish, and all of them must be at sea before the first are harvested. Where they come on one
 * morning it is one day.
 *
 * @param moveDays Days over which the containers of a batch leave a stage.
 */
export function harvestSpan(rates: GrowthRates, moveDays: number): HarvestSpan {
  const curves = Array.from({ length: moveDays }, (_, late) => growthCurve(rates, late));
  const outermost = (choose: (...weights: number[]) => number) =>
    curves[0]!.map((_, index) => choose(...curves.map((curve) => curve[index]!)));
  const [lightest, heaviest] = [outermost(Math.min), outermost(Math.max)];
  const sea = rates.stages.at(-1)!.fromIndex;
  const on = (weight: number, curve: Int32Array) =>
    Math.max(sea + moveDays, harvestIndex(weight, curve, sea));
  return {
    earliest: (weight) => on(weight, heaviest),
    latest: (weight) => on(weight, lightest),
  };
}
