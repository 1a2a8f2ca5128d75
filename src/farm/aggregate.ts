/** Aggregates of measured fish, exact in whole units (domain.md#9 and domain.md#11). */
import { divideRounded } from "./exact.ts";

/** Weighed fish; weights in 0.01 g, lengths in 0.01 cm. */
export interface Fish {
  readonly weights: Int32Array;
  readonly lengths: Int32Array;
}

/** Mean, population standard deviation, minimum and maximum, each in the unit of the values. */
export interface Aggregate {
  mean: number;
  deviation: number;
  min: number;
  max: number;
  sum: number;
}

/** Aggregates whole numbers exactly; mean and deviation are rounded to whole numbers. */
export function aggregate(values: Int32Array, into: Aggregate): void {
  let sum = 0;
  let squares = 0;
  let min = values[0]!;
  let max = min;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    sum += value;
    squares += value * value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const n = values.length;
  into.sum = sum;
  into.mean = divideRounded(sum, n);
  into.deviation = Math.floor(Math.sqrt(n * squares - sum * sum) / n + 0.5);
  into.min = min;
  into.max = max;
}

/** An aggregate that is yet to be filled. */
export function zeroAggregate(): Aggregate {
  return { mean: 0, deviation: 0, min: 0, max: 0, sum: 0 };
}
