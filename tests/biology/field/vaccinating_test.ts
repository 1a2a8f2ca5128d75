/** Vaccination under `field`: every tank once, by weight, over days. */
// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { fieldBatch, fieldFixtures, fieldWorld } from "../../field_farm.ts";
import { live } from "../../small_farm.ts";

const { weight_g: [least, most], over_days: [, longest] } =
  fieldFixtures.profile.field!.vaccination;

for (const seed of [1, 2, 3]) {
  Deno.test(`the fish of seed ${seed} are vaccinated once, tank by tank, when they weigh enough`, () => {
    const world = fieldWorld(fieldBatch({ seed, duration: 330 }), seed);
    const given: { id: number; stage: number; weight: number; index: number }[] = [];
    const fed = new Map<number, number>();
    let today = world.firstDay;
    live(world, {
      read: (farm) => void (today = farm.day),
      fed: ({ id }) => void fed.set(id, today),
      vaccinated({ id, stage, weight }, vaccine, index) {
        given.push({ id, stage, weight, index });
        assertEquals(
          world.rates.treatments.vaccination.vaccines[vaccine]!.name,
          "Multi-component Vaccine",
        );
        assert(fed.get(id)! < today - 0, "fed on the day of a vaccination");
      },
    });
    assertEquals(given.length, 10);
    assertEquals(new Set(given.map(({ id }) => id)).size, 10);
    assertEquals(new Set(given.map(({ stage }) => stage)).size, 1);
    const days = given.map(({ index }) => index);
    assert(Math.max(...days) - Math.min(...days) < longest, `${days}`);
    assert(new Set(days).size >= 4, `${days}`);
    for (const { weight } of given) {
      assert(weight > 60 * least && weight < 180 * most, `${weight / 100} g`);
    }
  });
}
