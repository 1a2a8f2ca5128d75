/** Vaccinations and lice treatments: on which days, of which containers (domain.md#11, D-08). */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { live, oneBatch, worldOf } from "../small_farm.ts";

interface Treated {
  readonly index: number;
  readonly stage: number;
  readonly containers: number;
}

/** Adds a treated container to the list of its day. */
function note(list: Treated[], index: number, stage: number): void {
  const last = list.at(-1);
  if (last?.index === index) list[list.length - 1] = { ...last, containers: last.containers + 1 };
  else list.push({ index, stage, containers: 1 });
}

Deno.test("vaccines go in rotation over days 180, 210, 280 and 310, in fresh water", () => {
  const world = worldOf(oneBatch({ eggs: 3_500_000, duration: 900, target: 6.5 }));
  const names: string[] = [];
  const days: Treated[] = [];
  live(world, {
    vaccinated({ stage, active }, vaccine, index) {
      assertEquals(active, true);
      note(days, index, stage);
      if (days.at(-1)!.containers > 1) return;
      names.push(world.rates.treatments.vaccination.vaccines[vaccine]!.name);
    },
  });
  assertEquals(days, [
    { index: 180, stage: 3, containers: 10 },
    { index: 210, stage: 3, containers: 10 },
    { index: 280, stage: 4, containers: 10 },
    { index: 310, stage: 4, containers: 10 },
  ]);
  assertEquals(names.map((name) => name.split(" ")[0]), ["IPN", "Multi-component", "VHS", "IPN"]);
});

Deno.test("lice are treated twice, in every ring and never in fresh water", () => {
  const world = worldOf(oneBatch({ eggs: 3_500_000, duration: 900, target: 6.5 }));
  const days: Treated[] = [];
  live(world, { treated: ({ stage }, _bath, index) => note(days, index, stage) });
  assertEquals(days, [
    { index: 600, stage: 6, containers: 14 },
    { index: 720, stage: 6, containers: 14 },
  ]);
});

Deno.test("treatments are counted to the day that a dataset ends", () => {
  for (
    const [duration, vaccinations, treatments] of [
      [180, 0, 0],
      [181, 10, 0],
      [281, 30, 0],
      [600, 40, 0],
      [601, 40, 14],
      [721, 40, 28],
    ] as const
  ) {
    const seen = { vaccinations: 0, treatments: 0 };
    live(worldOf(oneBatch({ eggs: 3_500_000, duration })), {
      vaccinated: () => seen.vaccinations++,
      treated: () => seen.treatments++,
    });
    assertEquals(seen, { vaccinations, treatments }, `${duration} days`);
  }
});
