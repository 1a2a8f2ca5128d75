/** Looking back for the weight of the day before (rulings.md#16). */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { stateWeights, type Stay } from "../../src/render/state_weight.ts";
import { live, oneBatch, worldOf } from "../small_farm.ts";

const life = worldOf(
  oneBatch({ eggs: 3_500_003, geography: "Faroe Islands", duration: 840, target: 6.5 }),
  11,
);

Deno.test("looking back finds the weights of a run from day 0, around every transition", () => {
  for (const world of [life, worldOf(oneBatch({ eggs: 5_000_000, duration: 480 }), 9)]) {
    const facts = world.batches[0]!;
    const { next, before, temperature } = stateWeights(world);
    const stays = new Map<number, Stay[]>();
    const origins = new Map<number, number[]>();
    live(world, {
      created: (batch) => stays.set(1, batch.assignments.map((one) => ({ ...one }))),
      moved(_batch, { toStage, destinations, pours }) {
        stays.set(toStage, destinations.map((one) => ({ ...one })));
        origins.set(
          toStage,
          destinations.map((one) => pours.find((pour) => pour.to === one)!.from.ordinal),
        );
      },
    }, 480);
    // The weight of the evening before, of the containers of the present stage.
    let weights = stays.get(1)!.map(() => 10);
    let order = 1;
    let compared = 0;
    for (let index = 0; index < 480; index++) {
      const moved = stays.has(order + 1) && index === world.rates.stages[order + 1]!.fromIndex;
      if (moved) {
        order++;
        weights = origins.get(order)!.map((ordinal) => weights[ordinal]!);
      }
      for (const stay of stays.get(order)!) {
        assertEquals(
          before(facts, stay, index),
          weights[stay.ordinal],
          `container ${stay.ordinal} of stage ${order} before day ${index}`,
        );
        compared++;
      }
      weights = stays.get(order)!.map((stay) =>
        next(facts, stay, index, weights[stay.ordinal]!, temperature(facts, stay, index))
      );
    }
    assertEquals(order, 6);
    // Rings that got their fish from different tanks have different weights on the first day.
    assertEquals(new Set(origins.get(6)).size, 10);
    assert(compared > 4_500);
  }
});
