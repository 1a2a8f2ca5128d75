/**
 * Exact quantities (design.md#d8): counts are integers, everything else is an integer in the scale of
 * its column. Weights are in 0.01 g, biomass and stock on file in 0.01 kg, feed in 0.0001 kg, money
 * in cents.
 */

/** `n / d` rounded half away from zero (rulings.md#11), for integers n >= 0, d > 0 below 2^53. */
export function divideRounded(n: number, d: number): number {
  const quotient = Math.floor(n / d);
  return 2 * (n - quotient * d) >= d ? quotient + 1 : quotient;
}

/** Biomass in 0.01 kg of `population` fish of `weight` (0.01 g) each. */
export function biomassOf(population: number, weight: number): number {
  return divideRounded(population * weight, 1000);
}

/**
 * Splits a whole number evenly; the first shares are one larger where it does not divide
 * (defects.md#b-23 dropped the remainder).
 */
export function splitEvenly(total: number, shares: number): number[] {
  const each = Math.floor(total / shares);
  const remainder = total - each * shares;
  return Array.from({ length: shares }, (_, i) => i < remainder ? each + 1 : each);
}

/** A decimal such as 2.30 as an integer in units of 10^-places; the decimal must fit exactly. */
export function scaled(decimal: number, places: number): number {
  const factor = 10 ** places;
  const integer = Math.round(decimal * factor);
  if (Math.abs(integer - decimal * factor) > 1e-6) {
    throw new RangeError(`${decimal} has more than ${places} decimals`);
  }
  return integer;
}
