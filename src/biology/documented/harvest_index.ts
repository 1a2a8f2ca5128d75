/** The day of harvest, foreseen. */

/**
 * The day index on which a batch of a target is harvested: the day after its weight has reached the
 * target in the last stage, or the end of that stage. From this day on its rings are free.
 *
 * @param weight Of a fish at the target, in 0.01 g ({@linkcode harvestWeight}).
 * @param curve Of {@linkcode growthCurve}.
 * @param fromIndex Index of the first day of the last stage.
 */
export function harvestIndex(weight: number, curve: Int32Array, fromIndex: number): number {
  let index = fromIndex;
  while (index < curve.length && curve[index]! < weight) index++;
  return Math.min(index + 1, curve.length);
}
