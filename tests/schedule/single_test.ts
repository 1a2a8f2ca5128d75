// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertThrows } from "@std/assert";
import { parseIso } from "../../src/farm/days.ts";
import { buildInfrastructure } from "../../src/farm/ground/infrastructure.ts";
import { ReddError } from "../../src/errors.ts";
import { checkSchedule } from "../../src/schedule/check.ts";
import {
  expectedFish,
  harvestTarget,
  noteOf,
  planSingle,
  spreadOver,
} from "../../src/schedule/single.ts";
import { fixtures, oneBatch, places } from "../small_farm.ts";
import { fc } from "../random.ts";

const { profile } = fixtures;

Deno.test("expected fish follow the mortality rates", () => {
  assertEquals(expectedFish(1_000_000, 0, profile), 1_000_000);
  const day91 = expectedFish(1_000_000, 91, profile);
  assert(Math.abs(day91 - 1_000_000 * 0.9985 ** 90 * 0.9995) < 1e-3, `${day91}`);
  assert(Math.abs(expectedFish(1, 200, profile) - 0.83) < 0.003);
});

Deno.test("a batch alone takes the first station and the first area of its geography", () => {
  for (const [geography, prefix] of [["Faroe Islands", "FI"], ["Scotland", "S"]] as const) {
    const batch = oneBatch({ geography, start: "2025-03-01", duration: 250 }).batches[0]!;
    assertEquals(batch.batch_id, geography === "Scotland" ? "SCO-2025-001" : "FI-2025-001");
    assertEquals(batch.station, `${prefix}-FW-01`);
    const letters = ["A", "B", "C", "D", "E"];
    const stays = Object.values(batch.freshwater);
    assertEquals(
      stays.map((stay) => stay?.hall),
      letters.map((letter) => `${prefix}-FW-01-Hall-${letter}`),
    );
    stays.forEach((stay, i) => {
      const names = Array.from(
        { length: 10 },
        (_, n) => `${prefix}-FW-01-${letters[i]}-C${String(n + 1).padStart(2, "0")}`,
      );
      assertEquals(stay?.containers, names);
      assertEquals([stay?.start_day, stay?.end_day], [90 * i, 90 * (i + 1)]);
    });
    assertEquals(batch.sea?.area, `${prefix}-SEA-01`);
    assertEquals([batch.sea?.start_day, batch.sea?.end_day], [450, 900]);
  }
});

Deno.test("a batch of 3.5 million eggs gets 14 rings (D-11)", () => {
  const sea = oneBatch({ eggs: 3_500_000 }).batches[0]!.sea!;
  assertEquals([sea.rings.length, sea.rings_count], [14, 14]);
  assertEquals(sea.note, "Standard (14/20 rings)");
});

Deno.test("rings are 10 to 20, one per 200,000 expected fish", () => {
  const ringsOf = (eggs: number) => oneBatch({ eggs }).batches[0]!.sea!.rings_count;
  assertEquals(ringsOf(100_000), 10);
  assertEquals(ringsOf(5_000_000), 20);
  fc.assert(fc.property(fc.integer({ min: 100_000, max: 5_000_000 }), (eggs) => {
    const fish = expectedFish(eggs, 450, profile);
    const rings = ringsOf(eggs);
    assertEquals(rings, Math.min(20, Math.max(10, Math.ceil(fish / 200_000))));
    assert(fish / rings <= 200_000);
  }));
});

Deno.test("rings are spread over the area at positions i x floor(n / needed)", () => {
  const rings = Array.from({ length: 20 }, (_, i) => i + 1);
  assertEquals(spreadOver(rings, 10), [1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);
  assertEquals(spreadOver(rings, 14), rings.slice(0, 14));
  assertEquals(spreadOver(rings, 20), rings);
  const names = oneBatch({ eggs: 100_000 }).batches[0]!.sea!.rings;
  assertEquals(names.slice(0, 3), ["S-SEA-01-Ring-01", "S-SEA-01-Ring-03", "S-SEA-01-Ring-05"]);
});

Deno.test("a sea stay is named by its size", () => {
  assertEquals([10, 14, 15, 19, 20, 9].map(noteOf), [
    "Standard (10/20 rings)",
    "Standard (14/20 rings)",
    "Large (15/20 rings)",
    "Large (19/20 rings)",
    "Full area (20/20 rings)",
    "Minimal (9/20 rings)",
  ]);
});

Deno.test("the as-of date is start plus duration, and places are kept for the whole life", () => {
  const { metadata, batches } = oneBatch({ start: "2024-02-01", duration: 29 });
  assertEquals([metadata.as_of, metadata.generated_date], ["2024-03-01", "2024-03-01"]);
  assertEquals(batches[0]!.duration, 29);
  assertEquals([batches[0]!.effective_duration, batches[0]!.sea?.end_day], [900, 900]);
});

Deno.test("a batch number can be given", () => {
  const startDay = parseIso("2024-02-01")!;
  const batch = {
    startDay,
    eggs: 100_000,
    geography: "Scotland",
    duration: 10,
    seed: 1,
    batchNumber: "SCO-2024-017",
  } as const;
  assertEquals(planSingle(batch, profile, places).batches[0]!.batch_id, "SCO-2024-017");
});

Deno.test("a station can be given, if it is one of the geography's that hold batches", () => {
  const batch = {
    startDay: parseIso("2024-02-01")!,
    eggs: 100_000,
    geography: "Scotland",
    duration: 10,
    seed: 1,
  } as const;
  const planned = planSingle({ ...batch, station: "S-FW-07" }, profile, places);
  const [first] = planned.batches;
  assertEquals(first!.station, "S-FW-07");
  assertEquals(
    Object.values(first!.freshwater).map((stay) => stay?.hall),
    ["A", "B", "C", "D", "E"].map((letter) => `S-FW-07-Hall-${letter}`),
  );
  assertEquals(checkSchedule(planned, profile, places), undefined);

  const { layout, master } = fixtures;
  const full = buildInfrastructure(layout, master, { documentedTotals: true });
  const refusals = [
    [{ ...batch, station: "FI-FW-01" }, "FI-FW-01 is no station of Scotland"],
    [{ ...batch, geography: "Faroe Islands", station: "FI-AUX-01" }, "FI-AUX-01 is no station of"],
  ] as const;
  for (const [refused, because] of refusals) {
    const error = assertThrows(() => planSingle(refused, profile, full), ReddError, because);
    assertEquals([error.code, error.exitCode], ["UNKNOWN_STATION", 2]);
  }
});

Deno.test("a sea area can be given, if it is one of the geography's that hold batches", () => {
  const batch = {
    startDay: parseIso("2024-02-01")!,
    eggs: 100_000,
    geography: "Scotland",
    duration: 10,
    seed: 1,
  } as const;
  const planned = planSingle({ ...batch, area: "S-SEA-09" }, profile, places);
  const { station, sea } = planned.batches[0]!;
  assertEquals([station, sea!.area], ["S-FW-01", "S-SEA-09"]);
  assertEquals([sea!.rings[0], sea!.rings.length], ["S-SEA-09-Ring-01", 10]);
  assertEquals(checkSchedule(planned, profile, places), undefined);

  const { layout, master } = fixtures;
  const full = buildInfrastructure(layout, master, { documentedTotals: true });
  const refusals = [
    [{ ...batch, area: "FI-SEA-01" }, "FI-SEA-01 is no area of Scotland that holds batches"],
    [{ ...batch, area: "S-SEA-99" }, "Take one of S-SEA-01, S-SEA-02, "],
    [
      { ...batch, geography: "Faroe Islands", area: "Faroe Islands Sea Area 1" },
      "Faroe Islands Sea Area 1 is no area of",
    ],
  ] as const;
  for (const [refused, because] of refusals) {
    const error = assertThrows(() => planSingle(refused, profile, full), ReddError, because);
    assertEquals([error.code, error.exitCode], ["UNKNOWN_AREA", 2]);
  }
});

Deno.test("harvest targets are whole grams from 4.5 to 6.5 kg, by seed and number (B-25)", () => {
  const number = fc.nat(999).map((n) => `FI-2024-${String(n).padStart(3, "0")}`);
  const found = new Set<number>();
  fc.assert(fc.property(fc.nat(), number, (seed, number) => {
    const target = harvestTarget(seed, number, profile);
    assertEquals(harvestTarget(seed, number, profile), target);
    assert(target >= 4.5 && target <= 6.5, `${target}`);
    assertEquals(Math.round(target * 1000) / 1000, target);
    found.add(target);
  }));
  assert(found.size > 50, `${found.size} different targets`);
});

Deno.test("any single batch is a schedule in order", () => {
  const wish = fc.record({
    eggs: fc.integer({ min: 100_000, max: 5_000_000 }),
    geography: fc.constantFrom("Faroe Islands" as const, "Scotland" as const),
    duration: fc.integer({ min: 1, max: 900 }),
    seed: fc.nat(Number.MAX_SAFE_INTEGER),
  });
  fc.assert(fc.property(wish, (wish) => {
    assertEquals(checkSchedule(oneBatch(wish), profile, places), undefined);
  }));
});

Deno.test("a plan is made of fixtures as of a profile with the places of its farm", () => {
  const startDay = parseIso("2025-01-01")!;
  const batch = { startDay, eggs: 100_000, geography: "Scotland", duration: 10, seed: 1 };
  assertEquals(planSingle(batch, fixtures), planSingle(batch, profile, places));
});
