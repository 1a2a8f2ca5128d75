// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { biologyModel } from "../../src/biology/models.ts";
import { factsOf, worldOf as withBiology } from "../../src/farm/world.ts";
import { oneBatch, worldOf } from "../small_farm.ts";
import { rowsOfDataset } from "./dataset.ts";

Deno.test("half of a daily rate that does not halve is rounded away from zero", () => {
  const documented = worldOf(oneBatch({ duration: 93 }));
  const stages = documented.rates.stages.map((stage) =>
    stage.feedRate === 0 ? stage : { ...stage, feedRate: 225 }
  );
  const facts = { ...factsOf(documented), rates: { ...documented.rates, stages } };
  const world = withBiology(facts, biologyModel(facts.biologyName));
  const meals = rowsOfDataset(world)("inventory_feedingevent");
  assert(meals.length > 0);
  // 2.25 % a day: 1.125 % a meal.
  for (const meal of meals) assertEquals(meal.feeding_percentage, "1.13");
});
