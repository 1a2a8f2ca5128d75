/** Whole lives under `field`: the laws that hold on every farm, and what a farmer would swear to. */
// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { joined } from "../../../src/farm/events.ts";
import { biomassOf } from "../../../src/farm/exact.ts";
import { newFarm } from "../../../src/farm/day.ts";
import { liveTo } from "../../../src/farm/live.ts";
import { placeOf } from "../../../src/farm/world.ts";
import { passOver } from "../../../src/generate/pass.ts";
import { countingListeners, DAY_TABLES, dayNumbersFrom } from "../../../src/render/day_rows.ts";
import { fieldBatch, fieldWorld } from "../../field_farm.ts";
import { csvOfDays } from "../../render/dataset.ts";
import { live } from "../../small_farm.ts";
import { feedLaws, fishLaws } from "../../farm/laws.ts";

const faroe = fieldWorld(fieldBatch());
const scotland = fieldWorld(fieldBatch({ geography: "Scotland", seed: 3 }), 3);

for (const [name, world] of [["Faroe Islands", faroe], ["Scotland", scotland]] as const) {
  Deno.test(`no fish and no feed appears or vanishes in a life in ${name}`, () => {
    const books = [fishLaws(world), feedLaws(world)];
    const farm = live(world, joined(books.map(({ events }) => events)), undefined, (evening) => {
      for (const book of books) book.evening(evening);
    });
    assertEquals(farm.batches[0]!.status, "COMPLETED");
  });

  Deno.test(`the rows of windows are those that the pass has counted in ${name}`, () => {
    const { end } = passOver(world);
    const rows = csvOfDays(world);
    for (const [key, table] of Object.entries(DAY_TABLES)) {
      const written = rows.get(table)!.split("\n").length - 1;
      assertEquals(end.numbers[key as keyof typeof DAY_TABLES] - 1, written, table);
    }
  });

  Deno.test(`windows begin where a life without windows is in ${name}`, () => {
    const { snapshots, windows, end } = passOver(world);
    const farm = newFarm(world, dayNumbersFrom(1));
    const events = joined(countingListeners(farm, world));
    windows.forEach((window, i) => {
      assertEquals(structuredClone(snapshots[i]!), farm, window.name);
      liveTo(farm, world, window.to, events);
    });
    assertEquals(end, farm);
  });

  Deno.test(`rings of ${name} are slaughtered one a day, starved, outside withholding and below their limits`, () => {
    const [treated, fed, slaughtered] = [
      new Map<number, number>(),
      new Map<number, number>(),
      [] as number[],
    ];
    let today = 0;
    live(world, {
      dayEnded(farm) {
        today = farm.day;
        for (const one of farm.batches[0]!.assignments) {
          const { mostBiomass } = placeOf(world, one);
          assert(biomassOf(one.population, one.weight) <= mostBiomass, `ring ${one.id}`);
        }
      },
      fed: ({ id, stage }) => void (stage === 6 && fed.set(id, today + 1)),
      treated({ id }, { description, withholdingDays }) {
        treated.set(id, Math.max(treated.get(id) ?? 0, today + 1 + withholdingDays));
        const fasts = !description.startsWith("In-feed");
        if (fasts) assert(fed.get(id)! < today, `fed before ${description}`);
      },
      harvested(_batch, rings) {
        assertEquals(rings.length, 1);
        const [{ id, departureDay }] = rings as [typeof rings[0]];
        slaughtered.push(departureDay!);
        const fasted = departureDay! - fed.get(id)! - 1;
        assert(fasted >= 3 && fasted <= 12, `${fasted} days without feed`);
        assert(departureDay! >= (treated.get(id) ?? -Infinity));
      },
    });
    assertEquals(new Set(slaughtered).size, 10);
    assert(slaughtered.every((day) => (day + 3) % 7 < 5), "slaughtered on a weekend");
  });
}

Deno.test("fish go to sea in loads over weeks, and from tank to tank over ten days at most", () => {
  const { transitions } = passOver(faroe);
  const days = transitions.map(({ firstDay, completedDay }) => completedDay! - firstDay + 1);
  assertEquals(days.length, 5);
  assert(days.slice(0, 4).every((one) => one <= 10), `${days}`);
});
