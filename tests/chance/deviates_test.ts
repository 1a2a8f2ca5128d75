// @ts-types="../../types/std_assert.d.ts"
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { normal, poisson } from "../../src/chance/deviates.ts";
import { fc } from "../random.ts";

const P_MIN = 2 ** -33;

/** Quantiles of the standard normal distribution, from tables. */
const QUANTILES = [
  [0.5, 0],
  [0.75, 0.674489750196082],
  [0.9, 1.281551565544600],
  [0.975, 1.959963984540054],
  [0.995, 2.575829303548901],
  [0.9999, 3.719016485455709],
  [1e-6, -4.753424308822899],
  [1e-10, -6.361340902404056],
] as const;

Deno.test("normal() is the quantile of the standard normal distribution", () => {
  for (const [p, z] of QUANTILES) assertAlmostEquals(normal(p), z, 1e-6, `p = ${p}`);
});

Deno.test("normal() is odd about the median and never falls", () => {
  const p = fc.double({ min: P_MIN, max: 1 - P_MIN, noNaN: true });
  fc.assert(fc.property(p, (p) => assertAlmostEquals(normal(1 - p), -normal(p), 1e-6)));
  fc.assert(fc.property(p, p, (p, q) => {
    // The branches of the algorithm meet to about 1e-7.
    if (p < q) assert(normal(p) <= normal(q) + 1e-6, `${p} ${q}`);
  }));
});

/** The exact probability of k at a mean. */
function probability(k: number, mean: number): number {
  let log = k * Math.log(mean) - mean;
  for (let j = 2; j <= k; j++) log -= Math.log(j);
  return Math.exp(log);
}

/** The share of (0, 1) in which poisson() gives k: by bisection, for it never falls in p. */
function shareOf(k: number, mean: number): number {
  const end = (k: number) => {
    let low = 0;
    let high = 1;
    for (let i = 0; i < 52; i++) {
      const middle = (low + high) / 2;
      if (middle > 0 && middle < 1 && poisson(mean, middle) <= k) low = middle;
      else high = middle;
    }
    return low;
  };
  return end(k) - (k === 0 ? 0 : end(k - 1));
}

Deno.test("poisson() has the exact probabilities where it sums the distribution", () => {
  for (const mean of [0.01, 0.5, 3, 8, 15.99]) {
    for (let k = 0; k < 40; k++) {
      assertAlmostEquals(shareOf(k, mean), probability(k, mean), 1e-12, `${k} at ${mean}`);
    }
  }
});

Deno.test("poisson() keeps within 0.0003 of the probabilities where it expands the quantile", () => {
  for (const mean of [16, 17.3, 25, 60, 150, 500]) {
    const from = Math.floor(Math.max(0, mean - 6 * Math.sqrt(mean)));
    const to = Math.ceil(mean + 7 * Math.sqrt(mean));
    let total = 0;
    let first = 0;
    for (let k = from; k <= to; k++) {
      const share = shareOf(k, mean);
      assertAlmostEquals(share, probability(k, mean), 3e-4, `${k} at ${mean}`);
      total += share;
      first += k * share;
    }
    assertAlmostEquals(total, 1, 1e-7);
    assertAlmostEquals(first, mean, 1e-4 * mean, `mean of ${mean}`);
  }
});

Deno.test("poisson() meets itself where the method changes", () => {
  for (let p = 0.001; p < 1; p += 0.001) {
    assert(Math.abs(poisson(15.999999, p) - poisson(16, p)) <= 1, `p = ${p}`);
  }
});

Deno.test("poisson() never falls in p, is whole and never below 0", () => {
  const p = fc.double({ min: P_MIN, max: 1 - P_MIN, noNaN: true });
  const mean = fc.oneof(fc.double({ min: 0, max: 20, noNaN: true }), fc.nat(5000));
  fc.assert(fc.property(mean, p, p, (mean, p, q) => {
    const [low, high] = [poisson(mean, Math.min(p, q)), poisson(mean, Math.max(p, q))];
    assert(low <= high && low >= 0 && Number.isInteger(low) && Number.isInteger(high));
  }));
});

Deno.test("poisson() of nothing is 0", () => {
  assertEquals(poisson(0, P_MIN), 0);
  assertEquals(poisson(0, 1 - P_MIN), 0);
});

Deno.test("deviates are pinned, since they reach the bytes", () => {
  // A change here changes every dataset: it needs a new version, not a new number in this test.
  assertEquals([0.01, 0.3, 0.5, 0.99, P_MIN].map((p) => poisson(7.5, p)), [2, 6, 7, 15, 0]);
  assertEquals([0.01, 0.3, 0.5, 0.99, P_MIN].map((p) => poisson(525, p)), [
    472,
    513,
    525,
    579,
    386,
  ]);
  assertEquals([normal(0.2), normal(0.999)], [-0.8416212000841449, 3.090231949425092]);
});
