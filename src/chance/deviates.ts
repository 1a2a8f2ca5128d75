/** Normal and Poisson deviates by inversion of one uniform value each, without libm (rulings.md#10). */
import { exp, ln } from "./arithmetic.ts";

/**
 * Standard normal deviate for p in (0, 1), to about 1e-7: algorithm AS 241 (PPND7) of M. J. Wichura,
 * "The percentage points of the normal distribution", Applied Statistics 37 (1988).
 */
export function normal(p: number): number {
  const q = p - 0.5;
  if (q >= -0.425 && q <= 0.425) {
    const r = 0.180625 - q * q;
    return q * (((59.10937472 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179) /
      (((67.1875636 * r + 78.757757664) * r + 17.895169469) * r + 1);
  }
  let r = Math.sqrt(-ln(q < 0 ? p : 1 - p));
  let z: number;
  if (r <= 5) {
    r -= 1.6;
    z = (((0.17023821103 * r + 1.3067284816) * r + 2.75681539) * r + 1.4234372777) /
      ((0.12021132975 * r + 0.7370016425) * r + 1);
  } else {
    r -= 5;
    z = (((0.017337203997 * r + 0.42868294337) * r + 3.081222638) * r + 6.657905115) /
      ((0.012258202635 * r + 0.24197894225) * r + 1);
  }
  return q < 0 ? -z : z;
}

/** Below this mean the Poisson distribution is summed term by term. */
const SUMMED_BELOW = 16;

/**
 * Poisson deviate of mean `lambda` >= 0 for p in (0, 1).
 *
 * Small means are inverted exactly. Larger ones use the Cornish-Fisher expansion of the quantile to
 * third order, whose probabilities are within 0.0003 of the exact ones there.
 */
export function poisson(lambda: number, p: number): number {
  if (lambda < SUMMED_BELOW) {
    let term = exp(-lambda);
    let sum = term;
    let k = 0;
    while (p > sum && k < 200) {
      k++;
      term *= lambda / k;
      sum += term;
    }
    return k;
  }
  const z = normal(p);
  const root = Math.sqrt(lambda);
  const quantile = lambda + root * z + (z * z - 1) / 6 + (z - z * z * z) / (72 * root);
  return Math.max(0, Math.floor(quantile + 0.5));
}
