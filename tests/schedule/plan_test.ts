// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { parseIso } from "../../src/farm/days.ts";
import { buildInfrastructure } from "../../src/farm/ground/infrastructure.ts";
import { allocate, mostRings } from "../../src/schedule/allocate.ts";
import { countBatches } from "../../src/schedule/batch_count.ts";
import { checkSchedule } from "../../src/schedule/check.ts";
import { startsFrom } from "../../src/schedule/dates.ts";
import { farmPlaces } from "../../src/schedule/farm_places.ts";
import type { Schedule } from "../../src/schedule/format.ts";
import type { Interval } from "../../src/schedule/occupancy.ts";
import { type FarmRequest, planFarm } from "../../src/schedule/plan.ts";
import { eggsOf } from "../../src/schedule/planned_batches.ts";
import { FARM_PRESETS } from "../../src/schedule/presets.ts";
import { harvestTarget, planSingle } from "../../src/schedule/single.ts";
import { scheduleText } from "../../src/schedule/text.ts";
import { scheduleWarnings } from "../../src/schedule/warnings.ts";
import { fixtures, places } from "../small_farm.ts";
import { fc, runs } from "../random.ts";

const { profile } = fixtures;
const AS_OF = parseIso("2025-11-21")!;

const plan = (request: Partial<FarmRequest>) =>
  planFarm({ ...FARM_PRESETS.small, seed: 7, ...request }, profile, places);

/** The plan of a request, or why there is none. */
function planned(request: FarmRequest): Schedule | ReddError {
  try {
    return planFarm(request, profile, places);
  } catch (thrown) {
    if (thrown instanceof ReddError && thrown.code === "NO_PLACE") return thrown;
    throw thrown;
  }
}

/** The names of a batch's containers with the days of their reservation, read from the plan alone. */
function reservations({ freshwater, sea, start_date }: Schedule["batches"][number]) {
  const start = parseIso(start_date)!;
  const stays = [
    ...Object.values(freshwater).map((stay) => ({ ...stay!, names: stay!.containers })),
    { ...sea!, names: sea!.rings },
  ];
  return stays.flatMap(({ names, start_day, end_day }) =>
    names.map((name) => ({ name, from: start + start_day, to: start + end_day }))
  );
}

/** Marks every day of every container in a calendar; a day that is marked already is a conflict. */
function holdCalendar(schedule: Schedule, saturation: number): void {
  const first = parseIso(schedule.batches[0]!.start_date)!;
  const days = parseIso(schedule.batches.at(-1)!.start_date)! + 900 - first;
  const calendar = new Map<string, Uint8Array>();
  for (const batch of schedule.batches) {
    for (const { name, from, to } of reservations(batch)) {
      const row = calendar.get(name) ?? new Uint8Array(days);
      calendar.set(name, row);
      for (let day = from - first; day < to - first; day++) {
        assertEquals(row[day], 0, `${name}, day ${day}: ${batch.batch_id} and another`);
        row[day] = 1;
      }
    }
  }
  for (const [prefix, rings] of [["FI-SEA", 440], ["S-SEA", 400]] as const) {
    const rows = [...calendar].filter(([name]) => name.startsWith(prefix)).map(([, row]) => row);
    for (let day = 0; day < days; day++) {
      const taken = rows.reduce((sum, row) => sum + row[day]!, 0);
      assert(taken <= saturation * rings + 1e-9, `${taken} of ${rings} rings on day ${day}`);
    }
  }
}

/** The rules of places, by their names. */
function holdPlaces({ batches }: Schedule): void {
  for (const { batch_id, geography, station, freshwater, sea } of batches) {
    const [prefix, country] = geography === "Scotland" ? ["SCO", "S"] : ["FAR", "FI"];
    assertEquals(batch_id.slice(0, 3), prefix);
    const stays = Object.values(freshwater);
    assertEquals(stays.length, 5);
    for (const [s, stay] of stays.entries()) {
      const letter = "ABCDE"[s]!;
      const at = new RegExp(`^(${country}-FW-\\d\\d)-Hall-${letter}$`).exec(stay!.hall)?.[1];
      assert(at !== undefined, stay!.hall);
      if (s === 0) assertEquals(station, at);
      const names = Array.from({ length: 10 }, (_, i) => String(i + 1).padStart(2, "0"));
      assertEquals(stay!.containers, names.map((n) => `${at}-${letter}-C${n}`));
      assertEquals([stay!.start_day, stay!.end_day], [90 * s, 90 * s + 90]);
    }
    assert(sea!.area.startsWith(`${country}-SEA-`));
    assertEquals([sea!.start_day, sea!.end_day, sea!.rings_count], [450, 845, 10]);
    assertEquals(new Set(sea!.rings).size, 10);
    for (const ring of sea!.rings) assert(ring.startsWith(`${sea!.area}-Ring-`), ring);
  }
}

const request: fc.Arbitrary<FarmRequest> = fc.record({
  perGeography: fc.integer({ min: 1, max: 60 }),
  stagger: fc.integer({ min: 1, max: 60 }),
  saturation: fc.integer({ min: 5, max: 100 }).map((percent) => percent / 100),
  asOf: fc.integer({ min: 18_000, max: 24_000 }),
  seed: fc.nat(Number.MAX_SAFE_INTEGER),
});

Deno.test("a plan puts no two batches into one container on a day, nor too many into the sea", () => {
  fc.assert(
    fc.property(request, (request) => {
      const schedule = planned(request);
      if (schedule instanceof ReddError) return;
      holdCalendar(schedule, request.saturation);
    }),
    { numRuns: runs(60) },
  );
});

Deno.test("a plan is in order, has no warning, and every batch is in places of its own kind", () => {
  fc.assert(
    fc.property(request, (request) => {
      const schedule = planned(request);
      if (schedule instanceof ReddError) return;
      assertEquals(checkSchedule(schedule, profile, places), undefined);
      assertEquals(scheduleWarnings(schedule, profile), []);
      holdPlaces(schedule);
      const { batches } = schedule;
      assertEquals(new Set(batches.map((one) => one.batch_id)).size, 2 * request.perGeography);
      for (const [i, batch] of batches.entries()) {
        const k = Math.floor(i / 2);
        assertEquals(batch.geography, i % 2 === 0 ? "Faroe Islands" : "Scotland");
        assertEquals(batch.batch_id.slice(4), `${batch.start_date.slice(0, 4)}-${three(k + 1)}`);
        assertEquals(batch.eggs, 3_000_000 + (k * 123_456) % 800_000);
        assertEquals(batch.effective_duration, 845);
        const age = request.asOf - parseIso(batch.start_date)!;
        assertEquals(batch.duration, Math.min(900, age));
      }
    }),
    { numRuns: runs(60) },
  );
});

function three(n: number): string {
  return String(n).padStart(3, "0");
}

Deno.test("what an impossible request is told to take does fit, and a little less does not", () => {
  let refused = 0;
  fc.assert(
    fc.property(request, (request) => {
      const error = planned(request);
      if (!(error instanceof ReddError)) return;
      refused++;
      const stagger = Number(/ a stagger of (\d+) days[,.]/.exec(error.message)?.[1] ?? NaN);
      const fewer = Number(/(\d+) batches per geography\.$/.exec(error.message)?.[1] ?? NaN);
      const fits = (change: Partial<FarmRequest>) =>
        !(planned({ ...request, ...change }) instanceof ReddError);
      if (!Number.isNaN(stagger)) {
        assert(stagger > request.stagger && fits({ stagger }), error.message);
        assert(!fits({ stagger: stagger - 1 }), error.message);
      }
      if (!Number.isNaN(fewer)) {
        assert(fewer < request.perGeography && fits({ perGeography: fewer }), error.message);
        assert(!fits({ perGeography: fewer + 1 }), error.message);
      }
    }),
    { numRuns: runs(60) },
  );
  assert(refused > 5, `${refused} of the requests were impossible`);
});

Deno.test("an impossible request is told what is missing, when, and what would fit", () => {
  const refusals: [Partial<FarmRequest>, string][] = [
    [
      { perGeography: 125, stagger: 5 },
      "Cannot plan 125 batches per geography with a stagger of 5 days: SCO-2023-035 finds no rings " +
      "on 2024-07-09, since 350 of the 400 rings in Scotland would be taken, more than a " +
      "saturation of 0.85 allows. What fits is a stagger of 6 days, or 34 batches per geography.",
    ],
    [
      { perGeography: 72, stagger: 4 },
      "Cannot plan 72 batches per geography with a stagger of 4 days: SCO-2024-011 finds no halls " +
      "on 2024-06-01, since all 10 halls A in Scotland are taken. What fits is a stagger of " +
      "6 days, or 10 batches per geography.",
    ],
    [
      { perGeography: 20, stagger: 1 },
      "Cannot plan 20 batches per geography with a stagger of 1 day: SCO-2025-011 finds no halls " +
      "on 2025-09-14, since all 10 halls A in Scotland are taken. What fits is a stagger of " +
      "5 days, or 10 batches per geography.",
    ],
    [
      { perGeography: 10, stagger: 30, saturation: 0.01 },
      "Cannot plan 10 batches per geography with a stagger of 30 days: FAR-2024-001 finds no rings " +
      "on 2025-06-04, since 10 of the 440 rings in Faroe Islands would be taken, more than a " +
      "saturation of 0.01 allows. Take a higher saturation or a larger farm.",
    ],
  ];
  for (const [request, message] of refusals) {
    const error = assertThrows(() => plan({ ...request, asOf: AS_OF }), ReddError);
    assertEquals([error.message, error.code, error.exitCode], [message, "NO_PLACE", 2]);
  }
});

Deno.test("an area whose rings are taken is passed over, and a farm without room says so", () => {
  // The farm cut down to one area per geography holds two batches at sea at once.
  const layout = structuredClone(fixtures.layout);
  for (const geography of layout.geographies) geography.sea_areas.count = 1;
  const small = buildInfrastructure(layout, fixtures.master);
  const few = { ...FARM_PRESETS.small, perGeography: 3, saturation: 1, seed: 7 };
  const error = assertThrows(() => planFarm({ ...few, stagger: 50 }, profile, small), ReddError);
  assert(error.message.includes("no sea area in Faroe Islands has 10 free rings"), error.message);
  assert(error.message.includes("a stagger of 99 days, or 2 batches"), error.message);
  planFarm({ ...few, stagger: 99 }, profile, small);
});

Deno.test("numbers have three digits", () => {
  const error = assertThrows(() => plan({ perGeography: 1000 }), ReddError);
  assertEquals(error.code, "TOO_MANY_BATCHES");
});

Deno.test("the rings of a batch are spread over its area, those of the next fill the gaps", () => {
  const { batches } = plan(FARM_PRESETS.saturation);
  const numbersOf = (i: number) => batches[i]!.sea!.rings.map((name) => Number(name.slice(-2)));
  assertEquals(numbersOf(0), [1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);
  assertEquals(batches.slice(0, 4).map((one) => one.sea!.area), [
    "FI-SEA-01",
    "S-SEA-01",
    "FI-SEA-02",
    "S-SEA-02",
  ]);
  // k = 20 comes back to the first of the 20 Scottish areas while k = 0 is still there.
  assertEquals(batches[41]!.sea!.area, "S-SEA-01");
  assertEquals(numbersOf(41), [2, 4, 6, 8, 10, 12, 14, 16, 18, 20]);
});

Deno.test("the as-of date shifts the dates and nothing else, and fewer batches keep their places", () => {
  const placesOf = ({ batches }: Schedule) =>
    batches.map(({ station, freshwater, sea }) => ({ station, freshwater, sea }));
  const whole = placesOf(plan(FARM_PRESETS.saturation));
  assertEquals(placesOf(plan({ ...FARM_PRESETS.saturation, asOf: AS_OF + 1000 })), whole);
  const fewer = placesOf(plan({ ...FARM_PRESETS.saturation, perGeography: 40 }));
  assertEquals(fewer, whole.slice(0, 80));
});

Deno.test("targets are those of seed and number, and equal requests give equal files (B-25)", () => {
  const schedule = plan({ seed: 3 });
  for (const { batch_id, harvest_target_kg } of schedule.batches) {
    assertEquals(harvest_target_kg, harvestTarget(3, batch_id, profile));
  }
  assertEquals(scheduleText(plan({ seed: 3 })), scheduleText(schedule));
  assertNotEquals(scheduleText(plan({ seed: 4 })), scheduleText(schedule));
});

Deno.test("eggs go from 3,000,000 in steps of 123,456 and stay below 3,800,000", () => {
  assertEquals([0, 1, 6, 7, 124].map((k) => eggsOf(k, profile)), [
    3000000,
    3123456,
    3740736,
    3064192,
    3108544,
  ]);
});

Deno.test("a saturation allows whole rings, however its product with them is rounded", () => {
  assertEquals([0.85, 1, 0.29, 0.57].map((share) => mostRings(400, share)), [340, 400, 116, 228]);
  assertEquals(mostRings(100, 0.57), 57, "0.57 x 100 is a little less than 57 in binary");
});

/** An occupancy that counts how often a container is looked up. */
class CountingOccupancy extends Map<string, Interval[]> {
  lookups = 0;
  override get(container: string): Interval[] | undefined {
    this.lookups++;
    return super.get(container);
  }
}

Deno.test("four times the batches take four times the look-ups, not sixteen times", () => {
  const ground = { places: farmPlaces(places), profile, saturation: 0.85 };
  const lookups = (batches: number) => {
    const occupancy = new CountingOccupancy();
    assertEquals(
      allocate(startsFrom(0, batches, 6, places.homes), ground, occupancy).allocations.length,
      batches,
    );
    return occupancy.lookups;
  };
  const few = lookups(250);
  assert(few < 250 * 2000, `${few} look-ups for 250 batches`);
  assert(lookups(1000) < 4.5 * few, `${lookups(1000)} look-ups for 1000, ${few} for 250`);
});

Deno.test("a profile that no hall or sea area has room for is what is told, whatever is planned", () => {
  const { profile } = fixtures;
  const told = (work: () => unknown) => {
    const error = assertThrows(work, ReddError);
    return [error.code, error.because];
  };
  const crowded = { ...profile, creation: { ...profile.creation, containers: 11 } };
  const halls = [
    "PROFILE_UNPLACEABLE",
    "its creation.containers is 11, and no hall A of Faroe Islands has more than 10 containers",
  ];
  const single = { startDay: 20_000, eggs: 3_500_000, duration: 200, seed: 1 };
  const request = { ...FARM_PRESETS.small, perGeography: 2, seed: 1 };
  const count = { years: 4, stagger: 5, saturation: 0.85 };
  assertEquals(told(() => planSingle(single, crowded, places)), halls);
  assertEquals(told(() => planFarm(request, crowded, places)), halls);
  assertEquals(told(() => countBatches(count, crowded, places)), halls);
  const wide = { ...profile, sea_transfer: { ...profile.sea_transfer, minimum_rings: 21 } };
  const rings = [
    "PROFILE_UNPLACEABLE",
    "its sea_transfer.minimum_rings is 21, and no sea area of Faroe Islands has more than 20 containers",
  ];
  assertEquals(told(() => planFarm(request, wide, places)), rings);
  assertEquals(told(() => countBatches(count, wide, places)), rings);
  assertEquals(planSingle(single, wide, places).batches[0]?.sea?.rings_count, 20);
});
