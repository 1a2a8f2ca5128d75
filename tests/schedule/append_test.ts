// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertThrows } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { isoOf, parseIso } from "../../src/farm/days.ts";
import { buildInfrastructure } from "../../src/farm/ground/infrastructure.ts";
import { appendBatches, nextStart } from "../../src/schedule/append.ts";
import { checkSchedule } from "../../src/schedule/check.ts";
import { extendedSchedule } from "../../src/schedule/append.ts";
import { asOfOf, type Schedule } from "../../src/schedule/format.ts";
import { type FarmRequest, planFarm } from "../../src/schedule/plan.ts";
import { scheduleText } from "../../src/schedule/text.ts";
import { fixtures, oneBatch, places } from "../small_farm.ts";
import { fc, runs } from "../random.ts";

const { profile } = fixtures;
const AS_OF = parseIso("2025-11-21")!;

/** Four batches every 30 days, the last one on 2025-10-02. */
const plan = (request: Partial<FarmRequest> = {}) =>
  planFarm(
    { perGeography: 2, stagger: 30, saturation: 0.85, asOf: AS_OF, seed: 7, ...request },
    profile,
    places,
  );

const appended = (schedule: Schedule, asOf: string, infrastructure = places) =>
  appendBatches(schedule, asOf, 7, profile, infrastructure);

/** The code and the message with which a schedule is not gone on with. */
function refused(schedule: Schedule, asOf: string, infrastructure = places): [string, string] {
  const before = scheduleText(schedule);
  const error = assertThrows(() => appended(schedule, asOf, infrastructure), ReddError);
  assertEquals(scheduleText(schedule), before);
  assertEquals(error.exitCode, 2);
  return [error.code, error.message];
}

/** A schedule with one of its batches changed. */
function changed(schedule: Schedule, i: number, change: Partial<Schedule["batches"][number]>) {
  return { ...schedule, batches: schedule.batches.with(i, { ...schedule.batches[i]!, ...change }) };
}

/** The first batches of a schedule, up to an as-of date. */
function first(schedule: Schedule, count: number, asOf: string): Schedule {
  const { worker_partitions: _, ...metadata } = schedule.metadata;
  const batches = schedule.batches.slice(0, count);
  return extendedSchedule({ metadata: { ...metadata, total_batches: count }, batches }, asOf);
}

/** A plan of the whole, or undefined where some batch finds no place. */
function planned(request: FarmRequest): Schedule | undefined {
  try {
    return planFarm(request, profile, places);
  } catch (thrown) {
    if (thrown instanceof ReddError && thrown.code === "NO_PLACE") return undefined;
    throw thrown;
  }
}

Deno.test("a plan that has gone on is the plan of as many batches, metadata and all", () => {
  const request = fc.record({
    perGeography: fc.integer({ min: 2, max: 50 }),
    stagger: fc.integer({ min: 4, max: 60 }),
    saturation: fc.integer({ min: 10, max: 100 }).map((percent) => percent / 100),
    asOf: fc.integer({ min: 18_000, max: 24_000 }),
    seed: fc.constant(7),
  });
  let gone = 0;
  fc.assert(
    fc.property(request, fc.nat(), (request, n) => {
      const whole = planned(request);
      if (whole === undefined) return;
      const perGeography = 1 + n % (request.perGeography - 1);
      const earlier = 2 * (request.perGeography - perGeography) * request.stagger;
      const asOf = request.asOf - earlier;
      const shorter = planFarm({ ...request, perGeography, asOf }, profile, places);
      assertEquals(scheduleText(appended(shorter, isoOf(request.asOf))), scheduleText(whole));
      gone++;
    }),
    { numRuns: runs(40) },
  );
  assert(gone > 10, `${gone} of the plans went on`);
});

Deno.test("a plan goes on in steps as it does at once, and its batches are 50 days old", () => {
  const days = fc.array(fc.integer({ min: 1, max: 150 }), { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(days, fc.integer({ min: 8, max: 60 }), (days, stagger) => {
      const short = plan({ stagger });
      let steps = short;
      let asOf = AS_OF;
      for (const more of days) steps = appended(steps, isoOf(asOf += more));
      assertEquals(steps, appended(short, isoOf(asOf)));
      assertEquals(checkSchedule(steps, profile, places), undefined);
      const last = parseIso(steps.batches.at(-1)!.start_date)!;
      assert(last + 50 <= asOf && nextStart(steps, profile) + 50 > asOf);
      assertEquals(nextStart(steps, profile), last + stagger);
      assertEquals(steps.metadata.total_batches, steps.batches.length);
    }),
    { numRuns: runs(25) },
  );
});

Deno.test("what was planned stays, an odd number of batches goes on where it stopped", () => {
  const three = first(plan(), 3, "2025-11-21");
  const longer = appended(three, "2026-01-20");
  assertEquals(longer.batches.slice(0, 3), extendedSchedule(three, "2026-01-20").batches);
  assertEquals(longer.batches.slice(3).map((one) => one.batch_id), [
    "SCO-2025-002",
    "FAR-2025-003",
    "SCO-2025-003",
  ]);
  assertEquals(longer.batches.slice(3).map((one) => one.start_date), [
    "2025-10-02",
    "2025-11-01",
    "2025-12-01",
  ]);
  const { total_batches, batches_per_geography, worker_partitions, as_of } = longer.metadata;
  assertEquals([total_batches, batches_per_geography], [6, 3]);
  assertEquals([worker_partitions, as_of], [undefined, "2026-01-20"]);
  const four = appended(three, "2025-11-30");
  assertEquals(appended(first(plan(), 3, "2025-11-21"), "2025-11-30"), four);
  assertEquals(four.metadata.batches_per_geography, 2);
  assertEquals(appended(three, "2025-12-31").metadata.batches_per_geography, 3, "FAR has three");
});

Deno.test("a batch is due on its fiftieth day and not before", () => {
  const ids = (asOf: string) => appended(plan(), asOf).batches.slice(4).map((one) => one.batch_id);
  assertEquals(ids("2025-12-20"), []);
  assertEquals(appended(plan(), "2025-12-20"), extendedSchedule(plan(), "2025-12-20"));
  assertEquals(ids("2025-12-21"), ["FAR-2025-003"]);
});

Deno.test("the saturation of the plan holds for the batches that it goes on with", () => {
  const { metadata, batches } = plan();
  const low = { metadata: { ...metadata, target_saturation: 0.05 }, batches };
  const [code, message] = refused(low, "2026-03-01");
  assertEquals(code, "NO_PLACE");
  const because =
    "30 of the 440 rings in Faroe Islands would be taken, more than a saturation of " +
    "0.05 allows. Give --until up to 2025-12-20, or leave --append-batches out.";
  assert(message.endsWith(because), message);
});

Deno.test("an edited start or egg count does not keep a plan from going on", () => {
  const later = changed(plan(), 3, { start_date: "2025-10-20", duration: 32, eggs: 250_000 });
  const longer = appended(later, "2025-12-21");
  assertEquals(longer.batches.at(-1)!.start_date, "2025-11-01", "first + 4 x 30 days");
  assertEquals(longer.batches[3]!.eggs, 250_000);
  assertEquals(checkSchedule(longer, profile, places), undefined);
});

Deno.test("new batches keep out of what is reserved, and of where fish are beyond that", () => {
  // One sea area of twenty rings for each geography: two batches at sea, no third.
  const layout = structuredClone(fixtures.layout);
  for (const geography of layout.geographies) geography.sea_areas.count = 1;
  const small = buildInfrastructure(layout, fixtures.master);
  const request = { perGeography: 1, stagger: 150, saturation: 1, asOf: AS_OF, seed: 7 };
  const two = planFarm(request, profile, small);
  // A batch comes to sea every 300 days, and its rings are reserved for 395.
  const asOf = isoOf(nextStart(two, profile) + 5 * 150 + 50);
  const longer = appended(two, asOf, small);
  assertEquals(checkSchedule(longer, profile, small), undefined);
  const ringsOf = ({ batches }: Schedule, i: number) => batches[i]!.sea!.rings;
  const shared = (one: Schedule) =>
    ringsOf(one, 0).filter((ring) => ringsOf(one, 2).includes(ring));
  assertEquals(shared(longer), []);
  assertEquals(ringsOf(longer, 4), ringsOf(longer, 0));
  // A file that reserves rings to day 700 has fish there to the harvest all the same.
  const { sea } = two.batches[0]!;
  const short = changed(two, 0, { sea: { ...sea!, end_day: 700 }, harvest_target_kg: 6.5 });
  assertEquals(shared(appended(short, asOf, small)), []);
});

Deno.test("a batch without a place is refused by number, resource and date, with what would fit", () => {
  const layout = structuredClone(fixtures.layout);
  for (const geography of layout.geographies) geography.sea_areas.count = 1;
  const small = buildInfrastructure(layout, fixtures.master);
  const request = { perGeography: 1, stagger: 60, saturation: 1, asOf: AS_OF, seed: 7 };
  const two = planFarm(request, profile, small);
  assertEquals(refused(two, "2026-08-01", small), [
    "NO_PLACE",
    "Cannot append batches up to 2026-08-01: FAR-2026-003 finds no rings on 2027-06-24, since no " +
    "sea area in Faroe Islands has 10 free rings. Give --until up to 2026-05-19, or leave " +
    "--append-batches out.",
  ]);
  assertEquals(appended(two, "2026-05-19", small).batches.length, 4);
  // Where none fits, a date before the first of them would append nothing.
  const four = appended(two, "2026-05-01", small);
  const late = first(four, four.batches.length, "2026-09-01");
  assertEquals(refused(late, "2026-09-02", small), [
    "NO_PLACE",
    "Cannot append batches up to 2026-09-02: FAR-2026-003 finds no rings on 2027-06-24, since no " +
    "sea area in Faroe Islands has 10 free rings. Leave --append-batches out.",
  ]);
});

const OTHERWISE = "Leave --append-batches out, or write the batches into a copy of the schedule " +
  "and generate that.";

Deno.test("a schedule that is no plan which goes on by itself is refused, and why is said", () => {
  const cannot = "Cannot append batches up to 2026-03-01";
  const four = plan();
  const stagger = (days: number) => (
    { ...four, metadata: { ...four.metadata, stagger_days: days } }
  );
  const refusals: [Schedule, string][] = [
    [oneBatch({ start: "2025-05-01" }), "a schedule of one batch has no stagger"],
    [
      changed(four, 2, { batch_id: "FI-2025-002" }),
      "batches[2] is FI-2025-002 in Faroe Islands, and a plan would have FAR-2025-002 in Faroe " +
      "Islands there",
    ],
    [
      changed(four, 3, { batch_id: "SCO-2025-007" }),
      "batches[3] is SCO-2025-007 in Scotland, and a plan would have SCO-2025-002 in Scotland there",
    ],
    [
      { ...four, batches: four.batches.toSpliced(1, 1) },
      "batches[1] is FAR-2025-002 in Faroe Islands, and a plan would have SCO-2025-001 in Scotland " +
      "there",
    ],
    [
      stagger(1),
      "with its stagger_days of 1 the next batch would start on 2025-07-08, before SCO-2025-002 on " +
      "2025-10-02",
    ],
  ];
  for (const [schedule, because] of refusals) {
    assertEquals(refused(schedule, "2026-03-01"), [
      "CANNOT_APPEND",
      `${cannot}: ${because}. ${OTHERWISE}`,
    ]);
  }
});

Deno.test("numbers have three digits in a plan that goes on too", () => {
  const stagger = 60;
  const two = plan({ perGeography: 1, stagger });
  const start = parseIso(two.batches[0]!.start_date)! + 1998 * stagger;
  assertEquals(refused(two, "9999-12-31"), [
    "TOO_MANY_BATCHES",
    "Cannot append batches up to 9999-12-31: Faroe Islands would have more than 999 batches, and " +
    `their numbers have three digits. Give --until up to ${isoOf(start + 49)}, or leave ` +
    "--append-batches out.",
  ]);
  const most = appended(two, isoOf(start + 49));
  assertEquals([most.batches.length, most.batches.at(-1)!.batch_id.slice(-3)], [1998, "999"]);
  assertEquals(asOfOf(most), isoOf(start + 49));
});
