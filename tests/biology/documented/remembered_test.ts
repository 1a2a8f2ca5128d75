/** Weights of daily states that are remembered where containers change stage in turn (rulings.md#16). */
// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { isoOf } from "../../../src/farm/days.ts";
import { tableNamed } from "../../../src/tables/catalog.ts";
import { inTurn } from "../../in_turn.ts";
import { csvOfDays } from "../../render/dataset.ts";
import { inRings, live, oneBatch, worldOf } from "../../small_farm.ts";

/** Ten tanks into seven rings: some are filled from two tanks, on two days. */
const world = worldOf(inTurn(inRings(oneBatch({ eggs: 300_000, duration: 475 }), 7)));

Deno.test("what is remembered on an evening is what the daily state of the day says", () => {
  const columns = tableNamed("batch_actualdailyassignmentstate").columns.map(({ name }) => name);
  const [day, assignment, weight] = ["date", "assignment_id", "avg_weight_g"].map((name) =>
    columns.indexOf(name)
  );
  const written = new Map(
    csvOfDays(world).get("batch_actualdailyassignmentstate")!.trim().split("\n").map((row) => {
      // Sources and confidence are quoted, with commas between quotes.
      const fields = row.replaceAll(/"(?:[^"]|"")*"/g, "").split(",");
      return [`${fields[day!]} ${fields[assignment!]}`, fields[weight!]];
    }),
  );
  let states = 0;
  live(world, {}, undefined, ({ day, batches }) => {
    for (const { id, memory } of batches[0]!.assignments) {
      const key = `${isoOf(day - 1)} ${id}`;
      assertEquals(written.get(key), (memory[0]! / 100).toFixed(2), key);
      states++;
    }
  });
  assertEquals(states, written.size);
});

Deno.test("fish that come together are remembered by the mean of their last states", () => {
  let [single, mixed, refilled] = [0, 0, 0];
  /** What fish and which mass of states there were in a container this morning. */
  const before = new Map<number, { fish: number; mass: number }>();
  live(
    world,
    {
      moved(_batch, { pours, destinations, refilled: again }) {
        for (const to of [...destinations, ...again]) {
          const came = pours.filter((pour) => pour.to === to);
          const there = again.includes(to) ? before.get(to.id)! : { fish: 0, mass: 0 };
          const fish = came.reduce((sum, { count }) => sum + count, there.fish);
          const mass = came.reduce(
            (sum, { count, from }) => sum + count * from.memory[0]!,
            there.mass,
          );
          assertEquals(to.memory, [Math.floor(mass / fish + 0.5)]);
          if (again.includes(to)) refilled++;
          else if (came.length > 1) mixed++;
          else single++;
        }
      },
    },
    undefined,
    ({ batches }) => {
      for (const { id, population, memory } of batches[0]!.assignments) {
        before.set(id, { fish: population, mass: population * memory[0]! });
      }
    },
  );
  assertEquals([single, mixed, refilled], [47, 0, 9]);
  assert(world.rates.samples.fromStage <= 2);
});
