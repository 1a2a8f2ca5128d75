/** The day of harvest, foreseen. */
import { harvestWeight } from "../../farm/harvest.ts";

/**
 * The day index on which a batch of a target is harvested: the day after its weight has reached the
 * target in the last stage, or the end of that stage. From this day on its rings are free.
 *
 * @param curve Of {@linkcode growthCurve}.
 * @param fromIndex Index of the first day of the last stage.
 */
export function harvestIndex(targetKg: number, curve: Int32Array, fromIndex: number): number {
  const target = harvestWeight(targetKg);
  let index = fromIndex;
  while (index < curve.length && curve[index]! < target) index++;
  return Math.min(index + 1, curve.length);
}
