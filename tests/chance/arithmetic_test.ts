// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { cubeRoot, exp, ln, power } from "../../src/chance/arithmetic.ts";
import { fc } from "../random.ts";

/** Relative difference, absolute where the expected value is 0. */
function apart(found: number, expected: number): number {
  return expected === 0 ? Math.abs(found) : Math.abs(found - expected) / Math.abs(expected);
}

/** Numbers of every magnitude, not only of every bit pattern. */
function spread(from: number, to: number): fc.Arbitrary<number> {
  return fc.double({ min: Math.log(from), max: Math.log(to), noNaN: true }).map(Math.exp);
}

Deno.test("ln() is the natural logarithm to 13 digits", () => {
  fc.assert(fc.property(spread(1e-300, 1e300), (x) => {
    assert(apart(ln(x), Math.log(x)) < 1e-13, `ln(${x})`);
  }));
  assertEquals(ln(1), 0);
});

Deno.test("ln() keeps 13 digits beside 1 and beside its reduction's bounds", () => {
  for (const centre of [1, Math.SQRT2, Math.SQRT1_2, 2, 0.5]) {
    for (const shift of [0, 1e-15, -1e-15, 1e-9, -1e-9, 1e-3, -1e-3]) {
      const x = centre + shift;
      assert(apart(ln(x), Math.log(x)) < 1e-13, `ln(${x})`);
    }
  }
});

Deno.test("exp() is the exponential to 13 digits", () => {
  fc.assert(fc.property(fc.double({ min: -690, max: 690, noNaN: true }), (x) => {
    assert(apart(exp(x), Math.exp(x)) < 1e-13, `exp(${x})`);
  }));
  assertEquals(exp(0), 1);
});

Deno.test("power() is x^p to 13 digits for weights in grams", () => {
  fc.assert(fc.property(spread(0.01, 1e5), fc.double({ min: 0, max: 3, noNaN: true }), (x, p) => {
    assert(apart(power(x, p), Math.pow(x, p)) < 1e-13, `${x}^${p}`);
  }));
});

Deno.test("cubeRoot() is the cube root to 13 digits", () => {
  fc.assert(fc.property(spread(1e-12, 1e12), (x) => {
    assert(apart(cubeRoot(x), Math.cbrt(x)) < 1e-13, `cubeRoot(${x})`);
  }));
});

Deno.test("what reaches the bytes is pinned to the last bit", () => {
  // A change here changes every dataset: it needs a new version, not a new number in this test.
  assertEquals(
    [ln(10), exp(-15.9), power(15.2, 0.33), cubeRoot(0.1), cubeRoot(2469.76)],
    [
      2.3025850929940455,
      1.2437060236028698e-7,
      2.4547563041104192,
      0.4641588833612779,
      13.517143287285984,
    ],
  );
});
