/** Figures of lists of numbers, for tests. */

/** The mean. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}

/** The standard deviation of all of them. */
export function standardDeviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((one) => (one - middle) ** 2)));
}

/** Pearson's correlation of two lists of the same length. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const [middleA, middleB] = [mean(a), mean(b)];
  const products = a.map((one, i) => (one - middleA) * (b[i]! - middleB));
  return mean(products) / (standardDeviation(a) * standardDeviation(b));
}
