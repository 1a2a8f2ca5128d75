/** Growth and weighing (domain.md#9). */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { grownWeight, growthCurve } from "../../src/biology/documented/growth.ts";
import { anyWish } from "../any_wish.ts";
import { live, oneBatch, worldOf } from "../small_farm.ts";
import { fc, runs } from "../random.ts";

const { rates } = worldOf(oneBatch());
const CAPS = [10, 600, 6_000, 18_000, 50_000, 700_000];

Deno.test("a day adds the same to the cube root of any weight", () => {
  const weight = fc.integer({ min: 1, max: 700_000 });
  const step = fc.double({ min: 0, max: 0.05, noNaN: true });
  fc.assert(
    fc.property(weight, step, (weight, step) => {
      const grown = grownWeight(weight, step, 1e9);
      assertAlmostEquals(grown, 100 * (Math.cbrt(weight / 100) + step) ** 3, 0.5 + 1e-6);
      assert(grown >= weight);
    }),
    { numRuns: runs(1000) },
  );
});

Deno.test("growth does not pass the cap of the stage", () => {
  for (const cap of CAPS) {
    assertEquals(grownWeight(cap, 0.03, cap), cap);
    assertEquals(grownWeight(cap - 1, 0.03, cap), cap);
  }
});

Deno.test("the curve has the documented coefficients, temperatures and caps", () => {
  const coefficients = [0, 0.00225, 0.00275, 0.00275, 0.00325, 0.0031];
  const celsius = [12, 12, 12, 12, 9, 9];
  let weight = 0.1;
  growthCurve(rates).forEach((simulated, index) => {
    const stage = Math.min(5, Math.floor(index / 90));
    const grown = (Math.cbrt(weight) + coefficients[stage]! * celsius[stage]!) ** 3;
    if (stage > 0) weight = Math.min(Math.round(grown * 100), CAPS[stage]!) / 100;
    assertEquals(simulated, Math.round(weight * 100), `day ${index}`);
  });
});

Deno.test("every container of every batch has the weight of the curve on every evening", () => {
  const curve = growthCurve(rates);
  fc.assert(
    fc.property(anyWish, (wish) => {
      const world = worldOf(oneBatch(wish), wish.seed);
      live(world, {}, wish.duration!, ({ day, batches: [batch] }) => {
        for (const { weight } of batch!.assignments) {
          assertEquals(weight, curve[day - 1 - world.firstDay]);
        }
      });
    }),
    { numRuns: runs(10) },
  );
});

Deno.test("every container is weighed every seventh day from 91 on, after it has grown", () => {
  const world = worldOf(oneBatch({ eggs: 3_500_000, duration: 900, target: 6.5 }));
  const curve = growthCurve(rates);
  const weighed = new Map<number, number>();
  live(world, {
    weighed({ weighedDay, weight }) {
      const index = weighedDay! - world.firstDay;
      assertEquals(weight, curve[index]);
      weighed.set(index, (weighed.get(index) ?? 0) + 1);
    },
  });
  assertEquals([...weighed.keys()], Array.from({ length: 107 }, (_, week) => 91 + 7 * week));
  for (const [index, containers] of weighed) assertEquals(containers, index < 450 ? 10 : 14);
});
