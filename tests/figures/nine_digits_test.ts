/** Numbers of which no digit depends on the order in which they were added. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { nineDigits, withNineDigits } from "../../src/figures/nine_digits.ts";
import { fc } from "../random.ts";

Deno.test("whole numbers stay, others have nine digits, large ones become whole", () => {
  assertEquals(
    [12_345_678_901, 0.1 + 0.2, -1 / 3, 12_345_678_901.4, 123_456_789.04, 1.5e-300, NaN]
      .map(nineDigits),
    [12_345_678_901, 0.3, -0.333333333, 12_345_678_901, 123_456_789, 1.5e-300, NaN],
  );
});

Deno.test("numbers are the same in whichever order they were added", () => {
  const cents = fc.integer({ min: 1, max: 99_999_999 });
  fc.assert(fc.property(fc.array(cents, { minLength: 2, maxLength: 40 }), (all) => {
    const numbers = all.map((one) => one / 100);
    const mean = (some: readonly number[]) => some.reduce((a, b) => a + b, 0) / some.length;
    const [there, back] = [mean(numbers), mean(numbers.toReversed())];
    assertEquals(nineDigits(there), nineDigits(back));
    assert(Math.abs(nineDigits(there) - there) <= Math.abs(there) * 1e-8);
  }));
  // The half of the ninth digit, and its two neighbours.
  const half = 1234.567885;
  for (const one of [half, half * (1 + 2e-16), half * (1 - 2e-16)]) {
    assertEquals(nineDigits(one), nineDigits(half));
  }
});

Deno.test("the numbers of plain values are, however deep they lie", () => {
  assertEquals(
    withNineDigits([{ a: [1 / 3, null], b: { c: "1.0000000001", d: true } }]),
    [{ a: [0.333333333, null], b: { c: "1.0000000001", d: true } }],
  );
});
