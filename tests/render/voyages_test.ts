/** What actions that go to sea say of the well boat (domain.md#12). */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch } from "@std/assert";
// @ts-types="../../types/std_csv.d.ts"
import { parse } from "@std/csv";
import type { World } from "../../src/farm/world.ts";
import { tableNamed } from "../../src/tables/catalog.ts";
import { fieldBatch, fieldWorld } from "../field_farm.ts";
import { inTurn } from "../in_turn.ts";
import { oneBatch, worldOf } from "../small_farm.ts";
import { csvOfDays } from "./dataset.ts";

const WISH = { eggs: 300_000, duration: 500 };
const alone = worldOf(oneBatch(WISH));
const turns = worldOf(inTurn(oneBatch(WISH)));
const field = fieldWorld(fieldBatch({ ...WISH, seed: 5 }), 5);

/** The actions of a world, or their history, with what is said of each. */
function actionsOf(world: World, table = "batch_transferaction"): Record<string, string>[] {
  const names = tableNamed(table).columns.map(({ name }) => name);
  return parse(csvOfDays(world).get(table)!).map((row) =>
    Object.fromEntries(names.map((name, i) => [name, row[i]!]))
  );
}

const said = (row: Record<string, string>) => [
  row.notes!,
  row.oxygen_level!,
  row.execution_duration_minutes!,
];

const BOAT =
  /: well boat, (\d+) minutes, oxygen (\d+\.\d\d) mg\/L(?:, (\d+) fish dead on the way)?$/;

for (const [name, world] of [["documented, in turn", turns], ["field", field]] as const) {
  Deno.test(`every action that goes to sea says how the well boat fared, under ${name}`, () => {
    const actions = actionsOf(world);
    const toSea = actions.filter(({ notes }) => notes!.includes("-SEA-"));
    assert(toSea.length >= 10, `${toSea.length} actions`);
    for (const row of toSea) {
      const [, minutes, oxygen, dead = "0"] = BOAT.exec(row.notes!)!;
      assertEquals([row.execution_duration_minutes, row.oxygen_level], [minutes!, oxygen!]);
      assert(Number(minutes) >= 150 && Number(minutes) <= 420, minutes);
      assert(Number(oxygen) >= 8.5 && Number(oxygen) <= 10.5, oxygen);
      assertEquals(dead, row.mortality_during_transfer);
    }
    // All that goes to sea on a day goes in one boat, and no two days are alike.
    const days = new Set(toSea.map((row) => row.actual_execution_date)).size;
    const boats = new Set(
      toSea.map((row) =>
        [row.actual_execution_date, row.execution_duration_minutes, row.oxygen_level].join()
      ),
    );
    assertEquals(boats.size, days);
    const minutes = new Set(toSea.map((row) => row.execution_duration_minutes));
    assert(minutes.size > days / 2, `${[...minutes]}`);
    const lost = toSea.filter((row) => row.mortality_during_transfer !== "0");
    assertEquals(lost.length > 0, name === "field");
    // Boats take whole tanks on several days.
    assert(new Set(toSea.map((row) => row.actual_execution_date)).size > 2);
    const others = actions.filter((row) => !toSea.includes(row));
    assert(others.length > 10);
    for (const row of others) {
      assertMatch(row.notes!, /^\S+ to \S+$/);
      assertEquals(said(row).slice(1), ["", ""]);
    }
    assertEquals(actionsOf(world, "batch_historicaltransferaction").map(said), actions.map(said));
  });
}

Deno.test("nothing is said of boats where a whole documented batch goes to sea on one morning", () => {
  const actions = actionsOf(alone);
  assertEquals(actions.length, 50);
  for (const row of actions) {
    assertMatch(row.notes!, /^\S+ to \S+$/);
    assertEquals(said(row).slice(1), ["", ""]);
  }
});
