/** Looking back for the weight of the day before (rulings.md#16). */
// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { stateWeights } from "../../../src/farm/state_weight.ts";
import { live, oneBatch, worldOf } from "../../small_farm.ts";

const life = worldOf(
  oneBatch({ eggs: 3_500_003, geography: "Faroe Islands", duration: 840, target: 6.5 }),
  11,
);

Deno.test("looking back finds the weights of a run from day 0, around every transition", () => {
  for (const world of [life, worldOf(oneBatch({ eggs: 5_000_000, duration: 480 }), 9)]) {
    const facts = world.batches[0]!;
    const { growth, water } = world.biology;
    const weights = stateWeights(world.rates.samples, growth.expected);
    /** By assignment, the weight of the evening before. */
    let before = new Map<number, number>();
    const arrivals = new Set<number>();
    let compared = 0;
    let index = 0;
    live(
      world,
      {
        created: ({ assignments }) => before = new Map(assignments.map(({ id }) => [id, 10])),
        moved(_batch, { toStage, destinations, pours }) {
          before = new Map(destinations.map((one) => {
            const { from } = pours.find((pour) => pour.to === one)!;
            if (toStage === 6) arrivals.add(from.ordinal);
            return [one.id, before.get(from.id)!];
          }));
        },
        read(farm) {
          for (const one of farm.batches[0]!.assignments) {
            const where = `container ${one.ordinal} of stage ${one.stage} before day ${index}`;
            assertEquals(growth.stateWeightBefore(farm, one), before.get(one.id), where);
            compared++;
          }
        },
        dayEnded(farm) {
          for (const one of farm.batches[0]!.assignments) {
            const weight = index % 7 === 0 && one.stage > 1
              ? weights.sampled(facts, index, one.ordinal, one.weight)
              : weights.computed(
                one.stage,
                before.get(one.id)!,
                water.temperature(farm, one),
                one.weight,
              );
            before.set(one.id, weight);
          }
          index++;
        },
      },
      480,
    );
    // Rings that got their fish from different tanks have different weights on the first day.
    assertEquals(arrivals.size, 10);
    assert(compared > 4_500, `${compared}`);
  }
});
