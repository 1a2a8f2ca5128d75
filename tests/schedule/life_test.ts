// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { lifeOf } from "../../src/schedule/life.ts";
import { fixtures, live, oneBatch, worldOf } from "../small_farm.ts";

const { profile } = fixtures;
const life = lifeOf(profile);

Deno.test("stages begin on days 0, 90, 180, 270, 360 and 450", () => {
  assertEquals(life.starts, [0, 90, 180, 270, 360, 450, 900]);
  assertEquals(life.seaStart, 450);
});

Deno.test("a batch of 4.5 to 6.5 kg is harvested on day 758 to 835", () => {
  assertEquals([4.5, 5.5, 6.5].map(life.harvestOf), [758, 799, 835]);
});

Deno.test("the day of harvest is the one on which the farm harvests", () => {
  for (const target of [4.5, 5.001, 5.5, 6.213, 6.5]) {
    const farm = live(worldOf(oneBatch({ target, duration: 900 })));
    const [batch] = farm.batches;
    const start = worldOf(oneBatch({ target, duration: 900 })).firstDay;
    assertEquals(batch!.harvestDay! - start, life.harvestOf(target), `${target} kg`);
  }
});

Deno.test("a batch that never reaches its target is harvested at the end of the stage", () => {
  assertEquals(life.harvestOf(7.1), 900);
});

Deno.test("places are reserved up to day 845, beyond every harvest (rulings.md#27)", () => {
  assertEquals(life.reserved, 845);
  for (let grams = 4500; grams <= 6500; grams++) {
    assert(life.harvestOf(grams / 1000) <= life.reserved);
  }
});

Deno.test("fish that go to sea lighter are reserved rings as long as they need, at most to 900", () => {
  const slower = (factor: number) => ({
    ...profile,
    stages: profile.stages.map((stage, i) =>
      i === 4 ? { ...stage, growth_coefficient: stage.growth_coefficient * factor } : stage
    ),
  });
  const small = lifeOf(slower(0.5));
  assert(small.reserved > 845 && small.reserved < 900, `${small.reserved}`);
  assertEquals(small.reserved, small.harvestOf(6.5));
  assertEquals(lifeOf(slower(0)).reserved, 900);
});
