// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { type Aggregate, aggregate } from "../../src/farm/aggregate.ts";
import { sampleFish, weightTolerance } from "../../src/farm/sampling.ts";
import { conditionFactor } from "../../src/render/samples.ts";
import { oneBatch, worldOf } from "../small_farm.ts";
import { fc } from "../random.ts";

function aggregateOf(values: readonly number[]): Aggregate {
  const into = { mean: 0, deviation: 0, min: 0, max: 0, sum: 0 };
  aggregate(Int32Array.from(values), into);
  return into;
}

Deno.test("aggregates are exact, rounded half away from zero", () => {
  assertEquals(aggregateOf([1, 2]), { mean: 2, deviation: 1, min: 1, max: 2, sum: 3 });
  assertEquals(aggregateOf([5, 5, 5]), { mean: 5, deviation: 0, min: 5, max: 5, sum: 15 });
  assertEquals(aggregateOf([2, 4, 4, 4, 5, 5, 7, 9]), {
    mean: 5,
    deviation: 2,
    min: 2,
    max: 9,
    sum: 40,
  });
});

Deno.test("the mean and population deviation are those of the definition, to 8 kg a fish", () => {
  const values = fc.array(fc.integer({ min: 0, max: 805_000 }), { minLength: 1, maxLength: 75 });
  fc.assert(fc.property(values, (values) => {
    const { mean, deviation, min, max } = aggregateOf(values);
    const average = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - average) ** 2, 0);
    assert(Math.abs(mean - average) <= 0.5 + 1e-9);
    assert(Math.abs(deviation - Math.sqrt(squares / values.length)) <= 0.5 + 1e-6);
    assertEquals([min, max], [Math.min(...values), Math.max(...values)]);
  }));
});

Deno.test("the condition factor is 100 W / L^3 of the mean fish", () => {
  const weight = aggregateOf([500_000, 500_000]);
  const length = aggregateOf([7_500, 7_500]);
  // 100 x 5000 g / (75 cm)^3 = 1.185.
  assertEquals(conditionFactor(weight, length, 2), 119);
});

Deno.test("the mean of a sample is within the tolerance of a state, of the smallest fry too", () => {
  const world = worldOf(oneBatch({ eggs: 100_000, duration: 99 }), 7);
  const { samples } = world.rates;
  const fish = { weights: new Int32Array(samples.fish), lengths: new Int32Array(samples.fish) };
  for (let weight = 10; weight <= 500_000; weight = Math.ceil(weight * 1.05)) {
    for (let index = 91; index < 800; index += 7) {
      sampleFish(fish, world.batches[0]!, index, 3, weight, samples);
      const { mean } = aggregateOf([...fish.weights]);
      const tolerance = weightTolerance(weight, samples);
      assert(Math.abs(mean - weight) <= tolerance, `${mean} of ${weight} on day ${index}`);
      assert(Math.min(...fish.weights) >= Math.floor(0.85 * weight), "the lightest of the spread");
      assert(Math.max(...fish.weights) <= Math.ceil(1.15 * weight), "the heaviest of the spread");
    }
  }
});
