/**
 * Logarithm, exponential, powers and cube root from + - * / and sqrt alone. The libm of two
 * machines may differ in the last bit; IEEE 754 arithmetic may not, and what these return reaches
 * the bytes of a dataset (rulings.md#10).
 */

const LN2 = 0.6931471805599453;

/** Natural logarithm of x > 0, to about 1e-15 relative. */
export function ln(x: number): number {
  let exponent = 0;
  while (x > 1.4142135623730951) {
    x *= 0.5;
    exponent++;
  }
  while (x < 0.7071067811865476) {
    x *= 2;
    exponent--;
  }
  const s = (x - 1) / (x + 1);
  const s2 = s * s;
  let series = 0;
  for (let k = 21; k >= 1; k -= 2) series = series * s2 + 1 / k;
  return 2 * s * series + exponent * LN2;
}

/** e^x for |x| < 700, to about 1e-15 relative where |x| < 20, to 1e-13 elsewhere. */
export function exp(x: number): number {
  const halvings = Math.round(x / LN2);
  const r = x - halvings * LN2;
  let series = 1;
  for (let k = 16; k >= 1; k--) series = 1 + series * r / k;
  const factor = halvings < 0 ? 0.5 : 2;
  for (let k = Math.abs(halvings); k > 0; k--) series *= factor;
  return series;
}

/** x^p for x > 0. */
export function power(x: number, p: number): number {
  return exp(p * ln(x));
}

/** Cube root of x > 0: two square roots repeated bring the guess near, Newton's steps finish. */
export function cubeRoot(x: number): number {
  let y = Math.sqrt(Math.sqrt(x));
  for (let i = 0; i < 6; i++) y = Math.sqrt(Math.sqrt(x * y));
  for (let i = 0; i < 3; i++) y = (2 * y + x / (y * y)) / 3;
  return y;
}
